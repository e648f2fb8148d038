package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

var drawn = DrawForSample{SampleID: "s-1", UnitID: "city-center", Role: RoleSupervisor}

func sampled(t *testing.T, l *life) *life {
	t.Helper()
	require.Equal(t, []string{"SampleDrawn"}, l.types(l.does("", drawn)))
	require.Empty(t, l.does("", drawn), "the same draw counts once")
	return l
}

func TestASampledCaseIsLookedAtByTheLevelAbove(t *testing.T) {
	t.Parallel()
	l := sampled(t, closed(t))
	require.Equal(t, []string{"sample:s-1"}, taskIDs(l))
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleSupervisor, UnitID: "city-center"})
	l.refuses("center-supervisor1", RecordSampleFinding{Finding: SampleCorrect}, RefusedWrongRole, "")
	l.refuses("city-center-supervisor1", RecordSampleFinding{}, RefusedRequired, "finding")
	l.refuses("city-center-supervisor1", RecordSampleFinding{Finding: SampleDuplicate}, RefusedRequired, "comment")
	l.does("city-center-supervisor1", RecordSampleFinding{Finding: SampleCorrect})
	l.at(StageClosed)
	require.Empty(t, taskIDs(l))
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleSupervisor, UnitID: "city-center"})
	l.refuses("city-center-supervisor1", RecordSampleFinding{Finding: SampleCorrect}, RefusedWrongRole, "")
}

func TestAFalseClosureBeginsANewRound(t *testing.T) {
	t.Parallel()
	l := sampled(t, closed(t))
	events := l.does("city-center-supervisor1", RecordSampleFinding{Finding: SampleFalseClosure, Comment: "nothing was done"})
	require.Equal(t, []string{"SampleFound", "CaseReopened", "DeadlineStarted"}, l.types(events))
	l.at(StageInvestigation)
	require.Equal(t, 2, l.state.Round)
	require.Equal(t, SampleFalseClosure, l.state.Samples[0].Finding)
}

func TestNobodyLooksAgainAtTheirOwnWork(t *testing.T) {
	t.Parallel()
	l := requested(t)
	l.does("city-center-supervisor1", VerifyClosure{})
	for _, party := range []string{"P1", "P2"} {
		l.does("center-clerk2", satisfied(party))
	}
	sampled(t, l)
	l.refuses("city-center-supervisor1", RecordSampleFinding{Finding: SampleCorrect}, RefusedSamePerson, "")

	own := closed(t)
	own.refuses("", DrawForSample{SampleID: "s-1", UnitID: "center", Role: RoleSupervisor}, RefusedSamePerson, "")
	open := requested(t)
	open.refuses("", drawn, RefusedWrongStage, "")
}

func TestTheSampledFollowUpOfAnEndThatSkipsTheMeritsIsMadeByAnotherUnit(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.at(StageWithdrawn)
	l.refuses("city-center-manager1", satisfied("P1"), RefusedIncomplete, "")
	sampled(t, l)
	require.Equal(t, []string{"sample:s-1", "follow-up:P1", "follow-up:P2"}, taskIDs(l))
	l.refuses("center-clerk2", satisfied("P1"), RefusedSamePerson, "")
	l.does("city-center-supervisor1", satisfied("P1"))
	l.does("city-center-supervisor1", RecordFollowUp{PartyID: "P2", Result: FollowUpUnreachable, Method: FollowUpPhone})
	l.at(StageWithdrawn)
	require.Equal(t, []string{"sample:s-1"}, taskIDs(l))
	l.does("city-center-supervisor1", RecordSampleFinding{Finding: SampleDuplicate, Comment: "taken down twice"})
	require.Empty(t, taskIDs(l))
}

func TestAReopeningVoidsADrawThatNobodyHasLookedAt(t *testing.T) {
	t.Parallel()
	l := sampled(t, closed(t))
	l.does("center-leader1", ReopenCase{Reason: "reason"})
	require.True(t, l.state.Samples[0].Void)
	l.refuses("city-center-supervisor1", RecordSampleFinding{Finding: SampleCorrect}, RefusedWrongRole, "")
}

func TestASealedCaseIsNotSampled(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Accusation))
	l.does("petition-leader1", TransferCase{ToOutside: "outside", Reason: "reason"})
	l.does("petition-manager1", VerifyClosure{})
	l.does("petition-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.refuses("", drawn, RefusedNotCompetent, "")
}
