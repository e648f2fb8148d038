package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// readPackageWorklist reads a page of the parts of packages that the viewer sees, as readWorklist
// does of cases. There are few packages: one statement reads them through all of the viewer's
// sight.
func (s *Store) readPackageWorklist(ctx context.Context, w worklist, viewer Viewer, within []casefile.Division,
	conditions string, args *arguments, page Page, total *int, scan func(pgx.CollectableRow) error,
) error {
	from := " from " + w.table + " t join packages c on c.id = t.package_id where " + viewer.seesPackages(args) + conditions
	if within != nil {
		from += " and " + inDivisions(within, args)
	}
	batch := &pgx.Batch{}
	if total != nil {
		batch.Queue(fmt.Sprintf("select count(*) from (select 1%s limit %d) n", from, cappedTotal+1), slices.Clone(args.values)...).
			QueryRow(func(row pgx.Row) error { return row.Scan(total) })
	}
	bounds, err := w.by.bounds(page, args)
	if err != nil {
		return err
	}
	batch.Queue(fmt.Sprintf("select t.package_id::text, t.id, %s%s and %s order by %s limit %d",
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

// mergeParts merges the parts of cases and of packages in the order of reading and keeps as much as
// a page reads. Ids of cases and packages never meet, so compare need look no further than the
// owner to tell all of one list from those of the other.
func mergeParts[R any](cases, packages []R, page Page, compare func(a, b R) int) []R {
	if len(packages) == 0 {
		return cases
	}
	merged := slices.Concat(cases, packages)
	slices.SortStableFunc(merged, func(a, b R) int {
		if page.backward() {
			return -compare(a, b)
		}
		return compare(a, b)
	})
	return merged[:min(len(merged), page.limit())]
}
