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
			fmt.Sprintf("%s handles the case already", shown(person.ID)), fmt.Sprintf("%s 已是承办人", shown(person.ID)))
	}
	if refusal := d.checkTakesPart(person, "personId"); refusal != nil {
		return refusal
	}
	role, ok := d.handlingRole(person)
	if !ok {
		return refuse(RefusedInvalid, at("personId"),
			fmt.Sprintf("%s is no %s at unit %s or below", shown(person.ID), labels("Role", handlerRoles, English), d.state.ResponsibleUnitID),
			fmt.Sprintf("%s 不是单位 %s 或其下级的%s", shown(person.ID), d.state.ResponsibleUnitID, labels("Role", handlerRoles, Chinese)))
	}
	d.emit(CaseAssigned{PersonID: person.ID, Role: role.Role, UnitID: role.UnitID})
	return nil
}

// handlingRole returns the role in which a person would handle the case: one at the
// responsible unit before one within its division.
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
		if known && ok && below == nil && lies(d.rules.Directory, unit.Division, responsible.Division) {
			below = &role
		}
	}
	if below == nil {
		return RoleAt{}, false
	}
	return *below, true
}
