package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// AuditQuery asks for a page of the audit trail, the newest first. What is empty narrows nothing.
type AuditQuery struct {
	Kinds []casefile.AuditKind
	// From and To are days in Asia/Shanghai, both included.
	From, To string
	// ActorID looked or acted; UnitID is the unit that it was about.
	ActorID, UnitID string
	Division        casefile.Division
	Page            Page
	WantTotal       bool
}

// AuditEntry is one look or change of the trail. Whom and what it doesn't know is empty.
type AuditEntry struct {
	ID   int64
	Kind casefile.AuditKind
	At   time.Time
	// ActorID looked or acted, in a role at a unit.
	ActorID     string
	ActorRole   casefile.Role
	ActorUnitID string
	RequestID   string
	// Division and UnitID are where it was about: of a case those that answered for it then.
	Division casefile.Division
	UnitID   string
	// PersonID is whose roles, absence or work a change is about, ToPersonID who takes over, Role
	// the one given or taken.
	PersonID, ToPersonID string
	Role                 casefile.Role
	// CaseReference tells looks at one case from those at another, and leads to no case.
	CaseReference string
	// PurposeGiven is nil where none is asked for.
	PurposeGiven *bool
}

// Cursor is the entry's place in the trail.
func (e AuditEntry) Cursor() Cursor {
	return Cursor{Key: timeKey(casefile.Instant(e.At)), ID: strconv.FormatInt(e.ID, 10)}
}

// AuditPage is a page of the trail; Total is as in CasePage.
type AuditPage struct {
	Entries              []AuditEntry
	HasNext, HasPrevious bool
	Total                *int
}

var byAuditTime = order{columns: []string{"e.at", "e.id"}, types: []string{"timestamptz", "bigint"}, split: splitAudit, desc: true}

func splitAudit(c Cursor) ([]string, error) {
	if _, err := strconv.ParseInt(c.ID, 10, 64); err != nil {
		return nil, &PageError{"the cursor is not one of this list"}
	}
	return []string{c.Key, c.ID}, checkTimeKey(c.Key)
}

// auditColumns are those of AuditEntry, in its order, but for the reference.
const auditColumns = `e.id, e.kind, e.at, e.actor_id, e.actor_role, e.actor_unit_id, e.request_id, e.division, e.unit_id,
	e.person_id, e.to_person_id, e.role, e.purpose_given`

// AuditTrail returns a page of the trail of the divisions in which the viewer is AUDITOR; to
// anybody else it is empty.
//
// Looks at a SEALED case are left out, also those from before it was sealed, and so is what the
// viewer is excluded from: who looks, and when, would tell that there is such a case, however wide
// the place that were told with it.
func (s *Store) AuditTrail(ctx context.Context, viewer Viewer, query AuditQuery) (AuditPage, error) {
	if err := query.Page.check(); err != nil {
		return AuditPage{}, err
	}
	within, err := s.scope(ctx, query.Division)
	if err != nil {
		return AuditPage{}, err
	}
	areas := intersect(viewer.Audits, within)
	if len(areas) == 0 {
		return AuditPage{Total: capped(counter(query.WantTotal))}, nil
	}
	list, args, err := query.list(viewer, areas)
	if err != nil {
		return AuditPage{}, err
	}
	var entries []AuditEntry
	batch := &pgx.Batch{}
	// A walk that ends with its page looks long to Postgres, which would compile it first and take most of a second.
	batch.Queue("select set_config('jit', 'off', true)")
	batch.Queue(list, args.values...).Query(func(rows pgx.Rows) error {
		entries, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (e AuditEntry, err error) {
			return e, row.Scan(&e.ID, &e.Kind, &e.At, &e.ActorID, &e.ActorRole, &e.ActorUnitID, &e.RequestID, &e.Division, &e.UnitID,
				&e.PersonID, &e.ToPersonID, &e.Role, &e.PurposeGiven, &e.CaseReference)
		})
		return err
	})
	counted := counter(query.WantTotal)
	if counted != nil {
		counting, args := query.count(viewer, areas)
		batch.Queue(counting, args.values...).QueryRow(func(row pgx.Row) error { return row.Scan(counted) })
	}
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return AuditPage{}, fmt.Errorf("read the audit trail: %w", err)
	}
	page := AuditPage{Total: capped(counted)}
	page.Entries, page.HasNext, page.HasPrevious = cut(entries, query.Page)
	return page, nil
}

// list reads a page: of each area and kind as many as a page has, each along its own range of an
// index, and of those the first.
func (q AuditQuery) list(viewer Viewer, areas []casefile.Division) (string, *arguments, error) {
	args := &arguments{}
	bounds, err := byAuditTime.bounds(q.Page, args)
	if err != nil {
		return "", nil, err
	}
	kinds, conditions := args.add(q.kinds()), q.conditions(viewer, args)
	var parts []string
	for _, area := range areas {
		parts = append(parts, fmt.Sprintf(`(select e.* from unnest(%s::text[]) k(kind) cross join lateral
			(select %s, e.case_id from audit_entries e where e.kind = k.kind and %s%s and %s order by %s limit %d) e)`,
			kinds, auditColumns, auditedIn(area, args), conditions, bounds, byAuditTime.by(q.Page), q.Page.limit()))
	}
	return fmt.Sprintf("select %s, coalesce(a.reference::text, '') from (%s) e left join audited_cases a on a.case_id = e.case_id order by %s limit %d",
		auditColumns, strings.Join(parts, " union all "), byAuditTime.by(q.Page), q.Page.limit()), args, nil
}

// count counts to one more than a total shows.
func (q AuditQuery) count(viewer Viewer, areas []casefile.Division) (string, *arguments) {
	args := &arguments{}
	kinds, conditions := args.add(q.kinds()), q.conditions(viewer, args)
	var parts []string
	for _, area := range areas {
		parts = append(parts, fmt.Sprintf("(select 1 from audit_entries e where e.kind = any(%s::text[]) and %s%s limit %d)",
			kinds, auditedIn(area, args), conditions, cappedTotal+1))
	}
	return fmt.Sprintf("select count(*) from (select from (%s) e limit %d) n", strings.Join(parts, " union all "), cappedTotal+1), args
}

// kinds are those asked for, each once; all of them where none is.
func (q AuditQuery) kinds() []string {
	var kinds []string
	for _, term := range casefile.Terms("AuditKind") {
		if len(q.Kinds) == 0 || slices.Contains(q.Kinds, casefile.AuditKind(term.Value)) {
			kinds = append(kinds, term.Value)
		}
	}
	return kinds
}

// conditions is the query, except for kinds and division, and what the viewer may be told, as
// conditions on an entry e, each with "and" before it.
func (q AuditQuery) conditions(viewer Viewer, args *arguments) string {
	conditions := inDays("e.at", q.From, q.To, args)
	if q.ActorID != "" {
		conditions += " and e.actor_id = " + args.add(q.ActorID)
	}
	if q.UnitID != "" {
		// "<> ''" is the index's own: the one plan for all units can't know that this one isn't empty.
		conditions += " and e.unit_id <> '' and e.unit_id = " + args.add(q.UnitID)
	}
	// With "offset 0" it is asked of each entry: else a plan may read every case to judge a page.
	return conditions + " and not exists (select 1 from cases c where c.id = e.case_id and (c.confidentiality = 'SEALED' or " +
		viewer.excludedFrom(args) + ") offset 0)"
}

// auditedIn is the condition that an entry e is about a division or below it. Villages and grids
// have no index of their own: a township has few entries.
func auditedIn(division casefile.Division, args *arguments) string {
	switch level := division.Level(); level {
	case casefile.LevelProvince, casefile.LevelCity, casefile.LevelCounty, casefile.LevelTownship:
		return "e." + levelColumn(level) + " = " + args.add(string(division))
	case casefile.LevelVillage, casefile.LevelGrid:
		return "e.township = " + args.add(string(division.At(casefile.LevelTownship))) + " and e.division ^@ " + args.add(string(division))
	}
	return "false"
}

// AuditLook is somebody's look into the audit trail.
type AuditLook struct {
	At        time.Time
	Actor     casefile.Actor
	RequestID string
	// PersonID and UnitID are whose doings were asked for; empty is everybody's.
	PersonID, UnitID string
}

// RecordAuditLook notes in the trail that somebody looked into it, once for all pages of one look: what
// the same person asks for within 15 minutes is the same.
func (s *Store) RecordAuditLook(ctx context.Context, look AuditLook) error {
	_, err := s.pool.Exec(ctx, `
		insert into audit_entries (kind, at, actor_id, actor_role, actor_unit_id, request_id, division, unit_id, person_id)
		select 'TRAIL_READ', $1, $2, $3, $4, $5, $6, $7, $8
		where not exists (select from audit_entries where actor_id = $2 and kind = 'TRAIL_READ' and unit_id = $7 and person_id = $8
			and at > $1::timestamptz - interval '15 minutes' and at <= $1::timestamptz)`,
		casefile.Instant(look.At), look.Actor.PersonID, string(look.Actor.Role), look.Actor.UnitID, look.RequestID,
		string(look.Actor.Division), look.UnitID, look.PersonID)
	if err != nil {
		return fmt.Errorf("record a look into the audit trail: %w", err)
	}
	return nil
}
