package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// DeadlineQuery asks for a page of deadlines, the earliest due first.
type DeadlineQuery struct {
	Statuses       []casefile.DeadlineStatus // none is all
	DueFrom, DueTo time.Time                 // zero is no bound; DueTo is left out itself
	Statutory      *bool
	Division       casefile.Division
	Page           Page
	WantTotal      bool
}

// DeadlineRow is a deadline of a case.
type DeadlineRow struct {
	CaseID   string
	Deadline casefile.Deadline
	Cursor   Cursor
}

// DeadlinePage is a page of deadlines; Total is as in CasePage.
type DeadlinePage struct {
	Rows                 []DeadlineRow
	HasNext, HasPrevious bool
	Total                *int
}

var byDue = order{columns: []string{"t.due_at", "t.case_id", "t.id"}, types: []string{"timestamptz", "uuid", "text"}, split: splitPart}

// Deadlines returns a page of the deadlines of the cases that the viewer sees.
func (s *Store) Deadlines(ctx context.Context, viewer Viewer, query DeadlineQuery) (DeadlinePage, error) {
	within, err := s.scope(ctx, query.Division)
	if err != nil {
		return DeadlinePage{}, err
	}
	args := &arguments{}
	conditions := ""
	if len(query.Statuses) > 0 {
		conditions += " and t.status = any(" + args.add(query.Statuses) + "::text[])" + waiting(query.Statuses)
	}
	if query.Statutory != nil {
		conditions += " and t.statutory = " + args.add(*query.Statutory)
	}
	if !query.DueFrom.IsZero() {
		conditions += " and t.due_at >= " + args.add(query.DueFrom)
	}
	if !query.DueTo.IsZero() {
		conditions += " and t.due_at < " + args.add(query.DueTo)
	}
	var rows []DeadlineRow
	counted := counter(query.WantTotal)
	err = s.readWorklist(ctx, worklist{table: "deadlines", columns: "t.body", by: byDue}, viewer, within, conditions, args, query.Page, counted,
		func(row pgx.CollectableRow) error {
			var r DeadlineRow
			var id string
			var body []byte
			if err := row.Scan(&r.CaseID, &id, &body); err != nil {
				return err
			}
			err := json.Unmarshal(body, &r.Deadline)
			r.Cursor = Cursor{Key: timeKey(r.Deadline.DueAt), ID: r.CaseID + "/" + id}
			rows = append(rows, r)
			return err
		})
	page := DeadlinePage{Total: capped(counted)}
	page.Rows, page.HasNext, page.HasPrevious = cut(rows, query.Page)
	return page, err
}

// waiting repeats in words of the index deadlines_by_due that only statuses of it are asked for:
// a plan can't see that in a parameter.
func waiting(statuses []casefile.DeadlineStatus) string {
	for _, status := range statuses {
		if status != casefile.ClockRunning && status != casefile.ClockPaused && status != casefile.ClockMissed {
			return ""
		}
	}
	return " and t.status in ('RUNNING', 'PAUSED', 'MISSED')"
}
