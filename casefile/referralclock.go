package casefile

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// startReferralClock starts the clock that the receiving organ's procedure has for what it
// does next: taking the matter in, or deciding it. It is the organ's, so nobody here is
// chased for it.
func (d *deciding) startReferralClock(r Referral, taken bool) {
	p, ok := d.rules.law().procedureOn(r.Procedure, procedure.Date(r.ProcedureFrom))
	if !ok {
		return
	}
	decision := procedure.Handling
	if r.Channel == ChannelPublicSecurity { // its handling step is the police's own mediation
		decision = "case"
	}
	acceptance, first := clockRuleOf(p, StepAcceptance)
	rule, ok := clockRuleOf(p, decision)
	switch {
	case !taken && first:
		rule, ok = acceptance, true
	case !taken && !fromReceipt(rule):
		return
	case taken && d.state.clockOf(decision, r.ID) != nil:
		return // it has run since the referral
	}
	if !ok {
		return
	}
	rule.step.Owner = procedure.OwnerOtherOrgan
	d.startClock(rule.belongingTo(r.ID), d.effectiveAt)
}

// fromReceipt reports whether the organ's time runs from the day on which the matter reaches
// it, not from that on which it takes it in.
func fromReceipt(rule clockRule) bool {
	switch rule.step.CountedFrom {
	case procedure.EventReceived, procedure.EventApplicationReceived, procedure.EventComplaintReceived, procedure.EventEntrustmentReceived:
		return true
	}
	return false
}

// endReferral stops the clocks of a referral, and lets the case's own go on after an
// appraisal.
func (d *deciding) endReferral(id string, by Body) {
	for _, clock := range d.state.Deadlines {
		if clock.Of == id && clock.Round == d.state.Round {
			d.meetClockOf(clock.Step, id, d.effectiveAt, by)
		}
	}
	if d.state.referral(id).Channel == ChannelAppraisal {
		d.resumeAfterAppraisal()
	}
}

// pauseForAppraisal stops the case's handling clock from the day of the entrustment, where
// its procedure leaves the time of an appraisal out.
func (d *deciding) pauseForAppraisal() {
	clock := d.state.clock(StepHandling)
	if clock == nil || pausable(*clock) != nil || !slices.Contains(clock.MayPause, procedure.PauseAppraisal) ||
		d.checkPauseDates(*clock, "") != nil {
		return
	}
	pause := ClockPause{Reason: procedure.PauseAppraisal, From: d.effectiveAt}
	next := *clock
	next.Status, next.Pauses = ClockPaused, appended(clock.Pauses, pause)
	d.emit(DeadlineSuspended{DeadlineID: clock.ID, Step: clock.Step, Pause: pause, Counted: d.recounted(next)})
}

// resumeAfterAppraisal counts on when the last appraisal is back.
func (d *deciding) resumeAfterAppraisal() {
	if slices.ContainsFunc(d.state.openReferrals(), func(r Referral) bool { return r.Channel == ChannelAppraisal }) {
		return
	}
	clock := d.state.clock(StepHandling)
	if clock == nil || clock.Status != ClockPaused || clock.openPause().Reason != procedure.PauseAppraisal {
		return
	}
	d.continueClock(*clock, later(d.effectiveAt, clock.openPause().From))
}

// referable wants a dispute or an appeal that is not answered yet, and no referral that
// holds everything else.
func referable(state State, dir Directory) *Refusal {
	if state.Kind == Petition && state.PetitionType != Appeal {
		return refuse(RefusedInvalid, nil,
			fmt.Sprintf("a %s takes no legal way: only disputes and appeals do (Regulations on Petition Work, art. 31)", Label("PetitionType", string(state.PetitionType), English)),
			fmt.Sprintf("%s类事项不导入法律途径，只有矛盾纠纷和申诉求决可以（《信访工作条例》第三十一条）", Label("PetitionType", string(state.PetitionType), Chinese)))
	}
	if refusal := roomForReferral(state, nil); refusal != nil {
		return refusal
	}
	if r := state.blockingReferral(); r != nil {
		return refuse(RefusedAlreadyDone, nil,
			fmt.Sprintf("referral %s is open, and nothing else goes on meanwhile", r.ID), fmt.Sprintf("导入事项 %s 尚未了结，其间暂停其他办理", r.ID))
	}
	return notYetDecided(state, dir)
}

func roomForReferral(state State, field []string) *Refusal {
	if len(state.Referrals) < maxReferrals {
		return nil
	}
	return refuse(RefusedTooLong, field,
		fmt.Sprintf("the case has %d referrals, which is the most", maxReferrals), fmt.Sprintf("本案已导入%d次，达到上限", maxReferrals))
}

// someReferral wants an open referral that suits, and that is the actor's.
func someReferral(suits func(State, Referral, Actor) bool) func(State, Actor) *Refusal {
	return func(state State, actor Actor) *Refusal {
		for _, r := range state.openReferrals() {
			if suits(state, r, actor) {
				return nil
			}
		}
		return refuse(RefusedIncomplete, nil, "no referral of this case waits for you to record that", "本案没有待您登记的导入事项")
	}
}

// referralsBack wants the referrals back before the case is closed.
func referralsBack(state State) *Refusal {
	for _, r := range state.openReferrals() {
		return refuse(RefusedIncomplete, nil,
			fmt.Sprintf("referral %s is still out: record its result, or take it back", r.ID), fmt.Sprintf("导入事项 %s 尚未了结，请先登记结果或者撤回", r.ID))
	}
	return nil
}
