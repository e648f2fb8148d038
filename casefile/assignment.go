package casefile

import (
	"fmt"
	"slices"
)

// handlerRoles handle cases.
var handlerRoles = []Role{RoleInvestigator, RoleMediator, RoleClerk, RoleManager, RoleGridWorker}

// assign names the handler. Assigning is not handling.
func (d *deciding) assign(act AssignCase) *Refusal {
	if act.PersonID == "" {
		return required(at("personId"))
	}
	person, ok := d.rules.Directory.Person(act.PersonID)
	if !ok {
		return unknownPerson(act.PersonID, at("personId"))
	}
	if person.ID == d.state.HandlerID {
		return refuse(RefusedAlreadyDone, at("personId"),
			fmt.Sprintf("%s handles the case already", personName(person)), fmt.Sprintf("%s已是承办人", personName(person)))
	}
	if refusal := d.checkTakesPart(person, "personId"); refusal != nil {
		return refusal
	}
	role, ok := d.handlingRole(person)
	if !ok {
		return d.noHandler(person, "personId")
	}
	d.emit(CaseAssigned{PersonID: person.ID, Role: role.Role, UnitID: role.UnitID})
	return nil
}

func (d *deciding) noHandler(person Person, field string) *Refusal {
	unit := unitName(d.rules.Directory, d.state.ResponsibleUnitID)
	return refuse(RefusedInvalid, at(field),
		fmt.Sprintf("%s is no %s at %s or below", personName(person), labels("Role", handlerRoles, English), unit),
		fmt.Sprintf("%s不是%s或其下级单位的%s", personName(person), unit, labels("Role", handlerRoles, Chinese)))
}

// handlingRole returns the role in which a person would handle the case: one at the
// responsible unit before one within its division, or at a unit that has a part in the case.
func (d *deciding) handlingRole(person Person) (RoleAt, bool) {
	var below *RoleAt
	responsible, known := d.rules.Directory.Unit(d.state.ResponsibleUnitID)
	for _, role := range person.Roles {
		if !slices.Contains(handlerRoles, role.Role) {
			continue
		}
		if role.UnitID == d.state.ResponsibleUnitID {
			return role, true
		}
		unit, ok := d.rules.Directory.Unit(role.UnitID)
		near := known && lies(d.rules.Directory, unit.Division, responsible.Division)
		if ok && below == nil && (near || slices.Contains(d.state.dispatchedTo(), role.UnitID)) {
			below = &role
		}
	}
	if below == nil {
		return RoleAt{}, false
	}
	return *below, true
}

// personName names somebody who works in the system, whose name is public within it.
func personName(person Person) string {
	if person.Name != "" {
		return person.Name
	}
	return person.ID
}
