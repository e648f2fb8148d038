package casefile

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// RetaliationAnswered is the unit's answer to a report of retaliation; a second person
// verifies it next.
type RetaliationAnswered struct {
	Finding  RetaliationFinding `json:"finding"`
	Measures TextID             `json:"measures"`
	// NoticeID, NoticeParties and Says are the notice of the answer, for whoever reported it.
	// Empty in records from before it, and where nobody can be told.
	NoticeID      string         `json:"noticeId,omitempty"`
	NoticeParties []string       `json:"noticeParties,omitempty"`
	Says          procedure.Text `json:"says,omitzero"`
}

// HeldCaseTold says that a case whose end the report held back knows that it is answered.
type HeldCaseTold struct {
	CaseID string `json:"caseId"`
}

func (RetaliationAnswered) eventType() string { return "RetaliationAnswered" }
func (HeldCaseTold) eventType() string        { return "HeldCaseTold" }

func (b RetaliationAnswered) apply(s *State, event Event) {
	report := *s.Retaliation
	report.Finding, report.Measures = b.Finding, b.Measures
	report.AnsweredAt, report.AnsweredBy = event.EffectiveAt, event.Actor.PersonID
	s.Retaliation = &report
	s.Pending = &Pending{
		End: StageClosed, AskedBy: event.Actor.PersonID, AskedUnit: event.Actor.UnitID, AskedIn: s.Stage,
		NoticeID: b.NoticeID,
	}
	if b.NoticeID != "" {
		s.addNotice(b.NoticeID, NoticeRetaliation, b.NoticeParties, event.EffectiveAt)
		last := &s.Notices[len(s.Notices)-1]
		last.Remedy, last.Reason = b.Says, b.Measures
	}
	s.enter(StageVerification, event.EffectiveAt)
}

func (b HeldCaseTold) apply(s *State, _ Event) {
	report := *s.Retaliation
	report.Holds = slices.DeleteFunc(slices.Clone(report.Holds), func(id string) bool { return id == b.CaseID })
	s.Retaliation = &report
}

func (b RetaliationAnswered) sentence(t telling) string {
	finding := t.label("RetaliationFinding", string(b.Finding))
	return t.did("answered the report of retaliation: "+finding, "答复打击报复反映，结论："+finding)
}

func (HeldCaseTold) sentence(t telling) string {
	return t.say("The report holds back the end of the case no longer", "不再暂缓相关案件终结")
}

// retaliationEvents are the events about retaliation.
var retaliationEvents = []eventKind{
	eventOf[RetaliationAnswered](),
	eventOf[HeldCaseTold](),
}
