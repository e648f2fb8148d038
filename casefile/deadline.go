package casefile

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

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
	// Of is the id of what the clock belongs to within the case (a referral "R1", an order
	// "U1"); empty where it belongs to the case itself.
	Of string `json:"of,omitempty"`
	// Procedure is whose step it is, in the version that began on ProcedureFrom
	// (YYYY-MM-DD). Both are empty in records older than the catalogue.
	Procedure     string `json:"procedure,omitempty"`
	ProcedureFrom string `json:"procedureFrom,omitempty"`
	// Name is what users read for the step; empty in records older than the catalogue.
	Name procedure.Text `json:"name,omitzero"`
	// CountedFrom is the act that the clock is counted from.
	CountedFrom procedure.Event `json:"countedFrom,omitempty"`
	// Owner is whose clock it is; empty is the office's. A citizen's window outlives the
	// end of the case and has no supervision; nor has the clock of an organ outside.
	Owner procedure.Owner `json:"owner,omitempty"`
	// Effect is what the law says follows when time runs out.
	Effect procedure.Effect `json:"effect,omitempty"`
	// Guideline marks a length that is usual, not a limit.
	Guideline bool `json:"guideline,omitempty"`
	// MayPause and MayExtend are what the step's data said when the clock started: the
	// reasons that pause it, and the kinds of extension in their order.
	MayPause  []procedure.Pause     `json:"mayPause,omitempty"`
	MayExtend []procedure.Extension `json:"mayExtend,omitempty"`
	// Roll moves a last day that is a day off to the next working day.
	Roll bool `json:"roll,omitempty"`
	// Provisional says that the due day may still move: a year that it depends on is not
	// loaded, or the pause that it waits for has not ended.
	Provisional bool `json:"provisional,omitempty"`
	// Pauses is the time that was not counted; at most the last one is still open.
	Pauses []ClockPause `json:"pauses,omitempty"`
	// Extensions are those asked for, granted or not; at most the last one is undecided.
	Extensions []ClockExtension `json:"extensions,omitempty"`
	// Explanation leads from the start day to the due day, step by step.
	Explanation []DeadlineStep `json:"explanation"`
}

// ClockPause is time that a clock does not count, in whole days: from the day of From to the
// day before that of To. For clocks in hours it is the time between the two.
type ClockPause struct {
	Reason procedure.Pause `json:"reason"`
	Note   TextID          `json:"note,omitempty"`
	From   time.Time       `json:"from"`
	// Until is the last day (YYYY-MM-DD) that the pause was expected to take, or empty.
	Until string `json:"until,omitempty"`
	// Outlasted marks that the pause went on after that day, which was told once.
	Outlasted bool `json:"outlasted,omitempty"`
	// To is zero while the pause goes on.
	To time.Time `json:"to,omitzero"`
}

// ClockExtension is a longer time that somebody asked for.
type ClockExtension struct {
	Length      int                `json:"length"`
	Unit        DayUnit            `json:"unit"`
	Reason      TextID             `json:"reason"`
	Approver    procedure.Approver `json:"approver"`
	RequestedBy string             `json:"requestedBy"`
	RequestedAt time.Time          `json:"requestedAt"`
	// Approved is nil while nobody has decided.
	Approved  *bool     `json:"approved,omitempty"`
	DecidedBy string    `json:"decidedBy,omitempty"`
	DecidedAt time.Time `json:"decidedAt,omitzero"`
}

// Granted counts the extensions that were approved.
func (d Deadline) Granted() int {
	granted := 0
	for _, extension := range d.Extensions {
		if extension.Approved != nil && *extension.Approved {
			granted++
		}
	}
	return granted
}

// nextExtension returns the kind of extension that is open after those granted.
func (d Deadline) nextExtension() (procedure.Extension, bool) {
	return procedure.Step{Extensions: d.MayExtend}.NextExtension(d.Granted())
}

// undecided returns the extension that waits for its approver, or nil.
func (d Deadline) undecided() *ClockExtension {
	if n := len(d.Extensions); n > 0 && d.Extensions[n-1].Approved == nil {
		return &d.Extensions[n-1]
	}
	return nil
}

// openPause returns the pause that goes on, or nil.
func (d Deadline) openPause() *ClockPause {
	if n := len(d.Pauses); n > 0 && d.Pauses[n-1].To.IsZero() {
		return &d.Pauses[n-1]
	}
	return nil
}

// OfOffice reports whether it is the office's own clock: one that is urged and supervised,
// and that stops when the case ends.
func (d Deadline) OfOffice() bool { return d.Owner == "" || d.Owner == procedure.OwnerOffice }

// outlivesCase reports whether the clock runs on when the case ends: a citizen's window, a
// court's time for a confirmation, a unit's for a reply that was asked of it.
func (d Deadline) outlivesCase() bool {
	return d.Owner == procedure.OwnerCitizen || d.Procedure == confirmationProcedure || d.Procedure == agreementProcedure
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

// Label returns what users read for the clock's step.
func (d Deadline) Label(lang Language) string {
	switch {
	case d.Name == (procedure.Text{}):
		return StepLabel(d.Step, lang)
	case lang == English:
		return d.Name.EN
	}
	return d.Name.ZH
}
