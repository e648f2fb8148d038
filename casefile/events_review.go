package casefile

import (
	"fmt"
	"slices"
	"time"
)

// ReviewRequested takes down a petitioner's request; its EffectiveAt is the day of the
// request. The first one brings the case before the reviewing organ, another party's joins it.
type ReviewRequested struct {
	ReviewID   string `json:"reviewId"`
	Stage      Stage  `json:"stage"` // REVIEW or RE_REVIEW
	DecisionID string `json:"decisionId,omitempty"`
	UnitID     string `json:"unitId"`
	PartyID    string `json:"partyId"`
	Reason     TextID `json:"reason"`
	LateReason TextID `json:"lateReason,omitempty"`
	// Late says that the party's window had run out; the reviewing organ answers that.
	Late bool `json:"late,omitempty"`
}

// ReviewOpinionIssued is the reviewing organ's answer; NoticeID is to be served.
type ReviewOpinionIssued struct {
	ReviewID string `json:"reviewId"`
	Stage    Stage  `json:"stage"`
	ReviewOpinion
	NoticeID      string   `json:"noticeId"`
	NoticeParties []string `json:"noticeParties,omitempty"`
}

// ReviewConcluded ends a review on the day on which its opinion had reached everybody: the
// case goes back to where it was, with the result that now stands. Where the matter has to be
// handled anew, it goes back to the unit that decided, at once.
type ReviewConcluded struct {
	ReviewID string        `json:"reviewId"`
	Stage    Stage         `json:"stage"`
	Review   ReviewOutcome `json:"review"`
	// Outcome is the case's outcome from now on; empty where there is none.
	Outcome Outcome `json:"outcome,omitempty"`
}

func (ReviewRequested) eventType() string     { return "ReviewRequested" }
func (ReviewOpinionIssued) eventType() string { return "ReviewOpinionIssued" }
func (ReviewConcluded) eventType() string     { return "ReviewConcluded" }

func (b ReviewRequested) apply(s *State, event Event) {
	request := ReviewRequest{
		PartyID: b.PartyID, RequestedAt: event.EffectiveAt, TakenDownBy: event.Actor.PersonID,
		Reason: b.Reason, LateReason: b.LateReason, Late: b.Late,
	}
	if s.openReview() != nil {
		s.changeReview(b.ReviewID, func(r *Review) { r.Requests = appended(r.Requests, request) })
		return
	}
	from := s.Stage
	if s.Pending != nil {
		from, s.Pending = s.Pending.AskedIn, nil
	}
	s.Reviews = appended(s.Reviews, Review{
		ID: b.ReviewID, Stage: b.Stage, DecisionID: b.DecisionID, UnitID: b.UnitID, From: from,
		Requests: []ReviewRequest{request},
	})
	s.ClosedAt = time.Time{}
	s.enter(b.Stage, event.EffectiveAt)
}

func (b ReviewOpinionIssued) apply(s *State, event Event) {
	s.changeReview(b.ReviewID, func(r *Review) {
		r.ReviewOpinion, r.DecidedAt, r.DecidedBy, r.NoticeID = b.ReviewOpinion, event.EffectiveAt, event.Actor.PersonID, b.NoticeID
	})
	kind := NoticeReviewOpinion
	if b.Stage == StageReReview {
		kind = NoticeReReviewOpinion
	}
	s.addNotice(b.NoticeID, kind, b.NoticeParties, event.EffectiveAt)
}

func (b ReviewConcluded) apply(s *State, event Event) {
	from := s.openReview().From
	s.changeReview(b.ReviewID, func(r *Review) { r.ConcludedAt = event.EffectiveAt })
	switch {
	case b.Review == ReviewRedo:
		s.Redos++
		s.backToWork(event.EffectiveAt)
		return
	case from == StageClosed:
		s.finish(StageClosed, event.EffectiveAt)
	default:
		s.enter(from, event.EffectiveAt)
	}
	s.Outcome = b.Outcome
}

func (s *State) changeReview(id string, change func(*Review)) {
	s.Reviews = slices.Clone(s.Reviews)
	for i := range s.Reviews {
		if s.Reviews[i].ID == id {
			change(&s.Reviews[i])
		}
	}
}

func (b ReviewRequested) sentence(t telling) string {
	en, zh := t.reviewed(b.Stage)
	lateEN, lateZH := "", ""
	if b.Late {
		lateEN, lateZH = ", after the last day for it", "（已逾期）"
	}
	unit := t.unit(b.UnitID)
	return t.did(fmt.Sprintf("took down the request of party %s for a %s by %s%s", b.PartyID, en, unit, lateEN),
		fmt.Sprintf("登记当事人%s向%s提出的%s请求%s", b.PartyID, unit, zh, lateZH))
}

func (b ReviewOpinionIssued) sentence(t telling) string {
	en, zh := t.reviewed(b.Stage)
	outcome := t.label("ReviewOutcome", string(b.Outcome))
	return t.did(fmt.Sprintf("issued the %s opinion %s: %s", en, b.ReviewID, outcome),
		fmt.Sprintf("出具%s意见%s：%s", zh, b.ReviewID, outcome))
}

func (b ReviewConcluded) sentence(t telling) string {
	en, zh := t.reviewed(b.Stage)
	if b.Review == ReviewRedo {
		return t.say("The case went back to be handled anew after the "+en, "经"+zh+"责令重新办理，案件退回办理单位")
	}
	return t.say("The "+en+" was concluded: "+t.label("ReviewOutcome", string(b.Review)),
		zh+"终结，结果："+t.label("ReviewOutcome", string(b.Review)))
}

// reviewed is what a stage of review is called; a record without one is called a review.
func (t telling) reviewed(stage Stage) (en, zh string) {
	if stage != StageReReview {
		stage = StageReview
	}
	return Label("CaseStage", string(stage), English), Label("CaseStage", string(stage), Chinese)
}

// reviewEvents are the events of review and re-review.
var reviewEvents = []eventKind{
	eventOf[ReviewRequested](),
	eventOf[ReviewOpinionIssued](),
	eventOf[ReviewConcluded](),
}
