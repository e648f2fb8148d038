package casefile

import "slices"

// What an urgent case asks.
const (
	TaskUrgentCase   = "URGENT_CASE"
	TaskReportUrgent = "REPORT_URGENT"
)

var urgentTaskTerms = []Term{
	{TaskReportUrgent, "报送紧急信息", "report what was done in the urgent case"},
	{TaskUrgentCase, "签收紧急信息", "take note of the urgent case"},
	{TaskReportToPolice, "向公安机关报案", "report the suspected harm to the police"},
}

// urgent lists the first report that an urgent case owes, and the units that have not said yet
// that they know of it. Both run against the hours of the report, in every stage.
func (t *tasking) urgent() {
	u := t.state.Urgency
	if !u.inForce() || !t.state.Stage.Open() {
		return
	}
	clock := t.state.urgentClock()
	if clock != nil && !clock.Unmet() {
		clock = nil
	}
	if u.owed() {
		t.addFor(TaskReportUrgent, "report-urgent:"+u.ID, clock, t.handler(RoleClerk, RoleManager, RoleLeader))
	}
	for _, told := range u.Told {
		if whose, may := t.reader(told.UnitID); may && told.AcknowledgedAt.IsZero() {
			t.addFor(TaskUrgentCase, "urgent:"+told.UnitID, clock, whose)
		}
	}
}

// reader is who takes note at a unit that was told: its leader, else whoever sits there; where
// the circle is narrow, its head. False where the case is kept from the unit by now.
func (t *tasking) reader(unitID string) (place, bool) {
	if closedTo(t.state.Exclusions, unitID, t.dir) {
		return place{}, false
	}
	// While nobody knows who is accused, also because a merger that had settled it was refused,
	// the head of the responsible unit alone is told.
	if t.state.held() && unitID != t.state.ResponsibleUnitID {
		return place{}, false
	}
	switch t.state.Confidentiality {
	case ConfidentialitySealed:
		head, _ := headOf(unitID, t.state.Exclusions, t.dir)
		return place{inbox: head}, true
	case ConfidentialityRestricted:
		return t.filled(unitID, t.noParty, RoleLeader, RoleManager), true
	}
	return t.filled(unitID, t.noParty, urgentReaders...), true
}

// noParty reports whether somebody is no party of the case.
func (t *tasking) noParty(personID string) bool {
	return !slices.ContainsFunc(t.state.Parties, func(p Party) bool { return p.PersonID == personID })
}

// grantUrgency lets those see an urgent case who were told of it: where the circle is narrow,
// until they have taken note and it is known what was done.
func (s State) grantUrgency(dir Directory, add func(Grant)) {
	u := s.Urgency
	if !u.inForce() || !s.Stage.Open() {
		return
	}
	t := tasking{state: s, dir: dir}
	for _, told := range u.Told {
		if narrowness(s.Confidentiality) > 0 && !told.AcknowledgedAt.IsZero() && !u.owed() {
			continue
		}
		if whose, may := t.reader(told.UnitID); may {
			add(Grant{Role: whose.inbox.Role, UnitID: whose.inbox.UnitID})
		}
	}
}
