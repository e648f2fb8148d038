package main

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/graph-gophers/graphql-go"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

const definitions = `
	schema { query: Query }
	type Query { cases(first: Int!, after: String): CaseConnection! }
	type CaseConnection { pageInfo: PageInfo! edges: [CaseEdge!]! }
	type PageInfo { hasNextPage: Boolean! endCursor: String }
	type CaseEdge { node: Case }
	type Case {
		number: String! kind: String! stage: String! category: String! division: String! overdue: Boolean! registeredAt: Time!
		responsibleUnit: Named handler: Named
		deadlines: [Deadline!]!
		timeline(last: Int!): EventConnection!
	}
	type Named { name: String! }
	type Deadline { step: String! label: String! status: String! statutory: Boolean! dueAt: Time! }
	type EventConnection { edges: [EventEdge!]! }
	type EventEdge { node: Event }
	type Event { seq: Int! type: String! at: Time! actor: Named }
	scalar Time
`

type requestKey struct{}

// request is what one request knows. The timelines of its page are read together by whichever
// of its cases asks first.
type request struct {
	record *store.Store
	people *directory.Directory
	viewer store.Viewer

	timelines func(ctx context.Context, last int) (map[string]store.EventPage, error)
	listed    []store.CaseRow
}

func newRequest(record *store.Store, people *directory.Directory, viewer store.Viewer) *request {
	q := &request{record: record, people: people, viewer: viewer}
	var once sync.Once
	var read map[string]store.EventPage
	var failed error
	q.timelines = func(ctx context.Context, last int) (map[string]store.EventPage, error) {
		once.Do(func() {
			queries := make([]store.TimelineQuery, len(q.listed))
			for i, row := range q.listed {
				queries[i] = store.TimelineQuery{CaseID: row.ID, Page: store.Page{Last: last}, ChainHash: row.ChainHash}
			}
			var pages []store.EventPage
			if pages, failed = record.Timelines(ctx, queries); failed != nil {
				return
			}
			read = make(map[string]store.EventPage, len(pages))
			for i, page := range pages {
				read[queries[i].CaseID] = page
			}
		})
		return read, failed
	}
	return q
}

type query struct{ record *store.Store }

type connection struct {
	PageInfo pageInfo
	Edges    []edge
}

type pageInfo struct {
	HasNextPage bool
	EndCursor   *string
}

type edge struct{ Node *listedCase }

// Cases is the field of Query.
func (q *query) Cases(ctx context.Context, args struct {
	First int32
	After *string
},
) (*connection, error) {
	asked, ok := ctx.Value(requestKey{}).(*request)
	if !ok {
		return nil, errors.New("nobody is signed in")
	}
	page := store.Page{First: int(args.First)}
	if args.After != nil {
		page.After = &store.Cursor{}
		if err := json.Unmarshal([]byte(*args.After), page.After); err != nil {
			return nil, err
		}
	}
	read, err := q.record.Cases(ctx, asked.viewer, store.CaseQuery{Page: page})
	if err != nil {
		return nil, err
	}
	asked.listed = read.Rows
	list := &connection{PageInfo: pageInfo{HasNextPage: read.HasNext}, Edges: make([]edge, len(read.Rows))}
	for i := range read.Rows {
		list.Edges[i].Node = &listedCase{asked, &read.Rows[i]}
	}
	if n := len(read.Rows); n > 0 {
		raw, err := json.Marshal(read.Rows[n-1].Cursor)
		if err != nil {
			return nil, err
		}
		cursor := string(raw)
		list.PageInfo.EndCursor = &cursor
	}
	return list, nil
}

type listedCase struct {
	asked *request
	row   *store.CaseRow
}

func (c *listedCase) Number() string             { return c.row.Number }
func (c *listedCase) Kind() string               { return string(c.row.Kind) }
func (c *listedCase) Stage() string              { return string(c.row.Stage) }
func (c *listedCase) Category() string           { return c.row.State.Category }
func (c *listedCase) Division() string           { return string(c.row.Division) }
func (c *listedCase) Overdue() bool              { return c.row.Overdue }
func (c *listedCase) RegisteredAt() graphql.Time { return instant(c.row.State.RegisteredAt) }

func (c *listedCase) ResponsibleUnit() *named {
	unit, ok := c.asked.people.Unit(c.row.ResponsibleUnitID)
	if !ok {
		return nil
	}
	return &named{unit.Name}
}

func (c *listedCase) Handler() *named { return c.asked.personNamed(c.row.HandlerID) }

func (c *listedCase) Deadlines() []*deadline {
	deadlines := make([]*deadline, len(c.row.State.Deadlines))
	for i := range deadlines {
		deadlines[i] = &deadline{c.row.State.Deadlines[i]}
	}
	return deadlines
}

func (c *listedCase) Timeline(ctx context.Context, args struct{ Last int32 }) (*events, error) {
	pages, err := c.asked.timelines(ctx, int(args.Last))
	if err != nil {
		return nil, err
	}
	rows := pages[c.row.ID].Rows
	shown := &events{Edges: make([]eventEdge, len(rows))}
	for i := range rows {
		shown.Edges[i].Node = &event{c.asked, &rows[i]}
	}
	return shown, nil
}

type named struct{ Name string }

func (q *request) personNamed(id string) *named {
	person, ok := q.people.Person(id)
	if !ok {
		return nil
	}
	return &named{person.Name}
}

type deadline struct{ of casefile.Deadline }

func (d *deadline) Step() string        { return d.of.Step }
func (d *deadline) Label() string       { return d.of.Label(casefile.Chinese) }
func (d *deadline) Status() string      { return string(d.of.Status) }
func (d *deadline) Statutory() bool     { return d.of.Statutory }
func (d *deadline) DueAt() graphql.Time { return instant(d.of.DueAt) }

type events struct{ Edges []eventEdge }

type eventEdge struct{ Node *event }

type event struct {
	asked *request
	row   *store.StoredEvent
}

func (e *event) Seq() int32       { return int32(e.row.Seq) }
func (e *event) Type() string     { return e.row.Type() }
func (e *event) At() graphql.Time { return instant(e.row.At) }
func (e *event) Actor() *named    { return e.asked.personNamed(e.row.Actor.PersonID) }

func instant(t time.Time) graphql.Time { return graphql.Time{Time: t} }
