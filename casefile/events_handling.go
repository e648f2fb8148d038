package casefile

// CaseAssigned names the handler.
type CaseAssigned struct {
	PersonID string `json:"personId"`
	Role     Role   `json:"role"`
	UnitID   string `json:"unitId"`
}

// InvestigationRecorded adds a finding.
type InvestigationRecorded struct {
	Finding TextID `json:"finding"`
}

// InvestigationConcluded states the facts and the path.
type InvestigationConcluded struct {
	Facts TextID            `json:"facts"`
	Path  InvestigationPath `json:"path"`
}

// NoteAdded adds a note.
type NoteAdded struct {
	Text TextID `json:"text"`
}

func (CaseAssigned) eventType() string           { return "CaseAssigned" }
func (InvestigationRecorded) eventType() string  { return "InvestigationRecorded" }
func (InvestigationConcluded) eventType() string { return "InvestigationConcluded" }
func (NoteAdded) eventType() string              { return "NoteAdded" }

func (b CaseAssigned) apply(s *State, _ Event) {
	s.HandlerID = b.PersonID
}

func (InvestigationRecorded) apply(s *State, event Event) {
	s.handled(event.Actor.PersonID)
}

func (b InvestigationConcluded) apply(s *State, event Event) {
	s.handled(event.Actor.PersonID)
	s.applyPath(b, event.EffectiveAt)
}

func (NoteAdded) apply(*State, Event) {}

func (CaseAssigned) sentence(t telling) string { return t.intake() }
func (NoteAdded) sentence(t telling) string    { return t.intake() }
func (InvestigationRecorded) sentence(t telling) string {
	return t.did("recorded a finding of the investigation", "记录了调查情况")
}

func (b InvestigationConcluded) sentence(t telling) string {
	path := t.label("InvestigationPath", string(b.Path))
	return t.did("concluded the investigation; next: "+path, "终结调查，处理途径："+path)
}

// handlingEvents are the events of the investigation.
var handlingEvents = []eventKind{
	eventOf[CaseAssigned](),
	eventOf[InvestigationRecorded](),
	eventOf[InvestigationConcluded](),
	eventOf[NoteAdded](),
}
