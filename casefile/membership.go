package casefile

import "fmt"

// What a case knows of the leadership package (领导包案) that has taken it in. The package
// owns the membership and decides on it (casefile/leadership); the case is told by the
// system, keeps it on its timeline, and tells its standing back.

// JoinPackage takes the case into a leadership package. A package that took it in before
// has let go of it or has ended: that a case is in one open package at most is held by the
// packages' own table.
type JoinPackage struct {
	PackageID string `json:"packageId"`
	Number    string `json:"number"`
}

// LeavePackage takes the case out of a leadership package again.
type LeavePackage struct {
	PackageID string `json:"packageId"`
	Number    string `json:"number"`
}

func (JoinPackage) actName() string  { return "JoinPackage" }
func (LeavePackage) actName() string { return "LeavePackage" }

// decide takes a second joining of the same package for what it is: nothing new.
func (a JoinPackage) decide(d *deciding) *Refusal {
	switch {
	case a.PackageID == "":
		return required(at("packageId"))
	case a.PackageID == d.state.PackageID:
		return nil
	case d.state.Confidentiality == ConfidentialitySealed:
		return refuse(RefusedNotCompetent, at("caseId"),
			"a sealed case is known to named people only and joins no package", "密封案件仅限指定人员知悉，不列入领导包案")
	case d.state.Stage == StageMerged:
		return refuse(RefusedClosed, at("caseId"),
			"the case has been merged into another one; that one can join", "案件已并入另一案件，请将后者列入包案")
	}
	d.withdrawProposals(d.effectiveAt, a.PackageID)
	d.emit(JoinedPackage(a))
	return nil
}

func (a LeavePackage) decide(d *deciding) *Refusal {
	if a.PackageID == d.state.PackageID {
		d.emit(LeftPackage(a))
	}
	return nil
}

// membershipActs are what a package asks of its member cases.
var membershipActs = []actKind{
	systemActOf[JoinPackage](),
	systemActOf[LeavePackage](),
}

// JoinedPackage says that a leadership package has taken the case in.
type JoinedPackage struct {
	PackageID string `json:"packageId"`
	Number    string `json:"number"`
}

// LeftPackage says that a leadership package has let go of the case.
type LeftPackage struct {
	PackageID string `json:"packageId"`
	Number    string `json:"number"`
}

func (JoinedPackage) eventType() string { return "JoinedPackage" }
func (LeftPackage) eventType() string   { return "LeftPackage" }

func (b JoinedPackage) apply(s *State, _ Event) {
	s.PackageID = b.PackageID
	// Whichever package it is, nobody else is asked any more.
	s.Proposals = s.changeProposals(func(p PackageProposal) bool { return p.PackageID != "" }, func(p *PackageProposal) { p.Over = true })
}
func (LeftPackage) apply(s *State, _ Event) { s.PackageID = "" }

func (b JoinedPackage) sentence(t telling) string {
	return t.say(fmt.Sprintf("The case joined leadership package %s", b.Number), fmt.Sprintf("案件列入领导包案%s", b.Number))
}

func (b LeftPackage) sentence(t telling) string {
	return t.say(fmt.Sprintf("The case left leadership package %s", b.Number), fmt.Sprintf("案件退出领导包案%s", b.Number))
}

// membershipEvents are the events of a case's part in a package.
var membershipEvents = []eventKind{
	eventOf[JoinedPackage](),
	eventOf[LeftPackage](),
}

// Standing is how a case stands, as its package needs to know it.
type Standing struct {
	CaseID string `json:"caseId"`
	// Version is the case's when it stood so: a later one goes before an earlier one.
	Version int `json:"version"`
	// Open: the case still wants something done. Concluded (办结): what it was about has been
	// dealt with, or it has ended without.
	Open      bool    `json:"open,omitempty"`
	Concluded bool    `json:"concluded,omitempty"`
	Outcome   Outcome `json:"outcome,omitempty"`
}

// StandingOf tells how a case stands.
func StandingOf(s State) Standing {
	return Standing{
		CaseID: s.ID, Version: s.Version, Open: s.Stage.Open(),
		Concluded: s.Exists() && (!s.Stage.Open() || !s.ConcludedAt.IsZero()), Outcome: s.Outcome,
	}
}

// TellsPackage reports whether a case in a package has come to stand otherwise between two
// of its states, so that the package must hear of it.
func TellsPackage(before, after State) bool {
	if after.PackageID == "" {
		return false
	}
	was, is := StandingOf(before), StandingOf(after)
	was.Version, is.Version = 0, 0
	return was != is
}
