package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// RecentlyChanged returns the open cases behind the last events of the feed, at most that
// many events back: those whose workflow may not know yet what the record holds, after a
// crash between a commit and its answer.
func (s *Store) RecentlyChanged(ctx context.Context, events int) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		select distinct recent.case_id::text
		from (select case_id from events order by xid desc, position desc limit $1) recent
		join cases on cases.id = recent.case_id
		where cases.open`, events)
	if err != nil {
		return nil, fmt.Errorf("read the cases of the last events: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read the cases of the last events: %w", err)
	}
	return ids, nil
}

// OpenCases calls visit with the ids of all open cases, in order, a page at a time.
func (s *Store) OpenCases(ctx context.Context, visit func(caseID string) error) error {
	last := "00000000-0000-0000-0000-000000000000"
	for {
		rows, err := s.pool.Query(ctx, `select id::text from cases where open and id > $1::uuid order by id limit 1000`, last)
		if err != nil {
			return fmt.Errorf("read the open cases: %w", err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return fmt.Errorf("read the open cases: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		for _, id := range ids {
			if err := visit(id); err != nil {
				return err
			}
		}
		last = ids[len(ids)-1]
	}
}
