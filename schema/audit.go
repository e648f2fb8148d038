package schema

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// AuditTrailArgs are the arguments of Query.auditTrail.
type AuditTrailArgs struct {
	PageArgs
	Filter AuditFilter `json:"filter"`
}

// AuditFilter narrows the audit trail; From and To are days in Asia/Shanghai, both included.
type AuditFilter struct {
	Kind     []casefile.AuditKind `json:"kind"`
	From     string               `json:"from"`
	To       string               `json:"to"`
	ActorID  string               `json:"actorId"`
	UnitID   string               `json:"unitId"`
	Division casefile.Division    `json:"division"`
}

// AuditEntry is a look or a change as auditors are told of it: nothing of a case but where it was.
type AuditEntry struct {
	Kind                 casefile.AuditKind
	At                   time.Time
	ActorID              string
	ActorRole            casefile.Role
	ActorUnitID          string
	RequestID            string
	Division             casefile.Division
	UnitID               string
	PersonID, ToPersonID string
	Role                 casefile.Role
	CaseReference        string
	PurposeGiven         *bool
}

func (b *builder) auditTypes() {
	s := b.service
	person := func(name, desc string, id func(*AuditEntry) string) field {
		return load(name, "Person", desc, func(ctx context.Context, e *AuditEntry) (any, error) { return s.Person(ctx, id(e)) })
	}
	unit := func(name, desc string, id func(*AuditEntry) string) field {
		return load(name, "Unit", desc, func(ctx context.Context, e *AuditEntry) (any, error) { return s.Unit(ctx, id(e)) })
	}
	b.object("AuditEntry", "审计记录 · Somebody looked or changed something. It holds no personal data, no text, and no id or number of a case.",
		get("kind", "AuditKind!", "What it tells.", func(e *AuditEntry) any { return e.Kind }),
		get("at", "DateTime!", "When.", func(e *AuditEntry) any { return e.At }),
		person("actor", "Who; null where it was the system.", func(e *AuditEntry) string { return e.ActorID }),
		get("actorRole", "Role", "In which role; null where that isn't recorded.", func(e *AuditEntry) any {
			if e.ActorRole == casefile.RoleSystem {
				return nil
			}
			return orNull(string(e.ActorRole))
		}),
		unit("actorUnit", "At which unit they had that role.", func(e *AuditEntry) string { return e.ActorUnitID }),
		get("requestId", "String!", "The id of the request, as the log has it.", func(e *AuditEntry) any { return e.RequestID }),
		get("division", "Division!", "Where it was about: of a case the division that answered for it then.", func(e *AuditEntry) any { return e.Division }),
		unit("unit", "The unit that it was about: of a case the one that answered for it then.", func(e *AuditEntry) string { return e.UnitID }),
		get("caseReference", "String", "Tells looks at one case from looks at another; it is no id of the case and leads to none. Null where it is about no case.",
			func(e *AuditEntry) any { return orNull(e.CaseReference) }),
		get("purposeGiven", "Boolean", "They said what for; the text is in the case's record. Null where nobody is asked.", func(e *AuditEntry) any {
			if e.PurposeGiven == nil {
				return nil
			}
			return *e.PurposeGiven
		}),
		person("person", "Whose entry, roles, absence or work was changed, or whose doings were looked up.", func(e *AuditEntry) string { return e.PersonID }),
		person("toPerson", "Who took the work over, or stands in.", func(e *AuditEntry) string { return e.ToPersonID }),
		get("role", "Role", "The role that was granted or revoked.", func(e *AuditEntry) any { return orNull(string(e.Role)) }),
	)
	b.input("AuditFilter", "Which entries; every field given must hold.",
		arg("kind", "[AuditKind!]", "Entries of one of these kinds."),
		arg("from", "Date", "On this day or later, in Asia/Shanghai."),
		arg("to", "Date", "On this day or earlier."),
		arg("actorId", "ID", "What this person looked at or changed."),
		arg("unitId", "ID", "Entries about this unit, or about cases that it answered for."),
		arg("division", "Division", "Entries about this division or below it."),
	)
}

// auditTrail is the field of Query.
func (b *builder) auditTrail() field {
	return root("auditTrail", "AuditEntryConnection!",
		"审计记录 · Who had personal data revealed, read documents, and changed units, people, roles and work, the newest first: "+
			"for an AUDITOR, of the division of their unit and below; empty for anybody else. What is about a sealed case is left out. "+
			"Each look into it is recorded in it too.",
		pageArguments(arg("filter", "AuditFilter", "Only these.")),
		func(ctx context.Context, args AuditTrailArgs) (any, error) { return b.service.AuditTrail(ctx, args) })
}
