package directory

import (
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// maxIDLength is the longest id: it is part of workflow ids, request keys and indexes.
const maxIDLength = 63

func checkID(faults *problems, row int, id string, twice bool) {
	switch {
	case id == "":
		faults.add(row, id, "has no id")
	case len(id) > maxIDLength:
		faults.add(row, id, "has an id of %d bytes, more than %d", len(id), maxIDLength)
	case twice:
		faults.add(row, id, "is there twice")
	}
}

func (d *Directory) checkUnits(units []casefile.Unit) problems {
	faults := problems{list: "unit"}
	seen := make(map[string]bool, len(units))
	centres := map[casefile.Division]string{}
	for i, unit := range units {
		checkID(&faults, i, unit.ID, seen[unit.ID])
		seen[unit.ID] = true
		if strings.TrimSpace(unit.Name) == "" {
			faults.add(i, unit.ID, "has no name")
		}
		if !unitKinds[unit.Kind] {
			faults.add(i, unit.ID, "kind %q is unknown", unit.Kind)
		}
		if _, ok := d.tree.Find(unit.Division); !ok {
			faults.add(i, unit.ID, "division %q is unknown", unit.Division)
		}
		if unit.Kind == casefile.UnitCenter {
			if other, taken := centres[unit.Division]; taken && other != unit.ID {
				faults.add(i, unit.ID, "is a second centre at %s, beside %s", unit.Division, other)
			}
			centres[unit.Division] = unit.ID
		}
		d.checkRelations(&faults, i, unit)
	}
	d.checkCircles(&faults, units)
	return faults
}

func (d *Directory) checkRelations(faults *problems, row int, unit casefile.Unit) {
	if id := unit.SupervisingUnitID; id != "" {
		supervising, ok := d.Unit(id)
		switch {
		case !ok:
			faults.add(row, unit.ID, "supervising unit %q is unknown", id)
		case !d.tree.Covers(supervising.Division, unit.Division):
			faults.add(row, unit.ID, "supervising unit %s sits at %s, which does not cover %s", id, supervising.Division, unit.Division)
		}
	}
	for i, id := range unit.SuperiorUnitIDs {
		if _, ok := d.unitAt[id]; !ok {
			faults.add(row, unit.ID, "superior unit %q is unknown", id)
		}
		if slices.Contains(unit.SuperiorUnitIDs[:i], id) {
			faults.add(row, unit.ID, "superior unit %s is there twice", id)
		}
	}
}

func (d *Directory) checkCircles(faults *problems, units []casefile.Unit) {
	row := make(map[string]int, len(units))
	for i, unit := range units {
		row[unit.ID] = i
	}
	for _, circle := range d.circles(func(unit casefile.Unit) []string {
		if unit.SupervisingUnitID == "" {
			return nil
		}
		return []string{unit.SupervisingUnitID}
	}) {
		faults.add(row[circle[0]], circle[0], "supervises itself: %s", strings.Join(circle, " under "))
	}
	for _, circle := range d.circles(func(unit casefile.Unit) []string { return unit.SuperiorUnitIDs }) {
		faults.add(row[circle[0]], circle[0], "is its own superior: %s", strings.Join(circle, " under "))
	}
}

// circles finds circles of a relation between units: each as the ids along it, the first
// again at its end. Every unit in a circle is reached, but of interlocking circles not
// each is told.
func (d *Directory) circles(above func(casefile.Unit) []string) [][]string {
	const (
		unseen = iota
		onPath
		done
	)
	mark := make([]byte, len(d.units))
	var found [][]string
	type step struct {
		unit int32
		next []string
	}
	for start := range d.units {
		if mark[start] != unseen {
			continue
		}
		mark[start] = onPath
		path := []step{{int32(start), above(d.units[start])}}
		for len(path) > 0 {
			top := &path[len(path)-1]
			if len(top.next) == 0 {
				mark[top.unit] = done
				path = path[:len(path)-1]
				continue
			}
			at, known := d.unitAt[top.next[0]]
			top.next = top.next[1:]
			if !known {
				continue
			}
			switch mark[at] {
			case unseen:
				mark[at] = onPath
				path = append(path, step{at, above(d.units[at])})
			case onPath:
				var circle []string
				for i := range path {
					if path[i].unit == at || len(circle) > 0 {
						circle = append(circle, d.units[path[i].unit].ID)
					}
				}
				found = append(found, append(circle, circle[0]))
			}
		}
	}
	return found
}

func (d *Directory) checkPeople(people []casefile.Person) problems {
	faults := problems{list: "person"}
	seen := make(map[string]bool, len(people))
	for i, person := range people {
		checkID(&faults, i, person.ID, seen[person.ID])
		seen[person.ID] = true
		if strings.TrimSpace(person.Name) == "" {
			faults.add(i, person.ID, "has no name")
		}
		for j, at := range person.Roles {
			switch {
			case at.Role == casefile.RoleSystem:
				faults.add(i, person.ID, "role %s is no person's", at.Role)
			case !roles[at.Role]:
				faults.add(i, person.ID, "role %q is unknown", at.Role)
			}
			if _, ok := d.unitAt[at.UnitID]; !ok {
				faults.add(i, person.ID, "is %s at the unknown unit %q", at.Role, at.UnitID)
			}
			if slices.Contains(person.Roles[:j], at) {
				faults.add(i, person.ID, "is %s at %s twice", at.Role, at.UnitID)
			}
		}
	}
	return faults
}

var (
	unitKinds = known[casefile.UnitKind]("UnitKind")
	roles     = known[casefile.Role]("Role")
)

func known[T ~string](enum string) map[T]bool {
	values := map[T]bool{}
	for _, term := range casefile.Terms(enum) {
		values[T(term.Value)] = true
	}
	return values
}
