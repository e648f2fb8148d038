package store

import (
	"hash/fnv"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// touchNumber is a name as events carry it. Two names may have one number: then somebody reads
// anew what has not changed.
func touchNumber(name string) int32 {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(name))
	return int32(sum.Sum32())
}

func divisionTouch(division casefile.Division) string { return "division/" + string(division) }
func unitTouch(unitID string) string                  { return "unit/" + unitID }

// touched names everybody for whom the entry may change what they read: who saw the case
// before, or sees it after. Nil is everybody, where that can't be told from the case alone.
//
// stale says that the case's grants in the record were derived from another directory: who had
// them is then not known here.
func (e *entry) touched(dir *directory.Directory, stale bool) []int32 {
	if stale {
		return nil
	}
	names := []int32{}
	for _, state := range []casefile.State{e.before, e.after} {
		if !state.Exists() {
			continue
		}
		// The end of another case, or what a package shows of its cases, hangs on this one.
		if len(foldHeldEnds(state)) > 0 || state.PackageID != "" || state.ProposedPackageID() != "" {
			return nil
		}
		for _, level := range casefile.DivisionLevels {
			if division := state.Division.At(level); division != "" {
				names = append(names, touchNumber(divisionTouch(division)))
			}
		}
		names = append(names, touchNumber(unitTouch(state.ResponsibleUnitID)))
		for _, grant := range foldGrants(state, dir) {
			names = append(names, touchNumber(grant.Grantee))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// touches are the names under which cases are open to the viewer, or counted for them.
func (v Viewer) touches() []int32 {
	numbers := []int32{}
	for _, division := range widest(v.statisticalScope()) {
		numbers = append(numbers, touchNumber(divisionTouch(division)))
	}
	for _, unit := range v.OwnUnits {
		numbers = append(numbers, touchNumber(unitTouch(unit)))
	}
	if v.OwnCases {
		for _, key := range v.grantees() {
			numbers = append(numbers, touchNumber(key))
		}
	}
	return numbers
}
