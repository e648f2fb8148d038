package casefile

import (
	"slices"
	"time"
)

// ProposalWithdrawn says that the case wants no leader any more though one is still asked: it has
// ended in whichever way, was sealed, or another package has it. It is the intent to tell the
// package so.
type ProposalWithdrawn struct {
	OrderID   string `json:"orderId"` // of the latest proposal of that package
	PackageID string `json:"packageId"`
	Number    string `json:"number,omitempty"` // the package's, once it is there
}

// WithdrawalTold says that the package knows.
type WithdrawalTold struct {
	PackageID string `json:"packageId"`
}

func (ProposalWithdrawn) eventType() string { return "ProposalWithdrawn" }
func (WithdrawalTold) eventType() string    { return "WithdrawalTold" }

func (b ProposalWithdrawn) apply(s *State, _ Event) {
	s.Proposals = s.changeProposals(ofPackage(b.PackageID), func(p *PackageProposal) { p.Withdrawing = true })
	for i := range s.Proposals {
		if s.Proposals[i].PackageID == b.PackageID {
			s.Proposals[i].Over = true
		}
	}
}

func (b WithdrawalTold) apply(s *State, _ Event) {
	s.Proposals = s.changeProposals(ofPackage(b.PackageID), func(p *PackageProposal) { p.Withdrawing = false })
}

func (b ProposalWithdrawn) sentence(t telling) string {
	return t.say("The proposed leadership package "+named(b.Number)+"is withdrawn: no leader is asked any more", "不再提请领导包案"+b.Number)
}

// named is a number that may not be known yet, with a blank after it.
func named(number string) string {
	if number == "" {
		return ""
	}
	return number + " "
}

func (WithdrawalTold) sentence(t telling) string {
	return t.say("The proposed leadership package knows that it is withdrawn", "已告知所提请的领导包案")
}

// withdrawalEvents are the events of a proposal that the case takes back.
var withdrawalEvents = []eventKind{
	eventOf[ProposalWithdrawn](),
	eventOf[WithdrawalTold](),
}

// withdrawProposals takes back every package on which a leader is still asked, but for one that
// has the case now.
func (d *deciding) withdrawProposals(date time.Time, but string) {
	pending := func(p PackageProposal) bool { return p.PackageID != "" && p.PackageID != but && !p.Over }
	for p := d.state.proposal(pending); p != nil; p = d.state.proposal(pending) {
		d.emitAs(System, date, ProposalWithdrawn{OrderID: p.OrderID, PackageID: p.PackageID, Number: p.Number})
	}
}

// withdrawalErrands tell the packages. One that has not said yet whether it is there is told when
// it has.
func (s State) withdrawalErrands() []errand {
	var list []errand
	for _, p := range s.Proposals {
		asks := func(q PackageProposal) bool { return q.PackageID == p.PackageID && q.Asked }
		if !p.Withdrawing || slices.ContainsFunc(s.Proposals, asks) {
			continue
		}
		list = append(list, errand{
			id: "withdraw/" + p.OrderID, to: p.PackageID, proposes: &ProposedPackage{OrderID: p.OrderID, Level: p.Level, Withdrawn: true},
			answered: func(d *deciding, _ AnswerErrand) { d.emit(WithdrawalTold{PackageID: p.PackageID}) },
		})
	}
	return list
}
