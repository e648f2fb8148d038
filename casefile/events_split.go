package casefile

import (
	"fmt"
	"slices"
)

// CaseSplit lets a part of the case go on as a case of its own, which is then registered.
type CaseSplit struct {
	SplitID string `json:"splitId"`
	SplitCase
}

// SplitDone says that the part that was split off is a case now. Its claims are there.
type SplitDone struct {
	SplitID string   `json:"splitId"`
	CaseID  string   `json:"caseId"`
	Number  string   `json:"number,omitempty"` // empty where it is sealed
	Claims  []string `json:"claims,omitempty"`
}

// SplitFailed says that nothing came of a split.
type SplitFailed struct {
	SplitID string `json:"splitId"`
	Why     string `json:"why"`
	WhyZH   string `json:"whyZh"`
}

func (CaseSplit) eventType() string   { return "CaseSplit" }
func (SplitDone) eventType() string   { return "SplitDone" }
func (SplitFailed) eventType() string { return "SplitFailed" }

func (b CaseSplit) apply(s *State, event Event) {
	s.Splits = appended(s.Splits, Split{
		ID: b.SplitID, NewCaseID: b.NewCaseID, Register: b.Register, Claims: b.Claims, There: b.There, By: event.Actor,
	})
}

func (b SplitDone) apply(s *State, event Event) {
	s.dropSplit(b.SplitID)
	s.Claims = slices.DeleteFunc(slices.Clone(s.Claims), func(c Claim) bool { return slices.Contains(b.Claims, c.ID) })
	s.ClaimsGone += len(b.Claims)
	s.Links = appended(s.Links, Link{
		ID: fmt.Sprintf("L%d", event.Seq), Kind: LinkSplitFrom, CaseID: b.CaseID, Number: b.Number, Inverse: true,
	})
}

func (b SplitFailed) apply(s *State, _ Event) { s.dropSplit(b.SplitID) }

func (s *State) dropSplit(id string) {
	s.Splits = slices.DeleteFunc(slices.Clone(s.Splits), func(x Split) bool { return x.ID == id })
}

// claimsEver counts the claims that the case has had.
func (s State) claimsEver() int { return len(s.Claims) + s.ClaimsGone }

func (b CaseSplit) sentence(t telling) string {
	return t.did("split a part off, to go on as a case of its own", "将部分事项拆分为单独案件")
}

func (b SplitDone) sentence(t telling) string {
	return t.say("What was split off goes on as "+t.otherCase(b.Number), "拆出的事项已另立为"+t.otherCase(b.Number))
}

func (b SplitFailed) sentence(t telling) string {
	return t.say("Nothing was split off: "+b.Why, "未能拆分："+b.WhyZH)
}

// splitEvents are the events of making two cases of one.
var splitEvents = []eventKind{
	eventOf[CaseSplit](),
	eventOf[SplitDone](),
	eventOf[SplitFailed](),
}
