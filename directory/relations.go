package directory

import "github.com/tiaochu/tiaochu/casefile"

// Superiors lists the units that review a unit's decisions, their reviewers and so on to
// the top, each once, the nearest first. It is empty for an unknown unit.
func (d *Directory) Superiors(unitID string) []string {
	return d.walk(unitID, func(at int32) []int32 {
		superiors := d.units[at].SuperiorUnitIDs
		next := make([]int32, len(superiors))
		for i, id := range superiors {
			next[i] = d.unitAt[id]
		}
		return next
	})
}

// Subordinates lists the units that a unit is a superior of, theirs and so on, each once,
// the nearest first.
func (d *Directory) Subordinates(unitID string) []string {
	return d.walk(unitID, func(at int32) []int32 { return d.below[at] })
}

// Supervisors lists the supervising unit, its own and so on to the top: the way an
// escalation takes.
func (d *Directory) Supervisors(unitID string) []string {
	return d.walk(unitID, func(at int32) []int32 {
		if id := d.units[at].SupervisingUnitID; id != "" {
			return []int32{d.unitAt[id]}
		}
		return nil
	})
}

// Supervised lists the units that a unit supervises, those that they supervise and so on,
// each once, the nearest first.
func (d *Directory) Supervised(unitID string) []string {
	return d.walk(unitID, func(at int32) []int32 { return d.supervise[at] })
}

// walk goes breadth first along a relation without circles and leaves out the start.
func (d *Directory) walk(unitID string, next func(int32) []int32) []string {
	start, ok := d.unitAt[unitID]
	if !ok {
		return nil
	}
	seen := map[int32]bool{start: true}
	queue := []int32{start}
	var ids []string
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, other := range next(at) {
			if !seen[other] {
				seen[other] = true
				queue = append(queue, other)
				ids = append(ids, d.units[other].ID)
			}
		}
	}
	return ids
}

// Area returns the prefixes of the sub-tree that a unit's own division makes up, local
// members included; nil for an unknown unit.
func (d *Directory) Area(unitID string) []casefile.Division {
	unit, ok := d.Unit(unitID)
	if !ok {
		return nil
	}
	return d.tree.Scope(unit.Division)
}
