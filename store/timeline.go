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

// TimelineQuery asks for a page of the events of a case.
type TimelineQuery struct {
	CaseID string
	Page   Page
	// ChainHash is that of the case's newest event where it is known: a page of the last events
	// up to it may come from memory.
	ChainHash string
}

// key is what the page is kept under; kept is false for a page that isn't.
func (q TimelineQuery) key() (key TimelineQuery, kept bool) {
	return TimelineQuery{CaseID: q.CaseID, Page: q.Page}, q.ChainHash != "" && q.Page.backward() && q.Page.Before == nil && q.Page.After == nil
}

// Timeline returns a page of the events of a case. It checks no permission: the case has
// been read for the viewer before.
func (s *Store) Timeline(ctx context.Context, caseID string, page Page) (EventPage, error) {
	pages, err := s.Timelines(ctx, []TimelineQuery{{CaseID: caseID, Page: page}})
	if err != nil {
		return EventPage{}, err
	}
	return pages[0], nil
}

// Timelines returns a page for each query, in one round trip: cases of which the same part is
// wanted, without a cursor, are read together. It checks no permission, as Timeline.
func (s *Store) Timelines(ctx context.Context, queries []TimelineQuery) ([]EventPage, error) {
	wanted := map[Page][]int{}
	var parts []Page
	pages := make([]EventPage, len(queries))
	for i, query := range queries {
		if err := query.Page.check(); err != nil {
			return nil, err
		}
		if !validUUID(query.CaseID) {
			continue
		}
		if key, kept := query.key(); kept {
			if page, known := s.timelines.at(key, query.ChainHash); known {
				pages[i] = page
				continue
			}
		}
		if wanted[query.Page] == nil {
			parts = append(parts, query.Page)
		}
		wanted[query.Page] = append(wanted[query.Page], i)
	}
	batch := &pgx.Batch{}
	for _, part := range parts {
		if err := s.queueTimelines(batch, part, wanted[part], queries, pages); err != nil {
			return nil, err
		}
	}
	if batch.Len() == 0 {
		return pages, nil
	}
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fmt.Errorf("read the timelines of %d cases: %w", len(queries), err)
	}
	return pages, nil
}

// bytesBesideBody is what an event takes besides its body, about.
const bytesBesideBody = 500

// queueTimelines reads the same part of the timelines of some cases, those of queries[places],
// into pages at the same places.
func (s *Store) queueTimelines(batch *pgx.Batch, part Page, places []int, queries []TimelineQuery, pages []EventPage) error {
	caseIDs := make([]string, len(places))
	for i, place := range places {
		caseIDs[i] = queries[place].CaseID
	}
	args := &arguments{values: []any{caseIDs}}
	bounds, err := bySeq.bounds(part, args)
	if err != nil {
		return err
	}
	batch.Queue(fmt.Sprintf(`select asked.place, e.* from unnest($1::uuid[]) with ordinality as asked (case_id, place)
		cross join lateral (select %s from events o where o.case_id = asked.case_id and %s order by %s limit %d) e
		order by asked.place, %s`, eventColumns, bounds, bySeq.by(part), part.limit(), bySeq.named("e.seq").by(part)), args.values...).
		Query(func(rows pgx.Rows) error {
			read := make([][]rawEvent, len(places))
			_, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
				var place int
				raw, err := scanRawEvent(row, &place)
				if err == nil {
					read[place-1] = append(read[place-1], raw)
				}
				return struct{}{}, err
			})
			if err != nil {
				return err
			}
			for i, events := range read {
				p := &pages[places[i]]
				events, p.HasNext, p.HasPrevious = cut(events, part)
				stored := 0
				for _, raw := range events { // the one too many is never decoded
					event, err := raw.ofCase()
					if err != nil {
						return err
					}
					p.Rows = append(p.Rows, event)
					stored += len(raw.body) + bytesBesideBody
				}
				asked := queries[places[i]]
				// The record may have moved on since the hash was read.
				if key, kept := asked.key(); kept && len(p.Rows) > 0 && p.Rows[len(p.Rows)-1].Hash == asked.ChainHash {
					s.timelines.keep(key, asked.ChainHash, *p, stored)
				}
			}
			return nil
		})
	return nil
}
