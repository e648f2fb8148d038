package casefile

import (
	"fmt"
	"time"
)

// ConfirmationRecorded records an application for judicial confirmation, or the court's
// ruling on it; its EffectiveAt is the day of that.
type ConfirmationRecorded struct {
	MediationID    string             `json:"mediationId"`
	ConfirmationID string             `json:"confirmationId"`
	Result         ConfirmationResult `json:"result"`
	AppliedAt      time.Time          `json:"appliedAt"`
	CourtUnitID    string             `json:"courtUnitId,omitempty"`
}

func (ConfirmationRecorded) eventType() string { return "ConfirmationRecorded" }

func (b ConfirmationRecorded) apply(s *State, event Event) {
	s.changeMediation(b.MediationID, func(m *Mediation) {
		confirmation := Confirmation{ID: b.ConfirmationID, Result: b.Result, AppliedAt: b.AppliedAt, CourtUnitID: b.CourtUnitID}
		if b.Result != ConfirmationApplied {
			confirmation.RuledAt = event.EffectiveAt
		}
		m.Confirmation = &confirmation
	})
}

func (b ConfirmationRecorded) sentence(t telling) string {
	result := t.label("ConfirmationResult", string(b.Result))
	return t.did(fmt.Sprintf("recorded on the judicial confirmation of the agreement of %s: %s", b.MediationID, result),
		fmt.Sprintf("登记调解%s协议的司法确认情况：%s", b.MediationID, result))
}

// confirmationEvents are the events of judicial confirmation.
var confirmationEvents = []eventKind{eventOf[ConfirmationRecorded]()}
