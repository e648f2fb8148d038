package casefile

import (
	"maps"
	"slices"
)

// applyMediation changes the one mediation that an event names.
func (s *State) applyMediation(event Event) {
	switch body := event.Body.(type) {
	case MediationOpened:
		s.Mediations = appended(s.Mediations, Mediation{
			ID: body.MediationID, Type: body.Type, ConsentMode: body.ConsentMode, CourtStage: body.CourtStage,
			UnitID: body.UnitID, MediatorID: body.MediatorID, OpenedAt: event.EffectiveAt,
			Entrusted: body.Entrusted, ChosenBy: body.ChosenBy, JointRequest: body.JointRequest,
			Consents: jointConsents(*s, body),
		})
	case ConsentRecorded:
		s.changeMediation(body.MediationID, func(m *Mediation) {
			m.Consents = maps.Clone(m.Consents)
			if m.Consents == nil {
				m.Consents = map[string]Consent{}
			}
			m.Consents[body.PartyID] = body.Consent
		})
	case SessionScheduled:
		s.changeMediation(body.MediationID, func(m *Mediation) {
			m.Sessions = appended(m.Sessions, Session{
				ID: body.SessionID, Mode: body.Mode, ScheduledFor: body.ScheduledFor, Place: body.Place,
			})
		})
	case SessionHeld:
		s.handled(event.Actor.PersonID)
		s.changeMediation(body.MediationID, func(m *Mediation) {
			s.handled(m.MediatorID)
			m.Sessions = withHeld(m.Sessions, body)
		})
	case MediationConcluded:
		s.handled(event.Actor.PersonID)
		s.changeMediation(body.MediationID, func(m *Mediation) {
			s.handled(m.MediatorID)
			m.ConcludedAt, m.Outcome = event.EffectiveAt, body.Outcome
			m.Agreement, m.AgreedAmount, m.Performance = body.Agreement, body.AgreedAmount, body.Performance
			m.AgreedAt = body.AgreedAt
		})
		for _, id := range body.Replaces {
			s.changeMediation(id, func(m *Mediation) {
				m.ReplacedBy = body.MediationID
				for i := range m.Performance {
					s.voidNoticesOf(m.PerformanceID(i))
				}
			})
		}
		if body.NoticeID != "" {
			s.addNotice(body.NoticeID, NoticeMediationFailed, body.NoticeParties, event.EffectiveAt)
			s.Notices[len(s.Notices)-1].Remedy = body.Remedy
			if s.Kind == Petition {
				s.enter(StageDecision, event.EffectiveAt)
			}
		}
	}
}

// jointConsents is what a joint written request says: everybody whose word is needed agreed.
func jointConsents(s State, opened MediationOpened) map[string]Consent {
	if opened.ConsentMode != ConsentJointWritten || opened.JointRequest == "" {
		return nil
	}
	consents := map[string]Consent{}
	for _, id := range consenting(s) {
		consents[id] = ConsentGiven
	}
	return consents
}

func (s *State) changeMediation(id string, change func(*Mediation)) {
	s.Mediations = slices.Clone(s.Mediations)
	for i := range s.Mediations {
		if s.Mediations[i].ID == id {
			change(&s.Mediations[i])
		}
	}
}

func withHeld(sessions []Session, body SessionHeld) []Session {
	held := Session{ID: body.SessionID, Mode: body.Mode, HeldAt: body.HeldAt, Minutes: body.Minutes}
	for i, session := range sessions {
		if session.ID == body.SessionID {
			held.ScheduledFor, held.Place = session.ScheduledFor, session.Place
			sessions = slices.Clone(sessions)
			sessions[i] = held
			return sessions
		}
	}
	return appended(sessions, held)
}
