package casefile

import "slices"

// The kinds of task, each one thing that somebody has to do next.
const (
	TaskAccept          = "ACCEPT"
	TaskIdentify        = "IDENTIFY_ACCUSED"
	TaskAssign          = "ASSIGN"
	TaskInvestigate     = "INVESTIGATE"
	TaskOpenMediation   = "OPEN_MEDIATION"
	TaskMediate         = "MEDIATE"
	TaskDecide          = "DECIDE"
	TaskServe           = "SERVE"
	TaskRequestClosure  = "REQUEST_CLOSURE"
	TaskVerify          = "VERIFY"
	TaskFollowUp        = "FOLLOW_UP"
	TaskResumeClock     = "RESUME_CLOCK"
	TaskDecideExtension = "DECIDE_EXTENSION"
	TaskReview          = "REVIEW"
	TaskReReview        = "RE_REVIEW"
	TaskAnswerObjection = "ANSWER_OBJECTION"
)

var taskTerms = []Term{
	{TaskSample, "抽查", "look at the closed case again"},
	{TaskAccept, "受理审查", "decide on acceptance"},
	{TaskIdentify, "核实被检举控告人", "find out who is accused"},
	{TaskAssign, "指定承办人", "assign a handler"},
	{TaskInvestigate, "调查", "investigate"},
	{TaskOpenMediation, "组织调解", "open a mediation"},
	{TaskMediate, "调解", "mediate"},
	{TaskDecide, "出具处理意见", "issue the written opinion"},
	{TaskServe, "送达文书", "serve the notice"},
	{TaskRequestClosure, "申请结案", "request closure"},
	{TaskVerify, "核查结案", "verify the closure"},
	{TaskFollowUp, "回访", "make the follow-up"},
	{TaskReview, "出具复查意见", "issue the review opinion"},
	{TaskReReview, "出具复核意见", "issue the re-review opinion"},
	{TaskAnswerObjection, "核实转送异议", "answer the objection to the transfer"},
	{TaskResumeClock, "中止事由消除后恢复计算", "resume the clock when its pause is over"},
	{TaskDecideExtension, "审批延长期限", "decide on the extension"},
	{TaskDecideDeferral, "审批缓办", "decide on the deferral"},
	{TaskTakeUp, "恢复办理", "take the case up again"},
	{TaskUrge, "督促履行并送达告知书", "urge performance and serve the notice"},
	{TaskNameMediator, "另行指定调解员", "name another mediator"},
	{TaskReturnToCourt, "向人民法院报告并退回材料", "send report and papers back to the court"},
	{TaskUrgeReply, "催告答复调解建议", "ask for the reply to a recommendation"},
}

// TaskLabel returns what users read for a kind of task; an unknown kind is its own label.
func TaskLabel(kind string, lang Language) string {
	for _, term := range allTaskTerms {
		if term.Value == kind {
			return term.Label(lang)
		}
	}
	return kind
}

// TaskKinds returns the kinds of task with their labels.
func TaskKinds() []Term { return slices.Clone(allTaskTerms) }

var allTaskTerms = slices.Concat(taskTerms, dispatchTaskTerms, referralTaskTerms, supervisionTaskTerms, urgentTaskTerms, retaliationTaskTerms)

// Tasks lists what has to be done next. An open case has at least one task; an ended one
// has only what outlives it: promises to be urged. A task goes to the person whose it is, else to
// the inbox of the first role at the unit that somebody fills and may do it; where every
// post is vacant it waits in the first one.
func Tasks(state State, dir Directory) []Task {
	t := tasking{state: state, dir: dir}
	t.urgent()
	t.police()
	switch state.Stage {
	case StageAcceptance:
		if state.Retaliation != nil {
			t.beforeAnswer()
			break
		}
		if state.held() {
			t.beforeAcceptance(TaskIdentify, "identify-accused")
			break
		}
		t.beforeAcceptance(TaskAccept, "accept")
		t.objection()
	case StageInvestigation, StageMediation, StageDecision:
		t.work()
	case StageReview, StageReReview:
		t.review()
	case StageVerification:
		if mayBeVerified(state, dir) == nil {
			t.add(TaskVerify, "verify", "", t.second(apartFromHandling))
		}
	case StageEvaluation:
		for _, party := range state.toAsk() {
			t.add(TaskFollowUp, "follow-up:"+party, StepEvaluation, t.second(apartFromWork))
		}
	}
	if state.Stage.Open() {
		t.serve()
		t.clocks()
		t.deferring()
		t.dispatches()
		t.referrals()
		t.supervision()
		t.awaitEnd()
	}
	t.afterMediation()
	t.sampling()
	t.standIns()
	return t.tasks
}

type tasking struct {
	state State
	dir   Directory
	tasks []Task
}

// place is whose task it is: a person's, or a role inbox's.
type place struct {
	person string
	inbox  RoleAt
}

func (t *tasking) add(kind, id, step string, whose place) { t.addOf(kind, id, step, "", whose) }

// addOf adds a task that runs against the clock of something of the case's.
func (t *tasking) addOf(kind, id, step, of string, whose place) {
	task := Task{ID: id, Kind: kind, AssigneeID: whose.person}
	if whose.person == "" {
		task.InboxRole, task.InboxUnit = whose.inbox.Role, whose.inbox.UnitID
	}
	if clock := t.state.clockOf(step, of); clock != nil && clock.Unmet() {
		task.DeadlineID = clock.ID
	}
	t.tasks = append(t.tasks, task)
}

// work is what a case under investigation, mediation or decision needs next.
func (t *tasking) work() {
	s := t.state
	if s.HandlerID == "" {
		t.add(TaskAssign, "assign", StepHandling, t.office())
	}
	switch {
	case s.Outcome != "", s.Stage == StageInvestigation && s.Path == PathClose:
		// Until the parties have been told their remedies, serving comes first.
		if closureMayBeAsked(s, t.dir) == nil {
			t.add(TaskRequestClosure, "request-closure", StepHandling, t.handler(RoleManager))
		}
	case s.Stage == StageInvestigation && s.HandlerID != "":
		t.add(TaskInvestigate, "investigate", StepHandling, t.handler(RoleManager))
	case s.Stage == StageMediation && s.openMediation() == nil:
		t.add(TaskOpenMediation, "open-mediation", StepHandling, t.handler(RoleManager, RoleClerk))
	case s.Stage == StageMediation:
		m := s.openMediation()
		whose := t.handler(RoleManager)
		if t.works(m.MediatorID) {
			whose = place{person: m.MediatorID}
		}
		if m.MediatorID == "" {
			t.add(TaskNameMediator, "name-mediator:"+m.ID, StepHandling, t.handler(RoleManager, RoleClerk))
			break
		}
		t.add(TaskMediate, "mediate:"+m.ID, StepHandling, whose)
		if clock := s.clockOf(StepHandling, m.ID); clock != nil && clock.Unmet() {
			t.tasks[len(t.tasks)-1].DeadlineID = clock.ID
		}
	case s.Stage == StageDecision && s.pendingDecision() == nil:
		t.add(TaskDecide, "decide", StepHandling, t.handler(RoleManager, RoleLeader))
	}
}

// serve lists the notices that must still reach somebody.
func (t *tasking) serve() {
	for _, notice := range t.state.Notices {
		if !notice.Owed() || notice.Kind == NoticePerformanceOverdue {
			continue
		}
		step := ""
		if notice.Kind == NoticeDecision {
			step = StepHandling
		}
		whose := t.handler(RoleClerk, RoleManager, RoleLeader)
		if notice.Kind == NoticeReviewOpinion || notice.Kind == NoticeReReviewOpinion {
			whose = t.reviewOffice(nil)
		}
		if by := t.state.servedBy(notice, t.dir); by != "" {
			whose = t.desk(by)
		}
		t.add(TaskServe, "serve:"+notice.ID, step, whose)
	}
}

// office is the desk of the responsible unit.
func (t *tasking) office() place { return t.desk(t.state.ResponsibleUnitID) }

// desk is where work of the case waits at a unit: where the circle is narrow, with those whom
// Grants lets know of the case.
func (t *tasking) desk(unitID string) place {
	switch t.state.Confidentiality {
	case ConfidentialitySealed:
		head, _ := headOf(unitID, t.state.Exclusions, t.dir)
		return place{inbox: head}
	case ConfidentialityRestricted:
		return t.filled(unitID, nil, RoleManager, RoleLeader)
	}
	return t.filled(unitID, nil, RoleClerk, RoleManager, RoleLeader)
}

// handler is the handler while they still hold a post, else the first of the roles.
func (t *tasking) handler(roles ...Role) place {
	if t.works(t.state.HandlerID) {
		return place{person: t.state.HandlerID}
	}
	if narrowness(t.state.Confidentiality) > 0 {
		return t.office()
	}
	return t.filled(t.state.ResponsibleUnitID, func(id string) bool { return apartFromVerifying(t.state, id) == nil }, roles...)
}

// works reports whether somebody can still be given work.
func (t *tasking) works(personID string) bool {
	if personID == "" {
		return false
	}
	person, ok := t.dir.Person(personID)
	return ok && len(person.Roles) > 0
}

// second is somebody at the responsible unit, at the one that supervises it, or else over
// the case's division, whom the two-person rules leave free, in any of the roles where some
// are given.
func (t *tasking) second(apart func(State, string) *Refusal, among ...Role) place {
	roles := among
	if roles == nil {
		roles = []Role{RoleManager, RoleLeader, RoleSupervisor, RoleClerk}
	}
	switch t.state.Confidentiality {
	case ConfidentialitySealed:
		roles = []Role{RoleLeader, RoleManager}
	case ConfidentialityRestricted:
		roles = []Role{RoleManager, RoleLeader}
	}
	own := t.state.ResponsibleUnitID
	free := func(id string) bool { return apart(t.state, id) == nil }
	if place, ok := t.find(own, free, roles); ok {
		return place
	}
	if unit, ok := t.dir.Unit(own); ok && unit.SupervisingUnitID != "" {
		if place, ok := t.find(unit.SupervisingUnitID, free, roles); ok {
			return place
		}
	}
	if place, ok := t.above(free, roles); ok {
		return place
	}
	return place{inbox: RoleAt{roles[0], own}}
}

// above finds somebody at the nearest office over the case's division who may act, where a
// small office and the one that supervises it have nobody left.
func (t *tasking) above(free func(string) bool, roles []Role) (place, bool) {
	heads := slices.DeleteFunc(slices.Clone(roles), func(r Role) bool { return r == RoleClerk })
	for division := t.state.Division; division != ""; division = division.Parent() {
		for _, kind := range []UnitKind{UnitCenter, UnitPetitionOffice, UnitLeadingBody} {
			for _, unit := range t.dir.UnitsAt(division, kind) {
				if place, ok := t.find(unit.ID, free, heads); ok {
					return place, true
				}
			}
		}
	}
	return place{}, false
}

func (t *tasking) filled(unitID string, free func(string) bool, roles ...Role) place {
	if place, ok := t.find(unitID, free, roles); ok {
		return place
	}
	return place{inbox: RoleAt{roles[0], unitID}}
}

// find returns the first role's inbox at a unit behind which somebody sits who may act; one
// where everybody is away only if there is no other.
func (t *tasking) find(unitID string, free func(string) bool, roles []Role) (place, bool) {
	found, away := place{}, false
	for _, role := range roles {
		for _, person := range t.dir.Holders(role, unitID) {
			if ExcludesPerson(t.state.Exclusions, person.ID, person.Roles, t.dir) || free != nil && !free(person.ID) {
				continue
			}
			if person.present() {
				return place{inbox: RoleAt{role, unitID}}, true
			}
			if !away {
				found, away = place{inbox: RoleAt{role, unitID}}, true
			}
		}
	}
	return found, away
}
