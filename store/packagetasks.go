package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

var byPackageDue = order{
	columns: []string{"t.due_at", "t.package_id", "t.id"}, types: []string{"timestamptz", "uuid", "text"}, split: splitPart,
}

func scanPackageTask(row pgx.CollectableRow) (TaskRow, error) {
	var r TaskRow
	var id string
	var body []byte
	var due *time.Time
	if err := row.Scan(&r.PackageID, &id, &body, &due, &r.Overdue); err != nil {
		return r, err
	}
	if due != nil {
		r.DueAt = casefile.Instant(*due)
	}
	r.Cursor = Cursor{Key: timeKey(r.DueAt), ID: r.PackageID + "/" + id}
	return r, json.Unmarshal(body, &r.Task)
}

// packageTasks reads the page's part that packages want, in the order of reading, and
// counts them where wanted.
func (s *Store) packageTasks(ctx context.Context, viewer Viewer, query TaskQuery) ([]TaskRow, *int, error) {
	args := &arguments{}
	from := " from package_tasks t join packages c on c.id = t.package_id where " + viewer.seesPackages(args) + query.conditions(viewer, args)
	batch := &pgx.Batch{}
	counted := counter(query.WantTotal)
	if counted != nil {
		batch.Queue(fmt.Sprintf("select count(*) from (select 1%s limit %d) n", from, cappedTotal+1), slices.Clone(args.values)...).
			QueryRow(func(row pgx.Row) error { return row.Scan(counted) })
	}
	bounds, err := byPackageDue.bounds(query.Page, args)
	if err != nil {
		return nil, nil, err
	}
	var rows []TaskRow
	batch.Queue(fmt.Sprintf("select t.package_id::text, t.id, %s%s and %s order by %s limit %d",
		taskColumns, from, bounds, byPackageDue.by(query.Page), query.Page.limit()), args.values...).
		Query(func(read pgx.Rows) error {
			rows, err = pgx.CollectRows(read, scanPackageTask)
			return err
		})
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, nil, fmt.Errorf("read the tasks of packages: %w", err)
	}
	return rows, counted, nil
}

// mergeTasks merges two lists in the order of reading and keeps as much as a page reads.
// Ids of cases and packages never meet, so due instant and owner tell all of one list from
// those of the other.
func mergeTasks(cases, packages []TaskRow, page Page) []TaskRow {
	if len(packages) == 0 {
		return cases
	}
	merged := slices.Concat(cases, packages)
	slices.SortStableFunc(merged, func(a, b TaskRow) int {
		order := compareTasks(a, b)
		if page.backward() {
			return -order
		}
		return order
	})
	return merged[:min(len(merged), page.limit())]
}

func compareTasks(a, b TaskRow) int {
	switch {
	case a.DueAt.IsZero() != b.DueAt.IsZero():
		if a.DueAt.IsZero() {
			return 1
		}
		return -1
	case !a.DueAt.Equal(b.DueAt):
		return a.DueAt.Compare(b.DueAt)
	}
	return strings.Compare(a.CaseID+a.PackageID, b.CaseID+b.PackageID)
}

// PackageTasksOf returns the tasks of a package. It checks no permission: the package has
// been read for the viewer before.
func (s *Store) PackageTasksOf(ctx context.Context, packageID string) ([]casefile.Task, error) {
	rows, err := s.pool.Query(ctx, "select t.package_id::text, t.id, "+taskColumns+
		" from package_tasks t where t.package_id = $1 order by t.due_at, t.id", packageID)
	if err != nil {
		return nil, fmt.Errorf("read the tasks of a package: %w", err)
	}
	found, err := pgx.CollectRows(rows, scanPackageTask)
	if err != nil {
		return nil, fmt.Errorf("read the tasks of a package: %w", err)
	}
	tasks := make([]casefile.Task, len(found))
	for i, r := range found {
		tasks[i] = r.Task
	}
	return tasks, nil
}
