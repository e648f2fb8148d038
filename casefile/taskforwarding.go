package casefile

// beforeAcceptance is a task of the office that is to accept the case, against whichever clock
// runs for that.
func (t *tasking) beforeAcceptance(kind, id string) {
	if clock := t.state.acceptanceClock(); clock != nil && clock.Unmet() {
		t.addOn(*clock, kind, id, t.office())
		return
	}
	t.add(kind, id, "", t.office())
}

// objection asks the sender for its word on the receiver's objection.
func (t *tasking) objection() {
	if !t.state.Forwarding.openObjection() {
		return
	}
	t.add(TaskAnswerObjection, "answer-objection", "", t.desk(t.state.Forwarding.FromUnitID))
}

// senderGrants let the sender see what it is to answer.
func senderGrants(state State, dir Directory) []Grant {
	if state.Stage != StageAcceptance || !state.Forwarding.openObjection() {
		return nil
	}
	return deskGrants(state, state.Forwarding.FromUnitID, dir)
}

// deskGrants let those of another unit see the case at whose desk something of it waits; the
// narrower the circle of the case, the fewer.
func deskGrants(state State, unitID string, dir Directory) []Grant {
	switch state.Confidentiality {
	case ConfidentialitySealed:
		head, _ := headOf(unitID, state.Exclusions, dir)
		return []Grant{{Role: head.Role, UnitID: head.UnitID}}
	case ConfidentialityRestricted:
		return []Grant{{Role: RoleManager, UnitID: unitID}, {Role: RoleLeader, UnitID: unitID}}
	}
	return []Grant{{Role: RoleClerk, UnitID: unitID}, {Role: RoleManager, UnitID: unitID}, {Role: RoleLeader, UnitID: unitID}}
}
