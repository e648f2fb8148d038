package casefile

// Language is a language that labels, sentences and refusals are shown in.
type Language string

// The languages.
const (
	Chinese Language = "ZH_CN"
	English Language = "EN"
)

// Term is one value of a closed list with what users read for it.
type Term struct {
	Value string
	ZH    string
	EN    string
}

// Label returns the term's label in a language; Chinese for any language but English.
func (t Term) Label(lang Language) string {
	if lang == English {
		return t.EN
	}
	return t.ZH
}

// Label returns what users read for a value of an enum, both named as in the GraphQL
// contract ("CaseStage", "MEDIATION"). For an unknown enum or value it returns the value.
func Label(enum, value string, lang Language) string {
	for _, term := range termsByEnum[enum] {
		if term.Value == value {
			return term.Label(lang)
		}
	}
	return value
}

// Terms returns an enum's values in the order of the contract, or nil for an unknown
// enum. The slice is the caller's.
func Terms(enum string) []Term {
	return append([]Term(nil), termsByEnum[enum]...)
}

// HasTerm reports whether value is one of an enum's values.
func HasTerm(enum, value string) bool {
	for _, term := range termsByEnum[enum] {
		if term.Value == value {
			return true
		}
	}
	return false
}

// Enums lists the names of the enums that have labels, in the order of the contract.
func Enums() []string {
	names := make([]string, len(enums))
	for i, enum := range enums {
		names[i] = enum.name
	}
	return names
}

var termsByEnum = func() map[string][]Term {
	byName := make(map[string][]Term, len(enums))
	for _, enum := range enums {
		byName[enum.name] = enum.terms
	}
	return byName
}()
