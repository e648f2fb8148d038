package api

import (
	"strconv"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// reviewing are the acts of review and re-review; nil for any other input.
func (w *writing) reviewing(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.RequestReviewInput:
		return casefile.RequestReview{ReviewAsked: w.reviewAsked(in.ReviewAskedInput)}
	case schema.RequestReReviewInput:
		return casefile.RequestReReview{ReviewAsked: w.reviewAsked(in.ReviewAskedInput)}
	case schema.IssueReviewOpinionInput:
		return casefile.IssueReviewOpinion{ReviewOpinion: w.reviewOpinion(in.ReviewOpinionInput)}
	case schema.IssueReReviewOpinionInput:
		return casefile.IssueReReviewOpinion{ReviewOpinion: w.reviewOpinion(in.ReviewOpinionInput)}
	}
	return nil
}

func (w *writing) reviewAsked(in schema.ReviewAskedInput) casefile.ReviewAsked {
	return casefile.ReviewAsked{
		PartyID: w.sub("Party", at("partyId"), in.PartyID), UnitID: w.id("Unit", at("unitId"), in.UnitID),
		Reason:     w.text(casefile.TextReason, at("reason"), in.Reason, true),
		LateReason: w.text(casefile.TextReason, at("lateReason"), in.LateReason, false),
	}
}

func (w *writing) reviewOpinion(in schema.ReviewOpinionInput) casefile.ReviewOpinion {
	return casefile.ReviewOpinion{
		Outcome:    in.Outcome,
		Facts:      w.text(casefile.TextFacts, at("facts"), in.Facts, true),
		Reasons:    w.text(casefile.TextOpinion, at("reasons"), in.Reasons, true),
		LegalBasis: w.text(casefile.TextLegalBasis, at("legalBasis"), in.LegalBasis, true),
		Claims:     w.opinions(in.Claims),
	}
}

// opinions are results for claims, each with its texts put aside.
func (w *writing) opinions(inputs []schema.ClaimOpinionInput) []casefile.ClaimOpinion {
	var opinions []casefile.ClaimOpinion
	for i, claim := range inputs {
		field := at("claims", strconv.Itoa(i))
		opinions = append(opinions, casefile.ClaimOpinion{
			ClaimID: w.claimID(under(field, "claim"), claim.Claim), Outcome: claim.Outcome,
			Facts:      w.text(casefile.TextFacts, under(field, "facts"), claim.Facts, true),
			Reasons:    w.text(casefile.TextOpinion, under(field, "reasons"), claim.Reasons, true),
			LegalBasis: w.text(casefile.TextLegalBasis, under(field, "legalBasis"), claim.LegalBasis, true),
		})
	}
	return opinions
}

// answersClaims reports whether an input may name claims in their words.
func answersClaims(input schema.Input) bool {
	switch input.(type) {
	case schema.IssueDecisionInput, schema.IssueReviewOpinionInput, schema.IssueReReviewOpinionInput, schema.SplitCaseInput:
		return true
	}
	return false
}
