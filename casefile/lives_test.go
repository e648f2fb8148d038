package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestADisputeGoesFromReportToClosing(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	report := aDispute()
	report.Division = "530402001001"
	events := l.does("grid-grid_worker1", report)
	require.Equal(t, []string{"CaseRegistered", "DeadlineStarted"}, l.types(events))
	l.at(StageAcceptance)
	require.Equal(t, "center", l.state.ResponsibleUnitID)

	events = l.does("center-clerk1", AcceptCase{})
	require.Equal(t, []string{"CaseAccepted", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	l.at(StageInvestigation)
	require.Equal(t, "peoples-mediation", l.state.Procedure)

	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"})
	l.does("center-mediator1", RecordInvestigation{Finding: "finding"})
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.at(StageMediation)
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
	l.does("center-clerk1", ScheduleSession{Mode: SessionOnSite, ScheduledFor: l.now.Add(24 * time.Hour)})
	l.later(24 * time.Hour)
	l.does("center-mediator1", RecordSession{SessionID: "S1", Minutes: "minutes"})
	signed := l.now
	l.later(time.Hour)
	events = l.does("center-mediator1", ConcludeMediation{
		Outcome: MediationAgreementWritten, Agreement: "agreement", SignedAt: signed,
		Performance: []PerformanceDue{{DueOn: "2026-06-30", What: "what"}},
	})
	require.Equal(t, []string{"MediationConcluded", "CaseConcluded", "DeadlineMet", "DeadlineStarted", "DeadlineStarted"}, l.types(events),
		"a clock for the promise, and the window for its confirmation")
	require.Equal(t, OutcomeAgreementWritten, l.state.Outcome)
	require.True(t, *l.state.ConcludedOnTime)
	l.at(StageMediation)

	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "summary"})
	l.at(StageVerification)
	l.does("center-leader1", VerifyClosure{})
	l.at(StageEvaluation)
	l.does("center-clerk1", satisfied("P1"))
	events = l.does("center-clerk1", satisfied("P2"))
	require.Equal(t, []string{"FollowedUp", "DeadlineMet", "CaseClosed"}, l.types(events))
	l.at(StageClosed)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnAppealEndsInAServedDecision(t *testing.T) {
	t.Parallel()
	l := investigated(t, "petition-clerk1", aPetition(Appeal), "petition-investigator1")
	require.Equal(t, RoutePetitionProcedure, l.state.Route)
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathDecision})
	l.at(StageDecision)
	l.does("petition-investigator1", IssueDecision{Claims: []ClaimOpinion{
		{"C1", DecisionSupported, "facts", "reasons", "law"},
		{"C2", DecisionExplained, "facts", "reasons", "law"},
	}})
	require.Zero(t, l.state.ConcludedAt)
	l.later(24 * time.Hour)
	served := l.now.Add(-time.Hour)
	events := l.does("petition-clerk1", RecordService{DocumentID: l.latest(NoticeDecision), PartyID: "P1", Method: ServedByPost, ServedAt: served})
	require.Equal(t, []string{"NoticeServed", "DeadlineStarted", "CaseConcluded", "DeadlineMet"}, l.types(events))
	require.Equal(t, Instant(served), l.state.ConcludedAt)
	require.Equal(t, OutcomePartlySupported, l.state.Outcome)
	l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "summary"})
	l.does("petition-manager1", VerifyClosure{})
	l.does("petition-clerk2", satisfied("")) // the only party to ask
	l.at(StageClosed)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnAnonymousSuggestionConcludesWhenItIsDecidedAndClosesWhenVerified(t *testing.T) {
	t.Parallel()
	suggestion := aPetition(Suggestion)
	suggestion.Claims = nil
	suggestion.Parties = []Party{{ID: "P1", Role: PartyPetitioner, Kind: NaturalPerson, Anonymous: true}}
	l := investigated(t, "petition-clerk1", suggestion, "petition-clerk2")
	l.does("petition-clerk2", ConcludeInvestigation{Facts: "facts", Path: PathDecision})
	events := l.does("petition-clerk2", IssueDecision{Claims: []ClaimOpinion{{"", DecisionPartlyAdopted, "facts", "reasons", "law"}}})
	require.Equal(t, []string{"DecisionIssued", "CaseConcluded", "DeadlineMet"}, l.types(events))
	l.does("petition-manager1", RequestClosure{Outcome: OutcomePartlyAdopted, Summary: "summary"})
	events = l.does("petition-leader1", VerifyClosure{})
	require.Equal(t, []string{"ClosureVerified", "CaseClosed"}, l.types(events))
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnAccusationIsPassedToTheCompetentOrganAndAnsweredThere(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Accusation))
	require.Equal(t, ConfidentialitySealed, l.state.Confidentiality)
	refusal := l.refuses("petition-clerk1", AcceptCase{}, RefusedNotCompetent, "")
	require.Contains(t, refusal.Message, "art. 30")
	due := l.state.Deadlines[0].DueAt
	l.does("petition-clerk1", TransferCase{ToUnitID: "discipline", Reason: "reason"})
	l.at(StageAcceptance)
	require.Equal(t, due, l.state.Deadlines[0].DueAt)
	l.does("discipline-leader1", AcceptCase{})
	l.does("discipline-leader1", AssignCase{PersonID: "discipline-investigator1"})
	l.does("discipline-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathDecision})
	l.does("discipline-investigator1", IssueDecision{Claims: []ClaimOpinion{
		{"C1", DecisionNotSupported, "facts", "reasons", "law"},
		{"C2", DecisionExplained, "facts", "reasons", "law"},
	}})
	l.does("discipline-clerk1", RecordService{DocumentID: l.latest(NoticeDecision), PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	require.Equal(t, OutcomeNotSupported, l.state.Outcome)
	l.does("discipline-investigator1", RequestClosure{Outcome: OutcomeNotSupported, Summary: "summary"})
	l.does("discipline-leader1", VerifyClosure{})
	l.does("discipline-manager1", satisfied("P1"))
	l.at(StageClosed)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnAccusationLeavesThePlatformWithASecondPersonAndAServedNotice(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Accusation))
	l.does("petition-clerk1", TransferCase{ToOutside: "provincial organ", Reason: "reason"})
	l.at(StageVerification)
	require.Equal(t, ClockMet, l.state.Deadlines[0].Status)
	l.does("petition-leader1", VerifyClosure{})
	l.at(StageVerification)
	events := l.does("petition-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedByPost, ServedAt: l.now})
	require.Equal(t, []string{"NoticeServed", "CaseEnded"}, l.types(events))
	l.at(StageTransferred)
}

func TestAnAppealMayBeMediated(t *testing.T) {
	t.Parallel()
	appeal := aPetition(Appeal)
	appeal.Parties = append(appeal.Parties, Party{ID: "P2", Role: PartyResponsibleUnit, Kind: StateOrgan, UnitID: "bureau"})
	start := func(t *testing.T) *life {
		t.Helper()
		l := investigated(t, "petition-clerk1", appeal, "petition-mediator1")
		l.does("petition-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
		l.does("petition-mediator1", OpenMediation{Type: MediationAdministrative})
		return l
	}
	t.Run("an agreement concludes it as mediated", func(t *testing.T) {
		t.Parallel()
		l := start(t)
		l.does("petition-clerk1", RecordConsent{PartyID: "P1", Consent: ConsentGiven})
		l.does("petition-clerk1", RecordConsent{PartyID: "P2", Consent: ConsentGiven})
		l.does("petition-mediator1", ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "record"})
		require.Equal(t, OutcomeMediated, l.state.Outcome)
	})
	t.Run("a failure goes on to the decision", func(t *testing.T) {
		t.Parallel()
		l := start(t)
		l.does("petition-mediator1", ConcludeMediation{Outcome: MediationRefused, Reason: "reason"})
		require.Empty(t, l.state.Outcome)
		l.at(StageDecision)
		require.Equal(t, ClockRunning, l.state.clock(StepHandling).Status)
	})
}

func TestADissatisfiedPartyBringsOneReworkARound(t *testing.T) {
	t.Parallel()
	l := evaluated(t)
	concludedAt := l.state.ConcludedAt
	unhappy := RecordFollowUp{PartyID: "P1", Result: FollowUpAnswered, Satisfaction: pointer(2), Method: FollowUpPhone}
	l.does("center-clerk2", unhappy)
	l.at(StageEvaluation) // the other party is asked before
	events := l.does("center-clerk2", satisfied("P2"))
	require.Equal(t, []string{"FollowedUp", "DeadlineMet", "ReworkOrdered"}, l.types(events))
	l.at(StageInvestigation)
	require.Empty(t, l.state.Outcome)
	require.Equal(t, concludedAt, l.state.ConcludedAt, "the law's act was done")

	l.later(24 * time.Hour)
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathClose})
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeSettledByParties, Summary: "summary"})
	require.Equal(t, OutcomeSettledByParties, l.state.Outcome)
	require.Equal(t, concludedAt, l.state.ConcludedAt)
	l.refuses("center-mediator2", VerifyClosure{}, RefusedWrongRole, "")
	l.does("center-leader1", VerifyClosure{})
	l.does("center-clerk2", unhappy)
	events = l.does("center-clerk2", satisfied("P2"))
	require.Equal(t, []string{"FollowedUp", "DeadlineMet", "CaseClosed"}, l.types(events))
	require.Equal(t, 1, l.state.Reworks)
}

func TestABrokenPromiseBringsARework(t *testing.T) {
	t.Parallel()
	l := evaluated(t)
	broken := satisfied("P1")
	broken.Performed = pointer(false)
	l.does("center-clerk2", broken)
	l.does("center-clerk2", RecordFollowUp{PartyID: "P2", Result: FollowUpUnreachable, Method: FollowUpPhone})
	l.at(StageInvestigation)
}

func TestAReopenedCaseBeginsANewRoundWithANewClock(t *testing.T) {
	t.Parallel()
	l := closed(t)
	l.later(30 * 24 * time.Hour)
	events := l.does("center-leader1", ReopenCase{Reason: "reason"})
	require.Equal(t, []string{"CaseReopened", "DeadlineStarted"}, l.types(events))
	l.at(StageInvestigation)
	require.Equal(t, 2, l.state.Round)
	require.Empty(t, l.state.Outcome)
	require.Zero(t, l.state.ConcludedAt)
	require.Zero(t, l.state.ClosedAt)
	require.Nil(t, l.state.ConcludedOnTime)
	require.Empty(t, l.state.HandlerID)
	require.Len(t, l.state.FollowUps, 2)
	clock := l.state.clock(StepHandling)
	require.Equal(t, ClockRunning, clock.Status)
	require.Equal(t, 2, clock.Round)
	require.False(t, clock.Statutory)
	require.Equal(t, ClockMet, l.state.Deadlines[1].Status)

	// Who verified the last round may work on this one, and then not verify it again.
	l.does("center-manager1", AssignCase{PersonID: "center-manager1"})
	l.does("center-manager1", ConcludeInvestigation{Facts: "facts", Path: PathClose})
	l.does("center-leader1", AssignCase{PersonID: "center-mediator2"})
	l.does("center-mediator2", RequestClosure{Outcome: OutcomeUnfounded, Summary: "summary"})
	l.refuses("center-manager1", VerifyClosure{}, RefusedSamePerson, "")
	l.does("center-supervisor1", VerifyClosure{})
	l.does("center-clerk2", satisfied("P1"))
	l.does("center-clerk2", satisfied("P2"))
	l.at(StageClosed)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestARejectedClosureTakesTheConclusionBack(t *testing.T) {
	t.Parallel()
	l := requested(t)
	due := l.state.clock(StepHandling).DueAt
	events := l.does("center-manager1", RejectClosure{Reason: "reason"})
	require.Equal(t, []string{"ClosureRejected", "DeadlineResumed"}, l.types(events))
	l.at(StageInvestigation)
	require.Zero(t, l.state.ConcludedAt)
	require.Nil(t, l.state.ConcludedOnTime)
	clock := l.state.clock(StepHandling)
	require.Equal(t, ClockRunning, clock.Status)
	require.Equal(t, due, clock.DueAt)
	require.Zero(t, clock.MetAt)
}

func TestADeclinedCaseEndsWhenItIsVerifiedAndServed(t *testing.T) {
	t.Parallel()
	decline := DeclineCase{Reason: DeclineInOtherProcedure, Explanation: "explanation", GoTo: "court"}
	t.Run("verified first", func(t *testing.T) {
		t.Parallel()
		l := registered(t, "center-clerk1", aDispute())
		events := l.does("center-clerk1", decline)
		require.Equal(t, []string{"EndProposed", "DeadlineMet"}, l.types(events))
		l.does("center-manager1", VerifyClosure{})
		l.at(StageVerification)
		l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
		l.at(StageNotAccepted)
	})
	t.Run("served first", func(t *testing.T) {
		t.Parallel()
		l := registered(t, "center-clerk1", aDispute())
		l.does("center-clerk1", decline)
		l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
		l.at(StageVerification)
		l.does("center-manager1", VerifyClosure{})
		l.at(StageNotAccepted)
		l.does("center-leader1", ReopenCase{Reason: "reason"})
		l.at(StageAcceptance)
		require.Equal(t, StepAcceptance, l.state.clock(StepAcceptance).Step)
		require.Equal(t, 2, l.state.clock(StepAcceptance).Round)
		l.does("center-clerk1", AcceptCase{})
		l.at(StageInvestigation)
	})
	t.Run("rejected", func(t *testing.T) {
		t.Parallel()
		l := registered(t, "center-clerk1", aDispute())
		due := l.state.Deadlines[0].DueAt
		l.does("center-clerk1", decline)
		events := l.does("center-manager1", RejectClosure{Reason: "reason"})
		require.Equal(t, []string{"EndRejected", "DeadlineResumed"}, l.types(events))
		l.at(StageAcceptance)
		require.Equal(t, ClockRunning, l.state.Deadlines[0].Status)
		require.Equal(t, due, l.state.Deadlines[0].DueAt)
		l.refuses("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now}, RefusedAlreadyDone, "")
		l.does("center-clerk1", AcceptCase{})
	})
}

func TestAWithdrawalLetsTheClocksRunUntilItIsComplete(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	l.at(StageVerification)
	require.Equal(t, ClockRunning, l.state.clock(StepHandling).Status)
	l.does("center-manager1", VerifyClosure{})
	events := l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	require.Equal(t, []string{"NoticeServed", "DeadlineCancelled", "CaseEnded", "DeadlineStarted"}, l.types(events))
	l.at(StageWithdrawn)
	require.Equal(t, OutcomeWithdrawn, l.state.Outcome)
	require.Nil(t, l.state.openMediation())
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestARejectedWithdrawalGoesBackToWhereItWasAsked(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	l.does("center-manager1", RejectClosure{Reason: "the party was pressed"})
	l.at(StageMediation)
	require.NotNil(t, l.state.openMediation())
}

func TestAFailedMediationIsServedBeforeTheCaseCloses(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationFailed, Reason: "reason"})
	require.Equal(t, OutcomeMediationFailed, l.state.Outcome)
	request := RequestClosure{Outcome: OutcomeMediationFailed, Summary: "summary"}
	l.refuses("center-mediator1", request, RefusedIncomplete, "")
	for _, party := range []string{"P1", "P2"} {
		l.does("center-mediator1", RecordService{DocumentID: "N1", PartyID: party, Method: ServedInPerson, ServedAt: l.now})
	}
	l.does("center-mediator1", request)
}
