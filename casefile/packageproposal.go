package casefile

import (
	"slices"
	"time"
)

// PackageProposal asks a leader to take charge of the case (领导包案). What is proposed is a
// package of its own (casefile/leadership), which the case asks for by an errand and which
// tells it what became of the proposal.
type PackageProposal struct {
	Level DivisionLevel `json:"level"`
	// UnitID is the leading body asked; LeaderID its leader, or empty where the post is
	// vacant.
	UnitID     string    `json:"unitId"`
	LeaderID   string    `json:"leaderId,omitempty"`
	OrderID    string    `json:"orderId"`
	ProposedAt time.Time `json:"proposedAt"`
	Round      int       `json:"round"`
	// PackageID is the package that is proposed; empty in records from before there was one.
	PackageID string `json:"packageId,omitempty"`
	// Asked says that the package has not answered yet.
	Asked bool `json:"asked,omitempty"`
	// Number is the package's, once it is there.
	Number string `json:"number,omitempty"`
	// Over says that nobody is asked any more: a package has taken the case in, nobody took this
	// one on, it could not be proposed, or the case took it back.
	Over bool `json:"over,omitempty"`
	// Withdrawing says that the package has still to hear that the case wants no leader any more.
	Withdrawing bool `json:"withdrawing,omitempty"`
}

// packageFor proposes that a leader takes the case into a leadership package, where an order
// of the county or the city went unanswered: first the county's leader is asked, then, about
// the same package, the city's. A sealed case is known to named people only and joins no
// package; one that a package has taken in needs no other.
func (d *deciding) packageFor(order SupervisionOrder) (PackageProposed, bool) {
	if order.Level != LevelCounty && order.Level != LevelCity ||
		d.state.Confidentiality == ConfidentialitySealed || d.state.PackageID != "" {
		return PackageProposed{}, false
	}
	levels := []DivisionLevel{order.Level}
	before := d.state.proposedOver(order)
	if before == nil && order.Level == LevelCity {
		levels = []DivisionLevel{LevelCounty, LevelCity}
	}
	proposed := PackageProposed{OrderID: order.ID, DeadlineID: order.DeadlineID, PackageID: PackageIDOfOrder(d.state.ID, order.ID)}
	if before != nil {
		switch {
		case before.Over && before.Number != "", !before.Over && !wider(order.Level, before.Level):
			return PackageProposed{}, false
		case !before.Over && before.PackageID != "":
			proposed.PackageID = before.PackageID
		}
	}
	for _, level := range levels {
		unit, leaderID, ok := LeaderToAsk(d.rules.Directory, d.state.Division, level, d.state.Exclusions)
		if ok {
			proposed.Level, proposed.UnitID, proposed.LeaderID = level, unit.ID, leaderID
			return proposed, true
		}
	}
	return PackageProposed{}, false
}

// LeaderToAsk is who is asked to take charge of a case of a division at a wider level: the
// leader of the leading body there, else of the centre, whom the case need not be kept from.
// personID is empty where the post is vacant: then the question waits in the inbox of the
// unit's leaders. ok is false where there is no such unit.
func LeaderToAsk(dir Directory, division Division, level DivisionLevel, kept []Exclusion) (unit Unit, personID string, ok bool) {
	over := division.At(level)
	if over == "" {
		return Unit{}, "", false
	}
	for _, kind := range []UnitKind{UnitLeadingBody, UnitCenter} {
		for _, body := range dir.UnitsAt(over, kind) {
			if closedTo(kept, body.ID, dir) {
				continue
			}
			for _, leader := range dir.Holders(RoleLeader, body.ID) {
				if !ExcludesPerson(kept, leader.ID, leader.Roles, dir) {
					return body, leader.ID, true
				}
			}
			return body, "", true
		}
	}
	return Unit{}, "", false
}

// proposedOver returns the latest proposal over the miss that an order chases, or nil.
func (s State) proposedOver(order SupervisionOrder) *PackageProposal {
	return s.proposal(func(p PackageProposal) bool {
		asked := s.order(p.OrderID)
		return asked.DeadlineID == order.DeadlineID && asked.Miss == order.Miss
	})
}

// proposal returns the latest proposal that fits, or nil.
func (s State) proposal(fits func(PackageProposal) bool) *PackageProposal {
	for i := range slices.Backward(s.Proposals) {
		if fits(s.Proposals[i]) {
			return &s.Proposals[i]
		}
	}
	return nil
}

// proposedPackage returns the proposal that waits for its leader, or nil: the latest of this
// round, while the act that everything began with is still owed and no package has the case.
func (s State) proposedPackage() *PackageProposal {
	n := len(s.Proposals)
	if n == 0 || s.PackageID != "" || s.Confidentiality == ConfidentialitySealed {
		return nil
	}
	latest := &s.Proposals[n-1]
	if latest.Round != s.Round || latest.Over {
		return nil
	}
	if missed := s.deadline(s.order(latest.OrderID).DeadlineID); missed == nil || !missed.Unmet() {
		return nil
	}
	return latest
}

// ProposedPackageID is the leadership package on which a leader is asked to decide; empty for
// none.
func (s State) ProposedPackageID() string {
	if p := s.proposedPackage(); p != nil {
		return p.PackageID
	}
	return ""
}

// proposalErrands ask for the packages that were proposed and have not answered yet.
func (s State) proposalErrands() []errand {
	var list []errand
	for _, p := range s.Proposals {
		if !p.Asked {
			continue
		}
		list = append(list, errand{
			id: "package/" + p.OrderID, to: p.PackageID, proposes: &ProposedPackage{OrderID: p.OrderID, Level: p.Level},
			answered: func(d *deciding, answer AnswerErrand) {
				if why := answer.Refusal; why != nil {
					d.emit(ProposalFailed{OrderID: p.OrderID, Why: why.Message, WhyZH: why.MessageZH})
					return
				}
				d.emit(ProposalConfirmed{OrderID: p.OrderID, PackageID: p.PackageID, Number: answer.Number})
			},
		})
	}
	return list
}

// notePackage takes what a package tells of its proposal. News of one that is over, and what
// is known already, change nothing.
func (d *deciding) notePackage(act NotePackage) *Refusal {
	p := d.state.proposal(ofPackage(act.PackageID))
	switch {
	case p == nil || p.Over:
	case act.Level == "":
		d.emit(ProposalDeclined{PackageID: act.PackageID, Number: act.Number})
	case p.Level != act.Level || p.UnitID != act.UnitID || p.LeaderID != act.LeaderID:
		d.emit(ProposalRaised(act))
	}
	return nil
}

// changeProposals returns the proposals with the latest one that fits changed.
func (s State) changeProposals(fits func(PackageProposal) bool, change func(*PackageProposal)) []PackageProposal {
	s.Proposals = slices.Clone(s.Proposals)
	if p := s.proposal(fits); p != nil {
		change(p)
	}
	return s.Proposals
}
