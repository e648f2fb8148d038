package directory

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// With returns these entries as they are after more of them: a row replaces the one of its id,
// and takes no role and no superior away that was there. The rows of more come first and in
// their order, so that a fault is told with its row there.
func (e Entries) With(more Entries) Entries {
	return Entries{
		Absences: slices.Concat(e.Absences, more.Absences),
		Local:    merged(e.Local, more.Local, func(d casefile.DivisionInfo) string { return string(d.Code) }, nil),
		Systems:  merged(e.Systems, more.Systems, func(s System) string { return s.ID }, nil),
		// A person has one subject: a new one takes the old one's place.
		Subjects: merged(e.Subjects, more.Subjects, func(s Subject) string { return s.PersonID }, nil),
		Units: merged(e.Units, more.Units, func(u casefile.Unit) string { return u.ID }, func(old, fresh casefile.Unit) casefile.Unit {
			fresh.SuperiorUnitIDs = union(fresh.SuperiorUnitIDs, old.SuperiorUnitIDs)
			return fresh
		}),
		People: merged(e.People, more.People, func(p casefile.Person) string { return p.ID }, func(old, fresh casefile.Person) casefile.Person {
			fresh.Roles = union(fresh.Roles, old.Roles)
			return fresh
		}),
	}
}

func merged[T any](old, more []T, id func(T) string, join func(old, fresh T) T) []T {
	known := make(map[string]T, len(old))
	for _, row := range old {
		known[id(row)] = row
	}
	list := make([]T, 0, len(old)+len(more))
	given := make(map[string]bool, len(more))
	for _, row := range more {
		given[id(row)] = true
		if before, ok := known[id(row)]; ok && join != nil {
			row = join(before, row)
		}
		list = append(list, row)
	}
	for _, row := range old {
		if !given[id(row)] {
			list = append(list, row)
		}
	}
	return list
}

func union[T comparable](list, more []T) []T {
	list = slices.Clone(list)
	for _, value := range more {
		if !slices.Contains(list, value) {
			list = append(list, value)
		}
	}
	return list
}
