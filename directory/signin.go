package directory

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// SignIn brings the directory in step with the newest token in which the identity provider says
// who somebody is and what they do: it enters who is new, and gives and takes their roles, so
// that work can be given to them. Only the system does it, where roles come from a claim.
type SignIn struct {
	// ID names somebody new.
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Subject string            `json:"subject"`
	Roles   []casefile.RoleAt `json:"roles"`
	// IssuedAt is when the token was issued: an older one changes nothing after it.
	IssuedAt time.Time `json:"issuedAt"`
}

// Mutation implements Change.
func (SignIn) Mutation() string { return "signIn" }

func (c SignIn) decide(a administering) (Entries, *casefile.Refusal) {
	person, known := a.PersonOfSubject(c.Subject)
	if !known {
		if _, taken := a.Person(c.ID); taken {
			return Entries{}, refuse(casefile.RefusedConflict, "id", "the id belongs to another person", "该编号已属于其他人员")
		}
		person = casefile.Person{ID: c.ID, Name: c.Name}
	}
	person.Roles = c.Roles
	return Entries{People: []casefile.Person{person}, Subjects: []Subject{{Subject: c.Subject, PersonID: person.ID}}}, nil
}

// Known leaves out the roles at units that the directory doesn't have, and what is no
// person's role.
func (d *Directory) Known(given []casefile.RoleAt) []casefile.RoleAt {
	known := make([]casefile.RoleAt, 0, len(given))
	for _, at := range given {
		if _, ok := d.Unit(at.UnitID); ok && roles[at.Role] && at.Role != casefile.RoleSystem {
			known = append(known, at)
		}
	}
	return known
}
