package casefile

import (
	"fmt"
	"time"
)

// TransferObjected is the receiver's objection, with its reason.
type TransferObjected struct {
	Reason TextID `json:"reason"`
}

// ObjectionAnswered is the sender's answer. An agreed one returns the case to UnitID.
type ObjectionAnswered struct {
	Agreed   bool     `json:"agreed"`
	Reason   TextID   `json:"reason"`
	UnitID   string   `json:"unitId,omitempty"`
	Division Division `json:"division,omitempty"`
}

// CompetenceDecided names the unit that takes the case, for good.
type CompetenceDecided struct {
	UnitID   string   `json:"unitId"`
	Division Division `json:"division,omitempty"`
	Reason   TextID   `json:"reason"`
}

func (TransferObjected) eventType() string  { return "TransferObjected" }
func (ObjectionAnswered) eventType() string { return "ObjectionAnswered" }
func (CompetenceDecided) eventType() string { return "CompetenceDecided" }

func (b TransferObjected) apply(s *State, event Event) {
	s.changeForwarding(func(f *Forwarding) {
		f.Objection = &Objection{Reason: b.Reason, RaisedBy: event.Actor.PersonID, RaisedAt: event.EffectiveAt}
	})
}

func (b ObjectionAnswered) apply(s *State, event Event) {
	if b.Agreed {
		s.returnTo(b.UnitID, b.Division, event.EffectiveAt)
		return
	}
	s.changeForwarding(func(f *Forwarding) {
		if f.Objection != nil {
			objection := *f.Objection
			objection.Refused = true
			f.Objection = &objection
		}
	})
}

func (b CompetenceDecided) apply(s *State, event Event) {
	if b.UnitID != s.ResponsibleUnitID {
		s.returnTo(b.UnitID, b.Division, event.EffectiveAt)
		return
	}
	s.changeForwarding(func(f *Forwarding) { f.Settled = true })
}

func (s *State) changeForwarding(change func(*Forwarding)) {
	if s.Forwarding == nil {
		return
	}
	next := *s.Forwarding
	change(&next)
	s.Forwarding = &next
}

// returnTo gives a forwarded case back: it waits for acceptance again.
func (s *State) returnTo(unitID string, division Division, date time.Time) {
	s.ResponsibleUnitID, s.Division = unitID, division
	s.HandlerID, s.Facts, s.Path, s.Forwarding = "", "", "", nil
	s.voidForwardingNotices()
	s.enter(StageAcceptance, date)
}

func (TransferObjected) sentence(t telling) string {
	return t.did("objected to the transfer", "对转送提出异议")
}

func (b ObjectionAnswered) sentence(t telling) string {
	if b.Agreed {
		return t.did("agreed to the objection; the case goes back to "+t.unit(b.UnitID), "核实同意转送异议，案件退回"+t.unit(b.UnitID))
	}
	return t.did("did not agree to the objection", "经核实不同意转送异议")
}

func (b CompetenceDecided) sentence(t telling) string {
	return t.did(fmt.Sprintf("decided that %s is competent", t.unit(b.UnitID)), fmt.Sprintf("指定由%s受理", t.unit(b.UnitID)))
}

// forwardingEvents are the events of a disputed transfer.
var forwardingEvents = []eventKind{
	eventOf[TransferObjected](),
	eventOf[ObjectionAnswered](),
	eventOf[CompetenceDecided](),
}
