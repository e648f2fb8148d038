package casefile

import (
	"fmt"
)

// someClock is ready where at least one clock of the case is; it refuses as the latest one
// does that is still owed its act. The clock of a supervision order stands still for nothing.
func someClock(ready func(Deadline) *Refusal) func(State, Directory) *Refusal {
	return func(state State, _ Directory) *Refusal {
		refusal := refuse(RefusedIncomplete, nil, "no clock of this case is running", "本案没有正在计算的时限")
		owed := false
		for _, clock := range state.Deadlines {
			if clock.ofOrder() {
				continue
			}
			why := ready(clock)
			if why == nil {
				return nil
			}
			if clock.Unmet() || !owed {
				refusal, owed = why, owed || clock.Unmet()
			}
		}
		return refusal
	}
}

// someOwnClock wants such a clock among those that this actor works against. Where no clock
// is ready at all, that is the better thing to say, and is left to someClock.
func someOwnClock(ready func(Deadline) *Refusal) func(State, Actor) *Refusal {
	return func(state State, actor Actor) *Refusal {
		var others *Refusal
		for _, clock := range state.Deadlines {
			if ready(clock) != nil {
				continue
			}
			if others = checkOwnClock(state, clock, actor); others == nil {
				return nil
			}
		}
		return others
	}
}

// checkOwnClock keeps the clock of a review with the organ that reviews, and every other one
// with those who work on the case.
func checkOwnClock(state State, clock Deadline, actor Actor) *Refusal {
	if review := state.review(clock.Of); review != nil {
		if actor.UnitID == review.UnitID {
			return nil
		}
		return refuse(RefusedJurisdiction, at("deadlineId"),
			fmt.Sprintf("clock %s runs for the organ that reviews, not for you (%s)", clock.ID, cited(clock, English)),
			fmt.Sprintf("时限 %s 属于复查、复核机关（%s）", clock.ID, cited(clock, Chinese)))
	}
	if allowed, _ := clockHands.allows(state, actor, nil); allowed {
		return nil
	}
	return refuse(RefusedJurisdiction, at("deadlineId"),
		fmt.Sprintf("clock %s runs for the unit that handles the case, not for you (%s)", clock.ID, cited(clock, English)),
		fmt.Sprintf("时限 %s 属于办理单位（%s）", clock.ID, cited(clock, Chinese)))
}

// pausable wants a clock that runs and that its procedure lets stand still for some reason.
func pausable(clock Deadline) *Refusal {
	switch clock.Status {
	case ClockRunning:
		if len(clock.MayPause) > 0 {
			return nil
		}
		return refuse(RefusedInvalid, at("deadlineId"),
			fmt.Sprintf("clock %s is paused by nothing: its rule knows no reason (%s)", clock.ID, cited(clock, English)),
			fmt.Sprintf("时限 %s 没有可以中止计算的事由（%s）", clock.ID, cited(clock, Chinese)))
	case ClockPaused:
		return refuse(RefusedAlreadyDone, at("deadlineId"),
			fmt.Sprintf("clock %s is suspended since %s (%s)", clock.ID, day(clock.openPause().From), cited(clock, English)),
			fmt.Sprintf("时限 %s 自 %s 起已中止计算（%s）", clock.ID, day(clock.openPause().From), cited(clock, Chinese)))
	}
	return stopped(clock)
}

func paused(clock Deadline) *Refusal {
	if clock.Status == ClockPaused {
		return nil
	}
	return refuse(RefusedIncomplete, at("deadlineId"),
		fmt.Sprintf("clock %s is not suspended, so it can't be resumed (%s)", clock.ID, cited(clock, English)),
		fmt.Sprintf("时限 %s 没有中止，不能恢复计算（%s）", clock.ID, cited(clock, Chinese)))
}

// extendable wants an office's clock that has not run out and waits for no decision.
func extendable(clock Deadline) *Refusal {
	switch {
	case !clock.Running() && clock.Status != ClockPaused:
		return stopped(clock)
	case !clock.OfOffice():
		return refuse(RefusedInvalid, at("deadlineId"),
			fmt.Sprintf("clock %s is a citizen's or another organ's; the office can't lengthen it (%s)", clock.ID, cited(clock, English)),
			fmt.Sprintf("时限 %s 属于当事人或者其他机关，不能由本单位延长（%s）", clock.ID, cited(clock, Chinese)))
	case clock.undecided() != nil:
		return refuse(RefusedAlreadyDone, at("deadlineId"),
			fmt.Sprintf("an extension of clock %s waits for its decision (%s)", clock.ID, cited(clock, English)),
			fmt.Sprintf("时限 %s 已有一项延长申请待批（%s）", clock.ID, cited(clock, Chinese)))
	case clock.longestExtension() == 0:
		return extendedOut(clock)
	}
	return nil
}

// extendedOut says why a clock takes no extension, or none any more.
func extendedOut(clock Deadline) *Refusal {
	en, zh := "its rule allows no extension", "该程序没有延长的规定"
	if n := clock.Granted(); n > 0 {
		en = fmt.Sprintf("it has been extended %s, as often and as long as its rule allows", count(n, "time"))
		zh = fmt.Sprintf("已延长%d次，达到规定的次数或者长度", n)
	}
	return refuse(RefusedInvalid, at("deadlineId"),
		fmt.Sprintf("clock %s can't be extended: %s (%s)", clock.ID, en, cited(clock, English)),
		fmt.Sprintf("时限 %s 不能延长：%s（%s）", clock.ID, zh, cited(clock, Chinese)))
}

func undecided(clock Deadline) *Refusal {
	if clock.undecided() != nil && (clock.Running() || clock.Status == ClockPaused) {
		return nil
	}
	return refuse(RefusedIncomplete, at("deadlineId"),
		fmt.Sprintf("no extension of clock %s waits for a decision (%s)", clock.ID, cited(clock, English)),
		fmt.Sprintf("时限 %s 没有待批的延长申请（%s）", clock.ID, cited(clock, Chinese)))
}

func stopped(clock Deadline) *Refusal {
	return refuse(RefusedWrongStage, at("deadlineId"),
		fmt.Sprintf("clock %s is %s and runs no more (%s)", clock.ID, clock.Status, cited(clock, English)),
		fmt.Sprintf("时限 %s 状态为“%s”，不再计算（%s）", clock.ID, Label("DeadlineStatus", string(clock.Status), Chinese), cited(clock, Chinese)))
}

func tooLate(clock Deadline) *Refusal {
	return refuse(RefusedOutOfOrder, at("effectiveAt"),
		fmt.Sprintf("clock %s ran out on %s: it can be neither suspended nor lengthened any more (%s)", clock.ID, day(clock.DueAt), cited(clock, English)),
		fmt.Sprintf("时限 %s 已于 %s 届满，不能再中止或者延长（%s）", clock.ID, day(clock.DueAt), cited(clock, Chinese)))
}

// namedClock finds the clock that a command names.
func (d *deciding) namedClock(id string) (*Deadline, *Refusal) {
	if id == "" {
		return nil, required(at("deadlineId"))
	}
	for i := range d.state.Deadlines {
		if d.state.Deadlines[i].ID == id {
			return &d.state.Deadlines[i], nil
		}
	}
	return nil, refuse(RefusedNotFound, at("deadlineId"),
		fmt.Sprintf("the case has no deadline %s", shown(id)), fmt.Sprintf("本案没有时限 %s", shown(id)))
}
