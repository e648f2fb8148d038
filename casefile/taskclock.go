package casefile

import "github.com/tiaochu/tiaochu/casefile/procedure"

// clocks lists what paused clocks and requests for more time still want of somebody.
func (t *tasking) clocks() {
	for _, clock := range t.state.Deadlines {
		if clock.Status == ClockPaused {
			whose := t.handler(RoleManager, RoleClerk)
			if t.state.review(clock.Of) != nil {
				whose = t.reviewOffice(nil)
			}
			t.addOn(clock, TaskResumeClock, "resume:"+clock.ID, whose)
		}
		if asked := clock.undecided(); asked != nil && (clock.Running() || clock.Status == ClockPaused) {
			t.addOn(clock, TaskDecideExtension, "extension:"+clock.ID, t.approver(*asked))
		}
	}
}

// approver is the post that may decide an extension and isn't held by who asked alone.
func (t *tasking) approver(asked ClockExtension) place {
	unit := t.state.ResponsibleUnitID
	if asked.Approver == procedure.ApproverSuperiorOrgan {
		if own, ok := t.dir.Unit(unit); ok && own.SupervisingUnitID != "" {
			unit = own.SupervisingUnitID
		}
	}
	other := func(id string) bool { return id != asked.RequestedBy }
	return t.filled(unit, other, RoleLeader, RoleManager)
}

// addOn adds a task that runs against a clock.
func (t *tasking) addOn(clock Deadline, kind, id string, whose place) {
	t.add(kind, id, "", whose)
	t.tasks[len(t.tasks)-1].DeadlineID = clock.ID
}
