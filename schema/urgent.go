package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// FlagUrgentInput is the input of flagUrgent.
type FlagUrgentInput struct {
	CaseCommand
	Reason    string               `json:"reason"`
	Suspicion []casefile.Suspicion `json:"suspicion,omitempty"`
}

// AcknowledgeUrgentInput is the input of acknowledgeUrgent.
type AcknowledgeUrgentInput struct {
	CaseCommand
}

// ReportUrgentInput is the input of reportUrgent.
type ReportUrgentInput struct {
	CaseCommand
	Measures string `json:"measures"`
}

// LiftUrgentInput is the input of liftUrgent.
type LiftUrgentInput struct {
	CaseCommand
	Reason string `json:"reason"`
}

func (b *builder) urgentInputs() {
	b.input("FlagUrgentInput", "列为重大紧急 · Why the case cannot wait.", onCase(
		arg("suspicion", "[Suspicion!]", "Harm that is suspected and that the police must know of; also while the first report is owed, where it is new."),
		arg("reason", "String!", "Why."),
	)...)
	b.input("AcknowledgeUrgentInput", "签收紧急信息 · The word of a unit that was told.", onCase()...)
	b.input("ReportUrgentInput", "紧急信息报送 · What was done.", onCase(
		arg("measures", "String!", "What was found and what was done."),
	)...)
	b.input("LiftUrgentInput", "解除重大紧急 · Why the case can wait after all.", onCase(
		arg("reason", "String!", "Why."),
	)...)
}

// urgentMutations are on a case that cannot wait.
var urgentMutations = []mutation{
	command[FlagUrgentInput]("flagUrgent", "FlagUrgentInput", "列为重大紧急 · Says that the case cannot wait: the responsible unit, the leader of its division, the petition office and the level above are told at once, and the hours until the first report run, in every stage."),
	command[AcknowledgeUrgentInput]("acknowledgeUrgent", "AcknowledgeUrgentInput", "签收紧急信息 · Says for the actor's unit that it knows of the urgent case."),
	command[ReportUrgentInput]("reportUrgent", "ReportUrgentInput", "紧急信息报送 · Reports what was done. The first report meets the clock and must be there before the case closes; further ones may follow."),
	command[LiftUrgentInput]("liftUrgent", "LiftUrgentInput", "解除重大紧急 · Takes an alarm back; never by who gave it or handled the case."),
}

// Urgency is why a case cannot wait.
type Urgency struct {
	Case *Case
	casefile.Urgency
}

// urgencyReport is one report of what was done.
type urgencyReport struct {
	Case *Case
	casefile.UrgencyReport
}

func urgentFields() []field {
	return []field{
		get("urgency", "Urgency", "重大紧急 · Why it cannot wait, who was told and what was reported; the latest, also where it was lifted. Null where nobody ever said so, and in old records.",
			func(c *Case) any {
				if c.State.Urgency == nil {
					return nil
				}
				return &Urgency{c, *c.State.Urgency}
			}),
	}
}

func (b *builder) urgentTypes() {
	s := b.service
	b.object("Urgency", "重大紧急 · Why a case cannot wait, who was told of it, and what was reported.",
		get("since", "DateTime!", "The moment from which the hours until the first report are counted.", func(u *Urgency) any { return u.Since }),
		get("ground", "UrgencyGround!", "How it came about.", func(u *Urgency) any { return u.Ground }),
		load("reason", "String", "Why; masked unless the viewer works on the case, null where nobody wrote it down.",
			func(ctx context.Context, u *Urgency) (any, error) {
				return caseText(ctx, s, u.Case.State.ID, u.Reason), nil
			}),
		load("flaggedBy", "Person", "Who said so.",
			func(ctx context.Context, u *Urgency) (any, error) { return s.Person(ctx, u.FlaggedBy) }),
		get("told", "[UrgencyNotice!]", "The units that were told, in the order in which they were.", func(u *Urgency) any { return u.Told }),
		get("reportedAt", "DateTime", "首报时间 · When it was first reported here what was done; null until then.", func(u *Urgency) any {
			if len(u.Reports) == 0 {
				return nil
			}
			return u.Reports[0].ReportedAt
		}),
		get("reports", "[UrgencyReport!]", "首报、续报 · What was reported, first to last.", func(u *Urgency) any {
			return each(u.Reports, func(r casefile.UrgencyReport) urgencyReport { return urgencyReport{u.Case, r} })
		}),
		get("deadline", "Deadline", "The clock of the first report; null where that was made in a case that was merged into this one.", func(u *Urgency) any {
			for _, d := range u.Case.State.Deadlines {
				if d.Of == u.ID {
					return &Deadline{CaseID: u.Case.State.ID, Deadline: d}
				}
			}
			return nil
		}),
		get("liftedAt", "DateTime", "When a second person lifted it; null while it is in force.", func(u *Urgency) any { return u.LiftedAt }),
		load("liftedBy", "Person", "Who lifted it.",
			func(ctx context.Context, u *Urgency) (any, error) { return s.Person(ctx, u.LiftedBy) }),
		load("liftReason", "String", "Why it was lifted; masked unless the viewer works on the case.",
			func(ctx context.Context, u *Urgency) (any, error) {
				return caseText(ctx, s, u.Case.State.ID, u.LiftReason), nil
			}),
	)
	b.object("UrgencyNotice", "紧急信息通知 · One unit that was told of an urgent case.",
		load("unit", "Unit", "The unit.",
			func(ctx context.Context, n casefile.UrgencyNotice) (any, error) { return s.Unit(ctx, n.UnitID) }),
		get("as", "UrgencyRecipient!", "As what it was told.", func(n casefile.UrgencyNotice) any { return n.As }),
		get("toldAt", "DateTime!", "When it was told.", func(n casefile.UrgencyNotice) any { return n.ToldAt }),
		get("acknowledgedAt", "DateTime", "签收时间 · When it said that it knows; null until then.", func(n casefile.UrgencyNotice) any { return n.AcknowledgedAt }),
		load("acknowledgedBy", "Person", "Who said so for it.",
			func(ctx context.Context, n casefile.UrgencyNotice) (any, error) {
				return s.Person(ctx, n.AcknowledgedBy)
			}),
	)
	b.object("UrgencyReport", "紧急信息 · One report of what was done.",
		get("reportedAt", "DateTime!", "When it was made.", func(r urgencyReport) any { return r.ReportedAt }),
		load("reportedBy", "Person", "Who made it.",
			func(ctx context.Context, r urgencyReport) (any, error) { return s.Person(ctx, r.ReportedBy) }),
		load("measures", "String", "What was done; masked unless the viewer works on the case.",
			func(ctx context.Context, r urgencyReport) (any, error) {
				return caseText(ctx, s, r.Case.State.ID, r.Measures), nil
			}),
	)
}
