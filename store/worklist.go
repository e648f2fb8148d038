package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// worklist is a list of parts of cases (deadlines, tasks, orders), each a row t of a table,
// beside its case c; or of parts of packages, beside its package c.
type worklist struct {
	table   string
	columns string // of t, after case_id or package_id, and id
	by      order  // its columns are of t
	// few says that the list's own conditions leave few rows, along an index of t: then the
	// viewer's sight is asked row by row, and else each branch of it is read apart.
	few bool
	// apart are conditions on t, each with "and" before it, one of which every wanted row meets: the
	// rows of a place are read apart by them, each along an index of its own.
	apart []string
}

// placedParts places parts t of cases by the copy that they have of their case's division and
// unit. The parts of a village or a grid are few: they are read from its cases.
var placedParts = placing{
	in: func(division casefile.Division, args *arguments) string {
		level := division.Level()
		if level == "" || level == casefile.LevelVillage || level == casefile.LevelGrid {
			return inDivision(division, args)
		}
		return fmt.Sprintf("left(t.division, %d) = %s", len(division), args.add(string(division)))
	},
	unit: "t.unit",
}

// readWorklist reads a page of the parts of cases that the viewer sees. conditions each begin with
// "and".
func (s *Store) readWorklist(ctx context.Context, w worklist, viewer Viewer, within []casefile.Division,
	conditions string, args *arguments, page Page, total *int, scan func(pgx.CollectableRow) error,
) error {
	if err := page.check(); err != nil {
		return err
	}
	parts := w.parts(viewer, within, conditions, args)
	if len(parts) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	if total != nil {
		batch.Queue(w.count(parts), append([]any(nil), args.values...)...).QueryRow(func(row pgx.Row) error { return row.Scan(total) })
	}
	list, err := w.list(parts, page, args)
	if err != nil {
		return err
	}
	batch.Queue(list, args.values...).Query(func(rows pgx.Rows) error {
		_, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) { return struct{}{}, scan(row) })
		return err
	})
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("read %s: %w", strings.ReplaceAll(w.table, "_", " "), err)
	}
	return nil
}

// parts are what a list reads, each after "from": every branch of the viewer's sight by itself, or
// all together where the rows are few.
func (w worklist) parts(viewer Viewer, within []casefile.Division, conditions string, args *arguments) []string {
	if w.few {
		part := "cases c join " + w.table + " t on t.case_id = c.id where " + viewer.sees(within, args) + conditions
		if within != nil {
			part += " and " + inDivisions(within, args)
		}
		return []string{part}
	}
	var parts []string
	excluded := viewer.excludedFrom(args)
	for _, b := range viewer.branchesBy(placedParts, within, args) {
		part := b.from() + " join " + w.table + " t on t.case_id = c.id where " + b.where + " and not " + excluded + conditions
		if b.grantee || len(w.apart) == 0 {
			parts = append(parts, part)
			continue
		}
		for _, one := range w.apart {
			parts = append(parts, part+one)
		}
	}
	return parts
}

// list reads one page along every part and merges them, as listCases does.
func (w worklist) list(parts []string, page Page, args *arguments) (string, error) {
	bounds, err := w.by.bounds(page, args)
	if err != nil {
		return "", err
	}
	bare := make([]string, len(w.by.columns))
	for i, column := range w.by.columns {
		bare[i] = strings.TrimPrefix(column, "t.")
	}
	reads := make([]string, len(parts))
	for i, part := range parts {
		reads[i] = fmt.Sprintf("(select %s from %s and %s order by %s limit %d)",
			strings.Join(w.by.columns, ", "), part, bounds, w.by.by(page), page.limit())
	}
	return fmt.Sprintf("with page as (select * from (%s) u order by %s limit %d) select t.case_id::text, t.id, %s from page p join %s t on t.case_id = p.case_id and t.id = p.id order by %s",
		strings.Join(reads, " union "), w.by.named(bare...).by(page), page.limit(), w.columns, w.table, w.by.by(page)), nil
}

// count counts the rows of every part, no further than a total goes.
func (w worklist) count(parts []string) string {
	reads := make([]string, len(parts))
	for i, part := range parts {
		reads[i] = fmt.Sprintf("(select t.case_id, t.id from %s limit %d)", part, cappedTotal+1)
	}
	return fmt.Sprintf("select count(*) from (select * from (%s) u limit %d) n", strings.Join(reads, " union "), cappedTotal+1)
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
