package leadership

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// Procedure is the code of the procedure whose data say how long a package's steps take.
const Procedure = "leadership-package"

// The warnings come so many days ahead; no text sets them.
const (
	warning     = 3
	dutyWarning = 7
)

// startedBy says what a step is counted from.
var startedBy = map[string]calendar.Words{
	StepApproval:         {ZH: "提请包案", EN: "proposed"},
	StepPlan:             {ZH: "开立包案", EN: "opened"},
	StepReview:           {ZH: "开立包案或上次调度", EN: "opened or last reviewed"},
	StepStabilisedReview: {ZH: "转入稳控或上次回查", EN: "stabilised or last reviewed"},
	StepSupervision:      {ZH: "发出督办单", EN: "order issued"},
}

// start starts the clock of a step, as long as the procedure's data say. A step of which
// they say no length has no clock.
func (d *deciding) start(step string, from time.Time) {
	law := d.rules.law()
	rule, ok := law.Catalogue().Step(Procedure, step, procedure.Date(day(from)))
	if !ok || rule.Length == 0 {
		return
	}
	clock := casefile.Deadline{
		Step: step, Statutory: rule.Statutory(), StartedAt: casefile.Instant(from),
		Length: rule.Length, Unit: casefile.DayUnit(rule.Unit), Roll: rule.RollForward, Citation: citation(rule.Citation),
		Procedure: Procedure, Name: rule.Name,
	}
	if counted, ok := d.count(clock); ok {
		clock.Take(counted)
		d.startClock(clock, "")
	}
}

// count counts a clock of the procedure's data by the calendar in force. It is false only for
// a length that the catalogue refuses to load.
func (d *deciding) count(clock casefile.Deadline) (casefile.Counted, bool) {
	due, steps, err := d.rules.law().CalendarFor(d.state.Division, d.rules.Directory).Explain(calendar.Period{
		From: clock.StartedAt, Act: startedBy[clock.Step], Length: clock.Length, Unit: calendar.Unit(clock.Unit), Roll: clock.Roll,
	})
	if err != nil {
		return casefile.Counted{}, false
	}
	counted := casefile.Counted{DueAt: casefile.Instant(due.At), Provisional: due.Provisional}
	counted.WarnAt = warnAt(clock.StartedAt, counted.DueAt, warning)
	for _, line := range steps {
		counted.Explanation = append(counted.Explanation, casefile.DeadlineStep{Date: line.Date.String(), ZH: line.ZH, EN: line.EN})
	}
	return counted, true
}

// warnAt is midnight before the last so many days; never before the clock starts.
func warnAt(started, due time.Time, days int) time.Time {
	at := casefile.Instant(due.Add(time.Second).AddDate(0, 0, -days-1))
	if at.Before(started) {
		return started
	}
	return at
}

func citation(c procedure.Citation) casefile.Citation {
	if c.DesignChoice {
		return casefile.Citation{Law: "设计选择 (design choice)"}
	}
	return casefile.Citation{Law: c.Law, Article: c.Article, Verified: c.Verified}
}

// startUntil starts a clock that ends on a day which somebody set.
func (d *deciding) startUntil(step string, from, due time.Time, warnDays int) {
	d.startClock(dated(step, from, due, warnDays), "")
}

func (d *deciding) startMilestone(id string, due time.Time) {
	d.startClock(dated(StepMilestone, d.effectiveAt, due, warning), id)
}

func dated(step string, from, due time.Time, warnDays int) casefile.Deadline {
	days := int(due.Sub(from.In(casefile.Shanghai)).Hours() / 24)
	return casefile.Deadline{
		Step: step, StartedAt: casefile.Instant(from), DueAt: due, WarnAt: warnAt(casefile.Instant(from), due, warnDays),
		Length: days, Unit: casefile.CalendarDays,
		Name:     procedure.Text{ZH: StepLabel(step, casefile.Chinese), EN: StepLabel(step, casefile.English)},
		Citation: casefile.Citation{Law: "包案方案 (the package's own plan)"},
		Explanation: []casefile.DeadlineStep{{
			Date: day(due), ZH: "包案确定的日期，至当日24时届满", EN: "the day that was set; it ends at midnight",
		}},
	}
}

func (d *deciding) startClock(clock casefile.Deadline, milestoneID string) {
	clock.ID = fmt.Sprintf("D%d", len(d.state.Deadlines)+1)
	clock.Status, clock.Round = casefile.ClockRunning, 1
	d.emitAs(casefile.System, clock.StartedAt, DeadlineStarted{Deadline: clock, MilestoneID: milestoneID})
}

// meet stops the newest clock of a step if its act is still owed.
func (d *deciding) meet(step, by string) {
	if clock := d.state.clock(step); clock != nil {
		d.settle(*clock, by)
	}
}

// settle stops a clock whose act is done, or no longer owed. One that ran out before the
// act's legal date is missed first. Orders over it are satisfied.
func (d *deciding) settle(clock casefile.Deadline, by string) {
	if !clock.Unmet() {
		return
	}
	if clock.Running() && !clock.OnTime(d.effectiveAt) {
		d.miss(clock)
	}
	d.emitAs(casefile.System, d.effectiveAt, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: by})
	d.satisfy(clock.ID)
}

// settleAll stops the clocks of the steps that fit: those that run are cancelled, an act
// that was missed is owed no more.
func (d *deciding) settleAll(by string, fits func(step string) bool) {
	for _, clock := range d.state.Deadlines {
		current, _ := d.state.Deadline(clock.ID)
		switch {
		case !fits(clock.Step) || !current.Unmet():
		case current.Running():
			d.emitAs(casefile.System, d.effectiveAt, DeadlineCancelled{DeadlineID: clock.ID, Step: clock.Step})
			d.satisfy(clock.ID)
		default:
			d.settle(current, by)
		}
	}
}

func (d *deciding) cancelClocks() { d.settleAll("PackageCancelled", func(string) bool { return true }) }
