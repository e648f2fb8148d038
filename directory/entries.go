package directory

import "github.com/tiaochu/tiaochu/casefile"

// Entries are the rows that an installation adds to the published divisions.
type Entries struct {
	Local   []casefile.DivisionInfo
	Units   []casefile.Unit
	People  []casefile.Person
	Systems []System
	// Subjects are who signs in as whom.
	Subjects []Subject
	// Absences are those that have begun or will. A file of the directory brings none.
	Absences []Absence `json:",omitempty"`
}

// Directory returns the snapshot of the published divisions with these entries. The
// errors are New's, NewTree's for the local divisions, and an *InvalidError for subjects.
func (e Entries) Directory() (*Directory, error) {
	tree, err := Divisions().With(e.Local...)
	if err != nil {
		return nil, err
	}
	d, err := New(tree, e.Units, e.People, e.Systems)
	if err != nil {
		return nil, err
	}
	if err := d.withSubjects(e.Subjects); err != nil {
		return nil, err
	}
	d.withAbsences(e.Absences)
	return d, nil
}
