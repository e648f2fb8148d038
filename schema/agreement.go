package schema

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// RecordPerformanceInput is the input of recordPerformance.
type RecordPerformanceInput struct {
	CaseCommand
	PerformanceID string                     `json:"performanceId,omitempty"`
	Amount        *int64                     `json:"amount,omitempty"`
	Source        casefile.PerformanceSource `json:"source,omitempty"`
	Note          string                     `json:"note,omitempty"`
}

// RecordConfirmationInput is the input of recordConfirmation.
type RecordConfirmationInput struct {
	CaseCommand
	MediationID string                      `json:"mediationId,omitempty"`
	Result      casefile.ConfirmationResult `json:"result"`
	AppliedAt   time.Time                   `json:"appliedAt,omitzero"`
	CourtUnitID string                      `json:"courtUnitId,omitempty"`
}

func (b *builder) agreementInputs() {
	b.input("RecordPerformanceInput", "登记履行 · What was performed; effectiveAt is the day of it.", onCase(
		arg("performanceId", "ID", "The promise; may be left out where one alone is owed."),
		arg("amount", "Long", "What was paid this time, in fen; all that was left when left out. Partial payments add up."),
		arg("source", "PerformanceSource", "Who performed it.").or("PARTY"),
		arg("note", "String", "What else is to be known, such as the receipt."),
	)...)
	b.input("RecordConfirmationInput", "登记司法确认 · The application or the ruling; effectiveAt is the day of it.", onCase(
		arg("mediationId", "ID", "The mediation whose agreement it is; the last written one when left out."),
		arg("result", "ConfirmationResult!", "How far it has come."),
		arg("appliedAt", "DateTime", "When the parties applied, where that was not recorded before the ruling."),
		arg("courtUnitId", "ID", "The court, where it is one of the system's units."),
	)...)
}

func (b *builder) agreementTypes() {
	s := b.service
	b.object("Performance", "履行 · One instalment or act promised in an agreement.",
		get("id", "ID!", "The opaque id of the promise, as recordPerformance takes it.", func(p Performance) any { return SubID("Performance", p.Case.State.ID, p.ID) }),
		get("dueOn", "Date!", "The day on which it is due.", func(p Performance) any { return p.DueOn }),
		get("amount", "Long", "The amount, in fen.", func(p Performance) any { return p.Amount }),
		get("what", "String!", "What is promised; masked unless the viewer works on the case.", func(p Performance) any { return p.What }),
		get("performedAt", "DateTime", "When it was performed in full; null while some of it is left.", func(p Performance) any { return p.PerformedAt }),
		get("paid", "Long", "What has been paid on it, in fen; null where nothing is to be paid.", func(p Performance) any {
			if p.Amount == nil {
				return nil
			}
			return p.Paid
		}),
		get("records", "[PerformanceRecord!]", "What was performed of it, one by one.", func(p Performance) any { return p.Records }),
		get("deadline", "Deadline", "The clock that runs out on its day; null in old records.", func(p Performance) any {
			if p.Clock == nil {
				return nil
			}
			return p.Clock
		}),
	)
	b.object("PerformanceRecord", "履行登记 · Something performed of a promise.",
		get("at", "DateTime!", "When it was performed.", func(r PerformanceRecord) any { return r.At }),
		get("amount", "Long", "What was paid, in fen.", func(r PerformanceRecord) any { return r.Amount }),
		get("source", "PerformanceSource!", "Who performed it.", func(r PerformanceRecord) any { return r.Source }),
		load("note", "String", "What else was taken down; masked unless the viewer works on the case.",
			func(ctx context.Context, r PerformanceRecord) (any, error) {
				return textOrNull(ctx, s, r.Case, r.Note), nil
			}),
	)
	b.object("JudicialConfirmation", "司法确认 · How far the confirmation of an agreement by a court has come.",
		get("result", "ConfirmationResult!", "How far.", func(c casefile.Confirmation) any { return c.Result }),
		get("appliedAt", "DateTime!", "When the parties applied.", func(c casefile.Confirmation) any { return c.AppliedAt }),
		get("ruledAt", "DateTime", "When the court ruled.", func(c casefile.Confirmation) any { return c.RuledAt }),
		load("court", "Unit", "The court.", func(ctx context.Context, c casefile.Confirmation) (any, error) { return s.Unit(ctx, c.CourtUnitID) }),
	)
}
