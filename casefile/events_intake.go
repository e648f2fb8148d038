package casefile

// CaseRegistered opens the record.
type CaseRegistered struct {
	RegisterCase
	Number            string      `json:"number"`
	ResponsibleUnitID string      `json:"responsibleUnitId"`
	ClaimIDs          []string    `json:"claimIds,omitempty"`
	Exclusions        []Exclusion `json:"exclusions,omitempty"`
	Imported          bool        `json:"imported,omitempty"`
}

// CaseAmended keeps what each changed field was before.
type CaseAmended struct {
	Before     AmendCase   `json:"before"`
	After      AmendCase   `json:"after"`
	ClaimIDs   []string    `json:"claimIds,omitempty"` // of After.AddClaims
	Exclusions []Exclusion `json:"exclusions,omitempty"`
}

func (CaseRegistered) eventType() string { return "CaseRegistered" }
func (CaseAmended) eventType() string    { return "CaseAmended" }

func (b CaseRegistered) apply(s *State, event Event) {
	s.applyRegistered(event, b)
}

func (b CaseAmended) apply(s *State, _ Event) {
	s.applyAmended(b)
}

func (CaseRegistered) sentence(t telling) string { return t.intake() }
func (CaseAmended) sentence(t telling) string    { return t.intake() }

// intakeEvents are the events of the intake.
var intakeEvents = []eventKind{
	eventOf[CaseRegistered](),
	eventOf[CaseAmended](),
}
