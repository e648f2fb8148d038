package casefile

import (
	"fmt"
	"slices"
)

// goodUrgent makes an act on an urgent case. Alarms and further reports are rare.
func (w *walker) goodUrgent(name string) (act Act, known bool) {
	switch name {
	case "flagUrgent":
		if w.chance(80) {
			return nil, true
		}
		flag := FlagUrgent{Reason: "reason"}
		for _, suspicion := range suspicions {
			if !w.state.owesPolice(suspicion) && (w.state.Urgency.owed() || w.chance(30)) {
				flag.Suspicion = append(flag.Suspicion, suspicion)
			}
		}
		return flag, true
	case "recordPoliceReport":
		return RecordPoliceReport{Organ: "organ"}, true
	case "acknowledgeUrgent":
		return AcknowledgeUrgent{}, true
	case "reportUrgent":
		if !w.state.Urgency.owed() && w.chance(80) {
			return nil, true
		}
		return ReportUrgent{Measures: "measures"}, true
	case "liftUrgent":
		return LiftUrgent{Reason: "reason"}, true
	}
	return nil, false
}

// checkUrgency wants that no stage hides an urgent case or suspected harm: what is owed is somebody's task on a
// clock, no end comes before it, and whoever is told sees the case and may take note.
func checkUrgency(s State, tasks []Task, dir Directory) error {
	u := s.Urgency
	has := func(kind string) bool { return slices.ContainsFunc(tasks, func(t Task) bool { return t.Kind == kind }) }
	switch {
	case u.owed() && !s.Stage.Open() && s.Stage != StageMerged:
		return fmt.Errorf("case in %s owes the report of what was urgent", s.Stage)
	case s.Stage.Open() && has(TaskReportUrgent) != u.owed():
		return fmt.Errorf("case in %s has the task to report: %t", s.Stage, !u.owed())
	case u.owed() && s.Stage.Open() && (s.urgentClock() == nil || !s.urgentClock().Unmet()):
		return fmt.Errorf("case in %s owes a report on no clock", s.Stage)
	case has(TaskUrgentCase) && (!u.inForce() || !s.Stage.Open()):
		return fmt.Errorf("case in %s tells somebody of nothing urgent", s.Stage)
	case u.inForce() != s.Urgent && u != nil:
		return fmt.Errorf("case is urgent: %t, its urgency in force: %t", s.Urgent, u.inForce())
	}
	police := len(s.unreportedHarms()) > 0
	switch {
	case police && !s.Stage.Open() && s.Stage != StageMerged:
		return fmt.Errorf("case in %s has not told the police of suspected harm", s.Stage)
	case has(TaskReportToPolice) != (police && s.Stage.Open()):
		return fmt.Errorf("case in %s has the task to tell the police: %t", s.Stage, !police)
	case police && s.Stage.Open() && (s.policeClock() == nil || !s.policeClock().Unmet()):
		return fmt.Errorf("case in %s owes a report to the police on no clock", s.Stage)
	}
	grants := Grants(s, dir)
	for _, task := range tasks {
		if task.Kind != TaskUrgentCase {
			continue
		}
		if !slices.Contains(grants, Grant{Role: task.InboxRole, UnitID: task.InboxUnit}) {
			return fmt.Errorf("task %s is for %s@%s, who may not see the case", task.ID, task.InboxRole, task.InboxUnit)
		}
		if err := mayClear(s, task, dir); err != nil {
			return err
		}
	}
	return nil
}

// mayClear wants somebody behind an inbox who may take note, where anybody sits there.
func mayClear(s State, task Task, dir Directory) error {
	holders := dir.Holders(task.InboxRole, task.InboxUnit)
	unit, _ := dir.Unit(task.InboxUnit)
	for _, person := range holders {
		actor := Actor{PersonID: person.ID, Role: task.InboxRole, UnitID: unit.ID, UnitKind: unit.Kind, Division: unit.Division}
		if mayAct(s, actor, "AcknowledgeUrgent", dir) == nil {
			return nil
		}
	}
	if len(holders) == 0 {
		return nil
	}
	return fmt.Errorf("nobody of %s@%s may clear task %s", task.InboxRole, task.InboxUnit, task.ID)
}
