package casefile

import (
	"slices"
	"time"
)

// escalate hands an unanswered order one division up, where a new order is issued with a
// level and clock of its own; at the county, and then at the city, a leadership package is
// proposed besides. The clock that was missed in the first place stays as it is. An order
// whose act has been done meanwhile goes no higher: it merely waits for its reply.
func (d *deciding) escalate(orderID string) {
	order := *d.state.order(orderID)
	missed := d.state.deadline(order.DeadlineID)
	if !order.wantsReply() || missed == nil || !missed.Unmet() {
		return
	}
	issuer, up := d.nextUp(order)
	proposal, proposes := d.packageFor(order)
	if !up && !proposes {
		return
	}
	escalated := OrderEscalated{OrderID: order.ID}
	d.emitAs(System, d.now, escalated)
	d.settle(order.ID, d.now, escalated)
	if proposes {
		d.emitAs(System, d.now, proposal)
	}
	if up {
		d.issue(issuer, SupervisionOrdered{AddresseeUnitID: d.state.answering(order), DeadlineID: order.DeadlineID, Step: missed.Step, Miss: order.Miss, Escalates: order.ID})
	}
}

// nextUp finds the unit of the next division up, at most the city's, that an order goes to.
func (d *deciding) nextUp(order SupervisionOrder) (Unit, bool) {
	return d.supervisorOf(order.IssuedByUnitID, func(unit Unit) bool {
		level := unit.Division.Level()
		return wider(level, order.Level) && !wider(level, LevelCity) && unit.ID != d.state.answering(order)
	})
}

// wider reports whether a level of divisions is wider than another.
func wider(level, than DivisionLevel) bool {
	return level != "" && slices.Index(DivisionLevels, level) < slices.Index(DivisionLevels, than)
}

// packageFor proposes that a leader takes the case into a leadership package, where an order
// of the county or the city went unanswered: first the county's leader is asked, then the
// city's. It is the leader of the leading body there, else of the centre; where the post is
// vacant the question waits in the role inbox. A sealed case is known to named people only
// and joins no package.
func (d *deciding) packageFor(order SupervisionOrder) (PackageProposed, bool) {
	if order.Level != LevelCounty && order.Level != LevelCity || d.state.Confidentiality == ConfidentialitySealed {
		return PackageProposed{}, false
	}
	level := order.Level
	if level == LevelCity && !d.state.asksCounty(order) && d.state.Division.At(LevelCounty) != "" {
		level = LevelCounty
	}
	dir := d.rules.Directory
	proposal := PackageProposed{Level: level, UnitID: order.IssuedByUnitID, OrderID: order.ID, DeadlineID: order.DeadlineID}
	for _, kind := range []UnitKind{UnitCenter, UnitLeadingBody} {
		for _, body := range dir.UnitsAt(d.state.Division.At(level), kind) {
			if !closedTo(d.state.Exclusions, body.ID, dir) {
				proposal.UnitID = body.ID
				break
			}
		}
	}
	for _, leader := range dir.Holders(RoleLeader, proposal.UnitID) {
		if !ExcludesPerson(d.state.Exclusions, leader.ID, leader.Roles, dir) {
			proposal.LeaderID = leader.ID
			break
		}
	}
	return proposal, true
}

// asksCounty reports whether the county's leader was asked over the same miss before.
func (s State) asksCounty(order SupervisionOrder) bool {
	return slices.ContainsFunc(s.Proposals, func(p PackageProposal) bool {
		asked := s.order(p.OrderID)
		return p.Level == LevelCounty && asked.DeadlineID == order.DeadlineID && asked.Miss == order.Miss
	})
}

// PackageProposal asks a leader to take charge of the case (领导包案).
type PackageProposal struct {
	Level DivisionLevel `json:"level"`
	// UnitID is the leading body asked; LeaderID its leader, or empty where the post is
	// vacant.
	UnitID     string    `json:"unitId"`
	LeaderID   string    `json:"leaderId,omitempty"`
	OrderID    string    `json:"orderId"`
	ProposedAt time.Time `json:"proposedAt"`
	Round      int       `json:"round"`
}

// proposedPackage returns the proposal that waits for its leader, or nil: the latest of this
// round, while the act that everything began with is still owed.
func (s State) proposedPackage() *PackageProposal {
	n := len(s.Proposals)
	if n == 0 || s.Proposals[n-1].Round != s.Round {
		return nil
	}
	order := s.order(s.Proposals[n-1].OrderID)
	if missed := s.deadline(order.DeadlineID); missed == nil || !missed.Unmet() {
		return nil
	}
	return &s.Proposals[n-1]
}
