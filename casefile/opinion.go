package casefile

import (
	"fmt"
	"slices"
)

// issueDecision (信访处理意见书) answers every claim with facts, reasons and legal basis
// (信访工作条例 art 32). It concludes the case when all petitioners have been served, or at
// once where there is nobody to serve.
func (d *deciding) issueDecision(act IssueDecision) *Refusal {
	if refusal := first(d.checkOpinions(act.Claims), d.checkNotRepeated(act)); refusal != nil {
		return refusal
	}
	issued := DecisionIssued{
		DecisionID: fmt.Sprintf("O%d", len(d.state.Decisions)+1), Claims: act.Claims,
		NoticeID: d.nextNotice(), NoticeParties: d.state.initiators(), NewGrounds: act.NewGrounds,
	}
	d.emit(issued)
	d.closeWindows(StepReviewRequest, StepReReviewRequest)
	if len(issued.NoticeParties) == 0 {
		d.conclude(decidedOutcome(issued.Claims), d.effectiveAt)
	}
	return nil
}

func (d *deciding) checkOpinions(opinions []ClaimOpinion) *Refusal {
	if refusal := d.checkResults(opinions); refusal != nil {
		return refusal
	}
	for _, claim := range d.state.Claims {
		if !slices.ContainsFunc(opinions, func(o ClaimOpinion) bool { return o.ClaimID == claim.ID }) {
			return refuse(RefusedIncomplete, at("claims"),
				fmt.Sprintf("claim %s is not answered: each claim needs an opinion (Regulations on Petition Work, art. 32)", claim.ID),
				fmt.Sprintf("诉求 %s 没有答复，每项诉求都应有处理意见（《信访工作条例》第三十二条）", claim.ID))
		}
	}
	return nil
}

// checkResults refuses a faulty result, one of no claim, and two of the same.
func (d *deciding) checkResults(opinions []ClaimOpinion) *Refusal {
	if len(opinions) == 0 {
		return required(at("claims"))
	}
	if refusal := checkCount(len(opinions), maxClaims, at("claims")); refusal != nil {
		return refusal
	}
	answered := map[string]bool{}
	for i, opinion := range opinions {
		field := at("claims", i)
		if refusal := d.checkOpinion(opinion, field); refusal != nil {
			return refusal
		}
		if answered[opinion.ClaimID] {
			return refuse(RefusedConflict, within(field, "claim"),
				fmt.Sprintf("claim %s is answered twice", shown(opinion.ClaimID)),
				fmt.Sprintf("诉求 %s 答复了两次", shown(opinion.ClaimID)))
		}
		answered[opinion.ClaimID] = true
	}
	return nil
}

func (d *deciding) checkOpinion(opinion ClaimOpinion, field []string) *Refusal {
	known := len(d.state.Claims) == 0 && opinion.ClaimID == "" ||
		slices.ContainsFunc(d.state.Claims, func(c Claim) bool { return c.ID == opinion.ClaimID })
	if !known {
		if opinion.ClaimID == "" {
			return required(within(field, "claim"))
		}
		return refuse(RefusedNotFound, within(field, "claim"),
			fmt.Sprintf("the case has no claim %s", shown(opinion.ClaimID)),
			fmt.Sprintf("本案没有诉求 %s", shown(opinion.ClaimID)))
	}
	if refusal := checkTerm("DecisionOutcome", opinion.Outcome, true, within(field, "outcome")); refusal != nil {
		return refusal
	}
	if outcomes := decisionOutcomes(d.state.PetitionType); !slices.Contains(outcomes, opinion.Outcome) {
		return refuse(RefusedInvalid, within(field, "outcome"),
			fmt.Sprintf("outcome %s doesn't fit a petition of type %s; it takes %s",
				opinion.Outcome, d.state.PetitionType, terms("DecisionOutcome", outcomes, English)),
			fmt.Sprintf("“%s”不适用于%s，可选%s", Label("DecisionOutcome", string(opinion.Outcome), Chinese),
				Label("PetitionType", string(d.state.PetitionType), Chinese), terms("DecisionOutcome", outcomes, Chinese)))
	}
	for _, text := range []struct {
		name  string
		value TextID
	}{{"facts", opinion.Facts}, {"reasons", opinion.Reasons}, {"legalBasis", opinion.LegalBasis}} {
		if text.value == "" {
			return required(within(field, text.name))
		}
	}
	return nil
}

// decisionOutcomes are the results that a claim can have: a suggestion is adopted or not
// (art 29), an appeal supported, explained or not supported (art 32). For an accusation the
// same three words answer whether it proved true (art 30 names none; by choice).
func decisionOutcomes(petition PetitionType) []DecisionOutcome {
	if petition == Suggestion {
		return []DecisionOutcome{DecisionAdopted, DecisionPartlyAdopted, DecisionNotAdopted}
	}
	return []DecisionOutcome{DecisionSupported, DecisionNotSupported, DecisionExplained}
}

// decidedOutcome derives the case's outcome from its claims: the same where all agree,
// partly where some were granted, otherwise not granted.
func decidedOutcome(opinions []ClaimOpinion) Outcome {
	same := true
	granted, partly := OutcomeNotSupported, OutcomePartlySupported
	some := false
	for _, opinion := range opinions {
		same = same && opinion.Outcome == opinions[0].Outcome
		switch opinion.Outcome {
		case DecisionAdopted, DecisionPartlyAdopted:
			some = true
			granted, partly = OutcomeNotAdopted, OutcomePartlyAdopted
		case DecisionNotAdopted:
			granted, partly = OutcomeNotAdopted, OutcomePartlyAdopted
		case DecisionSupported:
			some = true
		}
	}
	switch {
	case same:
		return Outcome(opinions[0].Outcome)
	case some:
		return partly
	}
	return granted
}
