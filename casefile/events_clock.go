package casefile

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

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
// already missed is stopped too, and stays missed, unless the act was in time and only
// written down late: that Lifts the miss.
type DeadlineMet struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
	By         string `json:"by"` // the event type that met it
	Lifts      bool   `json:"lifts,omitempty"`
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

// DeadlineSuspended stops counting for a reason that the procedure knows; its EffectiveAt is
// the first day that is not counted.
type DeadlineSuspended struct {
	DeadlineID string     `json:"deadlineId"`
	Step       string     `json:"step"`
	Pause      ClockPause `json:"pause"`
	Counted    Counted    `json:"counted"`
}

// DeadlineContinued counts on after a pause; its EffectiveAt is the first day that is
// counted again.
type DeadlineContinued struct {
	DeadlineID string  `json:"deadlineId"`
	Step       string  `json:"step"`
	Counted    Counted `json:"counted"`
}

// PauseOutlasted tells that a pause went on past the day on which it was expected to end.
type PauseOutlasted struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step"`
}

// ExtensionRequested asks for more time; somebody else decides.
type ExtensionRequested struct {
	DeadlineID string         `json:"deadlineId"`
	Step       string         `json:"step"`
	Extension  ClockExtension `json:"extension"`
}

// ExtensionDecided grants or refuses the extension that was asked for last. A granted one
// moves the due day; NoticeID tells the parties, where the step wants that.
type ExtensionDecided struct {
	DeadlineID    string   `json:"deadlineId"`
	Step          string   `json:"step"`
	Approved      bool     `json:"approved"`
	Reason        TextID   `json:"reason,omitempty"`
	Counted       *Counted `json:"counted,omitempty"`
	NoticeID      string   `json:"noticeId,omitempty"`
	NoticeParties []string `json:"noticeParties,omitempty"`
	// Says is the text of the notice as it was when it was written.
	Says procedure.Text `json:"says,omitzero"`
	// NoticeReason is the text by which the notice says why (信访工作条例 art 34: 告知延期理由).
	NoticeReason TextID `json:"noticeReason,omitempty"`
}

// DeadlineRecounted moves a due day, or makes it final, because the calendar of working days
// became another one. Revived says that the clock had been missed by the old calendar and
// runs on by the new one.
type DeadlineRecounted struct {
	DeadlineID string    `json:"deadlineId"`
	Step       string    `json:"step"`
	Before     time.Time `json:"before"` // the due instant by the old calendar
	Counted    Counted   `json:"counted"`
	LawVersion int64     `json:"lawVersion"`
	Revived    bool      `json:"revived,omitempty"`
}

// Counted is what counting a clock anew came to.
type Counted struct {
	WarnAt      time.Time      `json:"warnAt"`
	DueAt       time.Time      `json:"dueAt"`
	Provisional bool           `json:"provisional,omitempty"`
	Explanation []DeadlineStep `json:"explanation"`
}

func (DeadlineStarted) eventType() string    { return "DeadlineStarted" }
func (DeadlineWarned) eventType() string     { return "DeadlineWarned" }
func (DeadlineMet) eventType() string        { return "DeadlineMet" }
func (DeadlineMissed) eventType() string     { return "DeadlineMissed" }
func (DeadlineCancelled) eventType() string  { return "DeadlineCancelled" }
func (DeadlineResumed) eventType() string    { return "DeadlineResumed" }
func (DeadlineSuspended) eventType() string  { return "DeadlineSuspended" }
func (DeadlineContinued) eventType() string  { return "DeadlineContinued" }
func (PauseOutlasted) eventType() string     { return "PauseOutlasted" }
func (ExtensionRequested) eventType() string { return "ExtensionRequested" }
func (ExtensionDecided) eventType() string   { return "ExtensionDecided" }
func (DeadlineRecounted) eventType() string  { return "DeadlineRecounted" }

// clockEvents are the events of the clocks.
var clockEvents = []eventKind{
	eventOf[DeadlineStarted](),
	eventOf[DeadlineWarned](),
	eventOf[DeadlineMet](),
	eventOf[DeadlineMissed](),
	eventOf[DeadlineCancelled](),
	eventOf[DeadlineResumed](),
	eventOf[DeadlineSuspended](),
	eventOf[DeadlineContinued](),
	eventOf[PauseOutlasted](),
	eventOf[ExtensionRequested](),
	eventOf[ExtensionDecided](),
	eventOf[DeadlineRecounted](),
}

func (DeadlineSuspended) sentence(t telling) string  { return t.clock() }
func (DeadlineContinued) sentence(t telling) string  { return t.clock() }
func (PauseOutlasted) sentence(t telling) string     { return t.clock() }
func (ExtensionRequested) sentence(t telling) string { return t.clock() }
func (ExtensionDecided) sentence(t telling) string   { return t.clock() }
func (DeadlineRecounted) sentence(t telling) string  { return t.clock() }
func (DeadlineStarted) sentence(t telling) string    { return t.clock() }
func (DeadlineWarned) sentence(t telling) string     { return t.clock() }
func (DeadlineMet) sentence(t telling) string        { return t.clock() }
func (DeadlineMissed) sentence(t telling) string     { return t.clock() }
func (DeadlineCancelled) sentence(t telling) string  { return t.clock() }
func (DeadlineResumed) sentence(t telling) string    { return t.clock() }
