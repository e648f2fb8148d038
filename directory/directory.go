package directory

import (
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// Directory is an immutable snapshot of divisions, units, people and issuing systems. It
// is safe for concurrent use. The slices that its methods return are shared: they may be
// read and appended to, but their elements not changed.
type Directory struct {
	// Version says which state of the record this is; whoever loads the snapshot sets it
	// before sharing it. Higher is newer.
	Version int64

	tree      *Tree
	units     []casefile.Unit // ordered by id
	unitAt    map[string]int32
	unitsAt   map[unitPlace][]casefile.Unit
	people    []casefile.Person // ordered by id
	personAt  map[string]int32
	holders   map[casefile.RoleAt][]casefile.Person
	staff     map[string][]casefile.Person
	below     [][]int32 // by unit: those it is a superior of
	supervise [][]int32 // by unit: those it supervises
	systems   []System  // ordered by id
	systemOf  map[string]string
	subjectOf map[string]string // person id by subject
	absences  []Absence         // that have begun or will, the earliest first
}

type unitPlace struct {
	division casefile.Division
	kind     casefile.UnitKind
}

var _ casefile.Directory = (*Directory)(nil)

// System is an issuing system ("12345-5304"), registered by the unit whose numbers it
// issues.
type System struct {
	ID     string `json:"id"`
	UnitID string `json:"unitId"`
}

// New returns the directory of these lists, which may be in any order and are copied. It
// returns an *InvalidError that names every row with
//
//   - an id that is missing, given twice or 64 bytes or longer, or no name;
//   - a unit of an unknown kind, at an unknown division, supervised or reviewed by an
//     unknown unit or in a circle, or supervised by one whose area it lies outside;
//   - a second centre at a division;
//   - an unknown role, the role SYSTEM, or a role given twice or at an unknown unit;
//   - a system of an unknown unit.
func New(divisions *Tree, units []casefile.Unit, people []casefile.Person, systems []System) (*Directory, error) {
	d := &Directory{tree: divisions}
	unitFaults := d.addUnits(units)
	personFaults := d.addPeople(people)
	systemFaults := d.addSystems(systems)
	if err := invalid(unitFaults, personFaults, systemFaults); err != nil {
		return nil, err
	}
	d.indexUnits()
	d.indexPeople()
	return d, nil
}

func (d *Directory) addUnits(units []casefile.Unit) problems {
	d.units = slices.Clone(units)
	for i := range d.units {
		d.units[i].SuperiorUnitIDs = slices.Clone(d.units[i].SuperiorUnitIDs)
	}
	slices.SortStableFunc(d.units, func(a, b casefile.Unit) int { return strings.Compare(a.ID, b.ID) })
	d.unitAt = make(map[string]int32, len(units))
	for i, unit := range d.units {
		d.unitAt[unit.ID] = int32(i)
	}
	return d.checkUnits(units)
}

func (d *Directory) addPeople(people []casefile.Person) problems {
	d.people = slices.Clone(people)
	for i := range d.people {
		d.people[i].Roles = slices.Clone(d.people[i].Roles)
	}
	slices.SortStableFunc(d.people, func(a, b casefile.Person) int { return strings.Compare(a.ID, b.ID) })
	d.personAt = make(map[string]int32, len(people))
	for i, person := range d.people {
		d.personAt[person.ID] = int32(i)
	}
	return d.checkPeople(people)
}

func (d *Directory) addSystems(systems []System) problems {
	d.systems = slices.Clone(systems)
	slices.SortStableFunc(d.systems, func(a, b System) int { return strings.Compare(a.ID, b.ID) })
	d.systemOf = make(map[string]string, len(systems))
	faults := problems{list: "system"}
	for i, system := range systems {
		_, twice := d.systemOf[system.ID]
		checkID(&faults, i, system.ID, twice)
		d.systemOf[system.ID] = system.UnitID
		if _, ok := d.unitAt[system.UnitID]; !ok {
			faults.add(i, system.ID, "unit %q is unknown", system.UnitID)
		}
	}
	return faults
}

func (d *Directory) indexUnits() {
	d.below = make([][]int32, len(d.units))
	d.supervise = make([][]int32, len(d.units))
	d.unitsAt = make(map[unitPlace][]casefile.Unit, len(d.units))
	for i, unit := range d.units {
		key := unitPlace{unit.Division, unit.Kind}
		d.unitsAt[key] = append(d.unitsAt[key], unit)
		if unit.SupervisingUnitID != "" {
			at := d.unitAt[unit.SupervisingUnitID]
			d.supervise[at] = append(d.supervise[at], int32(i))
		}
		for _, superior := range unit.SuperiorUnitIDs {
			at := d.unitAt[superior]
			d.below[at] = append(d.below[at], int32(i))
		}
	}
	for key, units := range d.unitsAt {
		d.unitsAt[key] = slices.Clip(units)
	}
}

func (d *Directory) indexPeople() {
	d.holders = make(map[casefile.RoleAt][]casefile.Person, len(d.people))
	d.staff = make(map[string][]casefile.Person, len(d.units))
	for _, person := range d.people {
		for _, at := range person.Roles {
			d.holders[at] = append(d.holders[at], person)
			staff := d.staff[at.UnitID]
			if len(staff) == 0 || staff[len(staff)-1].ID != person.ID {
				d.staff[at.UnitID] = append(staff, person)
			}
		}
	}
	for key, people := range d.holders {
		d.holders[key] = slices.Clip(people)
	}
	for key, people := range d.staff {
		d.staff[key] = slices.Clip(people)
	}
}

// Division returns a division of the published tree or a local one.
func (d *Directory) Division(code casefile.Division) (casefile.DivisionInfo, bool) {
	return d.tree.Find(code)
}

// Divisions returns the tree that the units sit in.
func (d *Directory) Divisions() *Tree { return d.tree }

// Unit returns a unit by id.
func (d *Directory) Unit(id string) (casefile.Unit, bool) {
	at, ok := d.unitAt[id]
	if !ok {
		return casefile.Unit{}, false
	}
	return d.units[at], true
}

// Units lists all units, ordered by id.
func (d *Directory) Units() []casefile.Unit { return slices.Clip(d.units) }

// UnitsAt lists the units of a kind at exactly this division, ordered by id.
func (d *Directory) UnitsAt(division casefile.Division, kind casefile.UnitKind) []casefile.Unit {
	return d.unitsAt[unitPlace{division, kind}]
}

// CentreOf returns the centre (综治中心) at exactly this division.
func (d *Directory) CentreOf(division casefile.Division) (casefile.Unit, bool) {
	centres := d.UnitsAt(division, casefile.UnitCenter)
	if len(centres) == 0 {
		return casefile.Unit{}, false
	}
	return centres[0], true
}

// Person returns a person by id.
func (d *Directory) Person(id string) (casefile.Person, bool) {
	at, ok := d.personAt[id]
	if !ok {
		return casefile.Person{}, false
	}
	return d.people[at], true
}

// People lists everybody, ordered by id.
func (d *Directory) People() []casefile.Person { return slices.Clip(d.people) }

// Holders lists the people holding a role at a unit, ordered by id; empty is a vacancy.
func (d *Directory) Holders(role casefile.Role, unitID string) []casefile.Person {
	return d.holders[casefile.RoleAt{Role: role, UnitID: unitID}]
}

// Staff lists the people with any role at a unit, ordered by id.
func (d *Directory) Staff(unitID string) []casefile.Person { return d.staff[unitID] }

// SystemUnit returns the unit that registered an issuing system.
func (d *Directory) SystemUnit(system string) (unitID string, ok bool) {
	unitID, ok = d.systemOf[system]
	return unitID, ok
}

// Systems lists the registered issuing systems, ordered by id.
func (d *Directory) Systems() []System { return slices.Clip(d.systems) }
