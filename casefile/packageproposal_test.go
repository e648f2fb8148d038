package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// proposed is a land dispute that went unanswered up to the county: its leader is asked.
func proposed(t *testing.T) *life {
	t.Helper()
	l := aLandDispute(t, newLandCity())
	for len(l.state.Proposals) == 0 {
		l.untilMissed()
	}
	return l
}

// packageAnswers brings the answer to the one errand that the case has.
func (l *life) packageAnswers(why *Refusal) []string {
	l.t.Helper()
	errands := Errands(l.state)
	require.Len(l.t, errands, 1)
	answer := AnswerErrand{ErrandID: errands[0].ID, Refusal: why}
	if why == nil {
		answer.Number = "530402-L-2026-000001"
	}
	return l.types(l.does("", answer))
}

func TestAnUnansweredOrderAsksForAPackageOnce(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	id := PackageIDOfOrder("case-1", "U2")
	errands := Errands(l.state)
	require.Len(t, errands, 1)
	require.Equal(t, &ProposedPackage{PackageID: id, CaseID: "case-1", OrderID: "U2", Level: LevelCounty}, errands[0].Package)
	require.Equal(t, errands, Errands(l.state), "the same request, however often it is sent")
	require.Equal(t, id, l.state.ProposedPackageID())
	require.Equal(t, []string{"ProposalConfirmed"}, l.packageAnswers(nil))
	require.Empty(t, Errands(l.state))
	require.Equal(t, "530402-L-2026-000001", l.state.Proposals[0].Number)
	require.Contains(t, taskIDsOf(l), "decide-package:U2")

	// The city's order goes unanswered too: its leader is asked about the same package.
	l.untilMissed()
	errands = Errands(l.state)
	require.Len(t, errands, 1)
	require.Equal(t, &ProposedPackage{PackageID: id, CaseID: "case-1", OrderID: "U3", Level: LevelCity}, errands[0].Package)
	require.Equal(t, []string{"ProposalConfirmed"}, l.packageAnswers(nil))
	require.Contains(t, taskIDsOf(l), "decide-package:U3")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestThePackageTellsItsCaseWhoIsAskedNow(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	l.packageAnswers(nil)
	news := NotePackage{
		PackageID: PackageIDOfOrder("case-1", "U2"), Number: "530402-L-2026-000001",
		Level: LevelCity, UnitID: "city-body", LeaderID: "city-body-leader1",
	}
	events := l.does("", news)
	require.Equal(t, []string{"ProposalRaised"}, l.types(events))
	require.Contains(t, Sentence(events[0], l.dir, Chinese), "领导包案530402-L-2026-000001未获同意或者逾期未批，提请")
	require.Empty(t, l.does("", news), "it knows")
	require.Contains(t, Tasks(l.state, l.office()), Task{
		ID: "decide-package:U2", Kind: TaskDecidePackage, AssigneeID: "city-body-leader1", DeadlineID: l.state.clock(StepHandling).ID,
	})
	require.Contains(t, Grants(l.state, l.dir), Grant{PersonID: "city-body-leader1"}, "who decides has to read it")
	require.NotContains(t, Grants(l.state, l.dir), Grant{PersonID: "county-body-leader1"})

	require.NotContains(t, l.untilMissed(), "PackageProposed", "the city's leader has been asked")

	events = l.does("", NotePackage{PackageID: news.PackageID, Number: news.Number})
	require.Equal(t, []string{"ProposalDeclined"}, l.types(events))
	require.Equal(t, "Nobody took on leadership package 530402-L-2026-000001.", Sentence(events[0], l.dir, English))
	require.NotContains(t, taskIDsOf(l), "decide-package:U2")
	require.Empty(t, l.does("", news), "it is over")
	require.Empty(t, l.does("", NotePackage{PackageID: "another", Level: LevelCity}))
	l.refuses("city-body-leader1", news, RefusedWrongRole, "")
}

func TestALeaderIsAskedNoMoreOnceAPackageHasTheCase(t *testing.T) {
	t.Parallel()
	for _, packageID := range []string{PackageIDOfOrder("case-1", "U2"), "another"} {
		l := proposed(t)
		l.packageAnswers(nil)
		l.does("", JoinPackage{PackageID: packageID, Number: "n"})
		require.NotContains(t, taskIDsOf(l), "decide-package:U2")
		require.Empty(t, l.state.ProposedPackageID())
		require.NotContains(t, l.untilMissed(), "PackageProposed", "it has a leader")
		l.does("", LeavePackage{PackageID: packageID, Number: "n"})
		require.NotContains(t, taskIDsOf(l), "decide-package:U2", "nobody asked again")
	}
}

func TestAPackageThatCannotBeProposedIsNoTask(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	require.Equal(t, []string{"ProposalFailed"}, l.packageAnswers(refuse(RefusedUnknownUnit, nil, "no leading body", "没有党委政府")))
	require.NotContains(t, taskIDsOf(l), "decide-package:U2")
	// At the city another package is asked for.
	require.Contains(t, l.untilMissed(), "PackageProposed")
	require.Equal(t, PackageIDOfOrder("case-1", "U3"), Errands(l.state)[0].Package.PackageID)
	require.Equal(t, LevelCity, Errands(l.state)[0].Package.Level)
}

func TestASealedCaseAsksNoLeaderAnyMore(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	l.packageAnswers(nil)
	l.state.Confidentiality = ConfidentialitySealed
	require.Empty(t, l.state.ProposedPackageID())
	require.NotContains(t, Grants(l.state, l.dir), Grant{PersonID: "county-body-leader1"})
}

func TestAProposalOfARecordBeforeThereWerePackagesAsksNone(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	old := l.events
	var state State
	for _, event := range old {
		if body, ok := event.Body.(PackageProposed); ok {
			body.PackageID = ""
			event.Body = body
		}
		state = Apply(state, event)
	}
	require.Empty(t, Errands(state))
	require.NotNil(t, state.proposedPackage(), "the leader is still asked")
}

func TestWhomTheCaseIsKeptFromIsNotAsked(t *testing.T) {
	t.Parallel()
	dir := newLandCity()
	kept := []Exclusion{{PersonID: "county-body-leader1"}}
	unit, leader, ok := LeaderToAsk(dir, "530402001001", LevelCounty, kept)
	require.True(t, ok)
	require.Equal(t, []string{"county-body", "county-body-leader2"}, []string{unit.ID, leader})
	_, _, ok = LeaderToAsk(dir, "53", LevelCity, nil)
	require.False(t, ok, "a province lies in no city")
}
