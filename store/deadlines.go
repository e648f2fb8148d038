package store

import (
	"context"
	"encoding/json"
	"slices"
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
	conditions := query.conditions(args)
	var rows []DeadlineRow
	counted := counter(query.WantTotal)
	err = s.readWorklist(ctx, query.worklist(), viewer, within, conditions, args, query.Page, counted,
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

func (q DeadlineQuery) worklist() worklist {
	return worklist{table: "deadlines", columns: "t.body", by: byDue, apart: waitingApart(q.Statuses)}
}

// conditions is the query, except for the division, as conditions on a deadline t, each with "and"
// before it.
func (q DeadlineQuery) conditions(args *arguments) string {
	conditions := ""
	if len(q.Statuses) > 0 {
		conditions += " and t.status = any(" + args.add(q.Statuses) + "::text[])"
	}
	if q.Statutory != nil {
		conditions += " and t.statutory = " + args.add(*q.Statutory)
	}
	if !q.DueFrom.IsZero() {
		conditions += " and t.due_at >= " + args.add(q.DueFrom)
	}
	if !q.DueTo.IsZero() {
		conditions += " and t.due_at < " + args.add(q.DueTo)
	}
	return conditions
}

// waitingApart tells the deadlines that wait for something from the settled ones, in the words of
// their indexes: of long ago nearly all are settled, and a walk to those that wait would pass them
// all. Empty statuses are all.
func waitingApart(statuses []casefile.DeadlineStatus) []string {
	waits := func(status casefile.DeadlineStatus) bool {
		return status == casefile.ClockRunning || status == casefile.ClockPaused || status == casefile.ClockMissed
	}
	var apart []string
	if len(statuses) == 0 || slices.ContainsFunc(statuses, waits) {
		apart = append(apart, " and t.status in ('RUNNING', 'PAUSED', 'MISSED')")
	}
	if len(statuses) == 0 || slices.ContainsFunc(statuses, func(status casefile.DeadlineStatus) bool { return !waits(status) }) {
		apart = append(apart, " and t.status in ('MET', 'CANCELLED')")
	}
	return apart
}
