package casefile

import "fmt"

// NotePackage is what a leadership package that was proposed for this case tells of itself:
// who is asked now, or, without a level, that nobody took it on. Only the system brings it.
type NotePackage struct {
	PackageID string        `json:"packageId"`
	Number    string        `json:"number"`
	Level     DivisionLevel `json:"level,omitempty"`
	UnitID    string        `json:"unitId,omitempty"`
	LeaderID  string        `json:"leaderId,omitempty"` // empty where the post is vacant
}

func (NotePackage) actName() string               { return "NotePackage" }
func (a NotePackage) decide(d *deciding) *Refusal { return d.notePackage(a) }

// proposalActs are what a proposed package tells its case.
var proposalActs = []actKind{systemActOf[NotePackage]()}

// PackageProposed asks the leader of a level at which an order went unanswered to take
// charge of the case (领导包案). LeaderID is empty where the post at UnitID is vacant.
type PackageProposed struct {
	Level      DivisionLevel `json:"level"`
	UnitID     string        `json:"unitId"`
	LeaderID   string        `json:"leaderId,omitempty"`
	OrderID    string        `json:"orderId"`
	DeadlineID string        `json:"deadlineId"`
	// PackageID is the package that the case asks for; in old records none was.
	PackageID string `json:"packageId,omitempty"`
}

// ProposalConfirmed says that the package is there and waits for its leader.
type ProposalConfirmed struct {
	OrderID   string `json:"orderId"`
	PackageID string `json:"packageId"`
	Number    string `json:"number"`
}

// ProposalFailed says why there could be no package.
type ProposalFailed struct {
	OrderID string `json:"orderId"`
	Why     string `json:"why"`
	WhyZH   string `json:"whyZh"`
}

// ProposalRaised says that somebody else is asked to take the package on: the leader of the
// next level, where the one below declined or let the time run out.
type ProposalRaised NotePackage

// ProposalDeclined says that nobody took the package on.
type ProposalDeclined struct {
	PackageID string `json:"packageId"`
	Number    string `json:"number"`
}

func (PackageProposed) eventType() string   { return "PackageProposed" }
func (ProposalConfirmed) eventType() string { return "ProposalConfirmed" }
func (ProposalFailed) eventType() string    { return "ProposalFailed" }
func (ProposalRaised) eventType() string    { return "ProposalRaised" }
func (ProposalDeclined) eventType() string  { return "ProposalDeclined" }

func (b PackageProposed) apply(s *State, event Event) {
	s.Proposals = appended(s.Proposals, PackageProposal{
		Level: b.Level, UnitID: b.UnitID, LeaderID: b.LeaderID, OrderID: b.OrderID,
		ProposedAt: event.EffectiveAt, Round: s.Round, PackageID: b.PackageID, Asked: b.PackageID != "",
	})
}

func (b ProposalConfirmed) apply(s *State, _ Event) {
	s.Proposals = s.changeProposals(ofOrder(b.OrderID), func(p *PackageProposal) { p.Asked, p.Number = false, b.Number })
}

func (b ProposalFailed) apply(s *State, _ Event) {
	s.Proposals = s.changeProposals(ofOrder(b.OrderID), func(p *PackageProposal) { p.Asked, p.Over, p.Withdrawing = false, true, false })
}

func (b ProposalRaised) apply(s *State, _ Event) {
	s.Proposals = s.changeProposals(ofPackage(b.PackageID), func(p *PackageProposal) {
		p.Level, p.UnitID, p.LeaderID, p.Number = b.Level, b.UnitID, b.LeaderID, b.Number
	})
}

func (b ProposalDeclined) apply(s *State, _ Event) {
	s.Proposals = s.changeProposals(ofPackage(b.PackageID), func(p *PackageProposal) { p.Over, p.Number = true, b.Number })
}

func ofOrder(id string) func(PackageProposal) bool {
	return func(p PackageProposal) bool { return p.OrderID == id }
}

func ofPackage(id string) func(PackageProposal) bool {
	return func(p PackageProposal) bool { return p.PackageID == id }
}

// leaderAsked names who is asked to take charge, or the post where it is vacant.
func (t telling) leaderAsked(personID, unitID string) string {
	leader := t.person(personID)
	if leader == "" {
		leader = t.say("its leader", "主要领导")
	}
	return t.say(leader+" of "+t.unit(unitID), t.unit(unitID)+leader)
}

func (b PackageProposed) sentence(t telling) string {
	leader := t.leaderAsked(b.LeaderID, b.UnitID)
	return t.say(
		fmt.Sprintf("Supervision order %s went unanswered: %s is asked to take charge of the case", b.OrderID, leader),
		fmt.Sprintf("督办单%s逾期未落实，提请%s包案", b.OrderID, leader))
}

func (b ProposalConfirmed) sentence(t telling) string {
	return t.say("Leadership package "+b.Number+" waits for its leader's decision", "领导包案"+b.Number+"已提请审批")
}

func (b ProposalFailed) sentence(t telling) string {
	return t.say("No leadership package could be proposed: "+b.Why, "未能提请领导包案："+b.WhyZH)
}

func (b ProposalRaised) sentence(t telling) string {
	leader := t.leaderAsked(b.LeaderID, b.UnitID)
	return t.say(
		fmt.Sprintf("Leadership package %s was not taken on: %s is asked to take charge of the case", b.Number, leader),
		fmt.Sprintf("领导包案%s未获同意或者逾期未批，提请%s包案", b.Number, leader))
}

func (b ProposalDeclined) sentence(t telling) string {
	return t.say("Nobody took on leadership package "+b.Number, "领导包案"+b.Number+"未立项")
}

// proposalEvents are the events of a proposed package.
var proposalEvents = []eventKind{
	eventOf[PackageProposed](),
	eventOf[ProposalConfirmed](),
	eventOf[ProposalFailed](),
	eventOf[ProposalRaised](),
	eventOf[ProposalDeclined](),
}
