package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// uncountedAtOnce is how many cases are counted in one transaction.
const uncountedAtOnce = 100

// CountUncounted writes the figures of every case that has none by casefile.CountingRules: of
// records older than the statistics, or than the rules that this build counts by. It may be
// broken off and run again, and beside appends and others like it.
func (s *Store) CountUncounted(ctx context.Context) error {
	after := "00000000-0000-0000-0000-000000000000"
	for {
		rows, err := s.pool.Query(ctx, fmt.Sprintf(`
			select c.id::text from cases c left join statistics_cases s on s.case_id = c.id and s.rules = $2
			where s.case_id is null and c.id > $1::text::uuid order by c.id limit %d`, uncountedAtOnce), after, casefile.CountingRules)
		if err != nil {
			return fmt.Errorf("find cases to count: %w", err)
		}
		ids, err := collectStrings(rows)
		if err != nil {
			return fmt.Errorf("find cases to count: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		if err := s.count(ctx, ids); err != nil {
			return fmt.Errorf("count cases: %w", err)
		}
		after = ids[len(ids)-1]
	}
}

// count writes the figures of some cases from their events.
func (s *Store) count(ctx context.Context, ids []string) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// The locks that appends take, in one order: no event comes in between.
		if _, err := tx.Exec(ctx, "select from cases where id = any($1::uuid[]) order by id for update", ids); err != nil {
			return err
		}
		cases, _, err := readStored(ctx, tx, ids)
		if err != nil {
			return err
		}
		figures := []statisticsRow{}
		for _, id := range ids {
			events := bare(cases[id].events)
			figures = append(figures, foldStatistics(casefile.Fold(id, events), casefile.FoldCourse(id, events))...)
		}
		raw, err := json.Marshal(figures)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, replaceStatistics, ids, string(raw))
		return err
	})
}
