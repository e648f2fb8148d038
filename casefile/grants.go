package casefile

import "slices"

// Grants lists who works on the case: they see it even where their scope alone would not
// show it, and read its personal data unmasked. Exclusions go before grants; whoever reads
// them removes the excluded.
//
// A sealed case is known to its registrar, its handler and mediator, and the head of the
// responsible unit; while an end waits for a second person, to the unit's manager too,
// since a sole head could not verify what they asked for themselves. Whoever is to verify or
// follow up, at the supervising unit where the own one has nobody left, has to know of it.
//
// The organ of a review sees what it reviews, and afterwards what became of that. While a
// sealed case is reviewed, its two heads do.
//
// Whoever is told of an urgent case sees it: where the circle is narrow, until they have taken
// note and it is known what was done.
//
// Who stands in for somebody who is away sees what that person works on.
//
// The sender of a petition sees it while the receiver's objection waits for its word, and until
// it has told the petitioner where the petition went.
//
// While nobody knows who is accused, the head alone knows of the case: the registrar may be
// the accused, or work for them.
func Grants(state State, dir Directory) []Grant {
	if !state.Exists() {
		return nil
	}
	var grants []Grant
	add := func(g Grant) {
		if g != (Grant{}) && !slices.Contains(grants, g) {
			grants = append(grants, g)
		}
	}
	unit := state.ResponsibleUnitID
	if state.held() {
		head, _ := headOf(unit, state.Exclusions, dir)
		return []Grant{{Role: head.Role, UnitID: head.UnitID}}
	}
	add(Grant{PersonID: state.RegisteredBy.PersonID})
	add(Grant{PersonID: state.HandlerID})
	if m := state.openMediation(); m != nil {
		add(Grant{PersonID: m.MediatorID})
	}
	for _, grant := range slices.Concat(reviewGrants(state), senderGrants(state, dir), servingGrants(state, dir), advisedGrants(state)) {
		add(grant)
	}
	if state.Stage.Open() {
		for _, asked := range state.dispatchedTo() {
			for _, grant := range grantsOf(state, asked, dir) {
				add(grant)
			}
		}
		for _, referred := range state.referredTo() {
			for _, grant := range referralGrants(state, referred, dir) {
				add(grant)
			}
		}
	}
	if state.Stage == StageVerification || state.Stage == StageEvaluation {
		for _, task := range Tasks(state, dir) {
			add(Grant{Role: task.InboxRole, UnitID: task.InboxUnit})
		}
	}
	if state.Deferral != nil && !state.Deferral.InForce() {
		// Whoever is asked for leave has to know what for.
		leave := tasking{state: state, dir: dir}
		leave.deferring()
		for _, task := range leave.tasks { // none where the case is about to end
			add(Grant{Role: task.InboxRole, UnitID: task.InboxUnit})
		}
	}
	state.grantSupervision(dir, add)
	state.grantUrgency(dir, add)
	state.grantStandIns(dir, add)
	if state.Confidentiality == ConfidentialitySealed {
		head, _ := headOf(unit, state.Exclusions, dir)
		add(Grant{Role: head.Role, UnitID: head.UnitID})
		if state.Pending != nil || state.Stage == StageEvaluation {
			add(Grant{Role: RoleManager, UnitID: unit})
		}
		return grants
	}
	for _, sample := range state.openSamples() {
		add(Grant{Role: sample.Role, UnitID: sample.UnitID})
	}
	add(Grant{Role: RoleLeader, UnitID: unit})
	add(Grant{Role: RoleManager, UnitID: unit})
	add(Grant{PersonID: state.ReportedByPersonID})
	for _, m := range state.Mediations {
		add(Grant{PersonID: m.MediatorID})
	}
	if state.Confidentiality == ConfidentialityNormal {
		add(Grant{Role: RoleClerk, UnitID: unit})
	}
	return grants
}

// reviewGrants let the organs of the reviews see the case.
func reviewGrants(state State) []Grant {
	var grants []Grant
	for _, r := range state.Reviews {
		roles := reviewingHands
		if narrowness(state.Confidentiality) > 0 {
			roles = []Role{RoleManager, RoleLeader}
		}
		if state.Confidentiality == ConfidentialitySealed && !r.ConcludedAt.IsZero() {
			continue
		}
		for _, role := range roles {
			grants = append(grants, Grant{Role: role, UnitID: r.UnitID})
		}
	}
	return grants
}
