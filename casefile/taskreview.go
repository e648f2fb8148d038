package casefile

// review is what the reviewing organ has to do while a request waits for its answer.
func (t *tasking) review() {
	open := t.state.openReview()
	if open == nil || open.Outcome != "" {
		return
	}
	kind, id := TaskReview, "review:"+open.ID
	if open.Stage == StageReReview {
		kind = TaskReReview
	}
	whose := t.reviewOffice(func(person string) bool { return apartFromReviewed(t.state, person) == nil })
	_, own := reviewSteps(open.Stage)
	if clock := t.state.window(own, open.ID); clock != nil && clock.Unmet() {
		t.addOn(*clock, kind, id, whose)
		return
	}
	t.add(kind, id, "", whose)
}

// reviewOffice is the desk of the reviewing organ; where the circle is narrow, that of those
// whom Grants lets know of the case.
func (t *tasking) reviewOffice(free func(string) bool) place {
	unit := t.state.reviewingUnit()
	if narrowness(t.state.Confidentiality) > 0 {
		return t.filled(unit, free, RoleLeader, RoleManager)
	}
	return t.filled(unit, free, RoleClerk, RoleManager, RoleLeader, RoleInvestigator)
}
