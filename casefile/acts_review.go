package casefile

// ReviewAsked is what a petitioner asks who is not content with a written opinion.
type ReviewAsked struct {
	PartyID string `json:"partyId"`
	// UnitID is the organ that reviews; it may be left out where only one can.
	UnitID string `json:"unitId,omitempty"`
	Reason TextID `json:"reason"`
	// LateReason is why the request comes after its last day, where the party says so.
	LateReason TextID `json:"lateReason,omitempty"`
}

// ReviewOpinion is the reviewing organ's answer.
type ReviewOpinion struct {
	Outcome    ReviewOutcome `json:"outcome"`
	Facts      TextID        `json:"facts"`
	Reasons    TextID        `json:"reasons"`
	LegalBasis TextID        `json:"legalBasis"`
	// Claims are the new results, where the outcome is CHANGED; a claim that is not named
	// keeps its result.
	Claims []ClaimOpinion `json:"claims,omitempty"`
}

// RequestReview (请求复查) takes down a petitioner's request; EffectiveAt is the day on which
// it was made (信访工作条例 art 35).
type RequestReview struct{ ReviewAsked }

// IssueReviewOpinion (复查意见) answers it.
type IssueReviewOpinion struct{ ReviewOpinion }

// RequestReReview (请求复核) takes down a request to review the review (art 36).
type RequestReReview struct{ ReviewAsked }

// IssueReReviewOpinion (复核意见) answers it, for good.
type IssueReReviewOpinion struct{ ReviewOpinion }

func (RequestReview) actName() string        { return "RequestReview" }
func (IssueReviewOpinion) actName() string   { return "IssueReviewOpinion" }
func (RequestReReview) actName() string      { return "RequestReReview" }
func (IssueReReviewOpinion) actName() string { return "IssueReReviewOpinion" }

func (a RequestReview) decide(d *deciding) *Refusal {
	return d.requestReview(StageReview, a.ReviewAsked)
}
func (a IssueReviewOpinion) decide(d *deciding) *Refusal { return d.issueReview(a.ReviewOpinion) }
func (a RequestReReview) decide(d *deciding) *Refusal {
	return d.requestReview(StageReReview, a.ReviewAsked)
}
func (a IssueReReviewOpinion) decide(d *deciding) *Refusal { return d.issueReview(a.ReviewOpinion) }

// askedFromReview are the stages in which a review may be asked for: wherever a served
// opinion stands, and while another party's request waits.
func askedFromReview(stage Stage) []Stage {
	return []Stage{
		StageInvestigation, StageMediation, StageDecision, StageVerification, StageEvaluation, StageClosed, stage,
	}
}

// takingDown may take a request down: the unit that decided, a petition office or centre over
// it, or one of the organs that review it.
var takingDown = authority{
	own:         []Role{RoleClerk, RoleManager, RoleLeader},
	supervising: []Role{RoleClerk, RoleManager, RoleLeader},
	above:       []Role{RoleClerk, RoleManager, RoleLeader},
	superior:    []Role{RoleClerk, RoleManager, RoleLeader},
}

// reviewingHands work on a review, at the organ that it lies with.
var reviewingHands = []Role{RoleClerk, RoleInvestigator, RoleManager, RoleLeader}

// reviewActs are the acts of review and re-review.
var reviewActs = []actKind{
	actOf[RequestReview](actRule{
		stages: askedFromReview(StageReview), who: takingDown, ready: reviewMayBeAsked(StageReview),
	}),
	actOf[IssueReviewOpinion](actRule{
		stages: []Stage{StageReview}, who: authority{reviewing: reviewingHands},
		apart: apartFromReviewed, ready: reviewUnanswered,
	}),
	actOf[RequestReReview](actRule{
		stages: askedFromReview(StageReReview), who: takingDown, ready: reviewMayBeAsked(StageReReview),
	}),
	actOf[IssueReReviewOpinion](actRule{
		stages: []Stage{StageReReview}, who: authority{reviewing: reviewingHands},
		apart: apartFromReviewed, ready: reviewUnanswered,
	}),
}
