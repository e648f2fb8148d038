package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// PackageProposed asks a leader to take charge. Origin is set where an unanswered order
// asked instead of a person.
type PackageProposed struct {
	Number string `json:"number"`
	Mandate
	LeaderUnitID string            `json:"leaderUnitId"`
	Division     casefile.Division `json:"division"`
	Cases        []CaseName        `json:"cases"`
	Origin       *Origin           `json:"origin,omitempty"`
}

// PackageOpened puts a leader in charge.
type PackageOpened struct {
	Number string `json:"number"`
	Mandate
	LeaderUnitID string            `json:"leaderUnitId"`
	Division     casefile.Division `json:"division"`
	Cases        []CaseName        `json:"cases"`
}

// PackageApproved takes a proposed package on.
type PackageApproved struct {
	LeaderID string          `json:"leaderId"`
	Reason   casefile.TextID `json:"reason,omitempty"`
}

// PackageDeclined is a leader's no to a proposed package.
type PackageDeclined struct {
	Reason casefile.TextID `json:"reason"`
}

// ProposedHigher asks the leader of the next level after the one before didn't take the
// package on.
type ProposedHigher struct {
	Level        casefile.DivisionLevel `json:"level"`
	LeaderID     string                 `json:"leaderId,omitempty"`
	LeaderUnitID string                 `json:"leaderUnitId"`
	Division     casefile.Division      `json:"division"`
}

// PackageCancelled ends a package that nobody took on, or, Withdrawn, that the case which asked
// for it has taken back.
type PackageCancelled struct {
	Withdrawn bool `json:"withdrawn,omitempty"`
}

func (PackageProposed) eventType() string  { return "PackageProposed" }
func (PackageOpened) eventType() string    { return "PackageOpened" }
func (PackageApproved) eventType() string  { return "PackageApproved" }
func (PackageDeclined) eventType() string  { return "PackageDeclined" }
func (ProposedHigher) eventType() string   { return "ProposedHigher" }
func (PackageCancelled) eventType() string { return "PackageCancelled" }

func (b PackageProposed) apply(s *State, e Event) {
	s.Number, s.Mandate, s.LeaderUnitID, s.Division = b.Number, b.Mandate, b.LeaderUnitID, b.Division
	s.ProposedBy, s.ProposedAt, s.Origin, s.Asked = e.Actor, e.EffectiveAt, b.Origin, b.Cases
	s.enter(Proposed, e.EffectiveAt)
}

func (b PackageOpened) apply(s *State, e Event) {
	s.Number, s.Mandate, s.LeaderUnitID, s.Division = b.Number, b.Mandate, b.LeaderUnitID, b.Division
	s.ProposedBy, s.OpenedAt = e.Actor, e.EffectiveAt
	s.enter(Open, e.EffectiveAt)
}

func (b PackageApproved) apply(s *State, e Event) {
	s.LeaderID, s.OpenedAt, s.Asked = b.LeaderID, e.EffectiveAt, nil
	s.enter(Open, e.EffectiveAt)
}

func (PackageDeclined) apply(*State, Event) {}

func (b ProposedHigher) apply(s *State, e Event) {
	s.Level, s.LeaderID, s.LeaderUnitID, s.Division = b.Level, b.LeaderID, b.LeaderUnitID, b.Division
	s.enter(Proposed, e.EffectiveAt)
	s.tellsOrigin(e)
}

// apply lets the case hear of it, unless it said so itself.
func (b PackageCancelled) apply(s *State, e Event) {
	s.enter(Cancelled, e.EffectiveAt)
	if !b.Withdrawn {
		s.tellsOrigin(e)
	}
}

func (b PackageProposed) sentence(t telling) string {
	level, leader := t.term("DivisionLevel", string(b.Level)), t.leader(b.LeaderID, b.LeaderUnitID)
	en := fmt.Sprintf("proposed leadership package %s of %s at the level %s to %s", b.Number, count(len(b.Cases), "case"), level, leader)
	zh := fmt.Sprintf("提请%s（%s级）领办包案%s，涉及%d件", leader, level, b.Number, len(b.Cases))
	if b.Origin != nil {
		en += ": supervision order " + b.Origin.OrderID + " went unanswered"
		zh = "督办单" + b.Origin.OrderID + "逾期未复，" + zh
	}
	return t.did(en, zh)
}

func (b PackageOpened) sentence(t telling) string {
	leader, unit := t.leader(b.LeaderID, b.LeaderUnitID), t.unit(b.ResponsibleUnitID)
	return t.did(fmt.Sprintf("opened leadership package %s of %s: led by %s, %s is responsible", b.Number, count(len(b.Cases), "case"), leader, unit),
		fmt.Sprintf("开立领导包案%s，涉及%d件，包案领导%s，责任单位%s", b.Number, len(b.Cases), leader, unit))
}

func (b PackageApproved) sentence(t telling) string {
	return t.did("approved the package; "+t.person(b.LeaderID)+" leads it", "同意包案，包案领导"+t.person(b.LeaderID))
}

func (PackageDeclined) sentence(t telling) string {
	return t.did("declined the package", "不同意包案")
}

func (b ProposedHigher) sentence(t telling) string {
	level, leader := t.term("DivisionLevel", string(b.Level)), t.leader(b.LeaderID, b.LeaderUnitID)
	return t.say("The package is proposed at the level "+level+" to "+leader, "提级至"+level+"级，提请"+leader+"领办")
}

func (b PackageCancelled) sentence(t telling) string {
	if b.Withdrawn {
		return t.say("The proposed package was cancelled: the case that it was proposed for wants no leader any more", "所涉案件已终结或者不再列入包案，本包案撤回")
	}
	return t.say("The package was cancelled: nobody took it on", "包案未立项")
}

var proposingEvents = []eventKind{
	eventOf[PackageProposed](),
	eventOf[PackageOpened](),
	eventOf[PackageApproved](),
	eventOf[PackageDeclined](),
	eventOf[ProposedHigher](),
	eventOf[PackageCancelled](),
}
