package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// aMedicalDispute is accepted on 30 January 2026 and mediated by the medical committee of
// the county from that day on.
func aMedicalDispute(t *testing.T) *life {
	t.Helper()
	l := newLife(t)
	l.now = shanghai("2026-01-30 09:00:00")
	l.does("center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category, r.Division = "D-MEDICAL", "530402" }))
	l.does("center-manager1", AcceptCase{})
	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"})
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples, UnitID: "medical", MediatorID: "medical-mediator1"})
	return l
}

func TestAMediationPutsItsDisputeOnItsOwnProcedure(t *testing.T) {
	t.Parallel()
	l := aMedicalDispute(t)
	require.Equal(t, "medical-mediation", l.state.Procedure)
	require.Equal(t, ClockCancelled, l.state.Deadlines[1].Status, "the general month is no more")
	clock := l.state.clock(StepHandling)
	require.Equal(t, 30, clock.Length)
	require.Equal(t, WorkingDays, clock.Unit)
	require.Equal(t, "2026-03-19", day(clock.DueAt), "30 working days from 30 January, over Spring Festival")
	require.True(t, clock.Statutory)
	require.True(t, clock.Citation.Verified)
	require.Equal(t, procedure.EffectDeemedFailed, clock.Effect)
}

func TestAnAppraisalIsNotCounted(t *testing.T) {
	t.Parallel()
	l := aMedicalDispute(t)
	clock := l.state.clock(StepHandling).ID
	l.now = shanghai("2026-02-02 10:00:00")
	l.refuses("medical-mediator1", SuspendClock{DeadlineID: clock, Reason: procedure.PauseHearing}, RefusedInvalid, "reason")
	l.refuses("medical-mediator1", SuspendClock{DeadlineID: clock, Reason: procedure.PauseAppraisal, Until: "2026-02-01"}, RefusedOutOfOrder, "until")
	l.refuses("medical-mediator1", ResumeClock{DeadlineID: clock}, RefusedIncomplete, "deadlineId")
	l.does("medical-mediator1", SuspendClock{DeadlineID: clock, Reason: procedure.PauseAppraisal, Until: "2026-02-06", Note: "note"})
	require.Equal(t, "2026-03-26", day(l.state.clock(StepHandling).DueAt), "five working days were expected")
	require.True(t, l.state.clock(StepHandling).Provisional)
	l.refuses("medical-mediator1", SuspendClock{DeadlineID: clock, Reason: procedure.PauseAppraisal}, RefusedAlreadyDone, "deadlineId")

	l.now = shanghai("2026-02-07 00:11:00")
	require.Equal(t, []string{"PauseOutlasted"}, l.types(l.does("", PassTime{})))
	require.Empty(t, l.does("", PassTime{}), "told once")

	l.now = shanghai("2026-02-10 10:00:00")
	l.does("medical-mediator1", ResumeClock{DeadlineID: clock})
	resumed := l.state.clock(StepHandling)
	require.Equal(t, ClockRunning, resumed.Status)
	require.False(t, resumed.Provisional)
	require.Equal(t, "2026-03-27", day(resumed.DueAt), "2 to 9 February: six working days, one of them a Monday after")
}

func TestTimeRunningOutEndsAMedicalMediationByLaw(t *testing.T) {
	t.Parallel()
	l := aMedicalDispute(t)
	l.now = shanghai("2026-03-20 00:11:00")
	events := l.does("", PassTime{})
	require.Equal(t, []string{
		"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted", "MediationConcluded", "CaseConcluded", "DeadlineMet",
	}, l.types(events))
	require.Equal(t, MediationDeemedFailed, l.state.Mediations[0].Outcome)
	require.Equal(t, "2026-03-19", day(l.state.Mediations[0].ConcludedAt))
	require.Equal(t, OutcomeMediationFailed, l.state.Outcome)
	require.False(t, *l.state.ConcludedOnTime)
	require.Equal(t, ClockMissed, l.state.clock(StepHandling).Status)
	require.NotEmpty(t, l.state.Notices, "the parties are told their remedies")
}

// anAppeal is accepted on 3 March 2026.
func anAppeal(t *testing.T) *life {
	t.Helper()
	return investigated(t, "petition-clerk1", aPetition(Appeal), "petition-investigator1")
}

func TestAnAppealIsExtendedByThirtyDaysInAllByTheHeadAndNotByWhoAsked(t *testing.T) {
	t.Parallel()
	l := anAppeal(t)
	clock := l.state.clock(StepHandling)
	require.Equal(t, "2026-05-02", day(clock.DueAt), "a holiday: petitions don't roll")
	ask := func(days int) RequestExtension {
		return RequestExtension{DeadlineID: clock.ID, Length: days, Unit: CalendarDays, Reason: "reason"}
	}
	l.refuses("petition-manager1", ask(31), RefusedInvalid, "length")
	refusal := l.refuses("petition-manager1", RequestExtension{DeadlineID: clock.ID, Length: 5, Unit: WorkingDays, Reason: "reason"}, RefusedInvalid, "unit")
	require.Contains(t, refusal.Message, "信访工作条例")
	l.refuses("petition-manager1", DecideExtension{DeadlineID: clock.ID, Approved: true}, RefusedIncomplete, "")
	l.does("petition-manager1", ask(20))
	l.refuses("petition-manager1", DecideExtension{DeadlineID: clock.ID, Approved: true}, RefusedSamePerson, "deadlineId")
	l.refuses("petition-leader1", ask(5), RefusedAlreadyDone, "deadlineId")
	l.refuses("petition-leader1", DecideExtension{DeadlineID: clock.ID}, RefusedRequired, "reason")
	l.does("petition-leader1", DecideExtension{DeadlineID: clock.ID, Approved: true})
	require.Equal(t, "2026-05-22", day(l.state.clock(StepHandling).DueAt))
	require.True(t, l.state.notice(l.latest(NoticeExtension)).Owed(), "the petitioner is told why")

	l.does("petition-manager1", ask(10))
	l.does("petition-leader1", DecideExtension{DeadlineID: clock.ID, Approved: true})
	require.Equal(t, "2026-06-01", day(l.state.clock(StepHandling).DueAt))
	refusal = l.refuses("petition-manager1", ask(1), RefusedInvalid, "deadlineId")
	require.Contains(t, refusal.MessageZH, "已延长2次")
}

func TestNothingIsExtendedOrSuspendedAfterItsDueDay(t *testing.T) {
	t.Parallel()
	l := anAppeal(t)
	clock := l.state.clock(StepHandling)
	l.now = clock.End().Add(time.Minute) // due, and within the spread
	l.refuses("petition-manager1", RequestExtension{DeadlineID: clock.ID, Length: 5, Unit: CalendarDays, Reason: "reason"}, RefusedOutOfOrder, "effectiveAt")
	l.now = clock.End().Add(time.Hour)
	l.does("", PassTime{})
	l.refuses("petition-manager1", RequestExtension{DeadlineID: clock.ID, Length: 5, Unit: CalendarDays, Reason: "reason"}, RefusedWrongStage, "deadlineId")
}

func TestAnActInTimeThatWasWrittenDownLateLiftsTheMissAndItsOrder(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.now = l.state.Deadlines[0].End().Add(time.Hour)
	l.does("", PassTime{})
	require.Equal(t, ClockMissed, l.state.Deadlines[0].Status)
	events := l.does("center-clerk1", AcceptCase{}, effective(l.now.Add(-2*time.Hour)))
	require.Equal(t, []string{"CaseAccepted", "DeadlineMet", "SupervisionClosed", "DeadlineCancelled", "DeadlineStarted"}, l.types(events))
	require.Equal(t, ClockMet, l.state.Deadlines[0].Status)
	require.Zero(t, l.state.Deadlines[0].MissedAt)
	require.Equal(t, SupervisionSatisfied, l.state.Orders[0].Status)
}

func TestAnotherCalendarMovesAndRevivesClocksInWorkingDays(t *testing.T) {
	t.Parallel()
	l := aMedicalDispute(t)
	l.law = springLaw()
	l.now = shanghai("2026-02-20 10:00:00")
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineRecounted"}, l.types(events))
	require.Equal(t, "2026-03-26", day(l.state.clock(StepHandling).DueAt), "a week off in March")
	require.Contains(t, Sentence(events[0], city, English), "2026-03-19 became 2026-03-26")
	require.Empty(t, l.does("", PassTime{}))

	missed := missedInWorkingDays(t)
	missed.law = springLaw()
	missed.now = shanghai("2026-03-20 12:00:00")
	events = missed.does("", PassTime{})
	require.Equal(t, []string{"DeadlineRecounted", "SupervisionClosed", "DeadlineCancelled", "DeadlineWarned"}, missed.types(events))
	require.Equal(t, ClockRunning, missed.state.clock(StepHandling).Status)
}

// missedInWorkingDays is a case without a mediation whose clock in working days has been missed.
func missedInWorkingDays(t *testing.T) *life {
	t.Helper()
	l := newLife(t)
	l.now = shanghai("2026-01-30 09:00:00")
	l.does("center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category, r.Division = "D-MEDICAL", "530402" }))
	l.does("center-manager1", AcceptCase{Procedure: "medical-mediation"})
	l.now = shanghai("2026-03-20 00:11:00")
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.types(l.does("", PassTime{})))
	return l
}

func TestTheClerkCorrectsTheProcedureWithAReason(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", AmendCase{Procedure: "labour-mediation", Reason: "reason"}, RefusedWrongStage, "procedure")
	l.does("center-clerk1", AcceptCase{})
	l.refuses("center-clerk1", AmendCase{Procedure: "petition", Reason: "reason"}, RefusedInvalid, "procedure")
	l.refuses("center-clerk1", AmendCase{Procedure: "nothing", Reason: "reason"}, RefusedNotFound, "procedure")
	l.later(48 * time.Hour)
	l.does("center-clerk1", AmendCase{Procedure: "labour-mediation", Reason: "reason"})
	clock := l.state.clock(StepHandling)
	require.Equal(t, 15, clock.Length)
	require.Equal(t, l.state.ReceivedAt, clock.StartedAt, "counted from the application, not from the correction")
	require.True(t, l.state.ProcedureByClerk)
}
