package casefile

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// Absence is a time that somebody is away, in whole days in Asia/Shanghai.
type Absence struct {
	From calendar.Date
	// Until is the last day away; the zero Date is until further notice.
	Until calendar.Date
	// DeputyID stands in; empty where nobody does.
	DeputyID string
}

// present reports whether somebody is there to take work.
func (p Person) present() bool { return len(p.Roles) > 0 && p.Away == nil }

// CheckPresent refuses to give work to somebody who is away; it names who stands in.
func CheckPresent(person Person, dir Directory, field []string) *Refusal {
	if person.Away == nil {
		return nil
	}
	en, zh := fmt.Sprintf("%s is away", personName(person)), fmt.Sprintf("%s请假", personName(person))
	if last := person.Away.Until; !last.IsZero() {
		en, zh = fmt.Sprintf("%s until %s", en, last), fmt.Sprintf("%s至%s", zh, last)
	}
	if deputy, ok := dir.Person(person.Away.DeputyID); ok {
		en, zh = fmt.Sprintf("%s; %s stands in", en, personName(deputy)), fmt.Sprintf("%s，由%s代理", zh, personName(deputy))
	}
	return refuse(RefusedAway, field, en+": name somebody who is there", zh+"，请指定在岗人员")
}

// StandsIn reports whether a person stands in on a case for somebody who is away. What keeps
// somebody from taking part in a case keeps them from standing in on it, and who works on
// it where the circle is narrow is named for the case itself, never by an absence.
func StandsIn(state State, personID, forID string, dir Directory) bool {
	if personID == "" || forID == "" || narrowness(state.Confidentiality) > 0 {
		return false
	}
	away, ok := dir.Person(forID)
	if !ok || away.Away == nil || away.Away.DeputyID != personID {
		return false
	}
	deputy, ok := dir.Person(personID)
	return ok && deputy.present() && takesPart(state, deputy, dir, nil) == nil
}

// mediatesFor reports whether somebody mediates for a mediator who is away: a mediator of the
// same body, unless the parties chose the one who is away.
func mediatesFor(state State, m Mediation, personID string, dir Directory) bool {
	if len(m.ChosenBy) > 0 || !StandsIn(state, personID, m.MediatorID, dir) {
		return false
	}
	deputy, _ := dir.Person(personID)
	return deputy.Holds(RoleMediator, m.UnitID)
}

// is reports whether the actor is somebody of the case, or stands in for them.
func (a Actor) is(personID string) bool {
	return personID != "" && (a.PersonID == personID || a.standsInFor == personID)
}

// standingIn is an actor who knows for whom of the case's people they stand in.
func standingIn(state State, actor Actor, dir Directory) Actor {
	m := state.openMediation()
	switch {
	case StandsIn(state, actor.PersonID, state.HandlerID, dir):
		actor.standsInFor = state.HandlerID
	case m != nil && mediatesFor(state, *m, actor.PersonID, dir):
		actor.standsInFor = m.MediatorID
	}
	return actor
}

// standIns adds the tasks of those who are away a second time, for whoever stands in for
// them. Where nobody does, or may, the desk of the office has them.
func (t *tasking) standIns() {
	for _, task := range slices.Clone(t.tasks) {
		if task.AssigneeID == "" {
			for _, deputy := range t.toldFor(task) {
				t.addStandIn(task, deputy.stands, place{person: deputy.id})
			}
			continue
		}
		person, ok := t.dir.Person(task.AssigneeID)
		if !ok || person.Away == nil {
			continue
		}
		if deputy := person.Away.DeputyID; t.doesFor(task, deputy) {
			t.addStandIn(task, person.ID, place{person: deputy})
			continue
		}
		desk := t.office()
		if task.Kind == TaskDecidePackage {
			desk = place{inbox: RoleAt{RoleLeader, t.state.proposedPackage().UnitID}}
		}
		if t.staffed(desk.inbox) {
			t.addStandIn(task, person.ID, desk)
		}
	}
}

func (t *tasking) addStandIn(task Task, forID string, whose place) {
	same := task
	same.ID, same.StandsInFor = task.ID+":for:"+forID, forID
	same.AssigneeID, same.InboxRole, same.InboxUnit = whose.person, whose.inbox.Role, whose.inbox.UnitID
	t.tasks = append(t.tasks, same)
}

// doesFor reports whether a deputy may do a task of somebody who is away.
func (t *tasking) doesFor(task Task, deputyID string) bool {
	if m := t.state.openMediation(); m != nil && task.Kind == TaskMediate && task.AssigneeID == m.MediatorID {
		return mediatesFor(t.state, *m, deputyID, t.dir)
	}
	return task.AssigneeID == t.state.HandlerID && StandsIn(t.state, deputyID, task.AssigneeID, t.dir)
}

// staffed reports whether a post is held by somebody who is there.
func (t *tasking) staffed(at RoleAt) bool {
	return slices.ContainsFunc(t.dir.Holders(at.Role, at.UnitID), Person.present)
}

type standIn struct{ id, stands string }

// supervisionKinds are the tasks by which somebody learns of supervision.
var supervisionKinds = []string{TaskAcknowledgeSupervision, TaskReplySupervision, TaskJudgeSupervision, TaskWatchClock}

// toldFor are the deputies who learn of supervision where everybody is away who holds the post
// that it is sent to.
func (t *tasking) toldFor(task Task) []standIn {
	if !slices.Contains(supervisionKinds, task.Kind) || t.staffed(RoleAt{task.InboxRole, task.InboxUnit}) {
		return nil
	}
	var told []standIn
	for _, holder := range t.dir.Holders(task.InboxRole, task.InboxUnit) {
		if holder.Away != nil && StandsIn(t.state, holder.Away.DeputyID, holder.ID, t.dir) {
			told = append(told, standIn{holder.Away.DeputyID, holder.ID})
		}
	}
	return told
}

// grantStandIns lets those see an open case who stand in on it for somebody who is away.
func (s State) grantStandIns(dir Directory, add func(Grant)) {
	if !s.Stage.Open() {
		return
	}
	of := func(personID string, stands func(deputy string) bool) {
		if person, ok := dir.Person(personID); ok && person.Away != nil && stands(person.Away.DeputyID) {
			add(Grant{PersonID: person.Away.DeputyID})
		}
	}
	of(s.HandlerID, func(deputy string) bool { return StandsIn(s, deputy, s.HandlerID, dir) })
	if m := s.openMediation(); m != nil {
		of(m.MediatorID, func(deputy string) bool { return mediatesFor(s, *m, deputy, dir) })
	}
	told := tasking{state: s, dir: dir}
	told.supervision()
	for _, task := range told.tasks {
		for _, deputy := range told.toldFor(task) {
			add(Grant{PersonID: deputy.id})
		}
	}
}
