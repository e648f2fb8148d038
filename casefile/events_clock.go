package casefile

// DeadlineStarted starts a clock.
type DeadlineStarted struct {
	Deadline Deadline `json:"deadline"`
}

// DeadlineWarned tells handler and manager that the due day is near (yellow).
type DeadlineWarned struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

// DeadlineMet stops a clock; its EffectiveAt is the day of the act that met it. A clock
// already missed is stopped too, and stays missed.
type DeadlineMet struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
	By         string `json:"by"` // the event type that met it
}

// DeadlineMissed marks a clock red; its EffectiveAt is the due instant.
type DeadlineMissed struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

// DeadlineCancelled stops a clock that no longer applies.
type DeadlineCancelled struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

// DeadlineResumed lets a clock run on as if it had never stopped, with its old due day:
// the act that met it was undone.
type DeadlineResumed struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

func (DeadlineStarted) eventType() string   { return "DeadlineStarted" }
func (DeadlineWarned) eventType() string    { return "DeadlineWarned" }
func (DeadlineMet) eventType() string       { return "DeadlineMet" }
func (DeadlineMissed) eventType() string    { return "DeadlineMissed" }
func (DeadlineCancelled) eventType() string { return "DeadlineCancelled" }
func (DeadlineResumed) eventType() string   { return "DeadlineResumed" }

func (DeadlineStarted) apply(s *State, event Event) {
	s.applyDeadline(event)
}

func (DeadlineWarned) apply(s *State, event Event) {
	s.applyDeadline(event)
}

func (DeadlineMet) apply(s *State, event Event) {
	s.applyDeadline(event)
}

func (DeadlineMissed) apply(s *State, event Event) {
	s.applyDeadline(event)
}

func (DeadlineCancelled) apply(s *State, event Event) {
	s.applyDeadline(event)
}

func (DeadlineResumed) apply(s *State, event Event) {
	s.applyDeadline(event)
}

func (DeadlineStarted) sentence(t telling) string   { return t.clock() }
func (DeadlineWarned) sentence(t telling) string    { return t.clock() }
func (DeadlineMet) sentence(t telling) string       { return t.clock() }
func (DeadlineMissed) sentence(t telling) string    { return t.clock() }
func (DeadlineCancelled) sentence(t telling) string { return t.clock() }
func (DeadlineResumed) sentence(t telling) string   { return t.clock() }

// clockEvents are the events of the clocks.
var clockEvents = []eventKind{
	eventOf[DeadlineStarted](),
	eventOf[DeadlineWarned](),
	eventOf[DeadlineMet](),
	eventOf[DeadlineMissed](),
	eventOf[DeadlineCancelled](),
	eventOf[DeadlineResumed](),
}
