package directory

import "github.com/tiaochu/tiaochu/casefile"

// Subject tells who a person is at the identity provider that signs people in: the claim
// of the token that names them for good. A machine client has one like anybody else.
type Subject struct {
	Subject  string `json:"subject"`
	PersonID string `json:"personId"`
}

// MaxSubject is the longest subject in bytes (OpenID Connect Core 1.0, section 2).
const MaxSubject = 255

// withSubjects adds who signs in as whom. It returns an *InvalidError that names every row
// whose subject is empty, too long or given twice, or whose person is unknown or has two.
func (d *Directory) withSubjects(subjects []Subject) error {
	faults := problems{list: "subject"}
	d.subjectOf = make(map[string]string, len(subjects))
	taken := make(map[string]bool, len(subjects))
	for i, s := range subjects {
		_, known := d.personAt[s.PersonID]
		_, twice := d.subjectOf[s.Subject]
		switch {
		case s.Subject == "":
			faults.add(i, s.Subject, "is empty")
		case len(s.Subject) > MaxSubject:
			faults.add(i, s.Subject, "has %d bytes, more than %d", len(s.Subject), MaxSubject)
		case twice:
			faults.add(i, s.Subject, "is there twice")
		case !known:
			faults.add(i, s.Subject, "is the unknown person %q", s.PersonID)
		case taken[s.PersonID]:
			faults.add(i, s.Subject, "is a second subject of %s", s.PersonID)
		}
		d.subjectOf[s.Subject] = s.PersonID
		taken[s.PersonID] = true
	}
	return invalid(faults)
}

// PersonOfSubject returns the person whom the identity provider knows by this subject.
func (d *Directory) PersonOfSubject(subject string) (casefile.Person, bool) {
	id, ok := d.subjectOf[subject]
	if !ok {
		return casefile.Person{}, false
	}
	return d.Person(id)
}
