package casefile

import "fmt"

// responsibleUnit finds who answers for a new case: the registrar's own centre or petition
// office where its division contains the case's, else the nearest one upward. A petition
// goes to a petition office before a centre. A unit that the case accuses never gets it:
// it goes to the unit that supervises that one.
func (d *deciding) responsibleUnit(act RegisterCase, exclusions []Exclusion) (string, *Refusal) {
	actor := d.command.Actor
	if actor.UnitKind == UnitCenter || actor.UnitKind == UnitPetitionOffice {
		if _, ok := d.rules.Directory.Unit(actor.UnitID); ok && lies(d.rules.Directory, act.Division, actor.Division) {
			if unit := d.unaccused(actor.UnitID, exclusions); unit != "" {
				return unit, nil
			}
		}
	}
	kinds := []UnitKind{UnitCenter}
	if act.Kind == Petition {
		kinds = []UnitKind{UnitPetitionOffice, UnitCenter}
	}
	for _, kind := range kinds {
		for division := act.Division; division != ""; division = division.Parent() {
			for _, unit := range d.rules.Directory.UnitsAt(division, kind) {
				if id := d.unaccused(unit.ID, exclusions); id != "" {
					return id, nil
				}
			}
		}
	}
	return "", refuse(RefusedUnknownUnit, at("division"),
		fmt.Sprintf("no centre or petition office answers for division %s", act.Division),
		fmt.Sprintf("区划 %s 及其上级没有可以负责的综治中心或信访部门", act.Division))
}

// unaccused returns the unit, or the first one up its line of supervision that the
// exclusions leave free; "" where there is none.
func (d *deciding) unaccused(unitID string, exclusions []Exclusion) string {
	seen := map[string]bool{}
	for unitID != "" && !seen[unitID] {
		seen[unitID] = true
		unit, ok := d.rules.Directory.Unit(unitID)
		if !ok {
			return ""
		}
		if !ExcludesUnit(exclusions, unitID, d.rules.Directory) {
			return unitID
		}
		unitID = unit.SupervisingUnitID
	}
	return ""
}
