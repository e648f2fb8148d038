package api

import (
	"context"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

func (s *service) Cases(ctx context.Context, args schema.CasesArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := caseFilter(args.Filter)
	if err != nil {
		return nil, err
	}
	searches := !filter.Text.Empty()
	var reached *store.Cursor
	connection, err := listed("cases:"+args.OrderBy, args.PageArgs,
		func(page store.Page, wantTotal bool) (found[store.CaseRow], error) {
			read, err := s.store.Cases(ctx, q.viewer, store.CaseQuery{
				Filter: filter, Order: store.CaseOrder(args.OrderBy), Page: page, WantTotal: wantTotal,
			})
			reached = read.Reached
			return found[store.CaseRow]{read.Rows, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(row *store.CaseRow) (store.Cursor, any) {
			shown := q.caseOf(row)
			q.cases.Prime(row.ID, shown)
			return row.Cursor, shown
		})
	if err != nil || !searches {
		return connection, err
	}
	connection.Total, connection.Backward = nil, args.Last != nil
	if reached != nil {
		connection.Reached = cursorText("cases:"+args.OrderBy, reached.Key, reached.ID)
	}
	return connection, nil
}

// found is what the store read of a list.
type found[R any] struct {
	rows                 []R
	hasNext, hasPrevious bool
	total                *int
}

// listed makes a connection of one page of a list. read reads a page, and counts the whole
// where wanted; show gives a row's place in the list and its node.
func listed[R any](
	list string, args schema.PageArgs,
	read func(page store.Page, wantTotal bool) (found[R], error), show func(*R) (store.Cursor, any),
) (*schema.Connection, error) {
	page, err := pageOf(list, args)
	if err != nil {
		return nil, err
	}
	here, err := read(page, false)
	if err != nil {
		return nil, unavailable(err)
	}
	connection := &schema.Connection{
		HasNext: here.hasNext, HasPrevious: here.hasPrevious, Edges: make([]schema.Edge, len(here.rows)),
		Total: func() (any, error) {
			counted, err := read(store.Page{First: 1}, true)
			return total(counted.total, err)
		},
	}
	for i := range here.rows {
		cursor, node := show(&here.rows[i])
		connection.Edges[i] = schema.Edge{Cursor: cursorText(list, cursor.Key, cursor.ID), Node: node}
	}
	return connection, nil
}

func total(counted *int, err error) (any, error) {
	if err != nil {
		return nil, unavailable(err)
	}
	if counted == nil {
		return nil, nil
	}
	return *counted, nil
}

func caseFilter(f schema.CaseFilter) (store.CaseFilter, error) {
	filter := store.CaseFilter{
		Kind: f.Kind, PetitionType: f.PetitionType, Stages: f.Stage, Open: f.Open, Overdue: f.Overdue,
		Urgent: f.Urgent, Repeats: f.Repeat, Division: f.Division, Source: f.Source, Category: f.Category, Risk: f.Risk,
		ReceivedFrom: f.ReceivedFrom, ReceivedTo: f.ReceivedTo,
		ConcludedFrom: f.ConcludedFrom, ConcludedTo: f.ConcludedTo, DueBefore: f.DueBefore,
	}
	var err error
	if filter.UnitID, err = filterID("Unit", "filter.unitId", f.UnitID); err != nil {
		return filter, err
	}
	if filter.HandlerID, err = filterID("Person", "filter.handlerId", f.HandlerID); err != nil {
		return filter, err
	}
	if f.Text != nil {
		if filter.Text, err = store.NewSearchText(*f.Text); err != nil {
			return filter, &BadInputError{"filter.text", err.Error()}
		}
	}
	if err := checkDays("filter.received", f.ReceivedFrom, f.ReceivedTo); err != nil {
		return filter, err
	}
	return filter, checkDays("filter.concluded", f.ConcludedFrom, f.ConcludedTo)
}

func filterID(typ, field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	id, err := schema.ParseNodeID(value)
	if err != nil {
		return "", &BadInputError{field, err.Error()}
	}
	if id.Type != typ {
		return "", &BadInputError{field, "is the id of a " + id.Type + "; it must be the id of a " + typ}
	}
	return id.Key, nil
}

// checkDays refuses a range of days that ends before it begins. Days are "YYYY-MM-DD", so
// they compare as text.
func checkDays(field, from, to string) error {
	if from != "" && to != "" && to < from {
		return &BadInputError{field + "To", to + " is before " + field + "From, " + from}
	}
	return nil
}

func (s *service) Inbox(ctx context.Context, args schema.InboxArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return listed("inbox", args.PageArgs,
		func(page store.Page, wantTotal bool) (found[store.TaskRow], error) {
			read, err := s.store.Tasks(ctx, q.viewer, store.TaskQuery{
				Kind: args.Filter.Kind, Overdue: args.Filter.Overdue, Mine: args.Filter.Mine != nil && *args.Filter.Mine,
				Page: page, WantTotal: wantTotal,
			})
			return found[store.TaskRow]{read.Rows, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(row *store.TaskRow) (store.Cursor, any) {
			if row.PackageID != "" {
				return row.Cursor, then(q.packages.Load(ctx, row.PackageID), func(p *schema.Package) (any, error) {
					if p == nil {
						return nil, nil
					}
					return packageTask(p, row.Task), nil
				})
			}
			return row.Cursor, withCase(ctx, q, row.CaseID, func(c *schema.Case) any { return taskOf(c.State, row.Task) })
		})
}

func (s *service) Deadlines(ctx context.Context, args schema.DeadlinesArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return listed("deadlines", args.PageArgs,
		func(page store.Page, wantTotal bool) (found[store.DeadlineRow], error) {
			read, err := s.store.Deadlines(ctx, q.viewer, store.DeadlineQuery{
				Statuses: args.Filter.Status, DueFrom: args.Filter.DueFrom, DueTo: args.Filter.DueTo,
				Statutory: args.Filter.Statutory, Division: args.Filter.Division, Page: page, WantTotal: wantTotal,
			})
			return found[store.DeadlineRow]{read.Rows, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(row *store.DeadlineRow) (store.Cursor, any) {
			return row.Cursor, &schema.Deadline{CaseID: row.CaseID, Deadline: row.Deadline}
		})
}

func (s *service) SupervisionOrders(ctx context.Context, args schema.SupervisionOrdersArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return listed("supervisionOrders", args.PageArgs,
		func(page store.Page, wantTotal bool) (found[store.SupervisionRow], error) {
			read, err := s.store.SupervisionOrders(ctx, q.viewer, store.SupervisionQuery{
				Statuses: args.Filter.Status, Division: args.Filter.Division, Level: args.Filter.Level,
				Page: page, WantTotal: wantTotal,
			})
			return found[store.SupervisionRow]{read.Rows, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(row *store.SupervisionRow) (store.Cursor, any) {
			if row.PackageID != "" {
				return row.Cursor, then(q.packages.Load(ctx, row.PackageID), func(p *schema.Package) (any, error) {
					if p == nil {
						return nil, nil
					}
					if order := schema.PackageOrderOf(p, row.OrderID); order != nil {
						return order, nil
					}
					return nil, nil
				})
			}
			return row.Cursor, withCase(ctx, q, row.CaseID, func(c *schema.Case) any {
				if order := schema.OrderOf(c.State, row.OrderID); order != nil {
					return order
				}
				return nil
			})
		})
}

func (s *service) Timeline(ctx context.Context, c *schema.Case, args schema.PageArgs) schema.Later {
	list := "timeline:" + c.State.ID
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	page, err := pageOf(list, args)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	return then(q.timelines.Load(ctx, store.TimelineQuery{CaseID: c.State.ID, Page: page, ChainHash: c.ChainHash}), func(read store.EventPage) (any, error) {
		// The contract counts no events.
		connection := &schema.Connection{HasNext: read.HasNext, HasPrevious: read.HasPrevious, Edges: make([]schema.Edge, len(read.Rows))}
		for i, row := range read.Rows {
			cursor := row.Cursor()
			connection.Edges[i] = schema.Edge{Cursor: cursorText(list, cursor.Key, cursor.ID), Node: s.eventOf(c, row)}
		}
		return connection, nil
	})
}

// withCase yields something that needs its case's state, which the cases' loader brings.
func withCase(ctx context.Context, q *request, caseID string, show func(*schema.Case) any) schema.Later {
	return then(q.cases.Load(ctx, caseID), func(c *schema.Case) (any, error) {
		if c == nil {
			return nil, nil
		}
		return show(c), nil
	})
}

func (s *service) eventOf(c *schema.Case, row store.StoredEvent) *schema.Event {
	return &schema.Event{Case: c, Event: row.Event, Hash: row.Hash, Cursor: s.feedCursor(row.Feed, row.Hash)}
}
