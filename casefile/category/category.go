// Package category holds what a case is about, as two closed code lists: one for disputes
// (the categories of people's-mediation statistics) and one for petitions (a tree under
// the usual first-level classes of petition offices).
//
// It knows no other package of the project: a kind is the word that casefile.Kind holds,
// "DISPUTE" or "PETITION".
package category

// The kinds that have a code list.
const (
	Dispute  = "DISPUTE"
	Petition = "PETITION"
)

// Category is one entry of a code list.
type Category struct {
	// Code is stable and readable, as "D-FAMILY" or "P-URBAN-PROPERTY".
	Code string
	// Parent is the code of the wider category, or empty at the first level.
	Parent string
	ZH     string
	EN     string
	// Restricted marks a matter that makes its case RESTRICTED by itself: one about
	// minors, domestic violence, sexual offences, illness or a trade secret.
	Restricted bool
}

// List returns a kind's categories, each after its parent; nil for an unknown kind. The
// slice is the caller's.
func List(kind string) []Category {
	list := lists[kind]
	if list == nil {
		return nil
	}
	return append([]Category(nil), list.entries...)
}

// Children returns the categories directly below a code, or the first level for "".
func Children(kind, parent string) []Category {
	list := lists[kind]
	if list == nil {
		return nil
	}
	var children []Category
	for _, entry := range list.entries {
		if entry.Parent == parent {
			children = append(children, entry)
		}
	}
	return children
}

// Find returns the category of a kind with this code. Codes are compared exactly.
func Find(kind, code string) (Category, bool) {
	list := lists[kind]
	if list == nil {
		return Category{}, false
	}
	at, ok := list.byCode[code]
	if !ok {
		return Category{}, false
	}
	return list.entries[at], true
}

// Path returns the category and those above it, the widest first; nil for an unknown code.
func Path(kind, code string) []Category {
	var path []Category
	for code != "" {
		entry, ok := Find(kind, code)
		if !ok {
			return nil
		}
		path = append([]Category{entry}, path...)
		code = entry.Parent
	}
	return path
}
