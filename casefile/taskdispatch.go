package casefile

import "slices"

// The tasks of a dispatch.
const (
	TaskReplyDispatch = "REPLY_DISPATCH"
	TaskDispatchAgain = "DISPATCH_AGAIN"
)

var dispatchTaskTerms = []Term{
	{TaskReplyDispatch, "回复派单", "reply to the dispatch"},
	{TaskDispatchAgain, "改派其他单位", "dispatch to another unit"},
}

// dispatches lists the answers that units owe, and what came back from the lead.
func (t *tasking) dispatches() {
	for _, x := range t.state.Dispatches {
		if x.Open() {
			t.addOf(TaskReplyDispatch, "reply-dispatch:"+x.ID, StepDispatchReply, x.ID, t.addressee(x.UnitID))
		}
	}
	if lead := t.state.returnedLead(); lead != nil && slices.Contains(workStages, t.state.Stage) {
		t.add(TaskDispatchAgain, "dispatch-again:"+lead.ID, "", t.office())
	}
}

// addressee is the desk of a unit that was asked for its part.
func (t *tasking) addressee(unitID string) place {
	if t.state.Confidentiality == ConfidentialitySealed {
		head, _ := headOf(unitID, t.state.Exclusions, t.dir)
		return place{inbox: head}
	}
	return t.filled(unitID, nil, addresseeRoles(t.state.Confidentiality)...)
}

// addresseeRoles know of a dispatch at the unit that was asked: the narrower the circle of
// the case, the fewer. Of a sealed one it is the unit's head alone.
func addresseeRoles(c Confidentiality) []Role {
	if c == ConfidentialityRestricted {
		return []Role{RoleManager, RoleLeader}
	}
	return replyRoles
}

// grantsOf are the people of a unit that has a part in the case.
func grantsOf(state State, unitID string, dir Directory) []Grant {
	if state.Confidentiality == ConfidentialitySealed {
		head, _ := headOf(unitID, state.Exclusions, dir)
		return []Grant{{Role: head.Role, UnitID: head.UnitID}}
	}
	return each(addresseeRoles(state.Confidentiality), func(role Role) Grant { return Grant{Role: role, UnitID: unitID} })
}
