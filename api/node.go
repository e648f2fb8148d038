package api

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

func (s *service) Node(ctx context.Context, id string) (any, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	parsed, err := schema.ParseNodeID(id)
	if err != nil {
		return nil, &BadInputError{"id", err.Error()}
	}
	return s.node(ctx, q, parsed), nil
}

func (s *service) Nodes(ctx context.Context, ids []string) ([]any, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if len(ids) > maxPage {
		return nil, &BadInputError{"ids", fmt.Sprintf("%d ids are more than %d", len(ids), maxPage)}
	}
	nodes := make([]any, len(ids))
	for i, id := range ids {
		parsed, err := schema.ParseNodeID(id)
		if err != nil {
			return nil, &BadInputError{"ids." + strconv.Itoa(i), err.Error()}
		}
		nodes[i] = s.node(ctx, q, parsed)
	}
	return nodes, nil
}

// node finds what an id names. What belongs to a case is seen by whoever sees the case.
func (s *service) node(ctx context.Context, q *request, id schema.NodeID) any {
	switch id.Type {
	case "Person":
		if person, ok := q.people.Person(id.Key); ok {
			return person
		}
		return nil
	case "Unit":
		if unit, ok := q.people.Unit(id.Key); ok {
			return unit
		}
		return nil
	case "Procedure":
		return s.procedure(q, id.Key)
	}
	if _, err := uuid.Parse(id.Key); err != nil {
		return nil
	}
	if strings.HasPrefix(id.Type, "Package") {
		return then(q.packages.Load(ctx, id.Key), func(p *schema.Package) (any, error) {
			switch {
			case p == nil:
				return nil, nil
			case id.Type == "Package":
				return p, nil
			}
			return s.packagePart(ctx, p, id)
		})
	}
	return then(q.cases.Load(ctx, id.Key), func(c *schema.Case) (any, error) {
		switch {
		case c == nil:
			return nil, nil
		case id.Type == "Case":
			return c, nil
		}
		return s.partOf(ctx, q, c, id)
	})
}

// partOf finds what an id names within a case.
func (s *service) partOf(ctx context.Context, q *request, c *schema.Case, id schema.NodeID) (any, error) {
	state := c.State
	switch id.Type {
	case "Party":
		return s.PartyOf(ctx, c, id.Sub)()
	case "Task":
		tasks, err := q.tasks.Load(ctx, state.ID)()
		if err != nil {
			return nil, err
		}
		return part(tasks.([]casefile.Task), id.Sub, func(t casefile.Task) string { return t.ID },
			func(t casefile.Task) any { return taskOf(state, t) }), nil
	case "Event":
		return s.event(ctx, c, id.Sub)
	case "Deadline":
		return part(state.Deadlines, id.Sub, func(d casefile.Deadline) string { return d.ID },
			func(d casefile.Deadline) any { return &schema.Deadline{CaseID: state.ID, Deadline: d} }), nil
	case "Referral":
		return part(state.Referrals, id.Sub, func(r casefile.Referral) string { return r.ID },
			func(r casefile.Referral) any { return &schema.Referral{Case: c, Referral: r} }), nil
	case "Dispatch":
		return part(state.Dispatches, id.Sub, func(d casefile.Dispatch) string { return d.ID },
			func(d casefile.Dispatch) any { return &schema.Dispatch{Case: c, Dispatch: d} }), nil
	case "Mediation":
		return part(state.Mediations, id.Sub, func(m casefile.Mediation) string { return m.ID },
			func(m casefile.Mediation) any { return &schema.Mediation{Case: c, Mediation: m} }), nil
	case "MediationSession":
		for _, m := range state.Mediations {
			if found := part(m.Sessions, id.Sub, func(session casefile.Session) string { return session.ID },
				func(session casefile.Session) any { return &schema.Session{Case: c, Session: session} }); found != nil {
				return found, nil
			}
		}
	case "Decision":
		return part(state.Decisions, id.Sub, func(d casefile.Decision) string { return d.ID },
			func(d casefile.Decision) any { return &schema.Decision{Case: c, Decision: d} }), nil
	case "Review":
		return part(state.Reviews, id.Sub, func(r casefile.Review) string { return r.ID },
			func(r casefile.Review) any { return &schema.Review{Case: c, Review: r} }), nil
	case "FollowUp":
		return part(state.FollowUps, id.Sub, func(f casefile.FollowUp) string { return f.ID },
			func(f casefile.FollowUp) any { return &schema.FollowUp{Case: c, FollowUp: f} }), nil
	case "Document":
		found, err := s.document(ctx, c, id.Sub)
		if found != nil || err != nil {
			return found, err
		}
	case "SupervisionOrder":
		return part(state.Orders, id.Sub, func(o casefile.SupervisionOrder) string { return o.ID },
			func(o casefile.SupervisionOrder) any { return schema.OrderOf(state, o.ID) }), nil
	}
	return nil, nil
}

func part[T any](list []T, id string, idOf func(T) string, show func(T) any) any {
	for _, one := range list {
		if idOf(one) == id {
			return show(one)
		}
	}
	return nil
}

func (s *service) event(ctx context.Context, c *schema.Case, number string) (any, error) {
	seq, err := strconv.Atoi(number)
	if err != nil || seq < 1 || strconv.Itoa(seq) != number {
		return nil, nil
	}
	page, err := s.store.Timeline(ctx, c.State.ID, store.Page{First: 1, After: &store.Cursor{Key: strconv.Itoa(seq - 1), ID: c.State.ID}})
	if err != nil {
		return nil, unavailable(err)
	}
	if len(page.Rows) == 0 || page.Rows[0].Seq != seq {
		return nil, nil
	}
	return s.eventOf(c, page.Rows[0]), nil
}
