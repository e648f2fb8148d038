package api

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// maxCount is the most that a count shows.
const maxCount = 10_000

// Counts are the numbers on the viewer's first page.
func (s *service) Counts(ctx context.Context) (any, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	one, yes := store.Page{First: 1}, true
	inbox, err := s.store.Tasks(ctx, q.viewer, store.TaskQuery{Page: one, WantTotal: true})
	if err != nil {
		return nil, unavailable(err)
	}
	overdue, err := s.store.Cases(ctx, q.viewer, store.CaseQuery{
		Filter: store.CaseFilter{Open: &yes, Overdue: &yes}, Page: one, WantTotal: true,
	})
	if err != nil {
		return nil, unavailable(err)
	}
	now := s.now()
	due, err := s.store.Deadlines(ctx, q.viewer, store.DeadlineQuery{
		Statuses: []casefile.DeadlineStatus{casefile.ClockRunning}, DueFrom: now, DueTo: weekEnd(now),
		Page: one, WantTotal: true,
	})
	if err != nil {
		return nil, unavailable(err)
	}
	proposed, err := s.store.Tasks(ctx, q.viewer, store.TaskQuery{Kind: leadership.TaskApprove, Page: one, WantTotal: true})
	if err != nil {
		return nil, unavailable(err)
	}
	return schema.Counts{
		Inbox: count(inbox.Total), Overdue: count(overdue.Total), DueThisWeek: count(due.Total),
		ProposedPackages: count(proposed.Total),
	}, nil
}

func count(total *int) int {
	if total == nil {
		return maxCount
	}
	return *total
}

// weekEnd is the midnight after this week's Sunday, in Asia/Shanghai.
func weekEnd(now time.Time) time.Time {
	day := now.In(casefile.Shanghai)
	untilMonday := (7-int(day.Weekday()))%7 + 1
	return time.Date(day.Year(), day.Month(), day.Day()+untilMonday, 0, 0, 0, 0, casefile.Shanghai)
}
