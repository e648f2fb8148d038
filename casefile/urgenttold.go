package casefile

import "slices"

// urgentReaders take note of an urgent case for the unit that was told.
var urgentReaders = []Role{RoleLeader, RoleManager, RoleSupervisor, RoleClerk}

// toTell finds the units that must know of an urgent case: the responsible one, the leader of
// its division (信访工作条例 art 25: 本级党委和政府), the petition office, and the level above. None
// that the case accuses, or whose head it keeps out, is ever told; where nobody knows yet who
// is accused, the head of the responsible unit alone is.
func (d *deciding) toTell() []UrgencyNotice {
	dir, own := d.rules.Directory, d.state.ResponsibleUnitID
	list := []UrgencyNotice{{UnitID: own, As: ToldResponsible}}
	if d.state.held() {
		return list
	}
	free := func(u Unit) bool { return !closedTo(d.state.Exclusions, u.ID, dir) }
	add := func(u Unit, as UrgencyRecipient) bool {
		if !free(u) {
			return false
		}
		if !slices.ContainsFunc(list, func(n UrgencyNotice) bool { return n.UnitID == u.ID }) {
			list = append(list, UrgencyNotice{UnitID: u.ID, As: as})
		}
		return true
	}
	division := d.state.Division
	if unit, ok := dir.Unit(own); ok {
		division = unit.Division
	}
	for _, kind := range []UnitKind{UnitLeadingBody, UnitTownshipGovernment} {
		if slices.ContainsFunc(dir.UnitsAt(division, kind), func(u Unit) bool { return add(u, ToldLeader) }) {
			break
		}
	}
	for at, found := division, false; at != "" && !found; at = at.Parent() {
		found = slices.ContainsFunc(dir.UnitsAt(at, UnitPetitionOffice), func(u Unit) bool { return add(u, ToldPetitionOffice) })
	}
	above := func(u Unit) bool { return wider(u.Division.Level(), division.Level()) && free(u) }
	if u, ok := d.climb(own, above); ok {
		add(u, ToldLevelAbove)
	}
	return list
}

// tellOthers tells whoever else must know of an urgent case since it moved, or since it became
// known whom it accuses.
func (d *deciding) tellOthers() {
	u := d.state.Urgency
	if !u.inForce() || !d.state.Stage.Open() || d.state.held() || u.ToldFor == d.state.ResponsibleUnitID {
		return
	}
	told := slices.DeleteFunc(d.toTell(), func(n UrgencyNotice) bool {
		return slices.ContainsFunc(u.Told, func(before UrgencyNotice) bool { return before.UnitID == n.UnitID })
	})
	if len(told) == 0 {
		return
	}
	d.emitAs(System, later(d.effectiveAt, u.Since), UrgencyPassedOn{UrgencyID: u.ID, ToldFor: d.state.ResponsibleUnitID, Told: told})
}
