package casefile

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// urgentCase is a dispute between neighbours at the village's centre, flagged on a Friday at
// eight in the evening.
func urgentCase(t *testing.T) *life {
	t.Helper()
	l := aLandDispute(t, newLandCity())
	l.now = shanghai("2026-03-06 20:00:00")
	events := l.does("village-centre-mediator1", FlagUrgent{Reason: "both villages have called their people together"})
	require.Equal(t, []string{"UrgencyFlagged", "DeadlineStarted"}, l.types(events))
	return l
}

func (l *life) task(id string) Task {
	l.t.Helper()
	tasks := Tasks(l.state, l.office())
	i := slices.IndexFunc(tasks, func(task Task) bool { return task.ID == id })
	require.GreaterOrEqual(l.t, i, 0, "no task %s in %v", id, tasks)
	return tasks[i]
}

func TestAnUrgentCaseOnAFridayNightThatNobodyReportsGoesUpWithinHours(t *testing.T) {
	t.Parallel()
	l := urgentCase(t)
	require.True(t, l.state.Urgent)
	clock := l.state.urgentClock()
	require.Equal(t, "2026-03-06 22:00", moment(clock.DueAt), "two hours, whatever day it is")
	require.Equal(t, Citation{Law: designChoice}, clock.Citation)

	// The village's leader, the county's petition office and the township are told at once.
	require.Equal(t, []Task{
		{ID: "report-urgent:" + l.state.Urgency.ID, Kind: TaskReportUrgent, InboxRole: RoleClerk, InboxUnit: "village-centre", DeadlineID: clock.ID},
		{ID: "urgent:village-centre", Kind: TaskUrgentCase, InboxRole: RoleLeader, InboxUnit: "village-centre", DeadlineID: clock.ID},
		{ID: "urgent:county-petition", Kind: TaskUrgentCase, InboxRole: RoleLeader, InboxUnit: "county-petition", DeadlineID: clock.ID},
		{ID: "urgent:town-centre", Kind: TaskUrgentCase, InboxRole: RoleLeader, InboxUnit: "town-centre", DeadlineID: clock.ID},
	}, Tasks(l.state, l.office())[:4])
	wake, _ := NextWake(l.state)
	require.Equal(t, "2026-03-06 21:30", moment(wake), "a warning in the last quarter, without any spread")

	// Nobody reports: the order goes to the village at ten, and up by the hour.
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.untilMissed())
	order := l.lastOrder()
	require.Equal(t, []any{"town-centre", "village-centre", "2026-03-06 22:00"}, []any{order.IssuedByUnitID, order.AddresseeUnitID, moment(order.OpenedAt)})
	require.Equal(t, "2026-03-06 23:00", moment(l.state.owedClockOf(order.ID).DueAt))
	l.untilMissed()
	order = l.lastOrder()
	require.Equal(t, []any{LevelCounty, "2026-03-06 23:00"}, []any{order.Level, moment(order.OpenedAt)})
	l.untilMissed()
	order = l.lastOrder()
	require.Equal(t, []any{LevelCity, "2026-03-07 00:00"}, []any{order.Level, moment(order.OpenedAt)})
	require.Equal(t, "county-body-leader1", l.state.Proposals[0].LeaderID)
	require.Contains(t, taskIDsOf(l), "report-urgent:"+l.state.Urgency.ID, "it is owed all the same")

	// The village answers the order within its hours, and reports.
	l.does("village-centre-leader1", AcknowledgeSupervision{OrderID: order.ID})
	reply := l.state.owedClockOf(order.ID)
	require.Equal(t, 4*time.Hour, reply.DueAt.Sub(reply.StartedAt))
	events := l.does("village-centre-leader1", ReportUrgent{Measures: "the people have gone home; two officers stay"})
	require.Equal(t, []string{"UrgencyReported", "DeadlineMet"}, l.types(events))
	require.Equal(t, ClockMissed, l.state.urgentClock().Status, "late stays late")
	l.does("village-centre-leader1", ReplySupervision{OrderID: order.ID, Reply: "reply"})
	l.does("city-centre-manager1", CloseSupervision{OrderID: order.ID, Status: SupervisionSatisfied})
	l.does("village-centre-clerk1", ReportUrgent{Measures: "the night was quiet"})
	require.Len(t, l.state.Urgency.Reports, 2)
	require.True(t, l.state.Urgent)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestWhoIsToldTakesNoteForTheirUnit(t *testing.T) {
	t.Parallel()
	l := urgentCase(t)
	require.Contains(t, AllowedCommands(l.state, l.office().as("town-centre-leader1"), l.rules()), "acknowledgeUrgent")
	l.does("town-centre-leader1", AcknowledgeUrgent{})
	require.NotContains(t, taskIDsOf(l), "urgent:town-centre")
	told := l.state.Urgency.Told
	require.Equal(t, []any{ToldLevelAbove, "town-centre-leader1"}, []any{told[2].As, told[2].AcknowledgedBy})
	l.refuses("town-centre-leader1", AcknowledgeUrgent{}, RefusedJurisdiction, "")
	l.refuses("city-centre-leader1", AcknowledgeUrgent{}, RefusedJurisdiction, "")
	l.refuses("village-centre-mediator1", AcknowledgeUrgent{}, RefusedWrongRole, "")

	l.does("village-centre-clerk1", ReportUrgent{Measures: "measures"})
	require.Equal(t, ClockMet, l.state.urgentClock().Status)
	require.Empty(t, l.task("urgent:county-petition").DeadlineID, "to be noted, without haste")
	l.does("county-petition-clerk1", AcknowledgeUrgent{})
	l.does("village-centre-leader1", AcknowledgeUrgent{})
	require.Empty(t, l.state.unitsToldUnanswered())
}

func TestWhatIsUrgentAtRegistrationIsToldAtOnce(t *testing.T) {
	t.Parallel()
	for ground, act := range map[UrgencyGround]RegisterCase{
		UrgentRegistered: changed(aDispute(), func(r *RegisterCase) { r.Urgent = true }),
		UrgentHighRisk:   changed(aDispute(), func(r *RegisterCase) { r.Risk = RiskHigh }),
	} {
		l := registered(t, "center-clerk1", act)
		require.Equal(t, []string{"CaseRegistered", "DeadlineStarted", "UrgencyFlagged", "DeadlineStarted"}, l.types(l.events))
		require.True(t, l.state.Urgent)
		require.Equal(t, ground, l.state.Urgency.Ground)
		require.Equal(t, []string{"report-urgent:G3", "urgent:center", "urgent:petition", "urgent:city-center", "accept"}, taskIDs(l))
		l.refuses("center-clerk2", FlagUrgent{Reason: "r"}, RefusedAlreadyDone, "")
	}
	l := registered(t, "center-clerk1", aDispute())
	events := l.does("center-clerk1", AmendCase{Risk: RiskHigh, Reason: "a knife was shown"})
	require.Equal(t, []string{"CaseAmended", "UrgencyFlagged", "DeadlineStarted"}, l.types(events))
	require.Equal(t, TextID("a knife was shown"), l.state.Urgency.Reason)
	events = l.does("center-clerk1", AmendCase{Risk: RiskHigh, Reason: "r"})
	require.Equal(t, []string{"CaseAmended"}, l.types(events), "once is enough")

	late := changed(aDispute(), func(r *RegisterCase) { r.Urgent, r.ReceivedAt = true, start.Add(-3*time.Hour) })
	l = registered(t, "center-clerk1", late)
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.types(l.does("", PassTime{})),
		"the hours run from receipt, not from typing")
}

func TestNoStageHidesWhatIsUrgent(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Urgent = true }))
	due := l.state.urgentClock().DueAt
	standing := func() {
		t.Helper()
		require.Contains(t, taskIDs(l), "report-urgent:G3")
		require.Equal(t, due, l.state.urgentClock().DueAt)
		require.Equal(t, ClockRunning, l.state.urgentClock().Status)
	}
	l.does("center-clerk1", DeferCase{Until: day(l.now.AddDate(0, 0, 5)), Reason: "r"})
	l.does("center-manager1", DecideDeferral{Approved: true})
	standing()
	events := l.does("center-clerk1", TransferCase{ToUnitID: "bureau", Reason: "r"})
	require.Equal(t, []string{"CaseTransferred", "UrgencyPassedOn"}, l.types(events))
	require.Equal(t, []UrgencyNotice{{UnitID: "bureau", As: ToldResponsible, ToldAt: Instant(l.now.Add(-time.Minute))}}, l.state.Urgency.Told[3:])
	require.Equal(t, Task{ID: "urgent:bureau", Kind: TaskUrgentCase, InboxRole: RoleLeader, InboxUnit: "bureau", DeadlineID: "D2"}, l.task("urgent:bureau"))
	standing()
	l.does("bureau-clerk1", DeclineCase{Reason: DeclineNotCompetent, Explanation: "e", GoTo: "g"})
	standing()
	require.NotContains(t, taskIDs(l), "verify", "the end waits for the report")
	refusal := l.refuses("bureau-manager1", VerifyClosure{}, RefusedIncomplete, "")
	require.Contains(t, refusal.Message, "art. 25")
	l.does("bureau-manager1", RejectClosure{Reason: "r"})
	standing()
	l.does("bureau-clerk1", DeclineCase{Reason: DeclineNotCompetent, Explanation: "e", GoTo: "g"})
	l.does("bureau-clerk1", ReportUrgent{Measures: "m"})
	require.Contains(t, taskIDs(l), "verify")
	l.does("bureau-manager1", VerifyClosure{})
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnEndThatWaitsForTheReportComesWithIt(t *testing.T) {
	t.Parallel()
	t.Run("of an end that skips the merits", func(t *testing.T) {
		t.Parallel()
		l := registered(t, "center-clerk1", aDispute())
		l.does("center-clerk1", DeclineCase{Reason: DeclineNotCompetent, Explanation: "e", GoTo: "g"})
		l.does("center-manager1", VerifyClosure{})
		l.does("center-clerk1", FlagUrgent{Reason: "r"})
		l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
		l.at(StageVerification)
		events := l.does("center-clerk1", ReportUrgent{Measures: "m"})
		require.Equal(t, []string{"UrgencyReported", "DeadlineMet", "CaseEnded"}, l.types(events))
		l.at(StageNotAccepted)
		require.Empty(t, Tasks(l.state, city))
	})
	t.Run("of an evaluation", func(t *testing.T) {
		t.Parallel()
		l := evaluated(t)
		l.does("center-clerk2", FlagUrgent{Reason: "r"})
		l.does("center-clerk2", satisfied("P1"))
		l.does("center-clerk2", satisfied("P2"))
		l.at(StageEvaluation)
		require.Equal(t, "report-urgent", taskIDs(l)[0][:13])
		events := l.does("center-manager1", ReportUrgent{Measures: "m"})
		require.Equal(t, []string{"UrgencyReported", "DeadlineMet", "CaseClosed"}, l.types(events))
	})
	t.Run("of a review", func(t *testing.T) {
		t.Parallel()
		l := closedAppeal(t)
		l.does("petition-clerk1", asks("P1"))
		l.does("petition-clerk1", FlagUrgent{Reason: "r"})
		l.does("city-petition-clerk1", IssueReviewOpinion{answer(ReviewUpheld)})
		l.serves("city-petition-clerk1", l.state.openReview().NoticeID)
		l.at(StageReview)
		l.does("petition-clerk1", ReportUrgent{Measures: "m"})
		l.at(StageClosed)
	})
}

func TestAClosureIsNotAskedForBeforeTheReport(t *testing.T) {
	t.Parallel()
	l := concluded(t)
	l.does("center-clerk1", FlagUrgent{Reason: "r"})
	l.refuses("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "s"}, RefusedIncomplete, "")
	l.does("center-mediator1", ReportUrgent{Measures: "m"})
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "s"})
	l.does("center-clerk1", FlagUrgent{Reason: "it breaks out again"})
	l.refuses("center-manager1", VerifyClosure{}, RefusedIncomplete, "")
	l.does("center-clerk1", ReportUrgent{Measures: "m"})
	l.does("center-manager1", VerifyClosure{})
}

func TestAMistakenAlarmIsLiftedByASecondPersonWithAReason(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-leader1", FlagUrgent{Reason: "r"})
	l.refuses("center-leader1", LiftUrgent{Reason: "r"}, RefusedSamePerson, "")
	l.refuses("center-clerk1", LiftUrgent{Reason: "r"}, RefusedWrongRole, "")
	l.refuses("city-center-leader1", LiftUrgent{}, RefusedRequired, "reason")
	events := l.does("city-center-leader1", LiftUrgent{Reason: "another village of the same name"})
	require.Equal(t, []string{"UrgencyLifted", "DeadlineCancelled"}, l.types(events))
	require.False(t, l.state.Urgent)
	require.Equal(t, []string{"accept"}, taskIDs(l))
	l.refuses("city-center-leader1", LiftUrgent{Reason: "r"}, RefusedIncomplete, "")
	l.refuses("center-clerk1", ReportUrgent{Measures: "m"}, RefusedIncomplete, "")

	// One that ran out stays missed; its order ends.
	l.does("center-clerk1", FlagUrgent{Reason: "r"})
	l.untilMissed()
	events = l.does("city-center-leader1", LiftUrgent{Reason: "r"})
	require.Equal(t, []string{"UrgencyLifted", "DeadlineMet", "SupervisionClosed", "DeadlineCancelled"}, l.types(events))
	require.Equal(t, ClockMissed, l.state.urgentClock().Status)
	require.Equal(t, SupervisionSatisfied, l.lastOrder().Status)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestTheAccusedAndTheirLineAreNeverTold(t *testing.T) {
	t.Parallel()
	accusing := func(change func(*Party)) RegisterCase {
		return changed(aPetition(Accusation), func(r *RegisterCase) {
			r.Urgent = true
			change(&r.Parties[1])
		})
	}
	told := func(l *life) []string {
		return each(l.state.Urgency.Told, func(n UrgencyNotice) string { return n.UnitID })
	}
	l := registered(t, "petition-clerk1", accusing(func(p *Party) { p.PersonID = "bureau-clerk1" }))
	require.Equal(t, []string{"petition", "city-petition"}, told(l))
	for _, task := range Tasks(l.state, city) {
		require.Equal(t, RoleLeader, task.InboxRole, "of a sealed case the heads alone know")
	}
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "city-petition"})
	l.does("city-petition-leader1", AcknowledgeUrgent{})
	l.does("petition-leader1", ReportUrgent{Measures: "m"})
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "city-petition"}, "it knows what was done")

	// The unit above is the one accused.
	l = registered(t, "center-clerk1", accusing(func(p *Party) { p.PersonID, p.UnitID = "", "city-petition" }))
	require.Equal(t, []string{"center", "city-center"}, told(l), "nor what lies below it")

	// While nobody knows who is accused, the head alone is told; afterwards whoever is left.
	l = registered(t, "petition-clerk1", accusing(func(p *Party) { p.PersonID = "" }))
	require.Equal(t, []string{"petition"}, told(l))
	require.Equal(t, []Grant{{Role: RoleLeader, UnitID: "petition"}}, Grants(l.state, city))
	l.does("petition-leader1", AcknowledgeUrgent{})
	l.does("petition-leader1", ReportUrgent{Measures: "m"})
	l.refuses("petition-clerk1", ReportUrgent{Measures: "m"}, RefusedWrongRole, "")
	accused := l.state.Parties[1]
	accused.Outsider = true
	events := l.does("petition-leader1", AmendCase{Parties: []Party{accused}, Reason: "r"})
	require.Equal(t, []string{"CaseAmended", "UrgencyPassedOn"}, l.types(events))
	require.Equal(t, []string{"petition", "city-petition"}, told(l))

	// Who was told before it was known that they are accused is told no more.
	l = registered(t, "petition-clerk1", accusing(func(p *Party) { p.PersonID = "court-clerk1" }))
	more := person("P3", PartyAccused)
	more.PersonID = "city-petition-clerk1"
	l.does("petition-clerk1", AmendCase{Parties: []Party{more}, Reason: "r"})
	require.NotContains(t, taskIDs(l), "urgent:city-petition")
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "city-petition"})
}

func TestTheLeaderOfTheDivisionIsToldOfARestrictedCaseAndSeesIt(t *testing.T) {
	t.Parallel()
	l := registered(t, "city-center-clerk1", changed(aDispute(), func(r *RegisterCase) {
		r.Division, r.Category, r.Urgent = "5304", "D-FAMILY-CUSTODY", true
	}))
	require.Equal(t, ConfidentialityRestricted, l.state.Confidentiality)
	leader := Grant{Role: RoleLeader, UnitID: "city-leading"}
	require.Equal(t, Task{ID: "urgent:city-leading", Kind: TaskUrgentCase, InboxRole: RoleLeader, InboxUnit: "city-leading", DeadlineID: "D2"}, l.task("urgent:city-leading"))
	require.Contains(t, Grants(l.state, city), leader)
	l.does("city-center-manager1", ReportUrgent{Measures: "m"})
	require.Contains(t, Grants(l.state, city), leader, "until they have taken note")
	l.does("city-leading-leader1", AcknowledgeUrgent{})
	require.NotContains(t, Grants(l.state, city), leader)
}

func TestWhatWasUrgentIsUrgentInTheCaseThatTookItOver(t *testing.T) {
	t.Parallel()
	first := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	second := younger(t, "center-clerk2", changed(aDispute(), func(r *RegisterCase) { r.Urgent = true }))
	due := second.state.urgentClock().DueAt
	merged(t, first, second)
	require.Equal(t, StageMerged, second.state.Stage)
	require.Equal(t, ClockCancelled, second.state.urgentClock().Status)
	require.Equal(t, []any{UrgentMerged, "center-clerk2", true}, []any{first.state.Urgency.Ground, first.state.Urgency.FlaggedBy, first.state.Urgency.owed()})
	require.Equal(t, due, first.state.urgentClock().DueAt, "by the hour at which it was due there")

	// What had been reported there is reported; what this one owes later is due as it was there.
	first = investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	second = younger(t, "center-clerk2", changed(aDispute(), func(r *RegisterCase) { r.Urgent = true }))
	second.does("center-clerk2", ReportUrgent{Measures: "m"})
	merged(t, first, second)
	require.True(t, first.state.Urgent)
	require.False(t, first.state.Urgency.owed())
	require.Nil(t, first.state.urgentClock())

	first = investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	second = younger(t, "center-clerk2", changed(aDispute(), func(r *RegisterCase) { r.Urgent = true }))
	due = second.state.urgentClock().DueAt
	first.now = second.now.Add(10 * time.Minute)
	first.does("center-clerk1", FlagUrgent{Reason: "r"})
	require.True(t, due.Before(first.state.urgentClock().DueAt))
	merged(t, first, second)
	require.Equal(t, due, first.state.urgentClock().DueAt)
	require.NoError(t, checkRecord("case-1", first.events))
}

func TestALocalRuleSetsTheHours(t *testing.T) {
	t.Parallel()
	layer, err := procedure.Load(map[string][]byte{"yuxi.json": []byte(`{
		"code": "urgent-case", "extends": true, "effectiveFrom": "2026-01-01", "steps": [{
			"code": "urgent-report", "name": {"zh": "首报", "en": "first report"}, "length": 1, "unit": "HOURS",
			"countedFrom": "URGENCY_FLAGGED", "metBy": "URGENCY_REPORTED", "owner": "OFFICE",
			"onExpiry": {"effect": "ESCALATE", "designChoice": true},
			"citation": {"law": "玉溪市紧急信息报送办法", "article": "3"}}]}`)})
	require.NoError(t, err)
	catalogue, err := procedure.Default().With(layer)
	require.NoError(t, err)
	law, err := NewLaw(1, catalogue, calendar.Shipped().Years())
	require.NoError(t, err)
	l := registered(t, "center-clerk1", aDispute())
	l.law = law
	l.does("center-clerk1", FlagUrgent{Reason: "r"})
	clock := l.state.urgentClock()
	require.Equal(t, time.Hour, clock.DueAt.Sub(clock.StartedAt))
	require.Equal(t, "玉溪市紧急信息报送办法", clock.Citation.Law)
}
