package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

var byPackageDue = order{
	columns: []string{"t.due_at", "t.package_id", "t.id"}, types: []string{"timestamptz", "uuid", "text"}, split: splitPart,
}

var packageTaskWorklist = worklist{table: "package_tasks", columns: taskColumns, by: byPackageDue}

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
func (s *Store) packageTasks(ctx context.Context, viewer Viewer, query TaskQuery) (rows []TaskRow, counted *int, err error) {
	args := &arguments{}
	counted = counter(query.WantTotal)
	err = s.readPackageWorklist(ctx, packageTaskWorklist, viewer, nil, query.conditions(viewer, args), args, query.Page, counted,
		func(row pgx.CollectableRow) error {
			r, err := scanPackageTask(row)
			rows = append(rows, r)
			return err
		})
	return rows, counted, err
}

// compareTasks puts what is due first before the others, and what is never due last.
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
