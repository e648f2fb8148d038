package casefile

import (
	"fmt"
	"slices"
	"strings"
)

// CaseDispatched (派单) asks units for their part. Each has a clock of its own.
type CaseDispatched struct {
	ByUnitID    string         `json:"byUnitId"`
	Dispatches  []SentDispatch `json:"dispatches"`
	Instruction TextID         `json:"instruction"`
}

// SentDispatch is one unit's part.
type SentDispatch struct {
	ID string `json:"id"`
	DispatchTarget
}

// DispatchReplied is a unit's answer. Late says that it came after the day it was owed.
type DispatchReplied struct {
	DispatchID string `json:"dispatchId"`
	UnitID     string `json:"unitId"`
	Reply      TextID `json:"reply"`
	Late       bool   `json:"late,omitempty"`
}

// DispatchSentBack says that a unit sent its dispatch back, or that the dispatcher took it
// back (TakenBack).
type DispatchSentBack struct {
	DispatchID string `json:"dispatchId"`
	UnitID     string `json:"unitId"`
	Reason     TextID `json:"reason"`
	TakenBack  bool   `json:"takenBack,omitempty"`
}

// CaseRaised (向上请办) hands the case to the office above, which goes on with it in the same
// stage and on the same clocks.
type CaseRaised struct {
	FromUnitID string   `json:"fromUnitId"`
	ToUnitID   string   `json:"toUnitId"`
	Division   Division `json:"division"`
	Reason     TextID   `json:"reason"`
}

// RaisedCaseReturned gives a raised case back to the office below.
type RaisedCaseReturned struct {
	FromUnitID string `json:"fromUnitId"`
	ToUnitID   string `json:"toUnitId"`
	Reason     TextID `json:"reason"`
}

func (CaseDispatched) eventType() string     { return "CaseDispatched" }
func (DispatchReplied) eventType() string    { return "DispatchReplied" }
func (DispatchSentBack) eventType() string   { return "DispatchSentBack" }
func (CaseRaised) eventType() string         { return "CaseRaised" }
func (RaisedCaseReturned) eventType() string { return "RaisedCaseReturned" }

func (b CaseDispatched) apply(s *State, event Event) {
	for _, sent := range b.Dispatches {
		s.Dispatches = appended(s.Dispatches, Dispatch{
			ID: sent.ID, UnitID: sent.UnitID, Lead: sent.Lead, ByUnitID: b.ByUnitID, By: event.Actor.PersonID,
			Status: DispatchSent, SentAt: event.EffectiveAt, ReplyBy: sent.ReplyBy, Instruction: b.Instruction, Round: s.Round,
		})
	}
}

func (b DispatchReplied) apply(s *State, event Event) {
	s.changeDispatch(b.DispatchID, func(d *Dispatch) {
		d.Status, d.Reply, d.RepliedAt, d.RepliedBy = DispatchAnswered, b.Reply, event.EffectiveAt, event.Actor.PersonID
	})
}

func (b DispatchSentBack) apply(s *State, event Event) {
	s.changeDispatch(b.DispatchID, func(d *Dispatch) {
		d.Status, d.Reason, d.ReturnedAt, d.TakenBack = DispatchReturned, b.Reason, event.EffectiveAt, b.TakenBack
	})
}

func (b CaseRaised) apply(s *State, event Event) {
	s.Raises = appended(s.Raises, Raise{
		FromUnitID: b.FromUnitID, ToUnitID: b.ToUnitID, Division: s.Division, HandlerID: s.HandlerID,
		At: event.EffectiveAt, Reason: b.Reason, Round: s.Round,
	})
	s.ResponsibleUnitID, s.Division, s.HandlerID = b.ToUnitID, b.Division, ""
}

func (b RaisedCaseReturned) apply(s *State, event Event) {
	s.Raises = slices.Clone(s.Raises)
	raise := &s.Raises[len(s.Raises)-1]
	raise.ReturnedAt = event.EffectiveAt
	s.ResponsibleUnitID, s.Division, s.HandlerID = b.ToUnitID, raise.Division, raise.HandlerID
}

func (b CaseDispatched) sentence(t telling) string {
	var en, zh []string
	for _, sent := range b.Dispatches {
		part := t.say("to assist", "协办")
		if sent.Lead {
			part = t.say("as lead", "主办")
		}
		en = append(en, fmt.Sprintf("%s %s, reply by %s", t.unit(sent.UnitID), part, sent.ReplyBy))
		zh = append(zh, fmt.Sprintf("%s（%s，%s前回复）", t.unit(sent.UnitID), part, sent.ReplyBy))
	}
	return t.did("dispatched the case to "+strings.Join(en, "; "), "将案件派单至"+strings.Join(zh, "、"))
}

func (b DispatchReplied) sentence(t telling) string {
	if b.Late {
		return t.did("replied late to dispatch "+b.DispatchID, "逾期回复派单"+b.DispatchID)
	}
	return t.did("replied to dispatch "+b.DispatchID, "回复派单"+b.DispatchID)
}

func (b DispatchSentBack) sentence(t telling) string {
	if b.TakenBack {
		return t.did(fmt.Sprintf("took dispatch %s back from %s", b.DispatchID, t.unit(b.UnitID)),
			fmt.Sprintf("收回派给%s的派单%s", t.unit(b.UnitID), b.DispatchID))
	}
	return t.did("sent dispatch "+b.DispatchID+" back", "退回派单"+b.DispatchID)
}

func (b CaseRaised) sentence(t telling) string {
	return t.did(fmt.Sprintf("raised the case from %s to %s", t.unit(b.FromUnitID), t.unit(b.ToUnitID)),
		fmt.Sprintf("将案件由%s向上请办至%s", t.unit(b.FromUnitID), t.unit(b.ToUnitID)))
}

func (b RaisedCaseReturned) sentence(t telling) string {
	return t.did("sent the raised case back to "+t.unit(b.ToUnitID), "将请办案件退回"+t.unit(b.ToUnitID))
}

// dispatchEvents are the events of the dispatch.
var dispatchEvents = []eventKind{
	eventOf[CaseDispatched](),
	eventOf[DispatchReplied](),
	eventOf[DispatchSentBack](),
	eventOf[CaseRaised](),
	eventOf[RaisedCaseReturned](),
}
