package casefile

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// MergerAskedFor asks a younger case to end in this one.
type MergerAskedFor struct {
	MergerID string `json:"mergerId"`
	MergeCase
}

// MergerAgreed says that the younger case waits for its second person and its notice.
type MergerAgreed struct {
	MergerID string `json:"mergerId"`
}

// MergerFailed says that nothing came of a merger.
type MergerFailed struct {
	MergerID string `json:"mergerId"`
	Why      string `json:"why"`
	WhyZH    string `json:"whyZh"`
}

// MergerRefused sends a case back to where it was: the one that was to take it over could not.
type MergerRefused struct {
	CaseID string `json:"caseId"`
	Number string `json:"number,omitempty"`
	Why    string `json:"why"`
	WhyZH  string `json:"whyZh"`
}

// MergerCalledOff says that the other case knows that nothing came of a merger.
type MergerCalledOff struct {
	MergerID string `json:"mergerId"`
	CaseID   string `json:"caseId"`
}

// CaseTakenOver takes in all that a merged case holds, under ids of this one.
type CaseTakenOver struct {
	MergerID string `json:"mergerId"`
	CaseContent
}

// DeadlineReconciled lets a clock go on as that of a merged case, which is due earlier.
type DeadlineReconciled struct {
	Before   time.Time `json:"before"` // the due instant until now
	Deadline Deadline  `json:"deadline"`
	Number   string    `json:"number,omitempty"` // of the merged case
}

func (MergerAskedFor) eventType() string     { return "MergerAskedFor" }
func (MergerAgreed) eventType() string       { return "MergerAgreed" }
func (MergerFailed) eventType() string       { return "MergerFailed" }
func (MergerRefused) eventType() string      { return "MergerRefused" }
func (MergerCalledOff) eventType() string    { return "MergerCalledOff" }
func (CaseTakenOver) eventType() string      { return "CaseTakenOver" }
func (DeadlineReconciled) eventType() string { return "DeadlineReconciled" }

func (b MergerAskedFor) apply(s *State, event Event) {
	s.Mergers = appended(s.Mergers, Merger{
		ID: b.MergerID, CaseID: b.CaseID, Number: b.Number, By: event.Actor, Reason: b.There, Status: MergerAsked,
	})
}

func (b MergerAgreed) apply(s *State, _ Event) { s.changeMerger(b.MergerID, MergerUnderWay) }

func (b MergerFailed) apply(s *State, _ Event) {
	s.Mergers = slices.DeleteFunc(slices.Clone(s.Mergers), func(m Merger) bool { return m.ID == b.MergerID })
}

func (b MergerRefused) apply(s *State, event Event) {
	s.unmerge(b.Why, b.WhyZH)
	// Nothing has been verified in the end: whoever said yes may work on the case again.
	s.VerifiedBy = slices.DeleteFunc(slices.Clone(s.VerifiedBy), func(who string) bool { return who == s.Pending.Verifier })
	s.voidNotice(s.Pending.NoticeID)
	s.enter(s.Pending.AskedIn, event.EffectiveAt)
	s.Pending = nil
}

func (b MergerCalledOff) apply(s *State, _ Event) {
	s.Unmerged = slices.DeleteFunc(slices.Clone(s.Unmerged), func(u unmerged) bool {
		return u.MergerID == b.MergerID && u.CaseID == b.CaseID
	})
}

func (b CaseTakenOver) apply(s *State, event Event) {
	s.changeMerger(b.MergerID, MergerDone)
	s.Parties = append(slices.Clip(s.Parties), b.Parties...)
	s.Claims = append(slices.Clip(s.Claims), b.Claims...)
	s.TakenOver = appended(s.TakenOver, TakenOver{CaseID: b.CaseID, ExternalIDs: b.ExternalIDs})
	for _, exclusion := range b.Exclusions {
		if !slices.Contains(s.Exclusions, exclusion) {
			s.Exclusions = appended(s.Exclusions, exclusion)
		}
	}
	for _, person := range b.HandledBy {
		s.handled(person)
	}
	if narrowness(b.Confidentiality) > narrowness(s.Confidentiality) {
		s.Confidentiality = b.Confidentiality
	}
	s.Urgent = s.Urgent || b.Urgent
	s.takeOverRepeats(b, event.Seq)
	s.Links = appended(s.Links, Link{
		ID: fmt.Sprintf("L%d", event.Seq), Kind: LinkMergedInto, CaseID: b.CaseID, Number: b.Number, Inverse: true,
	})
}

// takeOverRepeats ties to this case whatever repeats the merged one, and what that one repeats:
// that a re-review answers a matter for good must be known wherever it goes on.
func (s *State) takeOverRepeats(b CaseTakenOver, seq int) {
	for i, link := range b.Repeats {
		if link.CaseID == s.ID || s.linked(LinkRepeat, link.CaseID) {
			continue
		}
		s.Links = appended(s.Links, Link{
			ID: fmt.Sprintf("L%d-%d", seq, i+1), Kind: LinkRepeat, CaseID: link.CaseID, Number: link.Number,
			Final: link.Final, Inverse: link.Inverse, As: cmp.Or(link.As, b.CaseID), By: link.By,
		})
	}
}

func (b DeadlineReconciled) apply(s *State, _ Event) {
	s.changeDeadline(b.Deadline.ID, func(d *Deadline) { *d = b.Deadline })
}

func (s *State) changeMerger(id string, status MergerStatus) {
	s.Mergers = slices.Clone(s.Mergers)
	for i := range s.Mergers {
		if s.Mergers[i].ID == id {
			s.Mergers[i].Status = status
		}
	}
}

// unmerge notes that the other case has to know that nothing came of a proposed merger.
func (s *State) unmerge(why, whyZH string) {
	s.Unmerged = appended(s.Unmerged, unmerged{*s.Pending.Merged, why, whyZH})
}

func (b MergerAskedFor) sentence(t telling) string {
	return t.did("asked "+t.otherCase(b.Number)+" to be merged into this one", "提出将"+t.otherCase(b.Number)+"并入本案")
}

func (MergerAgreed) sentence(t telling) string {
	return t.say("The case to be merged waits for verification and service", "拟并入的案件进入核查和送达")
}

func (b MergerFailed) sentence(t telling) string {
	return t.say("The merger came to nothing: "+b.Why, "并案未成："+b.WhyZH)
}

func (b MergerRefused) sentence(t telling) string {
	return t.say("The case goes on by itself; "+t.otherCase(b.Number)+" could not take it over: "+b.Why,
		t.otherCase(b.Number)+"未能接收，本案继续办理："+b.WhyZH)
}

func (MergerCalledOff) sentence(t telling) string {
	return t.say("The other case knows that the merger came to nothing", "已告知对方案件并案未成")
}

func (b CaseTakenOver) sentence(t telling) string {
	return t.say(fmt.Sprintf("Taken over from %s: %d parties and %d claims; it was merged into this one", t.otherCase(b.Number), len(b.Parties), len(b.Claims)),
		fmt.Sprintf("%s并入本案，转入当事人%d人（个）、诉求%d项", t.otherCase(b.Number), len(b.Parties), len(b.Claims)))
}

func (b DeadlineReconciled) sentence(t telling) string {
	due := day(b.Deadline.DueAt)
	return t.say(fmt.Sprintf("Clock %s goes on as that of %s, due earlier, on %s", b.Deadline.ID, t.otherCase(b.Number), due),
		fmt.Sprintf("时限%s改按%s中届满在先的期限计算，%s届满", b.Deadline.ID, t.otherCase(b.Number), due))
}

// mergeEvents are the events of making one case of two.
var mergeEvents = []eventKind{
	eventOf[MergerAskedFor](),
	eventOf[MergerAgreed](),
	eventOf[MergerFailed](),
	eventOf[MergerRefused](),
	eventOf[MergerCalledOff](),
	eventOf[CaseTakenOver](),
	eventOf[DeadlineReconciled](),
}
