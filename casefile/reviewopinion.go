package casefile

import (
	"fmt"
	"slices"
	"time"
)

// issueReview (复查意见、复核意见) answers a request. The petitioners are served; where the matter
// must be handled anew, it goes back to the unit that decided at once.
func (d *deciding) issueReview(opinion ReviewOpinion) *Refusal {
	if refusal := first(
		checkTerm("ReviewOutcome", opinion.Outcome, true, at("outcome")),
		requireValue(opinion.Facts, "facts"),
		requireValue(opinion.Reasons, "reasons"),
		requireValue(opinion.LegalBasis, "legalBasis"),
	); refusal != nil {
		return refusal
	}
	if refusal := d.checkChanges(opinion); refusal != nil {
		return refusal
	}
	review := *d.state.openReview()
	issued := ReviewOpinionIssued{
		ReviewID: review.ID, Stage: review.Stage, ReviewOpinion: opinion,
		NoticeID: d.nextNotice(), NoticeParties: d.state.initiators(),
	}
	d.emit(issued)
	_, own := reviewSteps(review.Stage)
	if clock := d.state.window(own, review.ID); clock != nil && clock.Unmet() {
		d.meet(*clock, d.effectiveAt, issued)
	}
	switch {
	case opinion.Outcome == ReviewRedo:
		d.closeWindows(StepReviewRequest, StepReReviewRequest)
		d.emit(ReviewConcluded{ReviewID: review.ID, Stage: review.Stage, Review: ReviewRedo})
		d.startHandlingAnew()
	case opinion.Outcome != ReviewNotAdmitted:
		window, _ := reviewSteps(review.Stage)
		d.closeWindows(window)
	}
	if open := d.state.openReview(); open != nil && len(issued.NoticeParties) == 0 {
		d.concludeReview(*open, d.effectiveAt)
	}
	return nil
}

// startHandlingAnew counts handling from the order to do it again. No text sets a length for
// that, so it is that of the step, by choice.
func (d *deciding) startHandlingAnew() {
	if rule, ok := d.rule(d.state.Procedure, StepHandling, d.state.AcceptedAt); ok {
		d.startClock(fromReopening(rule), d.effectiveAt)
	}
}

// checkChanges wants new results where, and only where, the outcome is CHANGED.
func (d *deciding) checkChanges(opinion ReviewOpinion) *Refusal {
	if opinion.Outcome != ReviewChanged {
		if len(opinion.Claims) == 0 {
			return nil
		}
		return refuse(RefusedInvalid, at("claims"),
			"only a review that is CHANGED gives claims another result", "只有结果为“变更”的意见才填写诉求的新结果")
	}
	if len(opinion.Claims) == 0 {
		return required(at("claims"))
	}
	if refusal := d.checkResults(opinion.Claims); refusal != nil {
		return refusal
	}
	last := d.state.lastDecision()
	if last == nil || !sameResults(opinion.Claims, d.state.standing(*last)) {
		return nil
	}
	return refuse(RefusedInvalid, at("claims"),
		"every claim keeps its result: an opinion that changes nothing is UPHELD", "各项诉求的结果均未变化，应为“维持”")
}

// sameResults reports whether each result is the one that stands.
func sameResults(opinions, standing []ClaimOpinion) bool {
	for _, opinion := range opinions {
		if !slices.ContainsFunc(standing, func(c ClaimOpinion) bool {
			return c.ClaimID == opinion.ClaimID && c.Outcome == opinion.Outcome
		}) {
			return false
		}
	}
	return true
}

// concludeReview ends a review whose opinion has reached everybody. The first conclusion's
// date stands, and no new round begins. A case that would close with it stays open while its
// end is held back.
func (d *deciding) concludeReview(review Review, date time.Time) {
	outcome := d.state.Outcome
	if review.Outcome == ReviewChanged {
		claims := review.Claims
		if last := d.state.lastDecision(); last != nil {
			claims = d.state.standing(*last)
		}
		outcome = decidedOutcome(claims)
	}
	if review.From == StageClosed {
		if d.endHeld() {
			return
		}
		d.cancelClocks(date)
	}
	d.emitAt(date, ReviewConcluded{ReviewID: review.ID, Stage: review.Stage, Review: review.Outcome, Outcome: outcome})
	d.announceFinality()
	if d.state.Stage == StageEvaluation && len(d.state.toAsk()) == 0 && !d.endHeld() {
		// Everybody had been asked when the review was requested, and the end was held back.
		d.evaluated(d.command.Actor, date)
		return
	}
	d.startEvaluation(date)
}

// checkNotRepeated refuses a new opinion that repeats the one which a review sent back: the
// same result needs facts or reasons that are new (责令重新办理 of the review rules).
func (d *deciding) checkNotRepeated(act IssueDecision) *Refusal {
	last := d.state.lastDecision()
	if last == nil || act.NewGrounds != "" || !d.state.sentBack(last.ID) || !sameResults(act.Claims, d.state.standing(*last)) {
		return nil
	}
	return refuse(RefusedRequired, at("newGrounds"),
		fmt.Sprintf("opinion %s was sent back and every claim would have the same result again: say in newGrounds which facts or "+
			"reasons are new", last.ID),
		fmt.Sprintf("处理意见 %s 已被责令重新办理，本次各项结果与其相同：请在 newGrounds 说明新的事实和理由", last.ID))
}

// sentBack reports whether a review ordered the matter of an opinion to be handled anew.
func (s State) sentBack(decision string) bool {
	return slices.ContainsFunc(s.Reviews, func(r Review) bool { return r.DecisionID == decision && r.Outcome == ReviewRedo })
}
