package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// DamagedError says that the events of a case are not whole, so that nothing is derived
// from them.
type DamagedError struct {
	CaseID   string
	Findings []Finding
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("case %s is damaged: %s %s", e.CaseID, e.Findings[0].What, e.Findings[0].Detail)
}

// Rederive writes what is read of a case (its row, who may see it, its clocks, tasks and
// orders) again from its events, and what is searched of it from its texts. It is for a new build whose rules derive them otherwise,
// and for rows that were changed behind the record's back. The events stay as they are; if
// their numbers or their chain are broken, nothing is written and a *DamagedError returned.
func (s *Store) Rederive(ctx context.Context, caseID string) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// The lock that an append takes: no event comes in between.
		if _, err := tx.Exec(ctx, "select from cases where id = $1 for update", caseID); err != nil {
			return err
		}
		cases, version, err := readStored(ctx, tx, []string{caseID})
		if err != nil {
			return err
		}
		c := cases[caseID]
		state := casefile.Fold(caseID, bare(c.events))
		c.state, c.chainHash = state, c.lastHash()
		if damage := c.check(caseID); len(damage) > 0 || !state.Exists() {
			return &DamagedError{caseID, append(damage, Finding{CaseID: caseID, What: EventsMissing, Detail: "there is no event"})}
		}
		dir, err := s.directoryAt(ctx, tx, version)
		if err != nil {
			return err
		}
		batch := &pgx.Batch{}
		w := writing{batch: batch}
		w.rows(upsertCases, []caseRow{foldCase(state, c.chainHash, dir.Version)})
		course := casefile.FoldCourse(caseID, bare(c.events))
		for statement, rows := range map[string]any{
			replaceStatistics: foldStatistics(state, course), replaceHeldEnds: foldHeldEnds(state), replaceBorrowed: foldBorrowed(state),
			replaceGrants: foldGrants(state, dir), replaceExclusions: foldExclusions(state),
			replaceDeadlines: foldDeadlines(state), replaceTasks: foldTasks(state, dir), replaceOrders: foldOrders(state),
		} {
			var rewritten child
			rewritten.add(caseID, nil, rows, true)
			w.children(statement, rewritten)
		}
		if w.err != nil {
			return w.err
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		return s.rewriteTokens(ctx, tx, []casefile.State{state})
	})
	if err != nil {
		return fmt.Errorf("derive case %s again: %w", caseID, err)
	}
	return nil
}
