package casefile

import (
	"fmt"
	"slices"
	"time"
)

// The steps of review and re-review, as the procedures' data name them.
const (
	StepReviewRequest   = "review-request"
	StepReview          = "review"
	StepReReviewRequest = "re-review-request"
	StepReReview        = "re-review"
)

// reviewSteps are the petitioner's window and the organ's own clock of a stage.
func reviewSteps(stage Stage) (window, own string) {
	if stage == StageReReview {
		return StepReReviewRequest, StepReReview
	}
	return StepReviewRequest, StepReview
}

// windowOf is what a petitioner's window belongs to: the opinion, or the review of it, and
// the party on whom it was served.
func windowOf(opinion, party string) string { return opinion + ":" + party }

// reviewRule finds a step of review. Summary handling has none of its own: what it ends in is
// reviewed as any appeal is.
func (d *deciding) reviewRule(step string) (clockRule, bool) {
	if rule, ok := d.rule(d.state.Procedure, step, d.state.AcceptedAt); ok {
		return rule, true
	}
	return d.rule(intakeProcedure(d.state), step, d.effectiveAt)
}

// startWindow opens the petitioner's window from the service of an opinion on that very
// party (信访工作条例 arts 35, 36: 自收到书面答复之日起30日内). Before service there is none.
func (d *deciding) startWindow(notice Notice, party string) {
	if d.state.PetitionType != Appeal {
		return
	}
	step, of := "", ""
	if decision := d.state.lastDecision(); decision != nil && decision.NoticeID == notice.ID {
		step, of = StepReviewRequest, decision.ID
	}
	for _, r := range d.state.Reviews {
		if r.NoticeID == notice.ID && r.Stage == StageReview && r.answered() {
			step, of = StepReReviewRequest, r.ID
		}
	}
	if step == "" {
		return
	}
	if rule, ok := d.reviewRule(step); ok {
		d.startClock(rule.belongingTo(windowOf(of, party)), d.effectiveAt)
	}
}

// closeWindows stops the windows that a new opinion, or the answer to somebody's request,
// has made pointless: whoever had them gets new ones with it.
func (d *deciding) closeWindows(steps ...string) {
	for _, clock := range d.state.Deadlines {
		if slices.Contains(steps, clock.Step) && clock.Running() && clock.OnTime(d.effectiveAt) {
			d.cancelClock(clock, d.effectiveAt)
		}
	}
}

// underReview is what a request of a stage is about, and what its window belongs to.
func (s State) underReview(stage Stage) string {
	if stage == StageReReview {
		if reviewed := s.answeredReview(s.opinionUnderReview(), StageReview); reviewed != nil {
			return reviewed.ID
		}
	}
	return s.opinionUnderReview()
}

// servedOn is when a party received what a request of a stage is about; the conclusion where
// that was never served on them.
func (s State) servedOn(stage Stage, party string) time.Time {
	var notice *Notice
	under := s.underReview(stage)
	if r := s.review(under); r != nil {
		notice = s.notice(r.NoticeID)
	} else if last := s.lastDecision(); last != nil {
		notice = s.notice(last.NoticeID)
	}
	if notice != nil {
		for _, service := range notice.Service {
			if service.PartyID == party {
				return service.ServedAt
			}
		}
	}
	return s.ConcludedAt
}

// requestReview (请求复查、复核) brings the case before a superior organ, whose clock runs from
// the request. One that comes after its last day is recorded as such and answered all the same.
func (d *deciding) requestReview(stage Stage, act ReviewAsked) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	party, refusal := d.knownParty(act.PartyID)
	if refusal != nil {
		return refusal
	}
	if refusal := d.checkAsking(party.ID); refusal != nil {
		return refusal
	}
	unit, refusal := d.reviewOrgan(stage, act.UnitID)
	if refusal != nil {
		return refusal
	}
	window, own := reviewSteps(stage)
	clock := d.state.window(window, windowOf(d.state.underReview(stage), party.ID))
	requested := ReviewRequested{
		ReviewID: fmt.Sprintf("V%d", len(d.state.Reviews)+1), Stage: stage, DecisionID: d.state.opinionUnderReview(),
		UnitID: unit, PartyID: party.ID, Reason: act.Reason, LateReason: act.LateReason,
		Late: clock != nil && !clock.OnTime(d.effectiveAt),
	}
	open := d.state.openReview()
	if open != nil {
		requested.ReviewID = open.ID
	}
	d.emit(requested)
	d.leaveEvaluation()
	if clock != nil && clock.Unmet() {
		d.meet(*clock, d.effectiveAt, requested)
	}
	if rule, ok := d.reviewRule(own); ok && open == nil {
		d.startClock(rule.belongingTo(requested.ReviewID), d.effectiveAt)
	}
	return nil
}

func (d *deciding) checkAsking(party string) *Refusal {
	if !slices.Contains(d.state.initiators(), party) {
		return refuse(RefusedInvalid, at("partyId"),
			fmt.Sprintf("party %s did not bring the matter under a name, so the request is not theirs", party),
			fmt.Sprintf("当事人 %s 不是实名信访人，不能提出请求", party))
	}
	if slices.Contains(d.state.mayAsk(), party) {
		return nil
	}
	return refuse(RefusedAlreadyDone, at("partyId"),
		fmt.Sprintf("party %s has asked for review %s", party, d.state.openReview().ID),
		fmt.Sprintf("当事人 %s 已提出该请求", party))
}

// reviewOrgan settles which organ reviews: the one named, or the only one that can.
func (d *deciding) reviewOrgan(stage Stage, asked string) (string, *Refusal) {
	organs := reviewOrgans(d.state, d.rules.Directory, stage)
	if open := d.state.openReview(); open != nil {
		organs = []string{open.UnitID}
	}
	if asked == "" && len(organs) == 1 {
		return organs[0], nil
	}
	if slices.Contains(organs, asked) {
		return asked, nil
	}
	names := each(organs, func(id string) string { return unitName(d.rules.Directory, id) })
	article := "35"
	zh := "第三十五条"
	if stage == StageReReview {
		article, zh = "36", "第三十六条"
	}
	if asked == "" {
		return "", refuse(RefusedRequired, at("unitId"),
			fmt.Sprintf("say which organ reviews: %s (Regulations on Petition Work, art. %s)", enumerate(names, English), article),
			fmt.Sprintf("请选择受理机关：%s（《信访工作条例》%s）", enumerate(names, Chinese), zh))
	}
	return "", refuse(RefusedNotCompetent, at("unitId"),
		fmt.Sprintf("%s is not superior to the unit whose opinion is reviewed; it takes %s (Regulations on Petition Work, art. %s)",
			unitName(d.rules.Directory, asked), enumerate(names, English), article),
		fmt.Sprintf("%s不是作出意见的机关、单位的上一级，应为%s（《信访工作条例》%s）",
			unitName(d.rules.Directory, asked), enumerate(names, Chinese), zh))
}
