package casefile

import "fmt"

// MediatorRecused takes a mediator away from a mediation and, where one was found, puts
// another in their place.
type MediatorRecused struct {
	MediationID   string   `json:"mediationId"`
	MediatorID    string   `json:"mediatorId"`
	NewMediatorID string   `json:"newMediatorId,omitempty"`
	PartyID       string   `json:"partyId,omitempty"`
	Reason        TextID   `json:"reason"`
	ChosenBy      []string `json:"chosenBy,omitempty"`
}

// MediatorNamed gives a mediation that has lost its mediator another one.
type MediatorNamed struct {
	MediationID string   `json:"mediationId"`
	MediatorID  string   `json:"mediatorId"`
	ChosenBy    []string `json:"chosenBy,omitempty"`
}

func (MediatorRecused) eventType() string { return "MediatorRecused" }
func (MediatorNamed) eventType() string   { return "MediatorNamed" }

func (b MediatorRecused) apply(s *State, _ Event) {
	s.changeMediation(b.MediationID, func(m *Mediation) {
		m.MediatorID, m.ChosenBy = b.NewMediatorID, b.ChosenBy
		m.Recused = withPerson(m.Recused, b.MediatorID)
	})
	if s.HandlerID == b.MediatorID {
		s.HandlerID = ""
	}
}

func (b MediatorNamed) apply(s *State, _ Event) {
	s.changeMediation(b.MediationID, func(m *Mediation) { m.MediatorID, m.ChosenBy = b.MediatorID, b.ChosenBy })
}

func (b MediatorRecused) sentence(t telling) string {
	gone, next := t.person(b.MediatorID), t.person(b.NewMediatorID)
	en, zh := fmt.Sprintf("recorded that %s leaves mediation %s", gone, b.MediationID), fmt.Sprintf("登记%s回避调解%s", gone, b.MediationID)
	if b.PartyID != "" {
		en, zh = en+", as party "+b.PartyID+" asked", zh+"（当事人"+b.PartyID+"申请）"
	}
	if b.NewMediatorID != "" {
		en, zh = en+"; "+next+" mediates", zh+"，改由"+next+"主持"
	}
	return t.did(en, zh)
}

func (b MediatorNamed) sentence(t telling) string {
	return t.did(fmt.Sprintf("named %s as mediator of %s", t.person(b.MediatorID), b.MediationID),
		fmt.Sprintf("指定%s主持调解%s", t.person(b.MediatorID), b.MediationID))
}

// recusalEvents are the events of who mediates.
var recusalEvents = []eventKind{eventOf[MediatorRecused](), eventOf[MediatorNamed]()}
