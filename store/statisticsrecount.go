package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// sumsMade reports whether the sums hold all cases. A migration that changes what is summed leaves
// them unmade, and until they are made everything is counted case by case.
func (s *Store) sumsMade(ctx context.Context) (bool, error) {
	if s.sums.Load() {
		return true, nil
	}
	var made bool
	if err := s.pool.QueryRow(ctx, "select exists (select from statistics_summed)").Scan(&made); err != nil {
		return false, fmt.Errorf("ask whether the statistics are summed: %w", err)
	}
	if made {
		s.sums.Store(true)
	}
	return made, nil
}

// RecountStatistics makes all sums again from the cases, in one snapshot, beside appends: what
// they change meanwhile stays to be summed.
func (s *Store) RecountStatistics(ctx context.Context) error { return s.recount(ctx, false) }

// recount is RecountStatistics, or does nothing where only unmade sums are to be made and another
// process has made them meanwhile.
func (s *Store) recount(ctx context.Context, unmade bool) error {
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		// The lock comes in a statement of its own before the snapshot's first: what was summed
		// while waiting for it must be seen. Locking a table takes no snapshot.
		if _, err := tx.Exec(ctx, "lock table statistics_cells, statistics_days in share row exclusive mode"); err != nil {
			return err
		}
		var made bool
		if err := tx.QueryRow(ctx, "select exists (select from statistics_summed)").Scan(&made); err != nil || made && unmade {
			return err
		}
		for _, statement := range []string{
			"set local work_mem = '128MB'", "delete from statistics_cells", "delete from statistics_days", "delete from statistics_changes",
			sumCases, "insert into statistics_summed (made_at) select now() where not exists (select from statistics_summed)",
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count the statistics again: %w", err)
	}
	return nil
}
