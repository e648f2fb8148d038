package directory

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// Change is one act of an administrator: SavePerson, SaveUnit, GrantRole,
// RevokeRole, SetAbsence or SignIn.
type Change interface {
	// decide says which rows the change makes, each as it is afterwards, or why it is refused.
	decide(a administering) (Entries, *casefile.Refusal)
	// Mutation is the change's name in the audit trail.
	Mutation() string
}

// SavePerson adds somebody, or changes their name and who they are at the identity provider.
// An empty subject leaves that as it is: somebody new without one can't sign in.
type SavePerson struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Subject string `json:"subject,omitempty"`
}

// SaveUnit adds a unit, or changes its name, industry, supervision and superiors. Kind and
// division stay: cases were given to it for them.
type SaveUnit struct{ casefile.Unit }

// GrantRole gives somebody a role at a unit.
type GrantRole struct {
	PersonID string `json:"personId"`
	casefile.RoleAt
}

// RevokeRole takes it away. Work that waited for them waits in the inbox of the role from
// then on.
type RevokeRole struct {
	PersonID string `json:"personId"`
	casefile.RoleAt
}

// Mutation implements Change.
func (SavePerson) Mutation() string { return "savePerson" }

// Mutation implements Change.
func (SaveUnit) Mutation() string { return "saveUnit" }

// Mutation implements Change.
func (GrantRole) Mutation() string { return "grantRole" }

// Mutation implements Change.
func (RevokeRole) Mutation() string { return "revokeRole" }

// maxName is the longest name of a person or unit, in characters.
const maxName = 100

// Administer decides a change at an instant. The actor must be ADMIN at a unit whose area holds
// all that the change touches, and never changes their own rights or sign-in; of an absence
// see SetAbsence. It returns the rows that the change makes, each as it is afterwards.
func (d *Directory) Administer(actor casefile.Actor, change Change, now time.Time) (Entries, *casefile.Refusal) {
	may := actor.Role == casefile.RoleAdmin
	switch change.(type) {
	case SetAbsence:
		may = true // who, it says itself
	case SignIn:
		may = actor.Role == casefile.RoleSystem
	}
	if !may {
		return Entries{}, refuse(casefile.RefusedWrongRole, "", "units and people are kept by an ADMIN", "单位和人员由系统管理员（ADMIN）维护")
	}
	return change.decide(administering{d, actor, calendar.DateOf(now)})
}

type administering struct {
	*Directory
	actor casefile.Actor
	today calendar.Date
}

func refuse(code casefile.RefusalCode, field, en, zh string) *casefile.Refusal {
	refusal := &casefile.Refusal{Code: code, Message: en, MessageZH: zh}
	if field != "" {
		refusal.Field = []string{field}
	}
	return refusal
}

func (c SavePerson) decide(a administering) (Entries, *casefile.Refusal) {
	if refusal := checkName(c.Name); refusal != nil {
		return Entries{}, refusal
	}
	if len(c.Subject) > MaxSubject {
		return Entries{}, refuse(casefile.RefusedTooLong, "subject",
			fmt.Sprintf("subject has %d bytes, more than %d", len(c.Subject), MaxSubject),
			fmt.Sprintf("subject 长度为%d字节，超过%d字节", len(c.Subject), MaxSubject))
	}
	if other, taken := a.PersonOfSubject(c.Subject); taken && other.ID != c.ID {
		return Entries{}, refuse(casefile.RefusedConflict, "subject", "the subject belongs to another person", "该 subject 已属于其他人员")
	}
	person, known := a.Person(c.ID)
	if known {
		if refusal := a.overPerson(person); refusal != nil {
			return Entries{}, refusal
		}
	}
	saved := Entries{People: []casefile.Person{{ID: c.ID, Name: c.Name, Roles: person.Roles}}}
	if c.Subject != "" {
		saved.Subjects = []Subject{{Subject: c.Subject, PersonID: c.ID}}
	}
	return saved, nil
}

func (c SaveUnit) decide(a administering) (Entries, *casefile.Refusal) {
	if refusal := checkName(c.Unit.Name); refusal != nil {
		return Entries{}, refusal
	}
	if known, ok := a.Unit(c.ID); ok {
		if refusal := a.over(known, "id"); refusal != nil {
			return Entries{}, refusal
		}
		if known.Kind != c.Kind {
			return Entries{}, refuse(casefile.RefusedInvalid, "kind",
				fmt.Sprintf("%s is a %s and stays one; save another unit", known.Name, known.Kind),
				fmt.Sprintf("%s的类型为%s，不能更改；请另建单位", known.Name, known.Kind))
		}
		if known.Division != c.Division {
			return Entries{}, refuse(casefile.RefusedInvalid, "division",
				fmt.Sprintf("%s sits at %s and stays there; save another unit", known.Name, known.Division),
				fmt.Sprintf("%s的所在区划为%s，不能更改；请另建单位", known.Name, known.Division))
		}
	}
	if _, ok := a.Division(c.Division); !ok {
		return Entries{}, refuse(casefile.RefusedUnknownDivision, "division",
			fmt.Sprintf("there is no division %s", c.Division), fmt.Sprintf("没有行政区划%s", c.Division))
	}
	if refusal := a.over(c.Unit, "division"); refusal != nil {
		return Entries{}, refusal
	}
	if centre, ok := a.CentreOf(c.Division); ok && c.Kind == casefile.UnitCenter && centre.ID != c.ID {
		return Entries{}, refuse(casefile.RefusedConflict, "kind",
			fmt.Sprintf("%s has a centre: %s", c.Division, centre.Name), fmt.Sprintf("%s已有综治中心：%s", c.Division, centre.Name))
	}
	return Entries{Units: []casefile.Unit{c.Unit}}, a.checkRelations(c.Unit)
}

// checkRelations refuses supervision and superiors that can't be.
func (a administering) checkRelations(unit casefile.Unit) *casefile.Refusal {
	if id := unit.SupervisingUnitID; id != "" {
		supervising, ok := a.Unit(id)
		switch {
		case !ok:
			return refuse(casefile.RefusedUnknownUnit, "supervisingUnitId", "there is no such unit", "没有该单位")
		case !a.tree.Covers(supervising.Division, unit.Division):
			return refuse(casefile.RefusedJurisdiction, "supervisingUnitId",
				fmt.Sprintf("%s sits at %s, which does not hold %s", supervising.Name, supervising.Division, unit.Division),
				fmt.Sprintf("%s所在区划%s不包含%s", supervising.Name, supervising.Division, unit.Division))
		case id == unit.ID || slices.Contains(a.Supervisors(id), unit.ID):
			return refuse(casefile.RefusedInvalid, "supervisingUnitId",
				"the unit would supervise itself", "单位不能直接或间接督办自身")
		}
	}
	for i, id := range unit.SuperiorUnitIDs {
		_, ok := a.Unit(id)
		switch {
		case !ok:
			return refuse(casefile.RefusedUnknownUnit, "superiorUnitIds", "there is no such unit", "没有该单位")
		case slices.Contains(unit.SuperiorUnitIDs[:i], id):
			return refuse(casefile.RefusedInvalid, "superiorUnitIds", "a superior is given twice", "上级单位重复")
		case id == unit.ID || slices.Contains(a.Superiors(id), unit.ID):
			return refuse(casefile.RefusedInvalid, "superiorUnitIds", "the unit would be its own superior", "单位不能成为自身的上级")
		}
	}
	return nil
}

func (c GrantRole) decide(a administering) (Entries, *casefile.Refusal) {
	person, refusal := a.roleOf(c.PersonID, c.RoleAt)
	if refusal != nil {
		return Entries{}, refusal
	}
	if person.Holds(c.Role, c.UnitID) {
		return Entries{}, refuse(casefile.RefusedAlreadyDone, "role",
			fmt.Sprintf("%s is %s there already", person.Name, c.Role), fmt.Sprintf("%s在该单位已有%s角色", person.Name, c.Role))
	}
	person.Roles = append(slices.Clip(person.Roles), c.RoleAt)
	return Entries{People: []casefile.Person{person}}, nil
}

func (c RevokeRole) decide(a administering) (Entries, *casefile.Refusal) {
	person, refusal := a.roleOf(c.PersonID, c.RoleAt)
	if refusal != nil {
		return Entries{}, refusal
	}
	if !person.Holds(c.Role, c.UnitID) {
		return Entries{}, refuse(casefile.RefusedNotFound, "role",
			fmt.Sprintf("%s is not %s there", person.Name, c.Role), fmt.Sprintf("%s在该单位没有%s角色", person.Name, c.Role))
	}
	person.Roles = slices.DeleteFunc(slices.Clone(person.Roles), func(at casefile.RoleAt) bool { return at == c.RoleAt })
	return Entries{People: []casefile.Person{person}}, nil
}

// roleOf returns whose role is meant, after checking that the actor may give and take it.
func (a administering) roleOf(personID string, at casefile.RoleAt) (casefile.Person, *casefile.Refusal) {
	person, ok := a.Person(personID)
	if !ok {
		return person, refuse(casefile.RefusedUnknownPerson, "personId", "there is no such person", "没有该人员")
	}
	if person.ID == a.actor.PersonID {
		return person, refuse(casefile.RefusedSamePerson, "personId",
			"nobody gives or takes their own roles: another ADMIN does", "不得增减本人的角色，应由其他系统管理员办理")
	}
	if at.Role == casefile.RoleSystem || !roles[at.Role] {
		return person, refuse(casefile.RefusedInvalid, "role",
			fmt.Sprintf("role %q is no person's", at.Role), fmt.Sprintf("%q 不是人员角色", at.Role))
	}
	unit, ok := a.Unit(at.UnitID)
	if !ok {
		return person, refuse(casefile.RefusedUnknownUnit, "unitId", "there is no such unit", "没有该单位")
	}
	return person, a.over(unit, "unitId")
}

// over refuses a unit outside the administrator's area.
func (a administering) over(unit casefile.Unit, field string) *casefile.Refusal {
	if own, ok := a.Unit(a.actor.UnitID); ok && a.tree.Covers(own.Division, unit.Division) {
		return nil
	}
	return refuse(casefile.RefusedJurisdiction, field,
		fmt.Sprintf("%s is outside what this ADMIN keeps", unit.Division), fmt.Sprintf("%s不在该系统管理员的维护范围内", unit.Division))
}

// overPerson refuses somebody with a role outside the area: whoever sets a person's sign-in
// can act as that person.
func (a administering) overPerson(person casefile.Person) *casefile.Refusal {
	if person.ID == a.actor.PersonID {
		return refuse(casefile.RefusedSamePerson, "id",
			"nobody changes their own sign-in: another ADMIN does", "不得更改本人的登录信息，应由其他系统管理员办理")
	}
	for _, at := range person.Roles {
		if unit, ok := a.Unit(at.UnitID); ok {
			if refusal := a.over(unit, "id"); refusal != nil {
				return refusal
			}
		}
	}
	return nil
}

func checkName(name string) *casefile.Refusal {
	switch n := len([]rune(name)); {
	case strings.TrimSpace(name) == "":
		return refuse(casefile.RefusedRequired, "name", "name is required", "名称必填")
	case n > maxName:
		return refuse(casefile.RefusedTooLong, "name",
			fmt.Sprintf("name has %d characters, more than %d", n, maxName), fmt.Sprintf("名称有%d个字符，超过%d个", n, maxName))
	}
	return nil
}
