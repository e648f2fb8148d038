package casefile

import "time"

// Deadline is one clock of a case.
type Deadline struct {
	// ID is unique within the case ("D1").
	ID string `json:"id"`
	// Step names the procedural step, as the procedure's data do ("acceptance",
	// "handling").
	Step      string    `json:"step"`
	Statutory bool      `json:"statutory"`
	StartedAt time.Time `json:"startedAt"`
	WarnAt    time.Time `json:"warnAt"`
	// DueAt is the last second of the last day in Asia/Shanghai for clocks in days; an act
	// in that second is still on time.
	DueAt  time.Time      `json:"dueAt"`
	Length int            `json:"length"`
	Unit   DayUnit        `json:"unit"`
	Status DeadlineStatus `json:"status"`
	Warned bool           `json:"warned,omitempty"`
	// MetAt is the legal date of the act that met the clock, MetBy its event type. A clock
	// met after it was missed has both and the status MISSED.
	MetAt    time.Time `json:"metAt,omitzero"`
	MetBy    string    `json:"metBy,omitempty"`
	MissedAt time.Time `json:"missedAt,omitzero"`
	Round    int       `json:"round"`
	Citation Citation  `json:"citation"`
	// Explanation leads from the start day to the due day, step by step.
	Explanation []DeadlineStep `json:"explanation"`
}

// Citation is where a length comes from. Verified only where the text itself was read.
type Citation struct {
	Law      string `json:"law"`
	Article  string `json:"article"`
	Verified bool   `json:"verified"`
}

// DeadlineStep is one line of an explanation.
type DeadlineStep struct {
	Date string `json:"date"` // YYYY-MM-DD, Asia/Shanghai
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

// Running reports whether time still counts against this deadline: it is neither met nor
// cancelled nor paused. A missed one that waits for its act runs no more.
func (d Deadline) Running() bool { return d.Status == ClockRunning }

// Unmet reports whether the act that meets this deadline is still owed.
func (d Deadline) Unmet() bool {
	return d.MetAt.IsZero() &&
		(d.Status == ClockRunning || d.Status == ClockPaused || d.Status == ClockMissed)
}

// End is the first instant at which the deadline is missed: a second after DueAt for
// clocks in days, DueAt itself for clocks in hours.
func (d Deadline) End() time.Time {
	if d.Unit == Hours {
		return d.DueAt
	}
	return d.DueAt.Add(time.Second)
}

// OnTime reports whether an act of that legal date meets the deadline in time.
func (d Deadline) OnTime(t time.Time) bool { return t.Before(d.End()) }
