package casefile

import (
	"fmt"
	"time"
)

// Deferral (缓办) puts a case off until a day, with a reason and by leave of a second person.
// It is counted, and it hides nothing: no statutory clock stands still for it.
type Deferral struct {
	// Until is the day (YYYY-MM-DD, Asia/Shanghai) on which the case is taken up again.
	Until   string    `json:"until"`
	Reason  TextID    `json:"reason"`
	AskedBy string    `json:"askedBy"`
	AskedAt time.Time `json:"askedAt"`
	// ApprovedBy is empty while nobody has decided.
	ApprovedBy string    `json:"approvedBy,omitempty"`
	ApprovedAt time.Time `json:"approvedAt,omitzero"`
	// Elapsed says that the day has come.
	Elapsed bool `json:"elapsed,omitempty"`
}

// InForce reports whether the case is put off by leave; nil is not.
func (d *Deferral) InForce() bool { return d != nil && d.ApprovedBy != "" }

// takeUpAt is when the day of taking up begins.
func (d *Deferral) takeUpAt() time.Time {
	at, err := time.ParseInLocation(time.DateOnly, d.Until, Shanghai)
	if err != nil {
		// Not reached: the day was read before it came into the record.
		panic(fmt.Sprintf("deferral until %q: %v", d.Until, err))
	}
	return at
}

func notDeferred(state State, _ Directory) *Refusal {
	if state.Deferral == nil {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		fmt.Sprintf("a deferral until %s has been asked for or approved", state.Deferral.Until),
		fmt.Sprintf("已有至 %s 的缓办申请或缓办", state.Deferral.Until))
}

func deferralAsked(state State, _ Directory) *Refusal {
	if state.Deferral != nil && !state.Deferral.InForce() {
		return nil
	}
	return refuse(RefusedIncomplete, nil, "no deferral waits for approval", "没有待审批的缓办申请")
}

func deferred(state State, _ Directory) *Refusal {
	if state.Deferral.InForce() {
		return nil
	}
	return refuse(RefusedIncomplete, nil, "the case has not been put off", "本案没有缓办")
}

// apartFromDeferring refuses to approve one's own deferral.
func apartFromDeferring(state State, personID string) *Refusal {
	if state.Deferral != nil && state.Deferral.AskedBy == personID {
		return samePerson("you asked for this deferral, so another person must decide on it", "缓办由您申请，应由他人审批")
	}
	return nil
}

func (d *deciding) deferCase(act DeferCase) *Refusal {
	if refusal := first(requireValue(act.Until, "until"), requireValue(act.Reason, "reason")); refusal != nil {
		return refusal
	}
	if refusal := d.checkPutOff(act.Until); refusal != nil {
		return refusal
	}
	d.emit(DeferralRequested{act})
	return nil
}

// checkPutOff wants a day to come, not after a statutory clock of this round runs out: that
// clock doesn't stop, and more time is what an extension is for.
func (d *deciding) checkPutOff(until string) *Refusal {
	at, err := time.ParseInLocation(time.DateOnly, until, Shanghai)
	if err != nil {
		return refuse(RefusedInvalid, []string{"until"},
			fmt.Sprintf("until %s is no day (YYYY-MM-DD)", shown(until)), fmt.Sprintf("until %s 不是日期（YYYY-MM-DD）", shown(until)))
	}
	if !earlierDay(d.now, at) {
		return refuse(RefusedOutOfOrder, []string{"until"},
			fmt.Sprintf("until %s must be a day after today, %s", until, day(d.now)),
			fmt.Sprintf("until %s 应晚于今日 %s", until, day(d.now)))
	}
	for _, clock := range d.state.Deadlines {
		if clock.Round == d.state.Round && clock.Statutory && clock.OfOffice() && clock.Unmet() && earlierDay(clock.DueAt, at) {
			return refuse(RefusedOutOfOrder, []string{"until"},
				fmt.Sprintf("until %s is after clock %s runs out on %s; a deferral doesn't stop it (%s)",
					until, clock.ID, day(clock.DueAt), cited(clock, English)),
				fmt.Sprintf("until %s 晚于时限 %s 的届满日 %s，缓办不停止计算法定期限（%s）",
					until, clock.ID, day(clock.DueAt), cited(clock, Chinese)))
		}
	}
	return nil
}

func (d *deciding) decideDeferral(act DecideDeferral) *Refusal {
	until := d.state.Deferral.Until
	if act.Approved {
		if refusal := d.checkPutOff(until); refusal != nil {
			refusal.Field = []string{"approved"}
			return refusal
		}
	} else if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	d.emit(DeferralDecided{Approved: act.Approved, Until: until, Reason: act.Reason})
	return nil
}
