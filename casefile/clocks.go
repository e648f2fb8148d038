package casefile

import (
	"fmt"
	"time"
)

// The steps that have a clock in this version. Their names are those of the procedures'
// data.
const (
	StepAcceptance = "acceptance"
	StepHandling   = "handling"
)

// clockRule is how long a step may take, and who says so.
type clockRule struct {
	step      string
	days      int
	warnDays  int
	statutory bool
	citation  Citation
	// from says what the clock is counted from.
	from Term
}

const (
	petitionRegulations = "信访工作条例"
	designChoice        = "设计选择 (design choice)"
)

// acceptanceClock is 15 calendar days from receipt, by law for petitions; disputes have no
// such rule and follow by choice. The warnings, 3 and 7 days ahead, are choices too.
func acceptanceClock(s State) clockRule {
	rule := clockRule{
		step: StepAcceptance, days: 15, warnDays: 3,
		from: Term{EN: "received", ZH: "收到"}, citation: Citation{Law: designChoice},
	}
	if s.Kind == Petition {
		rule.statutory = true
		rule.citation = Citation{Law: petitionRegulations, Article: "22, 23", Verified: true}
	}
	return rule
}

// handlingClock is 60 calendar days from acceptance for petitions, 30 for disputes. The
// law gives its 60 days to appeals alone (信访工作条例 arts 31(六), 34); suggestions and
// accusations follow by choice.
func handlingClock(s State) clockRule {
	rule := clockRule{
		step: StepHandling, days: 30, warnDays: 7,
		from: Term{EN: "accepted", ZH: "受理"}, citation: Citation{Law: designChoice},
	}
	if s.Kind == Petition {
		rule.days = 60
	}
	if s.PetitionType == Appeal {
		rule.statutory = true
		rule.citation = Citation{Law: petitionRegulations, Article: "34", Verified: true}
	}
	return rule
}

// fromReopening counts a step anew from the reopening of a case. No law knows a reopening,
// so the length is a choice, whatever it was in the first round.
func fromReopening(rule clockRule) clockRule {
	rule.statutory = false
	rule.citation = Citation{Law: designChoice}
	rule.from = Term{EN: "reopened", ZH: "重新启动"}
	return rule
}

// newDeadline counts a clock out: the start day is excluded, rest days count, the last day
// ends at midnight in Shanghai. Whether the last day rolls over a holiday is not stated for
// petitions, so the unrolled day stands.
func newDeadline(id string, rule clockRule, from time.Time, round int) Deadline {
	start := from.In(Shanghai)
	midnight := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, Shanghai)
	due := midnight.AddDate(0, 0, rule.days)
	warn := due.AddDate(0, 0, -rule.warnDays)
	return Deadline{
		ID: id, Step: rule.step, Statutory: rule.statutory,
		StartedAt: Instant(from),
		WarnAt:    Instant(warn),
		DueAt:     Instant(due.AddDate(0, 0, 1).Add(-time.Second)),
		Length:    rule.days, Unit: CalendarDays, Status: ClockRunning, Round: round,
		Citation: rule.citation,
		Explanation: []DeadlineStep{
			{
				Date: day(midnight),
				ZH:   rule.from.ZH + "之日，不计算在内",
				EN:   rule.from.EN + "; the start day is not counted",
			},
			{Date: day(midnight.AddDate(0, 0, 1)), ZH: "第1日", EN: "day 1"},
			{
				Date: day(due),
				ZH:   fmt.Sprintf("第%d日，期间按自然日连续计算，至当日24时届满", rule.days),
				EN:   fmt.Sprintf("day %d, rest days counted; the last day ends at midnight", rule.days),
			},
		},
	}
}

func (d *deciding) startClock(rule clockRule, from time.Time) {
	id := fmt.Sprintf("D%d", len(d.state.Deadlines)+1)
	d.emitAt(from, DeadlineStarted{newDeadline(id, rule, from, d.state.Round)})
}

// meetClock stops the step's clock at the legal date of the act that met it. A clock that
// ran out before that date is missed first, with its supervision order.
func (d *deciding) meetClock(step string, date time.Time, by Body) {
	clock := d.state.clock(step)
	if clock == nil || !clock.Unmet() {
		return
	}
	met := *clock
	if met.Running() && !met.OnTime(date) {
		d.miss(met)
	}
	d.emitAt(date, DeadlineMet{DeadlineID: met.ID, Step: met.Step, By: by.eventType()})
}

// resumeClocks lets clocks run on with their old due day.
func (d *deciding) resumeClocks(ids []string) {
	for _, id := range ids {
		d.emit(DeadlineResumed{DeadlineID: id, Step: d.state.deadlineStep(id)})
	}
}

// cancelClocks stops what still runs when a case ends at a legal date. A clock that ran out
// before that date has been missed, and that is kept.
func (d *deciding) cancelClocks(end time.Time) {
	for _, clock := range d.state.Deadlines {
		switch {
		case !clock.Running() && clock.Status != ClockPaused:
		case clock.Running() && !clock.OnTime(end):
			d.miss(clock)
		default:
			d.emitAt(end, DeadlineCancelled{DeadlineID: clock.ID, Step: clock.Step})
		}
	}
}
