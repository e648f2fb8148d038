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
	sender := t.state.Forwarding.FromUnitID
	roles := []Role{RoleClerk, RoleManager, RoleLeader}
	switch t.state.Confidentiality {
	case ConfidentialitySealed:
		head, _ := headOf(sender, t.state.Exclusions, t.dir)
		t.add(TaskAnswerObjection, "answer-objection", "", place{inbox: head})
		return
	case ConfidentialityRestricted:
		roles = []Role{RoleManager, RoleLeader}
	}
	t.add(TaskAnswerObjection, "answer-objection", "", t.filled(sender, nil, roles...))
}

// senderGrants let the sender see what it is to answer.
func senderGrants(state State, dir Directory) []Grant {
	if state.Stage != StageAcceptance || !state.Forwarding.openObjection() {
		return nil
	}
	sender := state.Forwarding.FromUnitID
	switch state.Confidentiality {
	case ConfidentialitySealed:
		head, _ := headOf(sender, state.Exclusions, dir)
		return []Grant{{Role: head.Role, UnitID: head.UnitID}}
	case ConfidentialityRestricted:
		return []Grant{{Role: RoleManager, UnitID: sender}, {Role: RoleLeader, UnitID: sender}}
	}
	return []Grant{{Role: RoleClerk, UnitID: sender}, {Role: RoleManager, UnitID: sender}, {Role: RoleLeader, UnitID: sender}}
}
