package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// suspendClock stops counting for a reason that the step's procedure knows, and for no other
// one: a statutory clock stands still only where its law says so.
func (d *deciding) suspendClock(act SuspendClock) *Refusal {
	clock, refusal := d.namedClock(act.DeadlineID)
	if refusal != nil {
		return refusal
	}
	if refusal := checkOwnClock(d.state, *clock, d.command.Actor); refusal != nil {
		return refusal
	}
	if act.Reason == "" {
		return required(at("reason"))
	}
	if refusal := pausable(*clock); refusal != nil {
		return refusal
	}
	if refusal := checkPauseReason(*clock, act.Reason); refusal != nil {
		return refusal
	}
	if refusal := d.checkPauseDates(*clock, act.Until); refusal != nil {
		return refusal
	}
	pause := ClockPause{Reason: act.Reason, Note: act.Note, From: d.effectiveAt, Until: act.Until}
	next := *clock
	next.Status, next.Pauses = ClockPaused, appended(clock.Pauses, pause)
	d.emit(DeadlineSuspended{DeadlineID: clock.ID, Step: clock.Step, Pause: pause, Counted: d.recounted(next)})
	return nil
}

func checkPauseReason(clock Deadline, reason procedure.Pause) *Refusal {
	if slices.Contains(clock.MayPause, reason) {
		return nil
	}
	allowed, zh := "none", "没有可以中止计算的事由"
	if len(clock.MayPause) > 0 {
		allowed = enumerate(each(clock.MayPause, func(p procedure.Pause) string { return string(p) }), English)
		zh = "可以中止计算的事由为" + enumerate(each(clock.MayPause, func(p procedure.Pause) string {
			return procedure.Label("Pause", string(p)).ZH
		}), Chinese)
	}
	return refuse(RefusedInvalid, at("reason"),
		fmt.Sprintf("%s doesn't pause the %s clock; its reasons are: %s (%s)",
			shown(string(reason)), clock.Step, allowed, cited(clock, English)),
		fmt.Sprintf("“%s”不能中止%s的计算，%s（%s）", procedure.Label("Pause", string(reason)).ZH,
			clock.Label(Chinese), zh, cited(clock, Chinese)))
}

// checkPauseDates refuses a pause that begins before its clock, after the due day, within an
// earlier pause, or is expected to end before it begins.
func (d *deciding) checkPauseDates(clock Deadline, until string) *Refusal {
	floor := clock.StartedAt
	for _, pause := range clock.Pauses {
		floor = later(floor, pause.To)
	}
	if earlierDay(d.effectiveAt, floor) {
		return refuse(RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is before %s, from which the clock has been counted", day(d.effectiveAt), day(floor)),
			fmt.Sprintf("effectiveAt %s 早于该时限本段的起算日 %s", day(d.effectiveAt), day(floor)))
	}
	if !clock.OnTime(d.effectiveAt) {
		return tooLate(clock)
	}
	if until == "" {
		return nil
	}
	last, err := calendar.ParseDate(until)
	if err != nil {
		return refuse(RefusedInvalid, at("until"),
			fmt.Sprintf("until %s is not a day YYYY-MM-DD", shown(until)), fmt.Sprintf("until %s 不是 YYYY-MM-DD 格式的日期", shown(until)))
	}
	if until < day(d.effectiveAt) {
		return refuse(RefusedOutOfOrder, at("until"),
			fmt.Sprintf("until %s is before the pause begins, %s", until, day(d.effectiveAt)),
			fmt.Sprintf("until %s 早于中止开始日 %s", until, day(d.effectiveAt)))
	}
	if calendar.DateOf(d.now).DaysUntil(last) > longestPause {
		return refuse(RefusedInvalid, at("until"), "until is more than two years ahead", "until 超过两年")
	}
	return nil
}

// longestPause is how far ahead, in days, the end of a pause may be expected.
const longestPause = 2 * 366

// resumeClock counts on. The days of the pause that really passed are left out, whatever had
// been expected.
func (d *deciding) resumeClock(act ResumeClock) *Refusal {
	clock, refusal := d.namedClock(act.DeadlineID)
	if refusal != nil {
		return refusal
	}
	if refusal := checkOwnClock(d.state, *clock, d.command.Actor); refusal != nil {
		return refusal
	}
	if refusal := paused(*clock); refusal != nil {
		return refusal
	}
	since := clock.openPause().From
	if earlierDay(d.effectiveAt, since) {
		return refuse(RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is before the pause began, %s", day(d.effectiveAt), day(since)),
			fmt.Sprintf("effectiveAt %s 早于中止开始日 %s", day(d.effectiveAt), day(since)))
	}
	d.continueClock(*clock, d.effectiveAt)
	return nil
}

func (d *deciding) continueClock(clock Deadline, from time.Time) {
	next := clock
	next.Status, next.Pauses = ClockRunning, slices.Clone(clock.Pauses)
	next.openPause().To = Instant(from)
	d.emitAt(from, DeadlineContinued{DeadlineID: clock.ID, Step: clock.Step, Counted: d.recounted(next)})
}

// recounted counts a clock anew and leaves it as it is.
func (d *deciding) recounted(clock Deadline) Counted {
	d.count(&clock)
	return Counted{
		WarnAt: clock.WarnAt, DueAt: clock.DueAt, Provisional: clock.Provisional, Explanation: clock.Explanation,
	}
}

// moved reports whether the calendar in force counts a clock to another day, or no longer
// provisionally.
func (d *deciding) moved(clock Deadline) bool {
	due, err := d.rules.law().CalendarFor(d.state.Division, d.rules.Directory).Due(periodOf(clock))
	return err == nil && (!Instant(due.At).Equal(clock.DueAt) || (due.Provisional || clock.openPause() != nil) != clock.Provisional)
}

// recount counts every open clock by the calendar in force and records what moved, or became
// final. A clock that was missed by the old calendar, and runs by the new one, is revived
// with its order withdrawn. A clock keeps its length and unit, whatever the catalogue says now.
func (d *deciding) recount() {
	for _, clock := range d.state.Deadlines {
		if !clock.Unmet() || clock.Procedure == "" || clock.Round != d.state.Round && clock.OfOffice() {
			continue
		}
		if clock.OfOffice() && !d.state.Stage.Open() {
			continue // what was missed before the end stays so, and nothing runs after it
		}
		if clock.Unit == CalendarDays && !clock.Roll || clock.Unit == Hours || !d.moved(clock) {
			continue
		}
		next := d.recounted(clock)
		moved := clock
		moved.DueAt = next.DueAt
		revived := clock.Status == ClockMissed && moved.OnTime(d.now)
		if clock.Status == ClockMissed && !revived {
			continue // missed by either calendar: what followed from it stands
		}
		d.emitAs(System, d.now, DeadlineRecounted{
			DeadlineID: clock.ID, Step: clock.Step, Before: clock.DueAt, Counted: next,
			LawVersion: d.rules.law().Version(), Revived: revived,
		})
		if revived {
			d.withdrawOrders(clock.ID, d.now)
		}
	}
}

func each[T, U any](list []T, of func(T) U) []U {
	out := make([]U, len(list))
	for i, value := range list {
		out[i] = of(value)
	}
	return out
}

// expectedEnd is the first instant after the last day that the pause was expected to take.
func (p ClockPause) expectedEnd() time.Time {
	until, err := time.ParseInLocation(time.DateOnly, p.Until, Shanghai)
	if err != nil {
		return p.From // not reached: checked before it came into the record
	}
	return until.AddDate(0, 0, 1)
}
