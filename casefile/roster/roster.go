// Package roster is a directory of units and people held in memory, for what runs the rules
// without a database: the explorer and the simulation.
package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// Roster answers the rules' questions about who and where. It is built once, by a Builder,
// and read by anybody afterwards. The slices that it returns are shared and only read.
type Roster struct {
	divisions map[casefile.Division]casefile.DivisionInfo
	units     map[string]casefile.Unit
	people    map[string]casefile.Person
	unitsAt   map[place][]casefile.Unit
	holders   map[casefile.RoleAt][]casefile.Person
	systems   map[string]string
	actors    []casefile.Actor
}

type place struct {
	division casefile.Division
	kind     casefile.UnitKind
}

var _ casefile.Directory = (*Roster)(nil)

// Division returns a division that was added.
func (r *Roster) Division(code casefile.Division) (casefile.DivisionInfo, bool) {
	info, ok := r.divisions[code]
	return info, ok
}

// Unit returns a unit by id.
func (r *Roster) Unit(id string) (casefile.Unit, bool) {
	unit, ok := r.units[id]
	return unit, ok
}

// Person returns a person by id.
func (r *Roster) Person(id string) (casefile.Person, bool) {
	person, ok := r.people[id]
	return person, ok
}

// UnitsAt lists the units of a kind at exactly this division, ordered by id.
func (r *Roster) UnitsAt(division casefile.Division, kind casefile.UnitKind) []casefile.Unit {
	return r.unitsAt[place{division, kind}]
}

// Holders lists the people holding a role at a unit, ordered by id.
func (r *Roster) Holders(role casefile.Role, unitID string) []casefile.Person {
	return r.holders[casefile.RoleAt{Role: role, UnitID: unitID}]
}

// SystemUnit returns the unit that registered an issuing system.
func (r *Roster) SystemUnit(system string) (string, bool) {
	unitID, ok := r.systems[system]
	return unitID, ok
}

// Actors lists everybody once for each role they hold, ordered by person.
func (r *Roster) Actors() []casefile.Actor { return r.actors }

// ActorsOf lists a person once for each role they hold.
func (r *Roster) ActorsOf(personID string) []casefile.Actor {
	var actors []casefile.Actor
	for _, at := range r.people[personID].Roles {
		unit := r.units[at.UnitID]
		actors = append(actors, casefile.Actor{
			PersonID: personID, Role: at.Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind,
		})
	}
	return actors
}

// Builder collects a roster.
type Builder struct{ roster *Roster }

// NewBuilder begins an empty roster.
func NewBuilder() *Builder {
	return &Builder{&Roster{
		divisions: map[casefile.Division]casefile.DivisionInfo{},
		units:     map[string]casefile.Unit{}, people: map[string]casefile.Person{},
		unitsAt: map[place][]casefile.Unit{}, holders: map[casefile.RoleAt][]casefile.Person{},
		systems: map[string]string{},
	}}
}

// Divisions adds divisions, each named by its code.
func (b *Builder) Divisions(codes ...casefile.Division) {
	for _, code := range codes {
		b.roster.divisions[code] = casefile.DivisionInfo{Code: code, Name: string(code)}
	}
}

// System registers an issuing system by a unit.
func (b *Builder) System(id, unitID string) { b.roster.systems[id] = unitID }

// Unit adds a unit named by its id, with somebody for each of the roles: "center-clerk1",
// "center-clerk2" and so on.
func (b *Builder) Unit(unit casefile.Unit, roles ...casefile.Role) {
	if unit.Name == "" {
		unit.Name = unit.ID
	}
	b.roster.units[unit.ID] = unit
	number := map[casefile.Role]int{}
	for _, role := range roles {
		number[role]++
		id := fmt.Sprintf("%s-%s%d", unit.ID, strings.ToLower(string(role)), number[role])
		b.roster.people[id] = casefile.Person{
			ID: id, Name: id, Roles: []casefile.RoleAt{{Role: role, UnitID: unit.ID}},
		}
	}
}

// Roster indexes what was added.
func (b *Builder) Roster() *Roster {
	r := b.roster
	for _, id := range sorted(r.units) {
		unit := r.units[id]
		at := place{unit.Division, unit.Kind}
		r.unitsAt[at] = append(r.unitsAt[at], unit)
	}
	for _, id := range sorted(r.people) {
		person := r.people[id]
		for _, at := range person.Roles {
			r.holders[at] = append(r.holders[at], person)
		}
		r.actors = append(r.actors, r.ActorsOf(id)...)
	}
	return r
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
