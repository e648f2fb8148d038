package casefile

import (
	"fmt"
	"time"
)

// PersonalDataRevealed says to whom (its actor) which parties were shown, and for what.
type PersonalDataRevealed struct {
	Parties []string `json:"parties"`
	// Narrative says that the narrative was shown too.
	Narrative bool   `json:"narrative,omitempty"`
	Purpose   TextID `json:"purpose"`
	// Until is the instant up to which it may be read again.
	Until time.Time `json:"until"`
}

func (PersonalDataRevealed) eventType() string { return "PersonalDataRevealed" }

// apply changes nothing of the case: what was shown stands in the record.
func (PersonalDataRevealed) apply(*State, Event) {}

func (b PersonalDataRevealed) sentence(t telling) string {
	en, zh := fmt.Sprintf("looked at the personal data of %d parties", len(b.Parties)), fmt.Sprintf("查看了%d名当事人的个人信息", len(b.Parties))
	if len(b.Parties) == 1 {
		en = "looked at the personal data of 1 party"
	}
	if b.Narrative {
		en, zh = en+" and the narrative", zh+"和事由"
	}
	return t.did(en+" for a stated purpose", zh+"，已说明用途")
}

// revealEvents are the events of looking at personal data.
var revealEvents = []eventKind{eventOf[PersonalDataRevealed]()}
