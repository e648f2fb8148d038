package leadership

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// Tasks lists what has to be done next; a package that hasn't ended has at least one. A
// task goes to the person whose it is while they hold a post, else to the inbox of the
// first role at the unit that somebody fills; a vacancy never hides it.
func Tasks(state State, dir casefile.Directory) []casefile.Task {
	t := tasking{state: state, dir: dir}
	switch {
	case state.Status == Proposed:
		t.add(TaskApprove, "approve", StepApproval, t.leader())
	case state.Status.Holds():
		t.work()
	}
	if !state.Status.Ended() && state.Exists() {
		for _, order := range state.Orders {
			t.supervision(order)
		}
	}
	t.standIns()
	return t.tasks
}

type tasking struct {
	state State
	dir   casefile.Directory
	tasks []casefile.Task
}

// place is whose task it is: a person's, or a role inbox's.
type place struct {
	person string
	inbox  casefile.RoleAt
}

// supervision is what an open order wants: an answer from the unit that it chases, and that the
// unit that issued it chases and judges.
func (t *tasking) supervision(order Order) {
	issuing := t.filled(order.IssuedByUnitID, casefile.RoleSupervisor, casefile.RoleManager, casefile.RoleLeader, casefile.RoleClerk)
	chased := t.filled(order.AddresseeUnitID, casefile.RoleManager, casefile.RoleLeader, casefile.RoleClerk)
	if order.AddresseeUnitID == t.state.LeaderUnitID {
		chased = t.leader()
	}
	switch {
	case !unended(order):
	case !wantsReply(order):
		t.addUntil(casefile.TaskJudgeSupervision, "judge-supervision:"+order.ID, "", issuing)
	default:
		kind, id := casefile.TaskReplySupervision, "reply-supervision:"+order.ID
		if order.Status == casefile.SupervisionOpen {
			kind, id = casefile.TaskAcknowledgeSupervision, "acknowledge-supervision:"+order.ID
		}
		t.addUntil(kind, id, order.ClockID, chased)
		t.addUntil(TaskSupervise, "supervise:"+order.ID, order.ClockID, issuing)
	}
}

func (t *tasking) work() {
	s := t.state
	responsible := t.filled(s.ResponsibleUnitID, casefile.RoleManager, casefile.RoleLeader, casefile.RoleClerk)
	planned := false
	for _, m := range s.Milestones {
		if m.Dropped {
			continue
		}
		planned = true
		if m.DoneAt.IsZero() {
			t.addUntil(TaskMilestone, "milestone:"+m.ID, m.DeadlineID, responsible)
		}
	}
	if !planned {
		t.add(TaskPlan, "plan", StepPlan, responsible)
	}
	if slices.ContainsFunc(s.TeamIDs, t.gone) {
		t.add(TaskFillTeam, "fill-team", "", t.leader())
	}
	step := StepReview
	if s.Status == Stabilised {
		step = StepStabilisedReview
	}
	t.add(TaskReview, "review", step, t.leader())
	for _, m := range s.Members {
		if m.Status == Joined && m.Standing.Concluded && m.Asked == nil {
			t.add(TaskAsk, "ask:"+m.CaseID, "", responsible)
		}
	}
	switch {
	case s.Pending != nil:
		t.add(TaskSign, "sign", "", t.second())
	case s.readyToResolve():
		t.add(TaskConclude, "conclude", StepDuty, t.leader())
	}
}

func (t *tasking) add(kind, id, step string, whose place) {
	deadlineID := ""
	if clock := t.state.clock(step); step != "" && clock != nil {
		deadlineID = clock.ID
	}
	t.addUntil(kind, id, deadlineID, whose)
}

func (t *tasking) addUntil(kind, id, deadlineID string, whose place) {
	task := casefile.Task{ID: id, Kind: kind, AssigneeID: whose.person}
	if whose.person == "" {
		task.InboxRole, task.InboxUnit = whose.inbox.Role, whose.inbox.UnitID
	}
	if clock, ok := t.state.Deadline(deadlineID); ok && clock.Unmet() {
		task.DeadlineID = deadlineID
	}
	t.tasks = append(t.tasks, task)
}

// leader is the package's leader while they hold their post, else the leaders of their
// body.
func (t *tasking) leader() place {
	person, ok := t.dir.Person(t.state.LeaderID)
	if ok && person.Holds(casefile.RoleLeader, t.state.LeaderUnitID) {
		return place{person: person.ID}
	}
	return place{inbox: casefile.RoleAt{Role: casefile.RoleLeader, UnitID: t.state.LeaderUnitID}}
}

// gone says that somebody of the team holds no post any more.
func (t *tasking) gone(personID string) bool {
	person, ok := t.dir.Person(personID)
	return !ok || len(person.Roles) == 0
}

// second is who may sign an end: the leader, unless they asked for it; then another leader
// of the body, or the unit that supervises the body.
func (t *tasking) second() place {
	if leader := t.leader(); leader.person != "" && leader.person != t.state.Pending.By {
		return leader
	}
	for _, holder := range t.dir.Holders(casefile.RoleLeader, t.state.LeaderUnitID) {
		if holder.ID != t.state.Pending.By {
			return place{inbox: casefile.RoleAt{Role: casefile.RoleLeader, UnitID: t.state.LeaderUnitID}}
		}
	}
	unit, _ := t.dir.Unit(t.state.LeaderUnitID)
	return t.filled(unit.SupervisingUnitID, casefile.RoleLeader, casefile.RoleManager, casefile.RoleSupervisor)
}

// filled is the inbox of the first role that somebody holds; one where everybody is away only
// if there is no other.
func (t *tasking) filled(unitID string, roles ...casefile.Role) place {
	for _, there := range []func(casefile.Person) bool{present, func(casefile.Person) bool { return true }} {
		for _, role := range roles {
			if slices.ContainsFunc(t.dir.Holders(role, unitID), there) {
				return place{inbox: casefile.RoleAt{Role: role, UnitID: unitID}}
			}
		}
	}
	return place{inbox: casefile.RoleAt{Role: roles[0], UnitID: unitID}}
}

// Grants lists who works on the package: they see it where their scope alone would not show
// it, and read its texts unmasked.
func Grants(state State) []casefile.Grant {
	if !state.Exists() {
		return nil
	}
	var grants []casefile.Grant
	seen := map[casefile.Grant]bool{{}: true}
	add := func(g casefile.Grant) {
		if !seen[g] {
			seen[g] = true
			grants = append(grants, g)
		}
	}
	add(casefile.Grant{PersonID: state.LeaderID})
	for _, id := range state.TeamIDs {
		add(casefile.Grant{PersonID: id})
	}
	add(casefile.Grant{PersonID: state.ProposedBy.PersonID})
	add(casefile.Grant{Role: casefile.RoleLeader, UnitID: state.LeaderUnitID})
	for _, role := range []casefile.Role{casefile.RoleManager, casefile.RoleLeader, casefile.RoleClerk} {
		add(casefile.Grant{Role: role, UnitID: state.ResponsibleUnitID})
	}
	for _, order := range state.Orders {
		if !unended(order) || state.Status.Ended() {
			continue
		}
		for _, role := range answering.chased {
			add(casefile.Grant{Role: role, UnitID: order.AddresseeUnitID})
		}
		for _, role := range judging.issuing {
			add(casefile.Grant{Role: role, UnitID: order.IssuedByUnitID})
		}
	}
	return grants
}
