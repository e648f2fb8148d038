package casefile

import "fmt"

// DecisionIssued decides the claims; NoticeID is the written opinion to be served.
type DecisionIssued struct {
	DecisionID    string         `json:"decisionId"`
	Claims        []ClaimOpinion `json:"claims"`
	NoticeID      string         `json:"noticeId"`
	NoticeParties []string       `json:"noticeParties,omitempty"`
	NewGrounds    TextID         `json:"newGrounds,omitempty"`
}

// NoticeServed records service; its EffectiveAt is the day of service.
type NoticeServed struct {
	NoticeID          string        `json:"noticeId"`
	PartyID           string        `json:"partyId"`
	Method            ServiceMethod `json:"method"`
	ReceiptDocumentID string        `json:"receiptDocumentId,omitempty"`
}

// CaseConcluded (办结); its EffectiveAt is what the law counts. OnTime is nil where no
// handling clock ran.
type CaseConcluded struct {
	Outcome Outcome `json:"outcome,omitempty"`
	OnTime  *bool   `json:"onTime,omitempty"`
	// Reply is the text by which an imported case was answered.
	Reply TextID `json:"reply,omitempty"`
}

func (DecisionIssued) eventType() string { return "DecisionIssued" }
func (NoticeServed) eventType() string   { return "NoticeServed" }
func (CaseConcluded) eventType() string  { return "CaseConcluded" }

func (b DecisionIssued) apply(s *State, event Event) {
	s.handled(event.Actor.PersonID)
	s.Decisions = appended(s.Decisions, Decision{
		ID: b.DecisionID, DecidedAt: event.EffectiveAt, Claims: b.Claims, NoticeID: b.NoticeID,
	})
	s.addNotice(b.NoticeID, NoticeDecision, b.NoticeParties, event.EffectiveAt)
}

func (b NoticeServed) apply(s *State, event Event) {
	s.applyServed(event, b)
}

func (b CaseConcluded) apply(s *State, event Event) {
	s.Outcome = b.Outcome
	if b.Reply != "" {
		s.Reply = b.Reply
	}
	if s.ConcludedAt.IsZero() {
		s.ConcludedAt, s.ConcludedOnTime = event.EffectiveAt, b.OnTime
	}
}

func (b CaseConcluded) sentence(t telling) string { return t.concluded(b) }
func (b DecisionIssued) sentence(t telling) string {
	n := len(b.Claims)
	return t.did(fmt.Sprintf("issued the written opinion %s on %s", b.DecisionID, count(n, "claim")),
		fmt.Sprintf("出具处理意见%s，答复%d项诉求", b.DecisionID, n))
}

func (b NoticeServed) sentence(t telling) string {
	method := t.label("ServiceMethod", string(b.Method))
	return t.did(fmt.Sprintf("recorded that notice %s was served on party %s (%s)", b.NoticeID, b.PartyID, method),
		fmt.Sprintf("记录文书%s送达当事人%s（%s）", b.NoticeID, b.PartyID, method))
}

// decisionEvents are the events of the decision and its service.
var decisionEvents = []eventKind{
	eventOf[DecisionIssued](),
	eventOf[NoticeServed](),
	eventOf[CaseConcluded](),
}
