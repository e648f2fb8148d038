package directory

import "github.com/tiaochu/tiaochu/casefile"

// Entries are the rows that an installation adds to the published divisions.
type Entries struct {
	Local   []casefile.DivisionInfo
	Units   []casefile.Unit
	People  []casefile.Person
	Systems []System
}

// Directory returns the snapshot of the published divisions with these entries. The
// errors are New's, and NewTree's for the local divisions.
func (e Entries) Directory() (*Directory, error) {
	tree, err := Divisions().With(e.Local...)
	if err != nil {
		return nil, err
	}
	return New(tree, e.Units, e.People, e.Systems)
}
