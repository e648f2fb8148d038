package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// worklist is a list of parts of cases (deadlines, tasks, orders), each a row t of a table,
// beside its case c.
type worklist struct {
	table   string
	columns string // of t, after case_id and id
	by      order
}

// readWorklist reads a page of the parts of cases that the viewer sees. conditions each begin with
// "and".
func (s *Store) readWorklist(ctx context.Context, w worklist, viewer Viewer, within []casefile.Division,
	conditions string, args *arguments, page Page, total *int, scan func(pgx.CollectableRow) error,
) error {
	if err := page.check(); err != nil {
		return err
	}
	from := " from " + w.table + " t join cases c on c.id = t.case_id where " + viewer.sees(within, args)
	if within != nil {
		from += " and " + inDivisions(within, args)
	}
	from += conditions
	batch := &pgx.Batch{}
	if total != nil {
		counted := append([]any(nil), args.values...)
		batch.Queue(fmt.Sprintf("select count(*) from (select 1%s limit %d) n", from, cappedTotal+1), counted...).
			QueryRow(func(row pgx.Row) error { return row.Scan(total) })
	}
	bounds, err := w.by.bounds(page, args)
	if err != nil {
		return err
	}
	batch.Queue(fmt.Sprintf("select t.case_id::text, t.id, %s%s and %s order by %s limit %d",
		w.columns, from, bounds, w.by.by(page), page.limit()), args.values...).
		Query(func(rows pgx.Rows) error {
			_, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) { return struct{}{}, scan(row) })
			return err
		})
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("read %s: %w", strings.ReplaceAll(w.table, "_", " "), err)
	}
	return nil
}

// counter is where a total goes, or nil where none is wanted.
func counter(wanted bool) *int {
	if wanted {
		return new(int)
	}
	return nil
}

func capped(counted *int) *int {
	if counted == nil {
		return nil
	}
	return total(*counted)
}
