package importing

import (
	"fmt"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// importingRoles are the roles that the rules let register open petitions as well as take
// over ended ones, in the order in which one is looked for.
var importingRoles = []casefile.Role{casefile.RoleClerk, casefile.RoleManager}

// importingUnits are the kinds of unit that register petitions, likewise.
var importingUnits = []casefile.UnitKind{casefile.UnitPetitionOffice, casefile.UnitCenter}

// ActorFor finds who imports for a division: the given person, or where personID is empty
// the first clerk or manager of the division's petition office or centre.
func ActorFor(people casefile.Directory, division casefile.Division, personID string) (casefile.Actor, error) {
	if _, ok := people.Division(division); !ok {
		return casefile.Actor{}, fmt.Errorf("%w: no division has the code %q", ErrOptions, division)
	}
	if personID == "" {
		for _, kind := range importingUnits {
			for _, unit := range people.UnitsAt(division, kind) {
				for _, role := range importingRoles {
					if holders := people.Holders(role, unit.ID); len(holders) > 0 {
						return actorAt(holders[0].ID, role, unit), nil
					}
				}
			}
		}
		return casefile.Actor{}, fmt.Errorf("%w: no petition office or centre of %s has a clerk or manager; name a person", ErrOptions, division)
	}
	person, ok := people.Person(personID)
	if !ok {
		return casefile.Actor{}, fmt.Errorf("%w: nobody has the id %q", ErrOptions, personID)
	}
	for _, role := range importingRoles {
		for _, at := range person.Roles {
			unit, ok := people.Unit(at.UnitID)
			if ok && at.Role == role && unit.Division.Contains(division) {
				return actorAt(person.ID, role, unit), nil
			}
		}
	}
	return casefile.Actor{}, fmt.Errorf("%w: %s is neither clerk nor manager for %s", ErrOptions, personID, division)
}

func actorAt(personID string, role casefile.Role, unit casefile.Unit) casefile.Actor {
	return casefile.Actor{PersonID: personID, Role: role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind}
}

// SystemFor finds the issuing system whose numbers a file holds: the given one if it is
// registered, or where name is empty the only one that the actor's unit registered.
func SystemFor(systems []directory.System, actor casefile.Actor, name string) (string, error) {
	var all, own []string
	for _, system := range systems {
		all = append(all, system.ID)
		if system.ID == name {
			return name, nil
		}
		if system.UnitID == actor.UnitID {
			own = append(own, system.ID)
		}
	}
	switch {
	case name != "":
		return "", fmt.Errorf("%w: no issuing system is registered as %q; there are %s", ErrOptions, name, listed(all))
	case len(own) == 1:
		return own[0], nil
	}
	return "", fmt.Errorf("%w: name the issuing system; unit %s registered %s", ErrOptions, actor.UnitID, listed(own))
}

func listed(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
