package casefile

// The tasks of a referral.
const (
	TaskRefer         = "REFER"
	TaskTakeReferral  = "ACKNOWLEDGE_REFERRAL"
	TaskReferralDone  = "REPORT_REFERRAL"
	TaskFollow        = "FOLLOW_REFERRAL"
	TaskAskReferral   = "ASK_ABOUT_REFERRAL"
	referralAskPrefix = "ask-referral:"
)

var referralTaskTerms = []Term{
	{TaskRefer, "导入法律途径", "refer to the legal way"},
	{TaskTakeReferral, "签收导入事项", "acknowledge the referral"},
	{TaskReferralDone, "反馈导入结果", "report the referral's result"},
	{TaskFollow, "跟进平台以外的导入事项", "follow the referral outside the platform"},
	{TaskAskReferral, "催问导入事项", "ask the organ that is late"},
}

// referrals lists what the receiving organs owe, and what the handler has to ask for: an
// organ outside the platform sees no task, and nobody chases another organ but by asking.
func (t *tasking) referrals() {
	if t.state.Stage == StageReferral && t.state.blockingReferral() == nil {
		t.add(TaskRefer, "refer", StepHandling, t.handler(RoleManager, RoleClerk))
	}
	for _, r := range t.state.openReferrals() {
		step := StepAcceptance
		clock := t.state.clockOf(step, r.ID)
		for _, deadline := range t.state.Deadlines {
			if deadline.Of == r.ID && deadline.Unmet() {
				step, clock = deadline.Step, &deadline
			}
		}
		kind, id := TaskTakeReferral, "acknowledge-referral:"+r.ID
		if r.Status == ReferralAcknowledged {
			kind, id = TaskReferralDone, "report-referral:"+r.ID
		}
		if r.UnitID == "" {
			t.addOf(TaskFollow, "follow-referral:"+r.ID, step, r.ID, t.handler(RoleManager, RoleClerk))
		} else {
			t.addOf(kind, id, step, r.ID, t.receiver(r.UnitID))
		}
		if clock != nil && clock.Status == ClockMissed && clock.Unmet() {
			t.addOf(TaskAskReferral, referralAskPrefix+r.ID, step, r.ID, t.handler(RoleManager, RoleClerk))
		}
	}
}

// receiver is the desk of a unit that a referral went to; where no person sits there, its
// machine client.
func (t *tasking) receiver(unitID string) place {
	if t.state.Confidentiality == ConfidentialitySealed {
		head, _ := headOf(unitID, t.state.Exclusions, t.dir)
		return place{inbox: head}
	}
	return t.filled(unitID, nil, referralRoles...)
}

// referralGrants let the people of a receiving unit see the case: what is restricted too,
// since an organ of the law has to know what it decides on.
func referralGrants(state State, unitID string, dir Directory) []Grant {
	if state.Confidentiality == ConfidentialitySealed {
		head, _ := headOf(unitID, state.Exclusions, dir)
		return []Grant{{Role: head.Role, UnitID: head.UnitID}}
	}
	return each(referralRoles, func(role Role) Grant { return Grant{Role: role, UnitID: unitID} })
}
