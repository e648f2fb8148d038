package casefile

// The kinds of task that the escalation brings.
const (
	TaskAcknowledgeSupervision = "ACKNOWLEDGE_SUPERVISION"
	TaskReplySupervision       = "REPLY_SUPERVISION"
	TaskJudgeSupervision       = "JUDGE_SUPERVISION"
	TaskDecidePackage          = "DECIDE_PACKAGE"
	TaskWatchClock             = "WATCH_CLOCK"
)

var supervisionTaskTerms = []Term{
	{TaskAcknowledgeSupervision, "签收督办", "acknowledge the supervision order"},
	{TaskReplySupervision, "反馈督办", "reply to the supervision order"},
	{TaskJudgeSupervision, "办结或退回督办", "judge the reply to the supervision order"},
	{TaskDecidePackage, "决定是否包案", "decide on the leadership package"},
	{TaskWatchClock, "时限将至，请督促", "a clock is about to run out"},
}

// supervision lists what the open orders want, what a leader is asked, and the clocks that
// are about to run out: the handler has those on their own tasks, the unit's manager here.
func (t *tasking) supervision() {
	for _, order := range t.state.Orders {
		clock := t.state.owedClockOf(order.ID)
		switch {
		case !order.Status.Open():
		case order.Status == SupervisionOpen:
			t.addFor(TaskAcknowledgeSupervision, "acknowledge-supervision:"+order.ID, clock, t.answering(order, t.office()))
		case order.wantsReply():
			t.addFor(TaskReplySupervision, "reply-supervision:"+order.ID, clock, t.answering(order, t.handler(RoleManager, RoleClerk, RoleLeader)))
		default:
			t.addFor(TaskJudgeSupervision, "judge-supervision:"+order.ID, nil, t.issuing(order))
		}
	}
	if proposal := t.state.proposedPackage(); proposal != nil {
		leader := place{inbox: RoleAt{RoleLeader, proposal.UnitID}}
		if t.works(proposal.LeaderID) {
			leader = place{person: proposal.LeaderID}
		}
		t.addFor(TaskDecidePackage, "decide-package:"+proposal.OrderID, t.state.deadline(t.state.order(proposal.OrderID).DeadlineID), leader)
	}
	for i, clock := range t.state.Deadlines {
		if clock.Warned && clock.Running() && clock.OfOffice() {
			t.addFor(TaskWatchClock, "watch-clock:"+clock.ID, &t.state.Deadlines[i], t.urging(t.state.answerable(clock)))
		}
	}
}

// addFor adds a task that waits for a certain clock, or for none.
func (t *tasking) addFor(kind, id string, clock *Deadline, whose place) {
	if clock != nil {
		t.addOn(*clock, kind, id, whose)
		return
	}
	t.add(kind, id, "", whose)
}

// answering is who answers an order: own where it chases the responsible unit, else the desk
// of the unit that it chases, or its head where the circle is narrow.
func (t *tasking) answering(order SupervisionOrder, own place) place {
	unit := t.state.answering(order)
	switch {
	case unit == t.state.ResponsibleUnitID:
		return own
	case t.state.Confidentiality != ConfidentialityNormal:
		head, _ := headOf(unit, t.state.Exclusions, t.dir)
		return place{inbox: head}
	}
	return t.filled(unit, nil, RoleClerk, RoleManager, RoleLeader)
}

// issuing is who judges a reply at the unit that issued the order; where the circle is
// narrow, its head.
func (t *tasking) issuing(order SupervisionOrder) place {
	if t.state.Confidentiality != ConfidentialityNormal {
		head, _ := headOf(order.IssuedByUnitID, t.state.Exclusions, t.dir)
		return place{inbox: head}
	}
	free := func(id string) bool {
		return judgeable(t.state, order, standingIn(t.state, Actor{PersonID: id, UnitID: order.IssuedByUnitID}, t.dir)) == nil
	}
	return t.filled(order.IssuedByUnitID, free, RoleManager, RoleSupervisor, RoleLeader, RoleClerk)
}

// urging is who urges within the unit that a clock runs for: its manager, or the head where
// the circle is narrow.
func (t *tasking) urging(unitID string) place {
	if t.state.Confidentiality == ConfidentialitySealed {
		head, _ := headOf(unitID, t.state.Exclusions, t.dir)
		return place{inbox: head}
	}
	return t.filled(unitID, nil, RoleManager, RoleLeader)
}

// grantSupervision lets those read a case who judge an order of their unit, or are asked to
// take charge of it.
func (s State) grantSupervision(dir Directory, add func(Grant)) {
	if !s.Stage.Open() {
		return
	}
	for _, order := range s.Orders {
		if order.Status.Open() {
			head, _ := headOf(order.IssuedByUnitID, s.Exclusions, dir)
			add(Grant{Role: head.Role, UnitID: head.UnitID})
			judge := (&tasking{state: s, dir: dir}).issuing(order).inbox
			add(Grant{Role: judge.Role, UnitID: judge.UnitID})
		}
	}
	if proposal := s.proposedPackage(); proposal != nil {
		if proposal.LeaderID == "" {
			add(Grant{Role: RoleLeader, UnitID: proposal.UnitID})
		}
		add(Grant{PersonID: proposal.LeaderID})
	}
}
