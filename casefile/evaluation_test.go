package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAnEvaluationWhoseTimeIsUpClosesAsNotReached(t *testing.T) {
	t.Parallel()
	l := evaluated(t)
	clock := l.state.clock(StepEvaluation)
	require.Equal(t, "2026-04-02", day(clock.DueAt))
	require.False(t, clock.Statutory)
	l.does("center-clerk2", satisfied("P1"))
	l.now = clock.End().Add(time.Hour)
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "DeadlineMissed", "FollowedUp", "DeadlineMet", "CaseClosed"}, l.types(events),
		"nobody is urged: the window for confirmation lapses on the same day, and the case closes")
	l.at(StageClosed)
	require.Equal(t, FollowUpDefaulted, l.state.FollowUps[1].Result)
	require.Nil(t, l.state.FollowUps[1].Satisfaction)
	require.Equal(t, "2026-04-02", day(l.state.ClosedAt))
	require.Equal(t, ClockMissed, l.state.clock(StepEvaluation).Status, "and is counted")
	require.True(t, Finished(l.state))
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestADissatisfiedAnswerStillBringsItsReworkWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	l := evaluated(t)
	unhappy := satisfied("P1")
	unhappy.Satisfaction = pointer(1)
	l.does("center-clerk2", unhappy)
	l.now = l.state.clock(StepEvaluation).End().Add(time.Hour)
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "DeadlineMissed", "FollowedUp", "DeadlineMet", "ReworkOrdered"}, l.types(events))
	l.at(StageInvestigation)
}

func TestAnEvaluationThatAReviewInterruptsHasItsTimeAnew(t *testing.T) {
	t.Parallel()
	l := servedAppeal(t)
	l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "s"})
	l.does("petition-manager1", VerifyClosure{})
	l.does("petition-clerk1", asks("P1"))
	require.Equal(t, ClockCancelled, l.state.clock(StepEvaluation).Status)
	l.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewUpheld)})
	l.now = shanghai("2026-05-10 10:00:00")
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	l.at(StageEvaluation)
	require.Equal(t, ClockRunning, l.state.clock(StepEvaluation).Status)
	require.Equal(t, "2026-06-09", day(l.state.clock(StepEvaluation).DueAt))
}

// withdrawn is a dispute that its applicant withdrew on 2026-03-03.
func withdrawn(t *testing.T) *life {
	t.Helper()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "r", Reason: "r"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk1", served(l, "P1"))
	l.at(StageWithdrawn)
	return l
}

func TestAPartyUndoesItsWithdrawalForThirtyDaysAndLaterItIsAnOrdinaryReopening(t *testing.T) {
	t.Parallel()
	l := withdrawn(t)
	require.Equal(t, "2026-04-02", day(l.state.undoing().DueAt))
	require.False(t, Finished(l.state))
	l.now = shanghai("2026-04-02 18:00:00")
	events := l.does("center-clerk2", ReopenCase{Reason: "r"})
	require.Equal(t, []string{"CaseReopened", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	require.Contains(t, Sentence(events[0], city, Chinese), "反悔撤回")
	l.at(StageAcceptance)

	late := withdrawn(t)
	late.now = shanghai("2026-04-03 00:01:00")
	late.refuses("center-clerk2", ReopenCase{Reason: "r"}, RefusedOutOfOrder, "effectiveAt")
	late.now = shanghai("2026-04-04 09:00:00")
	late.does("", PassTime{})
	require.True(t, Finished(late.state))
	late.refuses("center-clerk2", ReopenCase{Reason: "r"}, RefusedWrongRole, "")
	events = late.does("center-manager1", ReopenCase{Reason: "r"})
	require.Equal(t, []string{"CaseReopened", "DeadlineStarted"}, late.types(events))
}

func TestWhatAReReviewMadeFinalIsReopenedByTheLevelAboveAlone(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	l.does("petition-clerk1", asks("P1"))
	l.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewUpheld)})
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	l.does("petition-clerk1", asksAgain("P1"))
	l.does("city-leading-leader1", IssueReReviewOpinion{answer(ReviewUpheld)})
	l.serves("city-leading-manager1", l.latest(NoticeReReviewOpinion))
	refusal := l.refuses("petition-leader1", ReopenCase{Reason: "r"}, RefusedAlreadyDone, "")
	require.Contains(t, refusal.MessageZH, "第三十六条")
	l.does("city-petition-leader1", ReopenCase{Reason: "an error"})
	require.False(t, l.state.Final())
}

func TestSummaryHandlingGoesOnAsOrdinaryWhenItsTenWorkingDaysAreUp(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	l.does("petition-clerk1", AcceptCase{Procedure: "petition-summary"})
	l.does("petition-manager1", AssignCase{PersonID: "petition-investigator1"})
	clock := l.state.clock(StepHandling)
	require.Equal(t, "2026-03-17", day(clock.DueAt))
	l.now = clock.End().Add(time.Hour)
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "ProcedureChanged", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	require.Equal(t, "petition", l.state.Procedure)
	require.Equal(t, "2026-05-02", day(l.state.clock(StepHandling).DueAt), "60 days from the acceptance, not from the conversion")
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionSupported))
	l.does("petition-clerk1", served(l, "P1"))
	require.True(t, *l.state.ConcludedOnTime)
	accusation := registered(t, "discipline-clerk1", aPetition(Accusation))
	accusation.does(accusation.state.ResponsibleUnitID+"-clerk1", TransferCase{ToUnitID: "discipline", Reason: "r"})
	accusation.refuses("discipline-leader1", AcceptCase{Procedure: "petition-summary"}, RefusedInvalid, "procedure")
}
