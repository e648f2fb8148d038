package casefile

import (
	"fmt"
	"slices"
)

// passTime decides every warning and every deadline that is due by now, oldest first. A
// warning that is due together with its own deadline says nothing more and is left out.
func (d *deciding) passTime() {
	due := d.state.alarms()
	due = slices.DeleteFunc(due, func(a alarm) bool { return a.rings.After(d.now) })
	missed := map[string]bool{}
	for _, a := range due {
		missed[a.deadline.ID] = missed[a.deadline.ID] || a.miss
	}
	for _, a := range due {
		switch {
		case a.miss:
			d.miss(a.deadline)
		case !missed[a.deadline.ID]:
			d.emitAs(System, d.now, DeadlineWarned{DeadlineID: a.deadline.ID, Step: a.deadline.Step})
		}
	}
}

// miss marks a clock red on its due instant, and the supervising unit chases the
// responsible one with exactly one order.
func (d *deciding) miss(clock Deadline) {
	d.emitAs(System, clock.DueAt, DeadlineMissed{DeadlineID: clock.ID, Step: clock.Step})
	issuer, ok := d.supervisor()
	if !ok {
		return
	}
	d.emitAs(System, d.now, SupervisionOrdered{
		OrderID: fmt.Sprintf("U%d", len(d.state.Orders)+1), DeadlineID: clock.ID, Step: clock.Step,
		IssuedByUnitID: issuer.ID, AddresseeUnitID: d.state.ResponsibleUnitID,
		Level: issuer.Division.Level(),
	})
}

// supervisor returns the unit that supervises the responsible one, passing over units that
// the case accuses. Where none is named it is the nearest centre or leading body upward; at
// the very top there may be nobody, and then no order is issued.
func (d *deciding) supervisor() (Unit, bool) {
	dir := d.rules.Directory
	unit, known := dir.Unit(d.state.ResponsibleUnitID)
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
				if above.ID != d.state.ResponsibleUnitID && !ExcludesUnit(d.state.Exclusions, above.ID, dir) {
					return above, true
				}
			}
		}
	}
	return Unit{}, false
}
