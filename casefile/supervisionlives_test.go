package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// newLandCity is a city down to the village: at each level the office that mediates or
// supervises, and above the county and the city their leading bodies.
func newLandCity() *smallCity {
	c := &smallCity{divisions: map[Division]DivisionInfo{}, units: map[string]Unit{}, people: map[string]Person{}}
	for _, code := range []Division{"53", "5304", "530402", "530402001", "530402001001"} {
		c.divisions[code] = DivisionInfo{Code: code, Name: "区划" + string(code)}
	}
	office := []Role{RoleClerk, RoleMediator, RoleManager, RoleLeader, RoleSupervisor}
	c.add("city-body", UnitLeadingBody, "5304", "", nil, RoleLeader)
	c.add("city-centre", UnitCenter, "5304", "city-body", nil, office...)
	c.add("county-body", UnitLeadingBody, "530402", "city-body", nil, RoleLeader, RoleLeader)
	c.add("county-centre", UnitCenter, "530402", "city-centre", nil, office...)
	c.add("county-petition", UnitPetitionOffice, "530402", "county-centre", nil, office...)
	c.add("town-centre", UnitCenter, "530402001", "county-centre", nil, office...)
	c.add("village-centre", UnitCenter, "530402001001", "town-centre", nil, office...)
	c.settle()
	return c
}

// aLandDispute lies with the village's centre, accepted on 5 March 2026 (a Thursday).
func aLandDispute(t *testing.T, dir *smallCity) *life {
	t.Helper()
	l := newLife(t)
	l.dir, l.now = dir, shanghai("2026-03-05 10:00:00")
	l.does("village-centre-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Division, r.Category = "530402001001", "D-FOREST-LAND-CONTRACTED" }))
	l.does("village-centre-clerk1", AcceptCase{Procedure: "peoples-mediation"})
	return l
}

// untilMissed lets time pass to the moment at which the next clock is decided as missed, and
// returns what followed.
func (l *life) untilMissed() []string {
	l.t.Helper()
	for {
		wake, ok := NextWake(l.state)
		require.True(l.t, ok, "no clock runs")
		if wake.After(l.now) {
			l.now = wake
		}
		if types := l.types(l.does("", PassTime{})); len(types) > 0 && types[0] == "DeadlineMissed" {
			return types
		}
	}
}

func (l *life) lastOrder() SupervisionOrder { return l.state.Orders[len(l.state.Orders)-1] }

func TestAnUnansweredLandDisputeClimbsFromTheVillageToTheCitysLeader(t *testing.T) {
	t.Parallel()
	l := aLandDispute(t, newLandCity())
	handling := *l.state.clock(StepHandling)
	require.Equal(t, "2026-04-05", day(handling.DueAt), "a month from the day of acceptance")

	// The village lets the time for mediation run out: the township's centre chases it.
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.untilMissed())
	order := l.lastOrder()
	require.Equal(t, "2026-04-06", day(order.OpenedAt))
	require.Equal(t, []any{LevelTownship, "town-centre", "village-centre"}, []any{order.Level, order.IssuedByUnitID, order.AddresseeUnitID})
	require.Equal(t, "2026-04-09", day(l.state.owedClockOf("U1").DueAt), "three working days after Qingming")

	// Nobody acknowledges: up to the county, on the first day after the third working day.
	require.Equal(t, []string{"DeadlineMissed", "OrderEscalated", "DeadlineMet", "SupervisionOrdered", "DeadlineStarted"}, l.untilMissed())
	order = l.lastOrder()
	require.Equal(t, "2026-04-10", day(order.OpenedAt))
	require.Equal(t, []any{LevelCounty, "county-centre", "village-centre", "U1"}, []any{order.Level, order.IssuedByUnitID, order.AddresseeUnitID, order.Escalates})
	require.Equal(t, SupervisionEscalated, l.state.Orders[0].Status)
	require.Equal(t, "2026-04-15", day(l.state.owedClockOf("U2").DueAt), "10 April doesn't count, nor do Saturday and Sunday")

	// Nor there: the city's centre chases, and the county's leader is asked to take the case.
	require.Equal(t, []string{
		"DeadlineMissed", "OrderEscalated", "DeadlineMet", "PackageProposed", "SupervisionOrdered", "DeadlineStarted",
	}, l.untilMissed())
	order = l.lastOrder()
	require.Equal(t, "2026-04-16", day(order.OpenedAt))
	require.Equal(t, []any{LevelCity, "city-centre", "U2"}, []any{order.Level, order.IssuedByUnitID, order.Escalates})
	proposal := l.state.Proposals[0]
	require.Equal(t, "2026-04-16", day(proposal.ProposedAt))
	require.Equal(t, []any{LevelCounty, "county-body", "county-body-leader1", "U2"}, []any{proposal.Level, proposal.UnitID, proposal.LeaderID, proposal.OrderID})
	require.Contains(t, Tasks(l.state, l.office()), Task{
		ID: "decide-package:U2", Kind: TaskDecidePackage, AssigneeID: "county-body-leader1", DeadlineID: handling.ID,
	})
	require.Equal(t, "2026-04-21", day(l.state.owedClockOf("U3").DueAt))

	// Nor there: the city's leader is asked, and it goes no higher.
	require.Equal(t, []string{"DeadlineMissed", "OrderEscalated", "DeadlineMet", "PackageProposed"}, l.untilMissed())
	require.Len(t, l.state.Orders, 3)
	proposal = l.state.Proposals[1]
	require.Equal(t, "2026-04-22", day(proposal.ProposedAt))
	require.Equal(t, []any{LevelCity, "city-body", "city-body-leader1", "U3"}, []any{proposal.Level, proposal.UnitID, proposal.LeaderID, proposal.OrderID})
	require.Contains(t, taskIDsOf(l), "decide-package:U3")
	require.NotContains(t, taskIDsOf(l), "decide-package:U2", "the city's leader is asked instead")

	after := l.state.deadline(handling.ID)
	require.Equal(t, handling.DueAt, after.DueAt, "the clock that was missed stays as it is")
	require.Equal(t, handling.StartedAt, after.StartedAt)
	_, wakes := NextWake(l.state)
	require.False(t, wakes, "nothing is left to go up to")
	require.NoError(t, checkRecord("case-1", l.events))
}

func taskIDsOf(l *life) []string {
	var ids []string
	for _, task := range Tasks(l.state, l.office()) {
		ids = append(ids, task.ID)
	}
	return ids
}

func TestAVacantPostStopsNoEscalation(t *testing.T) {
	t.Parallel()
	dir := newLandCity()
	for id := range dir.people {
		if id != "village-centre-clerk1" {
			delete(dir.people, id)
		}
	}
	dir.settle()
	l := aLandDispute(t, dir)
	l.untilMissed()
	require.Contains(t, Tasks(l.state, dir), Task{
		ID: "acknowledge-supervision:U1", Kind: TaskAcknowledgeSupervision, InboxRole: RoleClerk, InboxUnit: "village-centre", DeadlineID: l.state.owedClockOf("U1").ID,
	})
	for range 3 {
		l.untilMissed()
	}
	require.Equal(t, []DivisionLevel{LevelTownship, LevelCounty, LevelCity}, each(l.state.Orders, func(o SupervisionOrder) DivisionLevel { return o.Level }))
	require.Empty(t, l.state.Proposals[1].LeaderID)
	require.Contains(t, Tasks(l.state, dir), Task{
		ID: "decide-package:U3", Kind: TaskDecidePackage, InboxRole: RoleLeader, InboxUnit: "city-body", DeadlineID: l.state.clock(StepHandling).ID,
	})
	require.Contains(t, Grants(l.state, dir), Grant{Role: RoleLeader, UnitID: "city-body"})
}

// chased is a land dispute over which the township chases the village.
func chased(t *testing.T) *life {
	t.Helper()
	l := aLandDispute(t, newLandCity())
	l.does("village-centre-manager1", AssignCase{PersonID: "village-centre-mediator1"})
	l.untilMissed()
	l.now = shanghai("2026-04-08 09:00:00")
	return l
}

func TestAnOrderIsAcknowledgedRepliedToReturnedAndSatisfied(t *testing.T) {
	t.Parallel()
	l := chased(t)
	due := l.state.clock(StepHandling).DueAt
	l.refuses("village-centre-mediator1", CloseSupervision{OrderID: "U1", Status: SupervisionSatisfied}, RefusedWrongRole, "")
	require.Equal(t, []string{"OrderAcknowledged", "DeadlineMet", "DeadlineStarted"},
		l.types(l.does("village-centre-clerk1", AcknowledgeSupervision{OrderID: "U1"})))
	l.refuses("village-centre-clerk1", AcknowledgeSupervision{OrderID: "U1"}, RefusedAlreadyDone, "orderId")
	require.Equal(t, "2026-04-17", day(l.state.owedClockOf("U1").DueAt), "seven working days from the acknowledgement")
	require.Contains(t, Tasks(l.state, l.office()), Task{
		ID: "reply-supervision:U1", Kind: TaskReplySupervision, AssigneeID: "village-centre-mediator1", DeadlineID: l.state.owedClockOf("U1").ID,
	})

	l.now = shanghai("2026-04-16 16:00:00")
	l.refuses("village-centre-mediator1", ReplySupervision{OrderID: "U1"}, RefusedRequired, "reply")
	l.refuses("town-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionReturned, Reason: "r"}, RefusedIncomplete, "status")
	l.does("village-centre-mediator1", ReplySupervision{OrderID: "U1", Reply: "reply"})
	require.Nil(t, l.state.owedClockOf("U1"))
	require.Contains(t, Tasks(l.state, l.office()), Task{
		ID: "judge-supervision:U1", Kind: TaskJudgeSupervision, InboxRole: RoleManager, InboxUnit: "town-centre",
	})
	require.Contains(t, Grants(l.state, l.dir), Grant{Role: RoleManager, UnitID: "town-centre"}, "who judges the reply must read it")
	l.refuses("village-centre-mediator1", ReplySupervision{OrderID: "U1", Reply: "reply"}, RefusedAlreadyDone, "orderId")

	l.now = shanghai("2026-04-20 09:00:00")
	l.refuses("county-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionSatisfied}, RefusedJurisdiction, "")
	l.refuses("town-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionReturned}, RefusedRequired, "reason")
	l.refuses("town-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionEscalated}, RefusedInvalid, "status")
	l.refuses("town-centre-manager1", CloseSupervision{OrderID: "U9", Status: SupervisionSatisfied}, RefusedNotFound, "orderId")
	l.refuses("town-centre-manager1", CloseSupervision{Status: SupervisionSatisfied}, RefusedRequired, "orderId")
	l.does("town-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionReturned, Reason: "lacking"})
	require.Equal(t, SupervisionReturned, l.state.Orders[0].Status)
	require.Equal(t, "2026-04-29", day(l.state.owedClockOf("U1").DueAt), "the time for the reply runs anew")
	require.Equal(t, due, l.state.clock(StepHandling).DueAt)

	l.does("village-centre-manager1", ReplySupervision{OrderID: "U1", Reply: "better"})
	l.does("town-centre-leader1", CloseSupervision{OrderID: "U1", Status: SupervisionSatisfied})
	require.Equal(t, SupervisionSatisfied, l.state.Orders[0].Status)
	require.Equal(t, "town-centre-leader1", l.state.Orders[0].JudgedBy)
	l.refuses("town-centre-leader1", CloseSupervision{OrderID: "U1", Status: SupervisionSatisfied}, RefusedJurisdiction, "")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAReturnedReplyThatNobodyMakesGoodGoesUp(t *testing.T) {
	t.Parallel()
	l := chased(t)
	l.does("village-centre-clerk1", ReplySupervision{OrderID: "U1", Reply: "reply"})
	l.does("town-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionReturned, Reason: "lacking"})
	require.Contains(t, l.untilMissed(), "SupervisionOrdered")
	require.Equal(t, LevelCounty, l.lastOrder().Level)
	require.Equal(t, SupervisionEscalated, l.state.Orders[0].Status)
	l.refuses("village-centre-clerk1", ReplySupervision{OrderID: "U1", Reply: "too late"}, RefusedAlreadyDone, "orderId")
	l.does("village-centre-clerk1", ReplySupervision{OrderID: "U2", Reply: "reply"})
}

func TestTheSupervisingUnitTakesTheCaseOverWithItsHistory(t *testing.T) {
	t.Parallel()
	l := chased(t)
	l.does("village-centre-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("village-centre-mediator1", OpenMediation{Type: MediationPeoples})
	handling, events := *l.state.clock(StepHandling), len(l.events)
	l.refuses("town-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionTakenOver}, RefusedRequired, "reason")
	require.Equal(t, []string{"SupervisionClosed", "DeadlineCancelled", "HandlingTakenOver"},
		l.types(l.does("town-centre-manager1", CloseSupervision{OrderID: "U1", Status: SupervisionTakenOver, Reason: "reason"})))
	require.Equal(t, "town-centre", l.state.ResponsibleUnitID)
	require.Equal(t, Division("530402001001"), l.state.Division)
	require.Empty(t, l.state.HandlerID)
	require.Equal(t, SupervisionTakenOver, l.state.Orders[0].Status)
	require.NotNil(t, l.state.openMediation(), "the mediation goes on")
	require.Equal(t, handling, *l.state.clock(StepHandling), "and so does the clock, missed as it was")
	require.Greater(t, len(l.events), events)
	l.at(StageMediation)
	l.does("town-centre-manager1", AssignCase{PersonID: "town-centre-mediator1"})
	l.does("town-centre-mediator1", ConcludeMediation{Outcome: MediationAgreementWritten, Agreement: "a", SignedAt: l.now})
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestALeadingBodyTakesOverNoCase(t *testing.T) {
	t.Parallel()
	l := registered(t, "city-center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Division = "5304" }))
	l.later(30 * 24 * time.Hour)
	l.does("", PassTime{})
	require.Equal(t, "city-leading", l.state.Orders[0].IssuedByUnitID)
	require.NotContains(t, AllowedCommands(l.state, city.as("city-center-manager1"), l.rules()), "closeSupervision")
}

func TestWhoAnswersAnOrderDoesNotJudgeIt(t *testing.T) {
	t.Parallel()
	l := chased(t)
	both := l.dir.people["village-centre-clerk1"]
	both.Roles = append(both.Roles, RoleAt{RoleManager, "town-centre"})
	l.dir.people[both.ID] = both
	l.does(both.ID, ReplySupervision{OrderID: "U1", Reply: "reply"})
	actor := l.dir.as("town-centre-manager1")
	actor.PersonID = both.ID
	command := Command{CaseID: "case-1", RequestKey: "key", InputDigest: "digest", Actor: actor, Act: CloseSupervision{OrderID: "U1", Status: SupervisionSatisfied}}
	_, err := Decide(l.state, command, l.rules())
	var refusal *Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, RefusedSamePerson, refusal.Code)
	require.NotContains(t, AllowedCommands(l.state, actor, l.rules()), "closeSupervision")
}

func TestAnOrderOverAnActThatIsDoneGoesNoHigher(t *testing.T) {
	t.Parallel()
	l := chased(t)
	l.does("village-centre-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathClose})
	l.does("village-centre-mediator1", RequestClosure{Outcome: OutcomeUnfounded, Summary: "summary"})
	require.Equal(t, []string{"DeadlineMissed"}, l.untilMissed(), "the order waits for its reply alone")
	require.Equal(t, SupervisionOpen, l.state.Orders[0].Status)
	require.Contains(t, taskIDsOf(l), "acknowledge-supervision:U1")
	l.does("village-centre-clerk1", ReplySupervision{OrderID: "U1", Reply: "late, and done"})
	l.does("village-centre-leader1", VerifyClosure{})
	l.does("village-centre-clerk1", satisfied("P1"))
	l.does("village-centre-clerk1", satisfied("P2"))
	require.Equal(t, SupervisionSatisfied, l.state.Orders[0].Status, "it ends with the case")
	require.True(t, Finished(l.state))
}

func TestAnAnswerWithinTheSpreadIsLateAndStillAnAnswer(t *testing.T) {
	t.Parallel()
	l := chased(t)
	l.now = l.state.owedClockOf("U1").End()
	require.Equal(t, []string{"OrderAcknowledged", "DeadlineMissed", "DeadlineMet", "DeadlineStarted"},
		l.types(l.does("village-centre-clerk1", AcknowledgeSupervision{OrderID: "U1"})))
	require.Equal(t, SupervisionAcknowledged, l.state.Orders[0].Status)
	require.Len(t, l.state.Orders, 1)
	l.refuses("village-centre-clerk1", ReplySupervision{OrderID: "U1", Reply: "r"}, RefusedOutOfOrder, "effectiveAt", effective(shanghai("2026-04-07 10:00:00")))
}

func TestTheManagerIsToldThatTimeRunsOut(t *testing.T) {
	t.Parallel()
	l := aLandDispute(t, newLandCity())
	l.does("village-centre-manager1", AssignCase{PersonID: "village-centre-mediator1"})
	clock := l.state.clock(StepHandling)
	l.now = clock.WarnAt.Add(spread("case-1", clock.Unit))
	l.does("", PassTime{})
	urge := Task{ID: "watch-clock:" + clock.ID, Kind: TaskWatchClock, InboxRole: RoleManager, InboxUnit: "village-centre", DeadlineID: clock.ID}
	require.Contains(t, Tasks(l.state, l.office()), urge)
	l.does("village-centre-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathClose})
	l.does("village-centre-mediator1", RequestClosure{Outcome: OutcomeUnfounded, Summary: "summary"})
	require.NotContains(t, Tasks(l.state, l.office()), urge, "what it waited for is done")
}

func TestAnOrderIsHandedOnWhenItsIssuerMustNotKnowOfTheCaseAnyMore(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Accusation))
	l.does("petition-leader1", TransferCase{ToUnitID: "discipline", Reason: "reason"})
	for len(l.state.Orders) == 0 { // the window for an objection to the transfer ends first
		l.untilMissed()
	}
	require.Equal(t, "center", l.lastOrder().IssuedByUnitID)
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "center"}, "its head has to know of the sealed case")
	// It comes out that the centre is accused too.
	accused := person("P3", PartyAccused)
	accused.UnitID = "center"
	l.does("discipline-leader1", AmendCase{Parties: []Party{accused}, Reason: "reason"})
	require.Equal(t, SupervisionEscalated, l.state.Orders[0].Status)
	require.NotEqual(t, "center", l.lastOrder().IssuedByUnitID)
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "center"})
	l.untilMissed()
	require.Empty(t, l.state.Proposals, "a sealed case joins no package")
	require.Contains(t, taskIDsOf(l), "acknowledge-supervision:U2", "there is nobody left to go up to")
}

func TestAMissThatIsPutRightTakesItsOrdersBack(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	due := l.state.Deadlines[0].DueAt
	l.untilMissed()
	l.later(time.Hour)
	l.does("center-clerk1", AcceptCase{}, effective(due.Add(-time.Hour)))
	require.Equal(t, SupervisionSatisfied, l.state.Orders[0].Status)
	require.Nil(t, l.state.owedClockOf("U1"))
	require.Equal(t, ClockMet, l.state.Deadlines[0].Status)
}
