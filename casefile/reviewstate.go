package casefile

import "time"

// Review (复查, 复核) is one examination of a written opinion by a superior organ.
type Review struct {
	ID string `json:"id"` // unique within the case ("V1")
	// Stage is REVIEW or RE_REVIEW.
	Stage Stage `json:"stage"`
	// DecisionID is the opinion that the matter began with; empty where an imported case has
	// its answer as a text alone.
	DecisionID string `json:"decisionId,omitempty"`
	UnitID     string `json:"unitId"`
	// From is the stage that the case left for the review, and goes back to.
	From     Stage           `json:"from"`
	Requests []ReviewRequest `json:"requests"`
	// What was answered; zero while nothing is.
	ReviewOpinion
	DecidedAt time.Time `json:"decidedAt,omitzero"`
	DecidedBy string    `json:"decidedBy,omitempty"`
	NoticeID  string    `json:"noticeId,omitempty"`
	// ConcludedAt is when the case left the review's stage.
	ConcludedAt time.Time `json:"concludedAt,omitzero"`
}

// ReviewRequest is one petitioner's request.
type ReviewRequest struct {
	PartyID     string    `json:"partyId"`
	RequestedAt time.Time `json:"requestedAt"`
	TakenDownBy string    `json:"takenDownBy"`
	Reason      TextID    `json:"reason"`
	LateReason  TextID    `json:"lateReason,omitempty"`
	Late        bool      `json:"late,omitempty"`
}

// AskedBy reports whether a party has asked for this review.
func (r Review) AskedBy(party string) bool {
	for _, request := range r.Requests {
		if request.PartyID == party {
			return true
		}
	}
	return false
}

// answered reports whether the organ upheld or changed what it reviewed; a request that was
// not admitted, and a matter sent back, leave the way open.
func (r Review) answered() bool { return r.Outcome == ReviewUpheld || r.Outcome == ReviewChanged }

// openReview returns the review that the case is in, or nil; there is one at most.
func (s State) openReview() *Review {
	if n := len(s.Reviews); n > 0 && s.Reviews[n-1].ConcludedAt.IsZero() {
		return &s.Reviews[n-1]
	}
	return nil
}

func (s State) review(id string) *Review {
	for i := range s.Reviews {
		if s.Reviews[i].ID == id {
			return &s.Reviews[i]
		}
	}
	return nil
}

// reviewingUnit is the organ of the latest review; "" before any.
func (s State) reviewingUnit() string {
	if n := len(s.Reviews); n > 0 {
		return s.Reviews[n-1].UnitID
	}
	return ""
}

// lastDecision is the written opinion that stands; nil where none was issued.
func (s State) lastDecision() *Decision {
	if n := len(s.Decisions); n > 0 {
		return &s.Decisions[n-1]
	}
	return nil
}

// answeredReview returns the last review of a stage that upheld or changed an opinion, or nil.
func (s State) answeredReview(decision string, stage Stage) *Review {
	for i := len(s.Reviews) - 1; i >= 0; i-- {
		if r := &s.Reviews[i]; r.DecisionID == decision && r.Stage == stage && r.answered() && !r.ConcludedAt.IsZero() {
			return r
		}
	}
	return nil
}

// ReviewOf returns what a review, or a re-review, of an opinion came to; "" where nothing has
// been answered.
func (s State) ReviewOf(decision string, stage Stage) ReviewOutcome {
	for i := len(s.Reviews) - 1; i >= 0; i-- {
		if r := s.Reviews[i]; r.DecisionID == decision && r.Stage == stage && r.Outcome != "" {
			return r.Outcome
		}
	}
	return ""
}

// Final reports whether a re-review has answered the matter for good: the same facts and
// reasons are not accepted again (信访工作条例 art 36).
func (s State) Final() bool {
	decision := ""
	if last := s.lastDecision(); last != nil {
		decision = last.ID
	}
	return s.Outcome != "" && s.answeredReview(decision, StageReReview) != nil
}

// standing are the results of an opinion's claims as its reviews have left them.
func (s State) standing(decision Decision) []ClaimOpinion {
	return s.opinionsAfter(decision, "")
}

// opinionsAfter are an opinion's claims with what reviews changed, up to and without one.
func (s State) opinionsAfter(decision Decision, before string) []ClaimOpinion {
	claims := append([]ClaimOpinion(nil), decision.Claims...)
	for _, r := range s.Reviews {
		if r.ID == before {
			break
		}
		if r.DecisionID != decision.ID || r.Outcome != ReviewChanged {
			continue
		}
		for _, changed := range r.Claims {
			for i := range claims {
				if claims[i].ClaimID == changed.ClaimID {
					claims[i] = changed
				}
			}
		}
	}
	return claims
}

// window returns the latest clock of a step that belongs to something, of whatever round.
func (s State) window(step, of string) *Deadline {
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		if s.Deadlines[i].Step == step && s.Deadlines[i].Of == of {
			return &s.Deadlines[i]
		}
	}
	return nil
}
