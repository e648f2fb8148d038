package api

import (
	"context"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// auditTrail names the list in its cursors.
const auditTrail = "auditTrail"

// AuditTrail lists what auditors are told. Whoever looks into it sees what colleagues look at, so
// the look is recorded like theirs, before it is answered.
func (s *service) AuditTrail(ctx context.Context, args schema.AuditTrailArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := auditFilter(args.Filter)
	if err != nil {
		return nil, err
	}
	if _, err := pageOf(auditTrail, args.PageArgs); err != nil {
		return nil, err
	}
	if err := s.recordAuditLook(ctx, q, filter); err != nil {
		return nil, err
	}
	return listed(auditTrail, args.PageArgs,
		func(page store.Page, wantTotal bool) (found[store.AuditEntry], error) {
			query := filter
			query.Page, query.WantTotal = page, wantTotal
			read, err := s.store.AuditTrail(ctx, q.viewer, query)
			return found[store.AuditEntry]{read.Entries, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(entry *store.AuditEntry) (store.Cursor, any) { return entry.Cursor(), auditEntryOf(entry) })
}

// recordAuditLook notes that an auditor looks, and whose doings they ask for. Whoever is none is
// shown nothing, and has not looked.
func (s *service) recordAuditLook(ctx context.Context, q *request, query store.AuditQuery) error {
	auditor := slices.IndexFunc(q.viewer.Actors, func(a casefile.Actor) bool { return a.Role == casefile.RoleAuditor })
	if auditor < 0 {
		return nil
	}
	look := store.AuditLook{At: s.now(), Actor: q.viewer.Actors[auditor], RequestID: q.id}
	// An id that nobody has names nobody's doings.
	if _, known := q.people.Person(query.ActorID); known {
		look.PersonID = query.ActorID
	}
	if _, known := q.people.Unit(query.UnitID); known {
		look.UnitID = query.UnitID
	}
	if err := s.store.RecordAuditLook(ctx, look); err != nil {
		return unavailable(err)
	}
	return nil
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
