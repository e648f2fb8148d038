package casefile

// goodReview makes an act of review that the rules take; known is false for any other act.
func (w *walker) goodReview(name string) (act Act, known bool) {
	switch name {
	case "objectTransfer":
		if !w.state.clock(StepObjection).OnTime(w.now) {
			return nil, true // the working days for it have run out
		}
		return ObjectTransfer{Reason: "reason"}, true
	case "answerObjection":
		agreed := w.chance(50) && !closedTo(w.state.Exclusions, w.state.Forwarding.FromUnitID, w.dir)
		return AnswerObjection{Agreed: agreed, Reason: "reason"}, true
	case "decideCompetence":
		f := w.state.Forwarding
		if w.chance(50) && !closedTo(w.state.Exclusions, f.FromUnitID, w.dir) {
			return DecideCompetence{UnitID: f.FromUnitID, Reason: "reason"}, true
		}
		return DecideCompetence{UnitID: f.ToUnitID, Reason: "reason"}, true
	case "requestReview":
		return RequestReview{w.asked(StageReview)}, true
	case "requestReReview":
		return RequestReReview{w.asked(StageReReview)}, true
	case "issueReviewOpinion":
		return IssueReviewOpinion{w.reviewed()}, true
	case "issueReReviewOpinion":
		return IssueReReviewOpinion{w.reviewed()}, true
	}
	return nil, false
}

func (w *walker) asked(stage Stage) ReviewAsked {
	asked := ReviewAsked{PartyID: pick(w, w.state.mayAsk()...), Reason: "reason"}
	if open := w.state.openReview(); open == nil {
		asked.UnitID = pick(w, reviewOrgans(w.state, w.dir, stage)...)
	}
	return asked
}

func (w *walker) reviewed() ReviewOpinion {
	opinion := ReviewOpinion{
		Outcome: pick(w, ReviewUpheld, ReviewChanged, ReviewRedo, ReviewNotAdmitted), Facts: "facts", Reasons: "reasons", LegalBasis: "law",
	}
	if opinion.Outcome != ReviewChanged {
		return opinion
	}
	last := w.state.lastDecision()
	if last == nil {
		opinion.Outcome = ReviewUpheld
		return opinion
	}
	changed := w.state.standing(*last)[0]
	changed.Outcome = map[DecisionOutcome]DecisionOutcome{
		DecisionSupported: DecisionExplained, DecisionExplained: DecisionNotSupported, DecisionNotSupported: DecisionSupported,
	}[changed.Outcome]
	opinion.Claims = []ClaimOpinion{changed}
	return opinion
}

// settling makes a review end the matter, where a walk wants to come to an end.
func settling(act Act) Act {
	upheld := ReviewOpinion{Outcome: ReviewUpheld, Facts: "facts", Reasons: "reasons", LegalBasis: "law"}
	switch act.(type) {
	case IssueReviewOpinion:
		return IssueReviewOpinion{upheld}
	case IssueReReviewOpinion:
		return IssueReReviewOpinion{upheld}
	}
	return act
}
