package schema

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Administration keeps units, people and their roles.
type Administration interface {
	SavePerson(ctx context.Context, input SavePersonInput) (*PersonPayload, error)
	SaveUnit(ctx context.Context, input SaveUnitInput) (*UnitPayload, error)
	GrantRole(ctx context.Context, input RoleInput) (*PersonPayload, error)
	RevokeRole(ctx context.Context, input RoleInput) (*PersonPayload, error)
	SetAbsence(ctx context.Context, input SetAbsenceInput) (*PersonPayload, error)
	HandOverWork(ctx context.Context, input HandOverWorkInput) (*HandOverPayload, error)
}

// The inputs of the mutations on units and people; ids are opaque.
type (
	// SavePersonInput adds a person, or changes the one of that id.
	SavePersonInput struct {
		ClientMutationID string `json:"clientMutationId"`
		ID               string `json:"id,omitempty"`
		Name             string `json:"name"`
		Subject          string `json:"subject,omitempty"`
	}
	// SaveUnitInput adds a unit, or changes the one of that id.
	SaveUnitInput struct {
		ClientMutationID  string            `json:"clientMutationId"`
		ID                string            `json:"id,omitempty"`
		Name              string            `json:"name"`
		Kind              casefile.UnitKind `json:"kind"`
		Industry          string            `json:"industry,omitempty"`
		Division          casefile.Division `json:"division"`
		SupervisingUnitID string            `json:"supervisingUnitId,omitempty"`
		SuperiorUnitIDs   []string          `json:"superiorUnitIds,omitempty"`
	}
	// SetAbsenceInput says when somebody is away, in days of Asia/Shanghai; a nil To is until
	// further notice.
	SetAbsenceInput struct {
		ClientMutationID string     `json:"clientMutationId"`
		PersonID         string     `json:"personId"`
		From             time.Time  `json:"from"`
		To               *time.Time `json:"to,omitempty"`
		DeputyID         string     `json:"deputyId,omitempty"`
	}
	// HandOverWorkInput gives somebody's open work to a colleague; an empty ToPersonID releases
	// it to the unit.
	HandOverWorkInput struct {
		ClientMutationID string   `json:"clientMutationId"`
		FromPersonID     string   `json:"fromPersonId"`
		ToPersonID       string   `json:"toPersonId,omitempty"`
		CaseIDs          []string `json:"caseIds,omitempty"`
		Reason           string   `json:"reason,omitempty"`
	}
	// RoleInput grants or revokes a role.
	RoleInput struct {
		ClientMutationID string        `json:"clientMutationId"`
		PersonID         string        `json:"personId"`
		Role             casefile.Role `json:"role"`
		UnitID           string        `json:"unitId"`
	}
)

// PersonPayload answers a mutation on a person; Person is nil where it was refused.
type PersonPayload struct {
	Person           *casefile.Person
	UserErrors       []UserError
	ClientMutationID string
}

// HandOverPayload says how far a hand-over is.
type HandOverPayload struct {
	// Moved are the cases and packages handed over so far, Remaining those still to be tried.
	Moved, Remaining int
	UserErrors       []UserError
	ClientMutationID string
}

// UnitPayload answers a mutation on a unit; Unit is nil where it was refused.
type UnitPayload struct {
	Unit             *casefile.Unit
	UserErrors       []UserError
	ClientMutationID string
}

func (b *builder) administrationTypes() {
	b.object("PersonPayload", "The answer to a command on a person.",
		get("person", "Person", "The person as they now are; null where the command was refused.", func(p *PersonPayload) any {
			if p.Person == nil {
				return nil
			}
			return *p.Person
		}),
		get("userErrors", "[UserError!]!", "Why the command was refused; empty when it was carried out.",
			func(p *PersonPayload) any { return p.UserErrors }),
		get("clientMutationId", "String", "The idempotency key of the input.", func(p *PersonPayload) any { return p.ClientMutationID }),
	)
	b.object("UnitPayload", "The answer to a command on a unit.",
		get("unit", "Unit", "The unit as it now is; null where the command was refused.", func(p *UnitPayload) any {
			if p.Unit == nil {
				return nil
			}
			return *p.Unit
		}),
		get("userErrors", "[UserError!]!", "Why the command was refused; empty when it was carried out.",
			func(p *UnitPayload) any { return p.UserErrors }),
		get("clientMutationId", "String", "The idempotency key of the input.", func(p *UnitPayload) any { return p.ClientMutationID }),
	)
	b.object("HandOverPayload", "How far a hand-over is. While something remains, the same request sent again goes on with it; where none comes, it goes on by itself after a while.",
		get("moved", "Int!", "The cases and packages that have been handed over by this request, all its calls taken together.",
			func(p *HandOverPayload) any { return p.Moved }),
		get("remaining", "Int!", "Those that have still to be tried: send the same request again.", func(p *HandOverPayload) any { return p.Remaining }),
		get("userErrors", "[UserError!]!", "Why the request, or one of the cases or packages, was refused; one is named by its number where the viewer sees it.",
			func(p *HandOverPayload) any { return p.UserErrors }),
		get("clientMutationId", "String", "The idempotency key of the input.", func(p *HandOverPayload) any { return p.ClientMutationID }),
	)
	b.input("SavePersonInput", "Somebody who works in the system.",
		mutationID(),
		arg("id", "ID", "The person to be changed; left out for a new one."),
		arg("name", "String!", "Their name, at most 100 characters. The name of an office-holder is public within the system."),
		arg("subject", "String", "Who they are at the identity provider: the claim that names them for good. Left out, it stays; somebody new without it can't sign in."),
	)
	b.input("SaveUnitInput", "A unit.",
		mutationID(),
		arg("id", "ID", "The unit to be changed; left out for a new one."),
		arg("name", "String!", "Its name, at most 100 characters."),
		arg("kind", "UnitKind!", "What it is; stays when it is changed. A division has one centre at most."),
		arg("industry", "String", "Its industry, where it has one."),
		arg("division", "Division!", "Where it sits; stays when it is changed."),
		arg("supervisingUnitId", "ID", "The unit that urges and chases it; left out at the top."),
		arg("superiorUnitIds", "[ID!]", "All units that review its decisions; those left out no longer do."),
	)
	b.input("SetAbsenceInput", "When somebody is away, in whole days in Asia/Shanghai. An absence of the same first day takes the place of the one before.",
		mutationID(),
		arg("personId", "ID!", "Who: oneself, somebody of one's unit, or whom an ADMIN keeps."),
		arg("from", "DateTime!", "The first day away is the one in which this lies; today at the earliest."),
		arg("to", "DateTime", "The last day away is the one in which this lies; left out, until further notice. A day before from calls the absence off."),
		arg("deputyId", "ID", "Who stands in: somebody of one of their units, or of one that supervises it. Left out, the desk of the office does."),
	)
	b.input("HandOverWorkInput", "Whose open work goes to whom.",
		mutationID(),
		arg("fromPersonId", "ID!", "Who handles, mediates or leads now."),
		arg("toPersonId", "ID", "Who does from now on; left out, the work is released to the inbox of the unit."),
		arg("caseIds", "[ID!]", "Only these cases; left out, every case and every package that they lead."),
		arg("reason", "String", "Why, for the record of each case; where it is left out, 工作移交."),
	)
	b.input("RoleInput", "A role that somebody holds at a unit.",
		mutationID(),
		arg("personId", "ID!", "Who; never oneself."),
		arg("role", "Role!", "The role."),
		arg("unitId", "ID!", "Where."),
	)
}

func (b *builder) administrationMutations() []field {
	type given[I any] struct {
		Input I `json:"input"`
	}
	input := func(typ string) []argument {
		return []argument{arg("input", typ, "What is asked, with the idempotency key.")}
	}
	return []field{
		root("savePerson", "PersonPayload!", "登记人员 · Adds somebody who works in the system, or changes their name and sign-in.",
			input("SavePersonInput!"), func(ctx context.Context, in given[SavePersonInput]) (any, error) {
				return b.service.SavePerson(ctx, in.Input)
			}),
		root("saveUnit", "UnitPayload!", "登记单位 · Adds a unit, or changes its name, industry, supervision and superiors.",
			input("SaveUnitInput!"), func(ctx context.Context, in given[SaveUnitInput]) (any, error) {
				return b.service.SaveUnit(ctx, in.Input)
			}),
		root("grantRole", "PersonPayload!", "授予角色 · Gives somebody a role at a unit.",
			input("RoleInput!"), func(ctx context.Context, in given[RoleInput]) (any, error) { return b.service.GrantRole(ctx, in.Input) }),
		root("revokeRole", "PersonPayload!", "撤销角色 · Takes a role away, at once; what waited for the person then waits in the inbox of the role.",
			input("RoleInput!"), func(ctx context.Context, in given[RoleInput]) (any, error) {
				return b.service.RevokeRole(ctx, in.Input)
			}),
		root("setAbsence", "PersonPayload!", "请假代理 · Says when somebody is away and who stands in: their tasks are in the deputy's inbox too, and no new work is given to them.",
			input("SetAbsenceInput!"), func(ctx context.Context, in given[SetAbsenceInput]) (any, error) {
				return b.service.SetAbsence(ctx, in.Input)
			}),
		root("handOverWork", "HandOverPayload!", "移交工作 · Gives the cases that somebody handles or mediates, the packages that they lead and their places in the teams of others to a colleague, step by step.",
			input("HandOverWorkInput!"), func(ctx context.Context, in given[HandOverWorkInput]) (any, error) {
				return b.service.HandOverWork(ctx, in.Input)
			}),
	}
}
