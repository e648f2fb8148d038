package casefile

import "fmt"

// ReturnedToCourt sends report and papers of a mediation back to the court.
type ReturnedToCourt struct {
	MediationID string   `json:"mediationId"`
	CourtUnitID string   `json:"courtUnitId"`
	Report      TextID   `json:"report"`
	DocumentIDs []string `json:"documentIds,omitempty"`
}

func (ReturnedToCourt) eventType() string { return "ReturnedToCourt" }

func (b ReturnedToCourt) apply(s *State, event Event) {
	s.changeMediation(b.MediationID, func(m *Mediation) {
		m.ReturnedAt, m.CourtUnitID, m.Report = event.EffectiveAt, b.CourtUnitID, b.Report
	})
}

func (b ReturnedToCourt) sentence(t telling) string {
	court := t.unit(b.CourtUnitID)
	return t.did(fmt.Sprintf("sent report and papers of mediation %s back to %s", b.MediationID, court),
		fmt.Sprintf("将调解%s的情况报告和材料退回%s", b.MediationID, court))
}

// courtEvents are the events towards the court that entrusted a mediation.
var courtEvents = []eventKind{eventOf[ReturnedToCourt]()}
