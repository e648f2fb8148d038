package store

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// EventPage is a page of a case's events, oldest first.
type EventPage struct {
	Rows                 []StoredEvent
	HasNext, HasPrevious bool
}

// Cursor is the event's place in its case's timeline.
func (e StoredEvent) Cursor() Cursor { return Cursor{Key: strconv.Itoa(e.Seq), ID: e.CaseID} }

var bySeq = order{columns: []string{"seq"}, types: []string{"integer"}, split: func(c Cursor) ([]string, error) {
	if _, err := strconv.ParseInt(c.Key, 10, 32); err != nil {
		return nil, &PageError{"the cursor is not one of this list"}
	}
	return []string{c.Key}, nil
}}

// Timeline returns a page of the events of a case. It checks no permission: the case has
// been read for the viewer before.
func (s *Store) Timeline(ctx context.Context, caseID string, page Page) (EventPage, error) {
	if err := page.check(); err != nil {
		return EventPage{}, err
	}
	if !validUUID(caseID) {
		return EventPage{}, nil
	}
	args := &arguments{values: []any{caseID}}
	bounds, err := bySeq.bounds(page, args)
	if err != nil {
		return EventPage{}, err
	}
	rows, err := s.pool.Query(ctx, fmt.Sprintf("select %s from events where case_id = $1 and %s order by %s limit %d",
		eventColumns, bounds, bySeq.by(page), page.limit()), args.values...)
	if err != nil {
		return EventPage{}, fmt.Errorf("read the timeline of case %s: %w", caseID, err)
	}
	events, err := pgx.CollectRows(rows, scanEvent)
	if err != nil {
		return EventPage{}, fmt.Errorf("read the timeline of case %s: %w", caseID, err)
	}
	var p EventPage
	p.Rows, p.HasNext, p.HasPrevious = cut(events, page)
	return p, nil
}
