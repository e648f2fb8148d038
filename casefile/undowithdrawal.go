package casefile

import (
	"fmt"
	"time"
)

// StepWithdrawalUndo is the party's window to undo a withdrawal.
const StepWithdrawalUndo = "withdrawal-undo"

// startUndoing opens the window in which the party who withdrew may take that back as their
// own right. Later it is an ordinary reopening.
func (d *deciding) startUndoing(party string, from time.Time) {
	if rule, ok := d.rule(caseClosing, StepWithdrawalUndo, from); ok {
		d.startClock(rule.belongingTo(party), from)
	}
}

// undoing is the window of the withdrawal by which the case ended, or nil.
func (s State) undoing() *Deadline {
	if s.Stage != StageWithdrawn {
		return nil
	}
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		if clock := &s.Deadlines[i]; clock.Step == StepWithdrawalUndo && clock.Round == s.Round {
			return clock
		}
	}
	return nil
}

// reopening lets a clerk take down that a party undoes its withdrawal, while that is the
// party's right. Any other reopening is decided by who answers for the unit; one of a matter
// that a re-review made final, by the level above, which alone may correct it.
func reopening(state State, actor Actor) *Refusal {
	if actor.Role == RoleClerk {
		if clock := state.undoing(); clock == nil || !clock.Running() {
			return refuse(RefusedWrongRole, nil,
				"a clerk reopens a case only where a party undoes its withdrawal in time",
				"只有当事人在期限内反悔撤回的，受理员才能重新启动案件")
		}
	}
	if state.Final() && actor.UnitID == state.ResponsibleUnitID {
		return refuse(RefusedAlreadyDone, nil,
			"the re-review has answered this for good: only the organ above reopens it, to correct an error "+
				"(Regulations on Petition Work, art. 36)",
			"本事项已经复核终结，不再受理；确有错误的，由上级机关、单位重新启动（《信访工作条例》第三十六条）")
	}
	return nil
}

// checkReopening refuses a clerk's reopening that is dated after the window.
func (d *deciding) checkReopening(undoes bool) *Refusal {
	if undoes || d.command.Actor.Role != RoleClerk {
		return nil
	}
	clock := d.state.undoing()
	return refuse(RefusedOutOfOrder, at("effectiveAt"),
		fmt.Sprintf("the party could undo its withdrawal until %s; a reopening after that is decided by the unit", day(clock.DueAt)),
		fmt.Sprintf("当事人可在 %s 前反悔撤回，此后由单位决定是否重新启动", day(clock.DueAt)))
}
