package leadership

import "github.com/tiaochu/tiaochu/casefile"

// ProposePackage asks a leader to take charge of cases.
type ProposePackage struct {
	Mandate
	CaseIDs []string `json:"caseIds"`
}

// OpenPackage puts a leader in charge of cases at once.
type OpenPackage struct {
	Mandate
	CaseIDs []string `json:"caseIds"`
}

// ApprovePackage says yes to what is proposed: a package, or its end, which it signs.
type ApprovePackage struct {
	Reason casefile.TextID `json:"reason,omitempty"`
}

// DeclinePackage says no to what is proposed: a package, or its end.
type DeclinePackage struct {
	Reason casefile.TextID `json:"reason"`
}

func (ProposePackage) actName() string { return "ProposePackage" }
func (OpenPackage) actName() string    { return "OpenPackage" }
func (ApprovePackage) actName() string { return "ApprovePackage" }
func (DeclinePackage) actName() string { return "DeclinePackage" }

var proposingActs = []actKind{
	firstActOf[ProposePackage](),
	firstActOf[OpenPackage](),
	actOf[ApprovePackage](actRule{
		statuses: []Status{Proposed, Open, Stabilised}, ready: mayApprove,
		who: authority{
			leader: true, body: []casefile.Role{casefile.RoleLeader},
			over: []casefile.Role{casefile.RoleLeader, casefile.RoleManager, casefile.RoleSupervisor},
		},
	}),
	actOf[DeclinePackage](actRule{
		statuses: []Status{Proposed, Open, Stabilised}, ready: somethingProposed,
		who: authority{
			leader: true, body: []casefile.Role{casefile.RoleLeader},
			over: []casefile.Role{casefile.RoleLeader, casefile.RoleManager, casefile.RoleSupervisor},
		},
	}),
}

func somethingProposed(s State, _ casefile.Actor) *casefile.Refusal {
	if s.Status == Proposed || s.Pending != nil {
		return nil
	}
	return refuse(casefile.RefusedAlreadyDone, nil, "nothing is proposed that waits for an answer", "没有待审批的事项")
}

// mayApprove holds the two persons apart: who asked for a package or its end doesn't say
// yes to it. A package is taken on by its leader, or in the name of their body.
func mayApprove(s State, actor casefile.Actor) *casefile.Refusal {
	if refusal := somethingProposed(s, actor); refusal != nil {
		return refusal
	}
	if s.Status == Proposed {
		if actor.PersonID == s.ProposedBy.PersonID {
			return samePerson("the package", "包案")
		}
		if actor.UnitID != s.LeaderUnitID && (actor.Role != casefile.RoleLeader || !leads(actor.UnitKind)) {
			return refuse(casefile.RefusedWrongRole, nil,
				"a package is approved by the leader asked, or by a leader of their body or one above it",
				"包案应由拟包案领导本人、同级或上级党委政府领导审批")
		}
		return nil
	}
	if actor.PersonID == s.Pending.By {
		return samePerson("its end", "包案结果")
	}
	return nil
}

func samePerson(en, zh string) *casefile.Refusal {
	return refuse(casefile.RefusedSamePerson, nil,
		"you proposed "+en+" yourself: it takes a second person", zh+"由您本人提出，应由另一人审批")
}

const (
	maxCases = 100
	maxTeam  = 20
)

func (a ProposePackage) decide(d *deciding) *casefile.Refusal {
	leaderUnit, names, refusal := d.checkMandate(a.Mandate, a.CaseIDs)
	if refusal != nil {
		return refusal
	}
	if refusal := d.checkProposer(a.CaseIDs); refusal != nil {
		return refusal
	}
	d.emit(PackageProposed{
		Number: d.rules.Number, Mandate: a.Mandate, LeaderUnitID: leaderUnit.ID, Division: leaderUnit.Division, Cases: names,
	})
	d.start(StepApproval, d.effectiveAt)
	return nil
}

func (a OpenPackage) decide(d *deciding) *casefile.Refusal {
	leaderUnit, names, refusal := d.checkMandate(a.Mandate, a.CaseIDs)
	if refusal != nil {
		return refusal
	}
	actor := d.command.Actor
	ofBody := actor.UnitID == leaderUnit.ID && actor.Role == casefile.RoleLeader
	switch actor.Role {
	case casefile.RoleManager, casefile.RoleLeader, casefile.RoleSupervisor:
		ofBody = ofBody || overSubTree(actor.UnitKind) && lies(d.rules.Directory, leaderUnit.Division, actor.Division)
	}
	if !ofBody {
		return refuse(casefile.RefusedWrongRole, nil,
			"a package is opened by a leader of the body itself, or by a manager, leader or supervisor of a centre, petition office or leading body over it; others propose it",
			"包案应由该级党委政府领导，或者所属、上级综治中心、信访部门、党委政府的负责人开立；其他人员可提请包案")
	}
	d.emit(PackageOpened{
		Number: d.rules.Number, Mandate: a.Mandate, LeaderUnitID: leaderUnit.ID, Division: leaderUnit.Division, Cases: names,
	})
	d.takeCharge(names)
	return nil
}

// takeCharge invites the cases and starts the clocks of a package that has just been
// opened.
func (d *deciding) takeCharge(cases []CaseName) {
	for _, name := range cases {
		d.emit(MemberInvited{CaseName: name, Standing: d.rules.Cases[name.CaseID].Standing})
	}
	d.start(StepPlan, d.effectiveAt)
	d.start(StepReview, d.effectiveAt)
	if d.state.DueBy != "" {
		due, _ := dayEnd(d.state.DueBy)
		d.startUntil(StepDuty, d.effectiveAt, due, dutyWarning)
	}
}

func (a ApprovePackage) decide(d *deciding) *casefile.Refusal {
	if d.state.Status != Proposed {
		return d.sign(a)
	}
	leaderID := d.state.LeaderID
	if leaderID == "" {
		leaderID = d.command.Actor.PersonID
		if d.command.Actor.UnitID != d.state.LeaderUnitID {
			return refuse(casefile.RefusedIncomplete, nil,
				"the proposal names no leader: a leader of the body itself takes it on", "提请未指定包案领导，应由该级党委政府领导认领")
		}
	}
	for i, name := range d.state.Asked {
		facts, refusal := d.checkCase(name.CaseID, d.state.Division, at("caseIds", i))
		if refusal == nil {
			refusal = d.checkInterest(facts, []string{leaderID}, at("caseIds", i))
		}
		if refusal != nil {
			return refusal
		}
	}
	cases := d.state.Asked
	d.emit(PackageApproved{LeaderID: leaderID, Reason: a.Reason})
	d.meet(StepApproval, "PackageApproved")
	d.takeCharge(cases)
	return nil
}

func (a DeclinePackage) decide(d *deciding) *casefile.Refusal {
	if refusal := required(a.Reason, "理由", "reason"); refusal != nil {
		return refusal
	}
	if d.state.Status != Proposed {
		d.emit(EndRejected(a))
		return nil
	}
	d.emit(PackageDeclined(a))
	d.meet(StepApproval, "PackageDeclined")
	if higher, ok := d.higher(); ok {
		d.proposeHigher(higher)
	} else {
		d.cancel()
	}
	return nil
}
