package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// withPolice is the small city with a police unit.
func withPolice() *smallCity {
	c := newSmallCity()
	c.add("police", UnitPublicSecurity, "530402", "center", nil, RoleClerk, RoleManager)
	c.settle()
	return c
}

func domesticViolence() RegisterCase {
	return changed(aDispute(), func(r *RegisterCase) { r.Category = "D-FAMILY-VIOLENCE" })
}

func TestADomesticViolenceCaseIsNotClosedBeforeThePoliceAreTold(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.dir = withPolice()
	events := l.does("center-clerk1", domesticViolence())
	require.Equal(t, []string{"CaseRegistered", "DeadlineStarted", "HarmSuspected", "DeadlineStarted"}, l.types(events))
	clock := l.state.policeClock()
	require.Equal(t, 4*time.Hour, clock.DueAt.Sub(clock.StartedAt))
	require.Equal(t, Task{
		ID: "report-to-police", Kind: TaskReportToPolice, InboxRole: RoleManager, InboxUnit: "center", DeadlineID: clock.ID,
	}, l.task("report-to-police"), "of a restricted case the clerks don't know")
	l.does("center-clerk1", AcceptCase{})
	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"})
	require.Equal(t, "center-mediator1", l.task("report-to-police").AssigneeID)
	l.does("center-mediator1", ConcludeInvestigation{Facts: "f", Path: PathClose})
	request := RequestClosure{Outcome: OutcomeSettledByParties, Summary: "s"}
	refusal := l.refuses("center-mediator1", request, RefusedIncomplete, "")
	require.Contains(t, refusal.Message, "Anti-Domestic Violence Law, art. 14")
	require.Contains(t, refusal.MessageZH, "《反家庭暴力法》第十四条")
	require.NotContains(t, taskIDsOf(l), "request-closure")

	// Four hours later the supervising centre wants to know why.
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.untilMissed())
	require.Equal(t, "city-center", l.lastOrder().IssuedByUnitID)

	l.refuses("center-mediator1", RecordPoliceReport{UnitID: "bureau"}, RefusedNotCompetent, "unitId")
	events = l.does("center-mediator1", RecordPoliceReport{UnitID: "police", Reference: "110-20260303-0042"})
	require.Equal(t, []string{"PoliceReportRecorded", "DeadlineMet"}, l.types(events))
	require.Equal(t, ClockMissed, l.state.policeClock().Status)
	require.Equal(t, []PoliceReport{{
		ID: "B1", UnitID: "police", Reference: "110-20260303-0042", ReportedAt: events[0].EffectiveAt,
		ReportedBy: "center-mediator1", RecordedBy: "center-mediator1",
	}}, l.state.PoliceReports)
	l.refuses("center-mediator1", RecordPoliceReport{UnitID: "police"}, RefusedAlreadyDone, "")
	l.does("center-mediator1", request)
	l.does("center-manager1", VerifyClosure{})
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnEndThatSkipsTheMeritsWaitsForTheReportToThePolice(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-DAMAGES-MINOR" }))
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "q", Reason: "r"})
	refusal := l.refuses("center-manager1", VerifyClosure{}, RefusedIncomplete, "")
	require.Contains(t, refusal.Message, "Law on the Protection of Minors, art. 11")
	require.NotContains(t, taskIDs(l), "verify")
	require.Contains(t, taskIDs(l), "report-to-police")
	l.does("center-manager1", RecordPoliceReport{Organ: "a station outside"})
	l.does("center-leader1", VerifyClosure{})
	for _, party := range l.state.Notices[0].unserved() {
		l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: party, Method: ServedInPerson, ServedAt: l.now})
	}
	l.at(StageWithdrawn)

	// Suspected only when the end waits for nothing but its notice: the end comes with the report.
	l = registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", DeclineCase{Reason: DeclineOther, Explanation: "e", GoTo: "g"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk1", FlagUrgent{Reason: "r", Suspicion: []Suspicion{SuspectedHarmToChild}})
	l.does("center-clerk1", ReportUrgent{Measures: "m"})
	l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.at(StageVerification)
	l.does("center-clerk1", RecordPoliceReport{Organ: "o"})
	l.at(StageNotAccepted)
}

func TestWhoFlagsACaseAsUrgentMaySuspectHarm(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	both := []Suspicion{SuspectedHarmToChild, SuspectedDomesticViolence}
	l.refuses("center-clerk1", FlagUrgent{Reason: "r", Suspicion: []Suspicion{"GHOSTS"}}, RefusedInvalid, "suspicion.0")
	l.refuses("center-clerk1", FlagUrgent{Reason: "r", Suspicion: []Suspicion{both[0], both[0]}}, RefusedConflict, "suspicion.1")
	events := l.does("center-clerk1", FlagUrgent{Reason: "r", Suspicion: both[:1]})
	require.Equal(t, []string{"UrgencyFlagged", "DeadlineStarted", "HarmSuspected", "DeadlineStarted"}, l.types(events))
	require.Equal(t, "center-clerk1", l.state.SuspectedHarms[0].By)

	// While the first report is owed, a further suspicion may be added, and nothing else.
	l.refuses("center-clerk1", FlagUrgent{Reason: "r"}, RefusedAlreadyDone, "")
	l.refuses("center-clerk1", FlagUrgent{Reason: "r", Suspicion: both[:1]}, RefusedAlreadyDone, "")
	require.Equal(t, []string{"HarmSuspected"}, l.types(l.does("center-manager1", FlagUrgent{Reason: "r", Suspicion: both})))
	require.NotContains(t, AllowedCommands(l.state, city.as("center-clerk1"), l.rules()), "flagUrgent")
	l.does("center-clerk1", ReportUrgent{Measures: "m"})
	l.does("center-clerk1", RecordPoliceReport{Organ: "o"})
	require.Empty(t, l.state.unreportedHarms(), "one report answers both")

	// It happens again: the police must know again.
	l.does("center-clerk1", FlagUrgent{Reason: "r", Suspicion: both[:1]})
	require.Len(t, l.state.unreportedHarms(), 1)
	require.Equal(t, ClockRunning, l.state.policeClock().Status)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestThatNoReportWasDueIsForASecondPersonToSay(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-manager1", domesticViolence())
	none := RecordPoliceReport{NotDue: "an adult of full capacity who wants no report"}
	l.refuses("center-manager1", none, RefusedSamePerson, "notDueReason")
	l.refuses("center-clerk1", none, RefusedWrongRole, "notDueReason")
	l.refuses("center-leader1", RecordPoliceReport{NotDue: "n", Reference: "1"}, RefusedInvalid, "notDueReason")
	l.refuses("center-leader1", RecordPoliceReport{NotDue: "n", Organ: "o"}, RefusedInvalid, "notDueReason")
	l.refuses("center-leader1", RecordPoliceReport{}, RefusedInvalid, "notDueReason")
	events := l.does("center-leader1", none)
	require.Equal(t, []string{"PoliceReportRecorded", "DeadlineMet"}, l.types(events))
	require.Equal(t, "王center-leader1（单位center领导）认定无须向公安机关报案并说明理由。", Sentence(events[0], city, Chinese))
	require.Zero(t, l.state.PoliceReports[0].ReportedAt)

	l = registered(t, "center-clerk1", aDispute())
	l.does("center-leader1", FlagUrgent{Reason: "r", Suspicion: []Suspicion{SuspectedHarmToChild}})
	l.refuses("center-leader1", none, RefusedSamePerson, "notDueReason")
	l.does("center-manager1", none)

	l = registered(t, "center-clerk1", domesticViolence())
	l.does("center-clerk1", AcceptCase{})
	l.does("center-leader1", AssignCase{PersonID: "center-manager1"})
	l.refuses("center-manager1", none, RefusedSamePerson, "notDueReason")
}

func TestPoliceWhoKnewAlreadyAreNotToldLate(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", domesticViolence())
	l.untilMissed()
	l.refuses("center-clerk1", RecordPoliceReport{Organ: "o", ReportedAt: l.now.Add(time.Hour)}, RefusedInFuture, "reportedAt")
	l.refuses("center-clerk1", RecordPoliceReport{Organ: "o", ReportedAt: l.now.AddDate(-2, 0, 0)}, RefusedInvalid, "reportedAt")
	l.refuses("center-clerk1", RecordPoliceReport{Organ: "o", ReportedByPersonID: "nobody"}, RefusedUnknownPerson, "reportedByPersonId")
	l.does("center-clerk1", RecordPoliceReport{Organ: "o", ReportedAt: start.Add(-time.Hour), ReportedByPersonID: "grid-grid_worker1"})
	require.Equal(t, ClockMet, l.state.policeClock().Status, "written down late, made in time")
	require.Equal(t, SupervisionSatisfied, l.lastOrder().Status)
	require.Equal(t, "grid-grid_worker1", l.state.PoliceReports[0].ReportedBy)

	l = registered(t, "center-clerk1", changed(domesticViolence(), func(r *RegisterCase) { r.Source = SourcePoliceTransfer }))
	require.Empty(t, l.state.SuspectedHarms, "the police brought it")
}

func TestACorrectedCategoryMakesTheReportDue(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", AmendCase{Category: "D-FAMILY-VIOLENCE", Reason: "r"})
	require.True(t, l.state.owesPolice(SuspectedDomesticViolence))
	l.does("center-manager1", RecordPoliceReport{Organ: "o"})
	l.does("center-manager1", AmendCase{Category: "D-FAMILY-VIOLENCE", Reason: "r"})
	require.Empty(t, l.state.unreportedHarms(), "known is known")
}

func TestThePoliceThatAreAccusedAreNotTheOnesToTell(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.dir = withPolice()
	l.does("petition-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) {
		r.Category, r.Parties[1].PersonID, r.Parties[1].UnitID = "P-JUSTICE-DOMESTIC-VIOLENCE", "", "police"
	}))
	l.refuses("petition-leader1", RecordPoliceReport{UnitID: "police"}, RefusedInterest, "unitId")
	l.does("petition-leader1", RecordPoliceReport{Organ: "the city's bureau"})
}

func TestACaseThatTakesAnotherOverTellsThePoliceInItsPlace(t *testing.T) {
	t.Parallel()
	first := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	second := younger(t, "center-clerk2", domesticViolence())
	due := second.state.policeClock().DueAt
	merged(t, first, second)
	require.Equal(t, StageMerged, second.state.Stage)
	require.True(t, first.state.owesPolice(SuspectedDomesticViolence))
	require.Equal(t, due, first.state.policeClock().DueAt)
	require.NoError(t, checkRecord("case-1", first.events))
}

func TestEveryCategoryOfHarmIsRestricted(t *testing.T) {
	t.Parallel()
	for code := range suspectedIn {
		kind := Dispute
		if code[0] == 'P' {
			kind = Petition
		}
		require.Nil(t, checkCategory(kind, code), code)
		require.Equal(t, ConfidentialityRestricted, gradeOf("", kind, "", code, nil), code)
	}
}
