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
	)
	b.agreementTypes()
}
