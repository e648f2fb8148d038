package schema

import (
	"context"
	"time"

	"github.com/graphql-go/graphql"
)

// RevealPersonalDataInput is the input of revealPersonalData. It has no legal date: to look is
// no act of the procedure.
type RevealPersonalDataInput struct {
	ClientMutationID string   `json:"clientMutationId"`
	CaseID           string   `json:"caseId"`
	PartyIDs         []string `json:"partyIds,omitempty"`
	Purpose          string   `json:"purpose"`
}

// MutationID implements Input.
func (r RevealPersonalDataInput) MutationID() string { return r.ClientMutationID }

// OnCase implements Input.
func (r RevealPersonalDataInput) OnCase() CaseCommand {
	return CaseCommand{ClientMutationID: r.ClientMutationID, CaseID: r.CaseID}
}

// RevealPayload answers revealPersonalData.
type RevealPayload struct {
	// Parties yields []*Party, and Narrative a string or nil; nil where nothing is shown (any more).
	Parties, Narrative Later
	// ExpiresAt is zero where nothing was revealed.
	ExpiresAt        time.Time
	UserErrors       []UserError
	ClientMutationID string
}

func (b *builder) reveal() field {
	b.input("RevealPersonalDataInput", "查看个人信息 · Whose data are to be shown, and what for.",
		mutationID(),
		arg("caseId", "ID!", "The case, by its id."),
		arg("partyIds", "[ID!]", "The parties; all whose identity isn't withheld when left out."),
		arg("purpose", "String!", "What the data are needed for; whoever works on the case reads it on the timeline."),
	)
	b.object("RevealPayload", "查看个人信息 · What was revealed. Nothing of it is shown anywhere else.",
		load("parties", "[Party!]", "The parties as they are, without masks; null once expiresAt has passed.",
			func(_ context.Context, p *RevealPayload) (any, error) { return yielded(p.Parties) }),
		load("narrative", "String", "The narrative as it is; null once expiresAt has passed, and where any party's identity is withheld.",
			func(_ context.Context, p *RevealPayload) (any, error) { return yielded(p.Narrative) }),
		get("expiresAt", "DateTime", "Until then the same request is answered with the data again; afterwards it takes a new one.",
			func(p *RevealPayload) any {
				if p.ExpiresAt.IsZero() {
					return nil
				}
				return p.ExpiresAt
			}),
		get("userErrors", "[UserError!]!", "Why nothing was revealed; empty when it was.", func(p *RevealPayload) any { return p.UserErrors }),
		get("clientMutationId", "String", "The idempotency key of the input.", func(p *RevealPayload) any { return p.ClientMutationID }),
	)
	return field{
		name: "revealPersonalData", typ: "RevealPayload!",
		desc: "查看个人信息 · Shows whoever answers for the sub-tree, but doesn't work on the case, what is masked: for a stated purpose, for 15 minutes, and recorded on the timeline.",
		args: []argument{arg("input", "RevealPersonalDataInput!", "What is asked, with the idempotency key.")},
		resolve: func(p graphql.ResolveParams) (any, error) {
			in, err := decode[struct {
				Input RevealPersonalDataInput `json:"input"`
			}](p.Args)
			if err != nil {
				return nil, err
			}
			return b.service.RevealPersonalData(p.Context, in.Input)
		},
	}
}

func yielded(later Later) (any, error) {
	if later == nil {
		return nil, nil
	}
	return later, nil
}
