package casefile

import (
	"fmt"
	"slices"
	"time"
)

// passTime counts the open clocks by the calendar in force, then decides every warning and
// every deadline that is due by now, oldest first. A warning that is due together with its
// own deadline says nothing more and is left out.
func (d *deciding) passTime() {
	d.recount()
	due := d.state.alarms()
	due = slices.DeleteFunc(due, func(a alarm) bool { return a.rings.After(d.now) })
	missed := map[string]bool{}
	for _, a := range due {
		missed[a.deadlineID] = missed[a.deadlineID] || a.miss
	}
	for _, a := range due {
		switch {
		case a.takeUp:
			// An end decided just now has taken the deferral with it.
			if d.state.Deferral.InForce() {
				d.emitAs(System, a.due, DeferralElapsed{})
			}
		case a.outlasts:
			d.emitAs(System, d.now, PauseOutlasted{DeadlineID: a.deadlineID, Step: a.step})
		case a.miss:
			// An earlier one may have ended what this one waited for.
			if clock := d.state.deadline(a.deadlineID); clock.Running() {
				d.miss(*clock)
			}
		case !missed[a.deadlineID]:
			d.emitAs(System, d.now, DeadlineWarned{DeadlineID: a.deadlineID, Step: a.step})
		}
	}
}

// miss marks a clock red on its due instant. The supervising unit chases the responsible one
// with exactly one order where the clock was the office's own, and what the law says of
// expiry happens. An order that went unanswered itself goes one division up.
func (d *deciding) miss(clock Deadline) {
	d.emitAs(System, clock.DueAt, DeadlineMissed{DeadlineID: clock.ID, Step: clock.Step})
	switch {
	case clock.ofOrder():
		d.escalate(clock.Of)
		return
	case clock.urged():
		d.order(clock)
	}
	d.expire(clock)
}

// order has the supervising unit chase the one that owes the clock's act.
func (d *deciding) order(clock Deadline) {
	addressee := d.state.answerable(clock)
	issuer, ok := d.supervisorOf(addressee, anyUnit)
	if !ok {
		return
	}
	miss := 0
	for _, order := range d.state.Orders {
		if order.DeadlineID == clock.ID && order.Escalates == "" {
			miss++
		}
	}
	d.issue(issuer, SupervisionOrdered{AddresseeUnitID: addressee, DeadlineID: clock.ID, Step: clock.Step, Miss: miss})
}

// issue sends an order and starts its clock, which runs apart from the one that was missed.
func (d *deciding) issue(issuer Unit, ordered SupervisionOrdered) {
	ordered.OrderID = fmt.Sprintf("U%d", len(d.state.Orders)+1)
	ordered.IssuedByUnitID = issuer.ID
	ordered.Level = issuer.Division.Level()
	d.emitAs(System, d.now, ordered)
	if rule, ok := d.orderRule(ordered.DeadlineID, StepSupervisionAcknowledgement, d.now); ok {
		d.startClock(rule.belongingTo(ordered.OrderID), d.now)
	}
}

// orderRule finds a step of an order over a missed clock: the clock's own procedure may say how
// fast such an order is answered, elsewhere that of the orders does.
func (d *deciding) orderRule(deadlineID, step string, on time.Time) (clockRule, bool) {
	if missed := d.state.deadline(deadlineID); missed != nil && missed.Procedure != "" {
		if rule, ok := d.rule(missed.Procedure, step, on); ok {
			return rule, true
		}
	}
	return d.rule(supervisionProcedure, step, on)
}

// withdrawOrders takes back the orders about a deadline that was not missed after all.
func (d *deciding) withdrawOrders(deadlineID string, date time.Time) {
	for _, order := range d.state.Orders {
		if order.DeadlineID == deadlineID && order.Status.Open() {
			d.emitAs(System, date, SupervisionClosed{OrderID: order.ID, Status: SupervisionSatisfied})
			d.settle(order.ID, date, SupervisionClosed{})
		}
	}
}

// endOrders ends the orders that are still open when a case ends: there is nothing left to
// chase.
func (d *deciding) endOrders(date time.Time) {
	for _, order := range d.state.Orders {
		if order.Status.Open() {
			d.emitAs(System, date, SupervisionClosed{OrderID: order.ID, Status: SupervisionSatisfied})
			d.settle(order.ID, date, SupervisionClosed{})
		}
	}
}

// settle stops the clocks of an order that has ended. One that was missed stays missed, and
// nothing is owed on it any more.
func (d *deciding) settle(orderID string, date time.Time, by Body) {
	for _, clock := range d.state.Deadlines {
		switch {
		case clock.Of != orderID || !clock.Unmet():
		case clock.Status == ClockMissed:
			d.emitAs(System, later(date, clock.DueAt), DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: by.eventType()})
		default:
			d.emitAs(System, later(date, clock.StartedAt), DeadlineCancelled{DeadlineID: clock.ID, Step: clock.Step})
		}
	}
}

// answerable is the unit that a clock runs for: the organ that reviews, for a review's; the
// unit that was asked for its part, for a dispatch's; the unit chased, for an order's; for any
// other the responsible unit.
func (s State) answerable(clock Deadline) string {
	if order := s.order(clock.Of); order != nil {
		return s.answering(*order)
	}
	if review := s.review(clock.Of); review != nil {
		return review.UnitID
	}
	if x := s.dispatch(clock.Of); x != nil {
		return x.UnitID
	}
	return s.ResponsibleUnitID
}

// anyUnit will do as a supervisor.
func anyUnit(Unit) bool { return true }

// supervisorOf climbs from a unit to the nearest one upward that supervises it and will do:
// one whose head may know of the case, else one that at least is not accused itself. Where
// none is named it is the nearest centre or leading body upward; at the very top there may be
// nobody, and then no order is issued.
func (d *deciding) supervisorOf(unitID string, will func(Unit) bool) (Unit, bool) {
	dir, kept := d.rules.Directory, d.state.Exclusions
	free := func(above Unit) bool { return will(above) && !closedTo(kept, above.ID, dir) }
	if above, ok := d.climb(unitID, free); ok || len(kept) == 0 {
		return above, ok
	}
	return d.climb(unitID, func(above Unit) bool { return will(above) && !ExcludesUnit(kept, above.ID, dir) })
}

func (d *deciding) climb(unitID string, free func(Unit) bool) (Unit, bool) {
	dir := d.rules.Directory
	unit, known := dir.Unit(unitID)
	seen := map[string]bool{unit.ID: true}
	for next := unit.SupervisingUnitID; next != "" && !seen[next]; {
		seen[next] = true
		above, ok := dir.Unit(next)
		if !ok {
			break
		}
		if free(above) {
			return above, true
		}
		next = above.SupervisingUnitID
	}
	division := d.state.Division
	if known {
		division = unit.Division
	}
	for ; division != ""; division = division.Parent() {
		for _, kind := range []UnitKind{UnitCenter, UnitLeadingBody} {
			for _, above := range dir.UnitsAt(division, kind) {
				if above.ID != unitID && free(above) {
					return above, true
				}
			}
		}
	}
	return Unit{}, false
}
