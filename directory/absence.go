package directory

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// Absence is a time that somebody is away, in whole days in Asia/Shanghai.
type Absence struct {
	PersonID string        `json:"personId"`
	From     calendar.Date `json:"from"`
	// Until is the last day away; the zero Date is until further notice.
	Until    calendar.Date `json:"until,omitzero"`
	DeputyID string        `json:"deputyId,omitempty"`
	// Begun says that it is in force. Whoever keeps the record turns it at the beginning and the
	// end, so that what follows from it is derived again in the same step.
	Begun bool `json:"begun,omitempty"`
}

// meets reports whether two absences have a day in common.
func (a Absence) meets(b Absence) bool {
	return (a.Until.IsZero() || !a.Until.Before(b.From)) && (b.Until.IsZero() || !b.Until.Before(a.From))
}

func (a Absence) String() string {
	if a.Until.IsZero() {
		return a.From.String() + " …"
	}
	return a.From.String() + " … " + a.Until.String()
}

// withAbsences tells everybody's absences with them. One of somebody unknown is passed over.
func (d *Directory) withAbsences(absences []Absence) {
	if len(absences) == 0 {
		return
	}
	absences = slices.Clone(absences)
	slices.SortFunc(absences, func(a, b Absence) int { return a.From.Compare(b.From) })
	for _, a := range absences {
		at, ok := d.personAt[a.PersonID]
		if !ok {
			continue
		}
		person, absence := &d.people[at], casefile.Absence{From: a.From, Until: a.Until, DeputyID: a.DeputyID}
		person.Absences = append(person.Absences, absence)
		if a.Begun {
			person.Away = &absence
		}
	}
	d.absences = absences
	d.indexPeople()
}

// AbsencesOf lists those absences of somebody that have begun or will, the earliest first.
func (d *Directory) AbsencesOf(personID string) []Absence {
	return slices.DeleteFunc(slices.Clone(d.absences), func(a Absence) bool { return a.PersonID != personID })
}

// SetAbsence says from which day to which somebody is away, and who stands in. One of the
// same first day takes the place of the one before: so it is ended earlier, or called off by a
// last day before the first. It is set by the person, by their head, or by an ADMIN.
type SetAbsence struct {
	PersonID string        `json:"personId"`
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until,omitzero"`
	DeputyID string        `json:"deputyId,omitempty"`
}

// Mutation implements Change.
func (SetAbsence) Mutation() string { return "setAbsence" }

// CallsOff reports whether the absence is not to be at all.
func (c SetAbsence) CallsOff() bool { return !c.Until.IsZero() && c.Until.Before(c.From) }

func (c SetAbsence) decide(a administering) (Entries, *casefile.Refusal) {
	person, ok := a.Person(c.PersonID)
	if !ok {
		return Entries{}, refuse(casefile.RefusedUnknownPerson, "personId", "there is no such person", "没有该人员")
	}
	if refusal := a.overAbsence(person); refusal != nil {
		return Entries{}, refusal
	}
	set := Absence{PersonID: c.PersonID, From: c.From, Until: c.Until, DeputyID: c.DeputyID}
	if refusal := c.checkDays(a, set); refusal != nil {
		return Entries{}, refusal
	}
	if c.CallsOff() {
		return Entries{}, nil
	}
	if refusal := c.checkDeputy(a, person, set); refusal != nil {
		return Entries{}, refusal
	}
	set.Begun = !set.From.After(a.today) && (set.Until.IsZero() || !set.Until.Before(a.today))
	return Entries{Absences: []Absence{set}}, nil
}

// overAbsence lets the person, the head of one of their units, and an ADMIN over them set it.
func (a administering) overAbsence(person casefile.Person) *casefile.Refusal {
	if person.ID == a.actor.PersonID {
		return nil
	}
	if a.actor.Role == casefile.RoleAdmin {
		return a.overPerson(person)
	}
	for _, at := range person.Roles {
		if at.UnitID == a.actor.UnitID && (a.actor.Role == casefile.RoleLeader ||
			a.actor.Role == casefile.RoleManager && at.Role != casefile.RoleLeader) {
			return nil
		}
	}
	return refuse(casefile.RefusedWrongRole, "personId",
		"an absence is set by whoever is away, the head of their unit, or an ADMIN over it", "请假由本人、所在单位负责人或者系统管理员登记")
}

// checkDays refuses days that are over, and an absence that meets another one.
func (c SetAbsence) checkDays(a administering, set Absence) *casefile.Refusal {
	var known *Absence
	for _, other := range a.AbsencesOf(c.PersonID) {
		switch {
		case other.From == c.From:
			known = &other
		case !c.CallsOff() && other.meets(set):
			return refuse(casefile.RefusedConflict, "from",
				fmt.Sprintf("the person is away already: %s", other), fmt.Sprintf("与已登记的请假重叠：%s", other))
		}
	}
	yesterday := a.today.AddDays(-1)
	switch {
	case known == nil && c.CallsOff():
		return refuse(casefile.RefusedNotFound, "from",
			fmt.Sprintf("no absence begins on %s; one is called off by its first day", c.From), fmt.Sprintf("没有自%s开始的请假可以撤销", c.From))
	case known == nil && c.From.Before(a.today):
		return refuse(casefile.RefusedOutOfOrder, "from",
			fmt.Sprintf("%s is over: an absence begins today, %s, or later", c.From, a.today), fmt.Sprintf("%s已过，请假不得早于今日（%s）", c.From, a.today))
	case !c.Until.IsZero() && c.Until.Before(yesterday) && c.From.Before(a.today):
		return refuse(casefile.RefusedOutOfOrder, "to",
			fmt.Sprintf("%s is over: an absence that has begun ends yesterday, %s, at the earliest", c.Until, yesterday),
			fmt.Sprintf("%s已过，已开始的请假最早于昨日（%s）结束", c.Until, yesterday))
	}
	return nil
}

// checkDeputy wants a colleague who is there all the time: of one of the person's units, or of
// one that supervises it.
func (c SetAbsence) checkDeputy(a administering, person casefile.Person, set Absence) *casefile.Refusal {
	if c.DeputyID == "" {
		return nil
	}
	deputy, ok := a.Person(c.DeputyID)
	switch {
	case !ok:
		return refuse(casefile.RefusedUnknownPerson, "deputyId", "there is no such person", "没有该人员")
	case deputy.ID == person.ID:
		return refuse(casefile.RefusedSamePerson, "deputyId", "nobody stands in for themselves", "本人不能代理本人")
	}
	for _, away := range a.AbsencesOf(deputy.ID) {
		if away.meets(set) {
			return refuse(casefile.RefusedAway, "deputyId",
				fmt.Sprintf("%s is away too: %s", deputy.Name, away), fmt.Sprintf("%s同期请假：%s", deputy.Name, away))
		}
	}
	for _, at := range person.Roles {
		unit, _ := a.Unit(at.UnitID)
		for _, held := range deputy.Roles {
			if held.UnitID == unit.ID || held.UnitID == unit.SupervisingUnitID {
				return nil
			}
		}
	}
	return refuse(casefile.RefusedJurisdiction, "deputyId",
		fmt.Sprintf("%s works neither at a unit of %s nor at one that supervises it", deputy.Name, person.Name),
		fmt.Sprintf("%s不在%s所在单位或者其督办单位任职", deputy.Name, person.Name))
}
