package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

func (b *builder) mediationTypes() {
	s := b.service
	b.node("Mediation", "调解 · One attempt to mediate.",
		get("id", "ID!", "The opaque id of the mediation.", func(m *Mediation) any { return SubID("Mediation", m.Case.State.ID, m.ID) }),
		get("type", "MediationType!", "The branch of mediation.", func(m *Mediation) any { return m.Type }),
		get("courtStage", "CourtStage", "Where a court's case stood that entrusted it.", func(m *Mediation) any { return m.CourtStage }),
		get("consentMode", "ConsentMode!", "What it needs from the parties before it may go on.", func(m *Mediation) any { return m.ConsentMode }),
		load("unit", "Unit", "The mediating unit.",
			func(ctx context.Context, m *Mediation) (any, error) { return s.Unit(ctx, m.UnitID) }),
		load("mediator", "Person", "调解员 · The mediator.",
			func(ctx context.Context, m *Mediation) (any, error) { return s.Person(ctx, m.MediatorID) }),
		load("chosenBy", "[Party!]", "选择调解员 · The parties who chose the mediator.",
			func(ctx context.Context, m *Mediation) (any, error) {
				return partiesNamed(ctx, s, m.Case, m.ChosenBy), nil
			}),
		load("recused", "[Person!]", "回避 · Those who left it by recusal.", func(ctx context.Context, m *Mediation) (any, error) {
			people := make([]any, 0, len(m.Recused))
			for _, id := range m.Recused {
				person, err := s.Person(ctx, id)
				if err != nil {
					return nil, err
				}
				if person != nil {
					people = append(people, person)
				}
			}
			return people, nil
		}),
		load("jointRequest", "String", "一致书面申请 · The parties' joint request; masked unless the viewer works on the case.",
			func(ctx context.Context, m *Mediation) (any, error) {
				return textOrNull(ctx, s, m.Case, m.JointRequest), nil
			}),
		get("consents", "[MediationConsent!]", "调解意愿 · What each party said last.", func(m *Mediation) any { return consentsOf(m) }),
		get("entrusted", "Boolean!", "A court entrusted it: report and papers go back to it.", func(m *Mediation) any { return m.Entrusted }),
		get("returnedAt", "DateTime", "When report and papers went back to the court.", func(m *Mediation) any { return m.ReturnedAt }),
		load("court", "Unit", "The court that they went back to.",
			func(ctx context.Context, m *Mediation) (any, error) { return s.Unit(ctx, m.CourtUnitID) }),
		load("report", "String", "The report to the court; masked unless the viewer works on the case.",
			func(ctx context.Context, m *Mediation) (any, error) {
				return textOrNull(ctx, s, m.Case, m.Report), nil
			}),
		get("openedAt", "DateTime!", "When it was started.", func(m *Mediation) any { return m.OpenedAt }),
		get("concludedAt", "DateTime", "When it ended.", func(m *Mediation) any { return m.ConcludedAt }),
		get("mediationOutcome", "MediationOutcome", "How it ended.", func(m *Mediation) any { return m.Outcome }),
		load("agreement", "String", "调解协议 · The agreement; masked unless the viewer works on the case.",
			func(ctx context.Context, m *Mediation) (any, error) { return s.Agreement(ctx, m), nil }),
		get("agreedAmount", "Long", "The agreed amount, in fen.", func(m *Mediation) any { return m.AgreedAmount }),
		get("sessions", "[MediationSession!]", "Its sessions.", func(m *Mediation) any {
			return each(m.Sessions, func(session casefile.Session) *Session { return &Session{m.Case, session} })
		}),
		load("performance", "[Performance!]", "履行 · What was promised, by day.",
			func(ctx context.Context, m *Mediation) (any, error) { return s.Performance(ctx, m), nil }),
		get("replacedBy", "ID", "The mediation whose agreement took the place of this one's.", func(m *Mediation) any {
			if m.ReplacedBy == "" {
				return nil
			}
			return SubID("Mediation", m.Case.State.ID, m.ReplacedBy)
		}),
		get("confirmedAt", "DateTime", "司法确认 · When a court confirmed the agreement.", func(m *Mediation) any { return m.ConfirmedAt() }),
		get("confirmation", "JudicialConfirmation", "司法确认 · How far the confirmation by a court has come; null where nobody has applied.", func(m *Mediation) any {
			if m.Confirmation == nil {
				return nil
			}
			return *m.Confirmation
		}),
	)
	b.node("MediationSession", "调解会 · One meeting of a mediation.",
		get("id", "ID!", "The opaque id of the session.", func(m *Session) any { return SubID("MediationSession", m.Case.State.ID, m.ID) }),
		get("mode", "SessionMode!", "On site or remote.", func(m *Session) any { return m.Mode }),
		get("scheduledFor", "DateTime!", "When it was to be held; when it was held, if it was not scheduled.", func(m *Session) any {
			if m.ScheduledFor.IsZero() {
				return m.HeldAt
			}
			return m.ScheduledFor
		}),
		get("heldAt", "DateTime", "When it was held.", func(m *Session) any { return m.HeldAt }),
		load("place", "String", "Where; masked unless the viewer works on the case.",
			func(ctx context.Context, m *Session) (any, error) { return s.SessionPlace(ctx, m), nil }),
		load("minutesText", "String", "调解笔录 · The minutes; masked unless the viewer works on the case.",
			func(ctx context.Context, m *Session) (any, error) { return s.SessionMinutes(ctx, m), nil }),
		get("minutes", "Document", "调解笔录 · The signed minutes, where they were attached; see attachDocument.",
			func(m *Session) any { return documentOrNull(AttachedTo(m.Case, m.MinutesDocument)) }),
	)
	b.agreementTypes()
	b.object("MediationConsent", "调解意愿 · What a party said to a mediation.",
		load("party", "Party", "The party.", func(ctx context.Context, c consented) (any, error) { return s.PartyOf(ctx, c.Case, c.PartyID), nil }),
		get("consent", "Consent!", "What it said last.", func(c consented) any { return c.Consent }),
	)
	b.object("Recommendation", "调解建议 · What a mediation recommended to a unit, and its reply.",
		get("id", "ID!", "The opaque id of the recommendation, as replyRecommendation takes it.", func(r *Recommendation) any {
			return SubID("Recommendation", r.Case.State.ID, r.ID)
		}),
		load("unit", "Unit", "The unit.", func(ctx context.Context, r *Recommendation) (any, error) { return s.Unit(ctx, r.UnitID) }),
		load("text", "String", "What is recommended; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Recommendation) (any, error) {
				return textOrNull(ctx, s, r.Case, r.Text), nil
			}),
		get("issuedAt", "DateTime!", "When it was issued.", func(r *Recommendation) any { return r.IssuedAt }),
		get("repliedAt", "DateTime", "When the unit replied.", func(r *Recommendation) any { return r.RepliedAt }),
		load("reply", "String", "The reply; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Recommendation) (any, error) {
				return textOrNull(ctx, s, r.Case, r.Reply), nil
			}),
		get("deadline", "Deadline", "The clock of the reply.", func(r *Recommendation) any {
			for _, clock := range r.Case.State.Deadlines {
				if clock.Of == r.ID {
					return &Deadline{CaseID: r.Case.State.ID, Deadline: clock}
				}
			}
			return nil
		}),
	)
}

// consented is one party's word on a mediation.
type consented struct {
	Case    *Case
	PartyID string
	Consent casefile.Consent
}

func consentsOf(m *Mediation) []consented {
	var list []consented
	for _, party := range m.Case.State.Parties {
		if consent, said := m.Consents[party.ID]; said {
			list = append(list, consented{m.Case, party.ID, consent})
		}
	}
	return list
}

func partiesNamed(ctx context.Context, s Service, c *Case, ids []string) Later {
	waiting := each(ids, func(id string) Later { return s.PartyOf(ctx, c, id) })
	return func() (any, error) { return awaited(waiting) }
}

// textOrNull yields a text of the case, null where there is none.
func textOrNull(ctx context.Context, s Service, c *Case, id casefile.TextID) any {
	if id == "" {
		return nil
	}
	return s.TextOf(ctx, c.State.ID, id)
}
