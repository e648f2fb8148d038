package casefile

// TaskReportToPolice asks to tell the police of suspected harm.
const TaskReportToPolice = "REPORT_TO_POLICE"

// police asks for the report to the police that is owed, in every stage.
func (t *tasking) police() {
	if len(t.state.unreportedHarms()) == 0 || !t.state.Stage.Open() {
		return
	}
	clock := t.state.policeClock()
	if clock != nil && !clock.Unmet() {
		clock = nil
	}
	t.addFor(TaskReportToPolice, "report-to-police", clock, t.handler(RoleClerk, RoleManager, RoleLeader))
}
