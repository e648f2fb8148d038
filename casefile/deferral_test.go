package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestADeferralIsApprovedByAnotherPersonAndComesBackOnItsDay(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	due := l.state.clock(StepHandling).DueAt
	l.does("center-mediator1", DeferCase{Until: "2026-03-20", Reason: "reason"})
	require.Contains(t, taskIDs(l), "decide-deferral")
	require.Zero(t, l.state.Deferrals, "nobody has approved it")
	l.does("center-manager1", DecideDeferral{Approved: true})
	require.True(t, l.state.Deferral.InForce())
	require.Equal(t, 1, l.state.Deferrals)
	require.Equal(t, due, l.state.clock(StepHandling).DueAt, "the statutory clock does not stand still")
	require.Equal(t, ClockRunning, l.state.clock(StepHandling).Status)

	wake, waits := NextWake(l.state)
	require.True(t, waits)
	require.Equal(t, "2026-03-20", day(wake))
	l.now = wake.Add(-time.Minute)
	require.Empty(t, l.does("", PassTime{}), "the day has not come")
	l.now = wake
	require.Equal(t, []string{"DeferralElapsed"}, l.types(l.does("", PassTime{})))
	require.Contains(t, taskIDs(l), "take-up")
	l.does("center-mediator1", TakeUpCase{})
	require.Nil(t, l.state.Deferral)
	require.NotContains(t, taskIDs(l), "take-up")
}

func TestADeferralThatIsRefusedLeavesTheCaseAsItWas(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	l.does("center-mediator1", DeferCase{Until: "2026-03-20", Reason: "reason"})
	l.refuses("center-manager1", DecideDeferral{}, RefusedRequired, "reason")
	l.does("center-manager1", DecideDeferral{Reason: "reason"})
	require.Nil(t, l.state.Deferral)
	require.Zero(t, l.state.Deferrals)
}

func TestDeferralsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	due := l.state.clock(StepHandling).DueAt
	l.refuses("center-mediator1", DeferCase{Reason: "reason"}, RefusedRequired, "until")
	l.refuses("center-mediator1", DeferCase{Until: "2026-03-20"}, RefusedRequired, "reason")
	l.refuses("center-mediator1", DeferCase{Until: "soon", Reason: "reason"}, RefusedInvalid, "until")
	l.refuses("center-mediator1", DeferCase{Until: day(l.now), Reason: "reason"}, RefusedOutOfOrder, "until")
	l.does("center-mediator1", DeferCase{Until: day(due), Reason: "reason"})
	l.refuses("center-mediator1", DeferCase{Until: day(due), Reason: "reason"}, RefusedAlreadyDone, "")
	l.refuses("center-mediator1", TakeUpCase{}, RefusedIncomplete, "")
	l.refuses("center-mediator1", DecideDeferral{Approved: true}, RefusedWrongRole, "")

	manager := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	manager.does("center-manager1", DeferCase{Until: "2026-03-20", Reason: "reason"})
	manager.refuses("center-manager1", DecideDeferral{Approved: true}, RefusedSamePerson, "")
	manager.does("center-leader1", DecideDeferral{Approved: true})
}

func TestADeferralGoesNoFurtherThanAStatutoryClock(t *testing.T) {
	t.Parallel()
	l := investigated(t, "petition-clerk1", aPetition(Appeal), "petition-investigator1")
	due := l.state.clock(StepHandling)
	require.True(t, due.Statutory)
	refusal := l.refuses("petition-manager1", DeferCase{Until: day(due.DueAt.Add(24 * time.Hour)), Reason: "reason"}, RefusedOutOfOrder, "until")
	require.Contains(t, refusal.MessageZH, "不停止计算法定期限")
	l.does("petition-manager1", DeferCase{Until: day(due.DueAt), Reason: "reason"})
}

func TestAnEndTakesADeferralWithIt(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", DeferCase{Until: "2026-03-10", Reason: "reason"})
	l.does("center-manager1", DecideDeferral{Approved: true})
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.at(StageWithdrawn)
	require.Nil(t, l.state.Deferral)
	l.now = l.state.undoing().End().Add(time.Hour)
	l.does("", PassTime{})
	require.True(t, Finished(l.state), "nothing is left to wait for but the party's window, and that has passed")
}

func TestAnAskedDeferralOfACaseThatIsAboutToEndWantsNobody(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	l.does("center-clerk1", DeferCase{Until: day(l.now.AddDate(0, 0, 5)), Reason: "r"})
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "r"})
	require.Contains(t, Grants(l.state, city), Grant{PersonID: "center-clerk1"})
	require.NotContains(t, taskIDs(l), "decide-deferral")
}

func TestADeferralAsksNothingOfAClockThatWasMissedInAnEarlierRound(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, Shanghai)
	missed := Deadline{ID: "D1", Round: 1, Statutory: true, Status: ClockMissed, DueAt: now.AddDate(0, 0, -30)}
	for round, refused := range map[int]bool{1: true, 2: false} {
		d := deciding{state: State{Round: round, Deadlines: []Deadline{missed}}, now: now}
		refusal := d.checkPutOff("2026-03-20")
		require.Equal(t, refused, refusal != nil, "round %d", round)
	}
}
