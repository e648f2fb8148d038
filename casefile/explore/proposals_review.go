package explore

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// The inputs of review and re-review.

func reviewRequests(again bool) func(moment) []proposal {
	return func(m moment) []proposal {
		var list []proposal
		for _, party := range m.state.Parties {
			asked := casefile.ReviewAsked{PartyID: party.ID, Reason: "text"}
			if again {
				list = append(list, proposal{casefile.RequestReReview{ReviewAsked: asked}, party.ID})
			} else {
				list = append(list, proposal{casefile.RequestReview{ReviewAsked: asked}, party.ID})
			}
		}
		return list
	}
}

func reviewOpinions(again bool) func(moment) []proposal {
	return func(m moment) []proposal {
		var list []proposal
		for _, outcome := range []casefile.ReviewOutcome{
			casefile.ReviewUpheld, casefile.ReviewChanged, casefile.ReviewRedo, casefile.ReviewNotAdmitted,
		} {
			if outcome == casefile.ReviewRedo && opinionOwed(m.state) {
				continue
			}
			opinion := casefile.ReviewOpinion{Outcome: outcome, Facts: "text", Reasons: "text", LegalBasis: "text"}
			if outcome == casefile.ReviewChanged {
				opinion.Claims = changedClaims(m.state)
			}
			if again {
				list = append(list, proposal{casefile.IssueReReviewOpinion{ReviewOpinion: opinion}, string(outcome)})
			} else {
				list = append(list, proposal{casefile.IssueReviewOpinion{ReviewOpinion: opinion}, string(outcome)})
			}
		}
		return list
	}
}

// opinionOwed tells whether an opinion of a review has not been served yet. One that sends the
// matter back goes its way before that, and the next could, again and again.
func opinionOwed(s casefile.State) bool {
	return slices.ContainsFunc(s.Notices, func(n casefile.Notice) bool {
		return n.Owed() && (n.Kind == casefile.NoticeReviewOpinion || n.Kind == casefile.NoticeReReviewOpinion)
	})
}

// changedClaims gives the first claim another result than the one that stands.
func changedClaims(s casefile.State) []casefile.ClaimOpinion {
	if len(s.Decisions) == 0 || len(s.Decisions[len(s.Decisions)-1].Claims) == 0 {
		return nil
	}
	changed := s.Decisions[len(s.Decisions)-1].Claims[0]
	for _, review := range s.Reviews {
		for _, claim := range review.Claims {
			if review.DecisionID == s.Decisions[len(s.Decisions)-1].ID && review.Outcome == casefile.ReviewChanged && claim.ClaimID == changed.ClaimID {
				changed = claim
			}
		}
	}
	if changed.Outcome == casefile.DecisionSupported {
		changed.Outcome = casefile.DecisionExplained
	} else {
		changed.Outcome = casefile.DecisionSupported
	}
	return []casefile.ClaimOpinion{changed}
}
