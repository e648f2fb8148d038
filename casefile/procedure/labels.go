package procedure

import "slices"

// Term is one value of a closed list with what users read for it.
type Term struct {
	Value string
	ZH    string
	EN    string
}

// Lists are the names of the closed lists ("Event", "Pause"), each that of its Go type.
func Lists() []string {
	names := make([]string, len(vocabularies))
	for i, list := range vocabularies {
		names[i] = list.name
	}
	return names
}

// Terms are a list's values in their order; nil for an unknown list. The slice is the
// caller's.
func Terms(list string) []Term { return slices.Clone(termsByList[list]) }

// Label is what users read for a value of a list; the value itself where it is unknown.
func Label(list, value string) Text {
	for _, term := range termsByList[list] {
		if term.Value == value {
			return Text{ZH: term.ZH, EN: term.EN}
		}
	}
	return Text{ZH: value, EN: value}
}

// has reports whether a value is on a list.
func has[T ~string](list string, value T) bool {
	return slices.ContainsFunc(termsByList[list], func(term Term) bool { return term.Value == string(value) })
}

var termsByList = func() map[string][]Term {
	byName := make(map[string][]Term, len(vocabularies))
	for _, list := range vocabularies {
		byName[list.name] = list.terms
	}
	return byName
}()
