package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// ProceduresPlan is what files of the local layer of procedures change.
type ProceduresPlan struct {
	// Added and Changed are names of files, in order; the others are in force as they are.
	Added, Changed []string
	// Law is what cases follow once they are loaded.
	Law *casefile.Law
}

// Empty reports whether loading the files would change nothing.
func (p ProceduresPlan) Empty() bool { return len(p.Added)+len(p.Changed) == 0 }

// PlanProcedures tells what LoadProcedures would do, and changes nothing.
func (s *Store) PlanProcedures(ctx context.Context, files map[string][]byte, now time.Time) (ProceduresPlan, error) {
	var plan ProceduresPlan
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		var err error
		plan, err = planProcedures(ctx, tx, files, now)
		return err
	})
	if err != nil {
		return plan, fmt.Errorf("plan local procedures: %w", err)
	}
	return plan, nil
}

// LoadProcedures puts files of the local layer in force beside those loaded before, each in
// the place of the one of its name, all or nothing. Cases keep the version that they were
// accepted under, so a file that has begun may only be ended. loadedBy says who did it, for
// the record. What the files may not say is a *procedure.FaultsError with all of it.
func (s *Store) LoadProcedures(ctx context.Context, files map[string][]byte, loadedBy string, now time.Time) (ProceduresPlan, error) {
	var plan ProceduresPlan
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, ownLaw, lawLock); err != nil {
			return err
		}
		var err error
		if plan, err = planProcedures(ctx, tx, files, now); err != nil || plan.Empty() {
			return err
		}
		if _, err := tx.Exec(ctx, "update law_version set version = $1", plan.Law.Version()); err != nil {
			return err
		}
		for _, file := range slices.Concat(plan.Added, plan.Changed) {
			if _, err := tx.Exec(ctx, "insert into local_procedures (file, law_version, content, loaded_by) values ($1, $2, $3, $4)",
				file, plan.Law.Version(), string(files[file]), loadedBy); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return plan, fmt.Errorf("load local procedures: %w", err)
	}
	return plan, nil
}

func planProcedures(ctx context.Context, tx pgx.Tx, files map[string][]byte, now time.Time) (ProceduresPlan, error) {
	var plan ProceduresPlan
	loaded, err := readLaidDown(ctx, tx)
	if err != nil {
		return plan, err
	}
	newer, err := procedure.Load(files)
	if err != nil {
		return plan, err
	}
	older, err := procedure.Load(loaded.procedures)
	if err != nil {
		return plan, err
	}
	today := procedure.Date(now.In(casefile.Shanghai).Format(time.DateOnly))
	if err := newer.Rewritten(older, today); err != nil {
		return plan, err
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		switch was, there := loaded.procedures[file]; {
		case !there:
			plan.Added = append(plan.Added, file)
		case string(was) != string(files[file]):
			plan.Changed = append(plan.Changed, file)
		}
		loaded.procedures[file] = files[file]
	}
	loaded.version++
	plan.Law, err = loaded.law()
	return plan, err
}
