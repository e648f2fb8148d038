package api

import (
	"context"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// AuditTrail lists what auditors are told. Whoever looks into it sees what colleagues look at, so
// the look is recorded like theirs, before it is answered; it stands in the trail from the next
// look on.
func (s *service) AuditTrail(ctx context.Context, args schema.AuditTrailArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := auditFilter(args.Filter)
	if err != nil {
		return nil, err
	}
	connection, err := listed("auditTrail", args.PageArgs,
		func(page store.Page, wantTotal bool) (found[store.AuditEntry], error) {
			query := filter
			query.Page, query.WantTotal = page, wantTotal
			read, err := s.store.AuditTrail(ctx, q.viewer, query)
			return found[store.AuditEntry]{read.Entries, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(entry *store.AuditEntry) (store.Cursor, any) { return entry.Cursor(), auditEntryOf(entry) })
	if err != nil {
		return nil, err
	}
	auditor := slices.IndexFunc(q.viewer.Actors, func(a casefile.Actor) bool { return a.Role == casefile.RoleAuditor })
	if auditor < 0 {
		return connection, nil
	}
	look := store.AuditLook{At: s.now(), Actor: q.viewer.Actors[auditor], RequestID: q.id}
	// An id that nobody has names nobody's doings.
	if _, known := q.people.Person(filter.ActorID); known {
		look.PersonID = filter.ActorID
	}
	if _, known := q.people.Unit(filter.UnitID); known {
		look.UnitID = filter.UnitID
	}
	if err := s.store.RecordAuditLook(ctx, look); err != nil {
		return nil, unavailable(err)
	}
	return connection, nil
}

func auditFilter(f schema.AuditFilter) (store.AuditQuery, error) {
	query := store.AuditQuery{Kinds: f.Kind, From: f.From, To: f.To, Division: f.Division}
	var err error
	if query.ActorID, err = filterID("Person", "filter.actorId", f.ActorID); err != nil {
		return query, err
	}
	if query.UnitID, err = filterID("Unit", "filter.unitId", f.UnitID); err != nil {
		return query, err
	}
	if f.From != "" && f.To != "" && f.To < f.From {
		return query, &BadInputError{"filter.to", f.To + " is before filter.from, " + f.From}
	}
	return query, nil
}

func auditEntryOf(e *store.AuditEntry) *schema.AuditEntry {
	return &schema.AuditEntry{
		Kind: e.Kind, At: e.At, ActorID: e.ActorID, ActorRole: e.ActorRole, ActorUnitID: e.ActorUnitID, RequestID: e.RequestID,
		Division: e.Division, UnitID: e.UnitID, PersonID: e.PersonID, ToPersonID: e.ToPersonID, Role: e.Role,
		CaseReference: e.CaseReference, PurposeGiven: e.PurposeGiven,
	}
}
