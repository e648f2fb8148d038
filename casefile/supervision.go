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
		missed[a.deadline.ID] = missed[a.deadline.ID] || a.miss
	}
	for _, a := range due {
		switch {
		case a.takeUp:
			// An end decided just now has taken the deferral with it.
			if d.state.Deferral.InForce() {
				d.emitAs(System, a.due, DeferralElapsed{})
			}
		case a.outlasts:
			d.emitAs(System, d.now, PauseOutlasted{DeadlineID: a.deadline.ID, Step: a.deadline.Step})
		case a.miss:
			// An earlier one may have ended what this one waited for.
			if clock := d.state.deadline(a.deadline.ID); clock.Running() {
				d.miss(*clock)
			}
		case !missed[a.deadline.ID]:
			d.emitAs(System, d.now, DeadlineWarned{DeadlineID: a.deadline.ID, Step: a.deadline.Step})
		}
	}
}

// miss marks a clock red on its due instant. The supervising unit chases the responsible one
// with exactly one order where the clock was the office's own, and what the law says of
// expiry happens.
func (d *deciding) miss(clock Deadline) {
	d.emitAs(System, clock.DueAt, DeadlineMissed{DeadlineID: clock.ID, Step: clock.Step})
	if clock.urged() {
		d.order(clock)
	}
	d.expire(clock)
}

// order has the supervising unit chase the one that owes the clock's act.
func (d *deciding) order(clock Deadline) {
	addressee := d.answerable(clock)
	issuer, ok := d.supervisorOf(addressee)
	if !ok {
		return
	}
	d.emitAs(System, d.now, SupervisionOrdered{
		OrderID: fmt.Sprintf("U%d", len(d.state.Orders)+1), DeadlineID: clock.ID, Step: clock.Step,
		IssuedByUnitID: issuer.ID, AddresseeUnitID: addressee,
		Level: issuer.Division.Level(),
	})
}

// withdrawOrders takes back the orders about a deadline that was not missed after all.
func (d *deciding) withdrawOrders(deadlineID string, date time.Time) {
	for _, order := range d.state.Orders {
		if order.DeadlineID == deadlineID && order.Status.Open() {
			d.emitAs(System, date, SupervisionClosed{OrderID: order.ID, Status: SupervisionSatisfied})
		}
	}
}

// answerable is the unit that a clock runs for: the organ that reviews, for a review's; the
// unit that was asked for its part, for a dispatch's; for any other the responsible unit.
func (d *deciding) answerable(clock Deadline) string {
	if review := d.state.review(clock.Of); review != nil {
		return review.UnitID
	}
	if x := d.state.dispatch(clock.Of); x != nil {
		return x.UnitID
	}
	return d.state.ResponsibleUnitID
}

// supervisorOf returns the unit that supervises another, passing over units that the case
// accuses. Where none is named it is the nearest centre or leading body upward; at
// the very top there may be nobody, and then no order is issued.
func (d *deciding) supervisorOf(unitID string) (Unit, bool) {
	dir := d.rules.Directory
	unit, known := dir.Unit(unitID)
	seen := map[string]bool{unit.ID: true}
	for next := unit.SupervisingUnitID; next != "" && !seen[next]; {
		seen[next] = true
		above, ok := dir.Unit(next)
		if !ok {
			break
		}
		if !ExcludesUnit(d.state.Exclusions, above.ID, dir) {
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
				if above.ID != unitID && !ExcludesUnit(d.state.Exclusions, above.ID, dir) {
					return above, true
				}
			}
		}
	}
	return Unit{}, false
}
