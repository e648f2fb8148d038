package leadership

import "github.com/tiaochu/tiaochu/casefile"

// DeadlineStarted starts a clock; MilestoneID is set for that of a milestone.
type DeadlineStarted struct {
	Deadline    casefile.Deadline `json:"deadline"`
	MilestoneID string            `json:"milestoneId,omitempty"`
}

// DeadlineWarned tells that the due day is near (yellow).
type DeadlineWarned struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step"`
}

// DeadlineMet stops a clock; its EffectiveAt is the day of the act that met it. A clock
// already missed is stopped too, and stays missed.
type DeadlineMet struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step"`
	By         string `json:"by"` // the event type that met it
}

// DeadlineMissed marks a clock red; its EffectiveAt is the due instant.
type DeadlineMissed struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step"`
}

// DeadlineCancelled stops a clock that no longer applies.
type DeadlineCancelled struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step"`
}

func (DeadlineStarted) eventType() string   { return "DeadlineStarted" }
func (DeadlineWarned) eventType() string    { return "DeadlineWarned" }
func (DeadlineMet) eventType() string       { return "DeadlineMet" }
func (DeadlineMissed) eventType() string    { return "DeadlineMissed" }
func (DeadlineCancelled) eventType() string { return "DeadlineCancelled" }

func (b DeadlineStarted) apply(s *State, _ Event) {
	s.Deadlines = appended(s.Deadlines, b.Deadline)
	if b.MilestoneID != "" {
		s.Milestones = changed(s.Milestones, func(m Milestone) bool { return m.ID == b.MilestoneID },
			func(m *Milestone) { m.DeadlineID = b.Deadline.ID })
	}
}

func (s *State) changeDeadline(id string, change func(*casefile.Deadline)) {
	s.Deadlines = changed(s.Deadlines, func(d casefile.Deadline) bool { return d.ID == id }, change)
}

func (b DeadlineWarned) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *casefile.Deadline) { d.Warned = true })
}

func (b DeadlineMet) apply(s *State, e Event) {
	s.changeDeadline(b.DeadlineID, func(d *casefile.Deadline) {
		d.MetAt, d.MetBy = e.EffectiveAt, b.By
		if d.Status == casefile.ClockRunning {
			d.Status = casefile.ClockMet
		}
	})
}

func (b DeadlineMissed) apply(s *State, e Event) {
	s.changeDeadline(b.DeadlineID, func(d *casefile.Deadline) { d.Status, d.MissedAt = casefile.ClockMissed, e.EffectiveAt })
}

func (b DeadlineCancelled) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *casefile.Deadline) { d.Status = casefile.ClockCancelled })
}

func (b DeadlineStarted) sentence(t telling) string {
	en, zh := clockName(b.Deadline.Step)
	return t.say(en+" started; it runs out on "+day(b.Deadline.DueAt), zh+"开始计算，至"+day(b.Deadline.DueAt)+"届满")
}

func (b DeadlineWarned) sentence(t telling) string {
	en, zh := clockName(b.Step)
	return t.say(en+" is about to run out (yellow)", zh+"即将届满，亮黄灯")
}

func (b DeadlineMet) sentence(t telling) string {
	en, zh := clockName(b.Step)
	return t.say(en+" stopped: what it waited for was done", zh+"停止计算，应办事项已完成")
}

func (b DeadlineMissed) sentence(t telling) string {
	en, zh := clockName(b.Step)
	return t.say(en+" ran out (red)", zh+"届满未办，亮红灯")
}

func (b DeadlineCancelled) sentence(t telling) string {
	en, zh := clockName(b.Step)
	return t.say(en+" stopped: it no longer applies", zh+"停止计算，不再适用")
}

func clockName(step string) (en, zh string) {
	return "The clock of the " + StepLabel(step, casefile.English), StepLabel(step, casefile.Chinese) + "时限"
}

var clockEvents = []eventKind{
	eventOf[DeadlineStarted](),
	eventOf[DeadlineWarned](),
	eventOf[DeadlineMet](),
	eventOf[DeadlineMissed](),
	eventOf[DeadlineCancelled](),
}
