package api

import (
	"context"
	"strconv"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

func (s *service) Cases(ctx context.Context, args schema.CasesArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	list := "cases:" + args.OrderBy
	page, err := pageOf(list, args.PageArgs)
	if err != nil {
		return nil, err
	}
	filter, err := caseFilter(args.Filter)
	if err != nil {
		return nil, err
	}
	query := store.CaseQuery{Filter: filter, Order: store.CaseOrder(args.OrderBy), Page: page}
	found, err := s.store.Cases(ctx, q.viewer, query)
	if err != nil {
		return nil, unavailable(err)
	}
	connection := &schema.Connection{
		HasNext: found.HasNext, HasPrevious: found.HasPrevious, Edges: make([]schema.Edge, len(found.Rows)),
		Total: func() (any, error) {
			query.WantTotal, query.Page = true, store.Page{First: 1}
			counted, err := s.store.Cases(ctx, q.viewer, query)
			return total(counted.Total, err)
		},
	}
	for i := range found.Rows {
		row := &found.Rows[i]
		shown := q.caseOf(row)
		q.cases.Prime(row.ID, shown)
		cursor := row.Cursor
		connection.Edges[i] = schema.Edge{Cursor: cursorText(list, cursor.Key, cursor.ID), Node: shown}
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
		Urgent: f.Urgent, Division: f.Division, Source: f.Source, Category: f.Category, Risk: f.Risk,
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
	page, err := pageOf("inbox", args.PageArgs)
	if err != nil {
		return nil, err
	}
	query := store.TaskQuery{
		Kind: args.Filter.Kind, Overdue: args.Filter.Overdue, Mine: args.Filter.Mine != nil && *args.Filter.Mine, Page: page,
	}
	found, err := s.store.Tasks(ctx, q.viewer, query)
	if err != nil {
		return nil, unavailable(err)
	}
	connection := &schema.Connection{
		HasNext: found.HasNext, HasPrevious: found.HasPrevious, Edges: make([]schema.Edge, len(found.Rows)),
		Total: func() (any, error) {
			query.WantTotal, query.Page = true, store.Page{First: 1}
			counted, err := s.store.Tasks(ctx, q.viewer, query)
			return total(counted.Total, err)
		},
	}
	for i, row := range found.Rows {
		cursor := row.Cursor
		connection.Edges[i] = schema.Edge{
			Cursor: cursorText("inbox", cursor.Key, cursor.ID),
			Node:   withCase(ctx, q, row.CaseID, func(c *schema.Case) any { return taskOf(c.State, row.Task) }),
		}
	}
	return connection, nil
}

func (s *service) Deadlines(ctx context.Context, args schema.DeadlinesArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	page, err := pageOf("deadlines", args.PageArgs)
	if err != nil {
		return nil, err
	}
	query := store.DeadlineQuery{
		Statuses: args.Filter.Status, DueFrom: args.Filter.DueFrom, DueTo: args.Filter.DueTo,
		Statutory: args.Filter.Statutory, Division: args.Filter.Division, Page: page,
	}
	found, err := s.store.Deadlines(ctx, q.viewer, query)
	if err != nil {
		return nil, unavailable(err)
	}
	connection := &schema.Connection{
		HasNext: found.HasNext, HasPrevious: found.HasPrevious, Edges: make([]schema.Edge, len(found.Rows)),
		Total: func() (any, error) {
			query.WantTotal, query.Page = true, store.Page{First: 1}
			counted, err := s.store.Deadlines(ctx, q.viewer, query)
			return total(counted.Total, err)
		},
	}
	for i, row := range found.Rows {
		cursor := row.Cursor
		connection.Edges[i] = schema.Edge{
			Cursor: cursorText("deadlines", cursor.Key, cursor.ID),
			Node:   &schema.Deadline{CaseID: row.CaseID, Deadline: row.Deadline},
		}
	}
	return connection, nil
}

func (s *service) SupervisionOrders(ctx context.Context, args schema.SupervisionOrdersArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	page, err := pageOf("supervisionOrders", args.PageArgs)
	if err != nil {
		return nil, err
	}
	query := store.SupervisionQuery{
		Statuses: args.Filter.Status, Division: args.Filter.Division, Level: args.Filter.Level, Page: page,
	}
	found, err := s.store.SupervisionOrders(ctx, q.viewer, query)
	if err != nil {
		return nil, unavailable(err)
	}
	connection := &schema.Connection{
		HasNext: found.HasNext, HasPrevious: found.HasPrevious, Edges: make([]schema.Edge, len(found.Rows)),
		Total: func() (any, error) {
			query.WantTotal, query.Page = true, store.Page{First: 1}
			counted, err := s.store.SupervisionOrders(ctx, q.viewer, query)
			return total(counted.Total, err)
		},
	}
	for i, row := range found.Rows {
		cursor := row.Cursor
		connection.Edges[i] = schema.Edge{
			Cursor: cursorText("supervisionOrders", cursor.Key, cursor.ID),
			Node:   withCase(ctx, q, row.CaseID, func(c *schema.Case) any { return orderOf(c.State, row.Order) }),
		}
	}
	return connection, nil
}

func (s *service) Timeline(ctx context.Context, c *schema.Case, args schema.PageArgs) (*schema.Connection, error) {
	if _, err := signedIn(ctx); err != nil {
		return nil, err
	}
	list := "timeline:" + c.State.ID
	page, err := pageOf(list, args)
	if err != nil {
		return nil, err
	}
	found, err := s.store.Timeline(ctx, c.State.ID, page)
	if err != nil {
		return nil, unavailable(err)
	}
	connection := &schema.Connection{
		HasNext: found.HasNext, HasPrevious: found.HasPrevious, Edges: make([]schema.Edge, len(found.Rows)),
	}
	for i, row := range found.Rows {
		cursor := row.Cursor()
		connection.Edges[i] = schema.Edge{Cursor: cursorText(list, cursor.Key, cursor.ID), Node: eventOf(c, row)}
	}
	return connection, nil
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

func eventOf(c *schema.Case, row store.StoredEvent) *schema.Event {
	return &schema.Event{
		Case: c, Event: row.Event, Hash: row.Hash,
		Cursor: cursorText("feed", strconv.FormatUint(row.Feed.Transaction, 10), strconv.FormatInt(row.Feed.Position, 10)),
	}
}
