package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// TaskQuery asks for a page of tasks, the earliest clock first.
type TaskQuery struct {
	Kind    string
	Overdue *bool
	// Mine leaves out the role inboxes of the viewer's units.
	Mine      bool
	Page      Page
	WantTotal bool
}

// TaskRow is a task of a case, or of a leadership package.
type TaskRow struct {
	CaseID string
	// PackageID is set instead of CaseID where a package wants it.
	PackageID string
	Task      casefile.Task
	// DueAt is that of the task's deadline; zero where none waits for it.
	DueAt   time.Time
	Overdue bool
	Cursor  Cursor
}

// TaskPage is a page of tasks; Total is as in CasePage.
type TaskPage struct {
	Rows                 []TaskRow
	HasNext, HasPrevious bool
	Total                *int
}

// taskColumns are what scanTask reads, after case_id and id.
const taskColumns = "t.body, nullif(t.due_at, 'infinity'), t.overdue"

func scanTask(row pgx.CollectableRow) (TaskRow, error) {
	var r TaskRow
	var id string
	var body []byte
	var due *time.Time
	if err := row.Scan(&r.CaseID, &id, &body, &due, &r.Overdue); err != nil {
		return r, err
	}
	if due != nil {
		r.DueAt = casefile.Instant(*due)
	}
	r.Cursor = Cursor{Key: timeKey(r.DueAt), ID: r.CaseID + "/" + id}
	return r, json.Unmarshal(body, &r.Task)
}

// Tasks returns a page of what waits for the viewer and for the role inboxes of their
// units, in cases and packages that they see.
func (s *Store) Tasks(ctx context.Context, viewer Viewer, query TaskQuery) (TaskPage, error) {
	args := &arguments{}
	conditions := query.conditions(viewer, args)
	var rows []TaskRow
	counted := counter(query.WantTotal)
	err := s.readWorklist(ctx, worklist{table: "tasks", columns: taskColumns, by: byDue, few: true}, viewer, nil, conditions, args, query.Page, counted,
		func(row pgx.CollectableRow) error {
			r, err := scanTask(row)
			rows = append(rows, r)
			return err
		})
	if err != nil {
		return TaskPage{}, err
	}
	ofPackages, countedToo, err := s.packageTasks(ctx, viewer, query)
	if err != nil {
		return TaskPage{}, err
	}
	if counted != nil {
		*counted += *countedToo
	}
	page := TaskPage{Total: capped(counted)}
	page.Rows, page.HasNext, page.HasPrevious = cut(mergeParts(rows, ofPackages, query.Page, compareTasks), query.Page)
	return page, nil
}

// conditions is the query as conditions on a task t, each with "and" before it.
func (q TaskQuery) conditions(viewer Viewer, args *arguments) string {
	conditions := " and t.inbox = any(" + args.add(viewer.inboxes(q.Mine)) + "::text[])"
	if q.Kind != "" {
		conditions += " and t.kind = " + args.add(q.Kind)
	}
	if q.Overdue != nil {
		conditions += " and t.overdue = " + args.add(*q.Overdue)
	}
	return conditions
}

// TasksOf returns the tasks of some cases, in one round trip. It checks no permission: the
// cases have been read for the viewer before.
func (s *Store) TasksOf(ctx context.Context, caseIDs []string) (map[string][]casefile.Task, error) {
	rows, err := s.pool.Query(ctx, "select t.case_id::text, t.id, "+taskColumns+
		" from tasks t where t.case_id = any($1::uuid[]) order by t.case_id, t.due_at, t.id", caseIDs)
	if err != nil {
		return nil, fmt.Errorf("read tasks: %w", err)
	}
	found, err := pgx.CollectRows(rows, scanTask)
	if err != nil {
		return nil, fmt.Errorf("read tasks: %w", err)
	}
	tasks := map[string][]casefile.Task{}
	for _, r := range found {
		tasks[r.CaseID] = append(tasks[r.CaseID], r.Task)
	}
	return tasks, nil
}
