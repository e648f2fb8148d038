package schema

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// ReportRetaliationInput is the input of reportRetaliation.
type ReportRetaliationInput struct {
	CaseCommand
	PartyID    string                  `json:"partyId"`
	PersonID   string                  `json:"personId,omitempty"`
	UnitID     string                  `json:"unitId,omitempty"`
	Name       string                  `json:"name,omitempty"`
	Narrative  string                  `json:"narrative"`
	Method     casefile.FollowUpMethod `json:"method"`
	OccurredAt time.Time               `json:"occurredAt,omitzero"`
}

// AnswerRetaliationInput is the input of answerRetaliation.
type AnswerRetaliationInput struct {
	CaseCommand
	Finding  casefile.RetaliationFinding `json:"finding"`
	Measures string                      `json:"measures"`
}

func (b *builder) retaliationInputs() {
	b.input("ReportRetaliationInput", "反映打击报复 · Who retaliates against which party of the case, and how.", onCase(
		arg("partyId", "ID!", "The party of the case against whom it is done."),
		arg("personId", "ID", "Who is named, where they work in the system."),
		arg("unitId", "ID", "The unit that is named, where it is one of the system's."),
		arg("name", "String", "Who is named, where only a name is known; at most 80 characters. The head of the office that gets the report finds out who it is."),
		arg("narrative", "String!", "What is done."),
		arg("method", "FollowUpMethod!", "How the office was told."),
		arg("occurredAt", "DateTime", "When it happened."),
	)...)
	b.input("AnswerRetaliationInput", "答复打击报复反映 · What came of a report of retaliation.", onCase(
		arg("finding", "RetaliationFinding!", "What was found."),
		arg("measures", "String!", "What has been done about it."),
	)...)
}

// retaliationMutations are about retaliation against a party of a case.
var retaliationMutations = []mutation{
	command[ReportRetaliationInput]("reportRetaliation", "ReportRetaliationInput", "反映打击报复 · Takes down, in every stage, that somebody retaliates against a party. It opens a sealed case of its own at the unit that supervises whoever is named, which is the payload's case, and leaves nothing in this one; until it is answered this case does not end."),
	command[AnswerRetaliationInput]("answerRetaliation", "AnswerRetaliationInput", "答复打击报复反映 · Answers a report of retaliation; a second person verifies it by verifyClosure."),
}

func retaliationFields() []field {
	return []field{
		get("retaliation", "Retaliation", "打击报复反映 · What it reports, where it is a report of retaliation; null for any other case.", func(c *Case) any {
			if c.State.Retaliation == nil {
				return nil
			}
			return &Retaliation{c, *c.State.Retaliation}
		}),
	}
}

func (b *builder) retaliationTypes() {
	s := b.service
	b.object("Retaliation", "打击报复反映 · A report of retaliation against a party of another case, and its answer.",
		load("about", "Case", "The case whose party it is done to; null where the viewer may not see it.",
			func(ctx context.Context, r *Retaliation) (any, error) { return s.CaseOf(ctx, r.CaseID), nil }),
		load("number", "String", "The number of that case; null where it is sealed, or restricted and the viewer works on neither.",
			func(ctx context.Context, r *Retaliation) (any, error) {
				return s.OtherNumber(ctx, casefile.OtherCase{CaseID: r.CaseID, Number: r.Number}, r.Case.WorksOn), nil
			}),
		get("method", "FollowUpMethod!", "How the office was told.", func(r *Retaliation) any { return r.Method }),
		get("finding", "RetaliationFinding", "What was found; null until it is answered.", func(r *Retaliation) any { return orNull(string(r.Finding)) }),
		load("measures", "String", "What has been done about it; masked unless the viewer works on the report.",
			func(ctx context.Context, r *Retaliation) (any, error) { return s.RetaliationMeasures(ctx, r), nil }),
		get("answeredAt", "DateTime", "When it was answered.", func(r *Retaliation) any { return r.AnsweredAt }),
		load("answeredBy", "Person", "Who answered it.",
			func(ctx context.Context, r *Retaliation) (any, error) { return s.Person(ctx, r.AnsweredBy) }),
	)
}
