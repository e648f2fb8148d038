package casefile

import "fmt"

// responsibleUnit finds who answers for a new case: the registrar's own centre or petition
// office where its division contains the case's, else the nearest one upward. A petition
// goes to a petition office before a centre. A unit that the case accuses, or whose head it
// keeps out, never gets it.
func (d *deciding) responsibleUnit(act RegisterCase, exclusions []Exclusion) (string, *Refusal) {
	actor := d.command.Actor
	// Where nobody knows yet who is accused, a petition office finds out, not a centre.
	takes := actor.UnitKind == UnitPetitionOffice || actor.UnitKind == UnitCenter && !anyUnidentified(act.Parties)
	if takes {
		if _, ok := d.rules.Directory.Unit(actor.UnitID); ok && lies(d.rules.Directory, act.Division, actor.Division) {
			if !closedTo(exclusions, actor.UnitID, d.rules.Directory) {
				return actor.UnitID, nil
			}
		}
	}
	if unit := d.nearest(act.Division, act.Kind, exclusions); unit != "" {
		return unit, nil
	}
	return "", refuse(RefusedUnknownUnit, at("division"),
		fmt.Sprintf("no centre or petition office answers for division %s", act.Division),
		fmt.Sprintf("区划 %s 及其上级没有可以负责的综治中心或信访部门", act.Division))
}

// nearest finds the nearest petition office upward that the exclusions leave free, then the
// nearest centre; for a dispute only a centre. "" where there is none. What an office must
// not have goes to its own level or up, never down.
func (d *deciding) nearest(from Division, kind Kind, exclusions []Exclusion) string {
	kinds := []UnitKind{UnitCenter}
	if kind == Petition {
		kinds = []UnitKind{UnitPetitionOffice, UnitCenter}
	}
	passed := false
	for _, kind := range kinds {
		for division := from; division != ""; division = division.Parent() {
			for _, unit := range d.rules.Directory.UnitsAt(division, kind) {
				if !closedTo(exclusions, unit.ID, d.rules.Directory) {
					return unit.ID
				}
				if !passed {
					from, passed = division, true
				}
			}
		}
	}
	return ""
}
