package casefile

import "slices"

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
