package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// entrusted is a dispute that a court entrusted before filing, with its mediation open.
func entrusted(t *testing.T, stage CourtStage) *life {
	t.Helper()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) {
		r.Source, r.SourceUnitID, r.CourtStage = SourceCourtEntrusted, "court", stage
	}), "center-mediator1")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: MediationJudicial})
	for _, party := range []string{"P1", "P2"} {
		l.does("center-mediator1", RecordConsent{PartyID: party, Consent: ConsentGiven})
	}
	return l
}

func TestEachCourtStageHasItsOwnDays(t *testing.T) {
	t.Parallel()
	for stage, want := range map[CourtStage]struct{ procedure, due string }{
		CourtPreFiling:     {"court-pre-filing-mediation", "2026-04-02"},
		CourtFiledOrdinary: {"court-ordinary-mediation", "2026-03-18"},
		CourtFiledSummary:  {"court-summary-mediation", "2026-03-10"},
		CourtEnforcement:   {"court-enforcement-mediation", "2026-04-02"},
	} {
		l := entrusted(t, stage)
		require.Equal(t, want.procedure, l.state.Procedure)
		require.Equal(t, want.due, day(l.state.clock(StepHandling).DueAt), stage)
		require.True(t, l.state.Mediations[0].Entrusted)
	}
}

func TestPapersGoBackToTheCourtBeforeTheCaseCloses(t *testing.T) {
	t.Parallel()
	l := entrusted(t, CourtFiledOrdinary)
	l.refuses("center-mediator1", ReturnToCourt{Report: "report"}, RefusedAlreadyDone, "")
	l.now = shanghai("2026-03-19 00:11:00")
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted", "MediationConcluded", "CaseConcluded", "DeadlineMet"}, l.types(events))
	require.Equal(t, "转入审判", l.state.Notices[0].Remedy.ZH)
	require.Equal(t, []string{"serve:N1", "acknowledge-supervision:U1", "return-to-court:M1"}, taskIDs(l))
	for _, party := range []string{"P1", "P2"} {
		l.does("center-mediator1", RecordService{DocumentID: "N1", PartyID: party, Method: ServedByPost, ServedAt: l.now})
	}
	request := RequestClosure{Outcome: OutcomeMediationFailed, Summary: "summary"}
	refusal := l.refuses("center-mediator1", request, RefusedIncomplete, "")
	require.Contains(t, refusal.MessageZH, "特邀调解")
	require.NotContains(t, AllowedCommands(l.state, city.as("center-mediator1"), l.rules()), "requestClosure")
	l.refuses("center-mediator1", ReturnToCourt{}, RefusedRequired, "report")
	l.refuses("center-mediator1", ReturnToCourt{Report: "report", CourtUnitID: "bureau"}, RefusedInvalid, "courtUnitId")
	l.refuses("center-mediator1", ReturnToCourt{Report: "report", MediationID: "M2"}, RefusedNotFound, "mediationId")
	l.refuses("center-mediator1", ReturnToCourt{Report: "report", DocumentIDs: []string{"N9"}}, RefusedUnknownDocument, "documentIds.0")
	events = l.does("center-mediator1", ReturnToCourt{Report: "report", DocumentIDs: []string{"N1"}})
	require.Contains(t, Sentence(events[0], city, Chinese), "退回单位court", "the court that the case came from")
	l.does("center-mediator1", request)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnAgreementBeforeFilingMayBeConfirmedAndOneAfterItGoesToTheCourt(t *testing.T) {
	t.Parallel()
	agree := func(l *life) {
		l.does("center-mediator1", ConcludeMediation{Outcome: MediationAgreementWritten, Agreement: "agreement", SignedAt: l.now})
		require.Contains(t, taskIDs(l), "return-to-court:M1")
	}
	before, after := entrusted(t, CourtPreFiling), entrusted(t, CourtFiledOrdinary)
	agree(before)
	agree(after)
	require.NotNil(t, before.state.clockOf(stepApplication, "M1"))
	require.Nil(t, after.state.clockOf(stepApplication, "M1"), "the court makes its own document of it")
}

func TestPapersAreOwedEvenWhereTheCaseWasWithdrawn(t *testing.T) {
	t.Parallel()
	l := entrusted(t, CourtPreFiling)
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.at(StageWithdrawn)
	require.Equal(t, []string{"return-to-court:M1"}, taskIDs(l))
	l.does("center-clerk1", ReturnToCourt{Report: "report"})
	require.Empty(t, taskIDs(l))
}
