package casefile

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// The steps that every case has a clock for. Their names are those of the procedures' data.
const (
	StepAcceptance = procedure.Acceptance
	StepHandling   = procedure.Handling
)

// designChoice is cited where no text sets a length.
const designChoice = "设计选择 (design choice)"

// clockRule is a step of a procedure as a clock: how long, from what, and by which text.
type clockRule struct {
	step      procedure.Step
	procedure string
	from      procedure.Date // the first day of the procedure's version
	// of is the id of what the clock belongs to; empty is the case itself.
	of string
}

// belongingTo makes the rule one for something of the case's.
func (r clockRule) belongingTo(id string) clockRule {
	r.of = id
	return r
}

// lasting gives the step another length, as where an order names its own day. The length is
// then nobody's law.
func (r clockRule) lasting(length int, unit procedure.Unit) clockRule {
	r.step.Length, r.step.Unit = length, unit
	r.step.Citation = procedure.Citation{DesignChoice: true}
	return r
}

// rule finds a step of a procedure in the version that held on a day. It is false where the
// procedure has no such step, or one without a length.
func (d *deciding) rule(code, step string, on time.Time) (clockRule, bool) {
	p, ok := d.rules.law().procedureOn(code, procedure.Date(day(on)))
	if !ok {
		return clockRule{}, false
	}
	return clockRuleOf(p, step)
}

func clockRuleOf(p procedure.Procedure, step string) (clockRule, bool) {
	s, ok := p.Step(step)
	if !ok || s.Length == 0 {
		return clockRule{}, false
	}
	return clockRule{step: s, procedure: p.Code, from: p.EffectiveFrom}, true
}

// fromReopening counts a step anew from the reopening of a case. No law knows a reopening,
// so the length is a choice, whatever it was in the first round.
func fromReopening(rule clockRule) clockRule {
	rule.step.Citation = procedure.Citation{DesignChoice: true}
	rule.step.CountedFrom = procedure.EventNotStated
	return rule
}

// startClock starts a clock at a legal date.
func (d *deciding) startClock(rule clockRule, from time.Time) {
	s := rule.step
	clock := Deadline{
		ID: fmt.Sprintf("D%d", len(d.state.Deadlines)+1), Of: rule.of, Step: s.Code,
		Procedure: rule.procedure, ProcedureFrom: string(rule.from), Name: s.Name,
		Statutory: s.Statutory() && !s.Guideline, Guideline: s.Guideline,
		StartedAt: Instant(from), CountedFrom: s.CountedFrom,
		Length: s.Length, Unit: DayUnit(s.Unit), Roll: s.RollForward,
		MayPause: s.Pauses, MayExtend: s.Extensions,
		Owner: s.Owner, Effect: s.OnExpiry.Effect, Citation: citationOf(s.Citation),
		Status: ClockRunning, Round: d.state.Round,
	}
	d.count(&clock)
	d.emitAt(from, DeadlineStarted{clock})
}

func citationOf(c procedure.Citation) Citation {
	if c.DesignChoice {
		return Citation{Law: designChoice}
	}
	return Citation{Law: c.Law, Article: c.Article, Verified: c.Verified}
}

// count fixes the due day, the warning and the explanation of a clock by the calendar in
// force: the start day is excluded, pauses are left out, extensions added.
func (d *deciding) count(clock *Deadline) {
	days := d.rules.law().CalendarFor(d.state.Division, d.rules.Directory)
	period := periodOf(*clock)
	due, steps, err := days.Explain(period)
	if err != nil {
		// Not reached: what a period may hold has been checked before it came into the record.
		panic(fmt.Sprintf("count clock %s of case %s: %v", clock.ID, d.state.ID, err))
	}
	clock.DueAt = Instant(due.At)
	clock.WarnAt = Instant(warnAt(*clock, due, days))
	clock.Provisional = due.Provisional || clock.openPause() != nil
	clock.Explanation = make([]DeadlineStep, len(steps))
	for i, step := range steps {
		clock.Explanation[i] = DeadlineStep{Date: step.Date.String(), ZH: step.ZH, EN: step.EN}
	}
}

// periodOf is what the calendar counts of a clock. A pause that goes on is counted to the
// day on which it was expected to end, or as a single day: the rest is known when it ends.
func periodOf(clock Deadline) calendar.Period {
	period := calendar.Period{
		From: clock.StartedAt, Act: startWords(clock), Length: clock.Length,
		Unit: calendar.Unit(clock.Unit), Roll: clock.Roll,
	}
	for _, pause := range clock.Pauses {
		if counted, ok := pause.counted(clock.Unit); ok {
			period.Pauses = append(period.Pauses, counted)
		}
	}
	for _, extension := range clock.Extensions {
		if extension.Approved != nil && *extension.Approved {
			period.Extensions = append(period.Extensions, calendar.Extension{
				Length: extension.Length, Unit: calendar.Unit(extension.Unit),
			})
		}
	}
	return period
}

// counted is the pause as the calendar takes it; none where it took no time.
func (p ClockPause) counted(unit DayUnit) (calendar.Pause, bool) {
	reason := procedure.Label("Pause", string(p.Reason))
	pause := calendar.Pause{From: p.From, To: p.To, Reason: calendar.Words{ZH: reason.ZH, EN: reason.EN}}
	switch {
	case p.To.IsZero() && p.Until != "":
		until, err := time.ParseInLocation(time.DateOnly, p.Until, Shanghai)
		if err != nil {
			return pause, false
		}
		pause.To = until
		if unit == Hours {
			pause.To = until.AddDate(0, 0, 1)
		}
	case p.To.IsZero():
		pause.To = p.From
	case unit != Hours:
		pause.To = p.To.In(Shanghai).AddDate(0, 0, -1)
	}
	if unit == Hours {
		return pause, pause.To.After(pause.From)
	}
	return pause, !earlierDay(pause.To, pause.From)
}

func startWords(clock Deadline) calendar.Words {
	if clock.CountedFrom == "" || clock.CountedFrom == procedure.EventNotStated {
		return calendar.Words{}
	}
	label := procedure.Label("Event", string(clock.CountedFrom))
	return calendar.Words{ZH: label.ZH, EN: label.EN}
}

// warnAt is when handler and manager are told that time runs out: the last quarter of a
// clock in hours; else a week ahead, three days for a clock of up to about two weeks, one
// day for one of up to five. A clock in working days warns on a day that is worked: where that
// is a day off, on the last worked one before it, or on the first one after it where the clock
// had not begun by then. (A choice: no law knows a warning.)
func warnAt(clock Deadline, due calendar.Due, days calendar.Calendar) time.Time {
	if clock.Unit == Hours {
		return due.At.Add(-due.At.Sub(clock.StartedAt) / 4)
	}
	total := calendar.DateOf(clock.StartedAt).DaysUntil(due.Day)
	ahead := 7
	switch {
	case total <= 5:
		ahead = 1
	case total <= 16:
		ahead = 3
	}
	aimed := due.Day.AddDays(-ahead)
	if clock.Unit != WorkingDays {
		return aimed.Start()
	}
	on := aimed
	for !days.IsWorkingDay(on) {
		on = on.AddDays(-1)
	}
	if on != aimed && on.Start().Before(clock.StartedAt) {
		on = days.NextWorkingDay(aimed)
	}
	return on.Start()
}

// meetClock stops the step's clock at the legal date of the act that met it.
func (d *deciding) meetClock(step string, date time.Time, by Body) {
	d.meetClockOf(step, "", date, by)
}

// meetClockOf stops the clock of a step that belongs to something of the case's. A clock
// that ran out before that date is missed first, with what follows from it. One that was
// missed although the act was in time, and only written down late, is put right: the miss
// and its order fall away.
func (d *deciding) meetClockOf(step, of string, date time.Time, by Body) {
	d.meetIfOwed(d.state.clockOf(step, of), date, by)
}

// meetIfOwed stops a clock where there is one and its act is still owed.
func (d *deciding) meetIfOwed(clock *Deadline, date time.Time, by Body) {
	if clock != nil && clock.Unmet() {
		d.meet(*clock, date, by)
	}
}

// meet stops a clock that is still owed its act.
func (d *deciding) meet(met Deadline, date time.Time, by Body) {
	if met.Running() && !met.OnTime(date) {
		d.miss(met)
	}
	lifts := met.Status == ClockMissed && met.OnTime(date)
	d.emitAt(date, DeadlineMet{DeadlineID: met.ID, Step: met.Step, By: by.eventType(), Lifts: lifts})
	if lifts {
		d.withdrawOrders(met.ID, date)
	}
}

// resumeClocks lets clocks run on with their old due day, or with the one that a calendar
// gives which was loaded while they stood still.
func (d *deciding) resumeClocks(ids []string) {
	for _, id := range ids {
		d.emit(DeadlineResumed{DeadlineID: id, Step: d.state.deadlineStep(id)})
	}
	d.recount()
}

// cancelClocks stops what still runs for the office when a case ends at a legal date. A
// clock that ran out before that date has been missed, and that is kept. Citizens' windows
// run on. The orders over what was missed end with the case, and so does asking for a leader.
func (d *deciding) cancelClocks(end time.Time) {
	for _, clock := range d.state.Deadlines {
		switch {
		case clock.outlivesCase() || clock.ofOrder():
		case !clock.Running() && clock.Status != ClockPaused:
		case clock.Running() && !clock.OnTime(end):
			d.miss(clock)
		default:
			d.cancelClock(clock, end)
		}
	}
	d.endOrders(end)
	d.withdrawProposals(end, "")
}

func (d *deciding) cancelClock(clock Deadline, at time.Time) {
	d.emitAt(at, DeadlineCancelled{DeadlineID: clock.ID, Step: clock.Step})
}
