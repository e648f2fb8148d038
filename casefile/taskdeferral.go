package casefile

// What a deferral asks for.
const (
	TaskDecideDeferral = "DECIDE_DEFERRAL"
	TaskTakeUp         = "TAKE_UP"
)

// deferring lists what a deferral wants: leave, and on its day that somebody takes the case
// up. A case whose end waits for a second person has nothing left to put off.
func (t *tasking) deferring() {
	if !takenIn(openStages, t.state.Stage) {
		return
	}
	switch deferral := t.state.Deferral; {
	case deferral == nil:
	case !deferral.InForce():
		t.add(TaskDecideDeferral, "decide-deferral", "", t.second(apartFromDeferring, RoleManager, RoleLeader))
	case deferral.Elapsed:
		t.add(TaskTakeUp, "take-up", StepHandling, t.handler(RoleManager, RoleClerk))
	}
}
