package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// told carries the errands of one case to another and the answers back, as the shells do.
func told(t *testing.T, from, to *life) {
	t.Helper()
	for _, errand := range Errands(from.state) {
		require.Equal(t, to.state.ID, errand.Command.CaseID)
		var refusal *Refusal
		events, err := Decide(to.state, errand.Command, to.rules())
		if err != nil {
			require.ErrorAs(t, err, &refusal)
		}
		after := to.state
		for _, event := range events {
			after = Apply(after, event)
		}
		require.NoError(t, checkStep(to.state, to.events, errand.Command, events, after, city))
		to.state, to.events = after, append(to.events, events...)
		from.does("", AnswerOf(errand.ID, refusal, to.state))
	}
}

// another is a second case beside the first one of a test.
func another(t *testing.T, who string, act RegisterCase) *life {
	t.Helper()
	l := &life{t: t, now: start, state: State{ID: "case-2"}, number: "530402-D-2026-000002"}
	l.does(who, act)
	return l
}

func TestALinkStandsOnBothTimelinesOnceTheOtherCaseHasTakenNote(t *testing.T) {
	t.Parallel()
	first := registered(t, "center-clerk1", aDispute())
	again := another(t, "center-clerk2", aDispute())
	again.does("center-clerk2", LinkCases{Kind: LinkRepeat, CaseID: "case-1", Number: first.state.Number, Reason: "reason"})
	require.True(t, again.state.Links[0].Asked, "the other case has not answered")
	require.True(t, again.state.Repeats())

	told(t, again, first)
	require.Empty(t, Errands(again.state))
	require.Equal(t, []Link{{
		ID: "L3", Kind: LinkRepeat, CaseID: "case-1", Number: first.state.Number, By: city.as("center-clerk2"),
	}}, again.state.Links)
	require.Equal(t, []Link{{
		ID: "L3", Kind: LinkRepeat, CaseID: "case-2", Number: "530402-D-2026-000002", Inverse: true, By: city.as("center-clerk2"),
	}}, first.state.Links)
	require.False(t, first.state.Repeats(), "the first one repeats nothing")
	require.Equal(t, "王center-clerk2（单位center受理员）将案件530402-D-2026-000002关联到本案：重复信访。",
		Sentence(first.events[len(first.events)-1], city, Chinese))
}

func TestAnErrandThatArrivesTwiceIsDoneOnce(t *testing.T) {
	t.Parallel()
	first := registered(t, "center-clerk1", aDispute())
	second := another(t, "center-clerk1", aDispute())
	second.does("center-clerk1", LinkCases{Kind: LinkRelated, CaseID: "case-1"})
	errand := Errands(second.state)[0]
	told(t, second, first)

	events, err := Decide(first.state, errand.Command, first.rules())
	require.NoError(t, err)
	require.Empty(t, events, "the second arrival finds the link there")
	require.Empty(t, second.does("", AnswerOf(errand.ID, nil, first.state)), "the second answer finds the errand done")
}

func TestTwoCasesLinkedToEachOtherAtOnceHaveOneLinkEach(t *testing.T) {
	t.Parallel()
	first := registered(t, "center-clerk1", aDispute())
	second := another(t, "center-clerk1", aDispute())
	first.does("center-clerk1", LinkCases{Kind: LinkRelated, CaseID: "case-2"})
	second.does("center-clerk2", LinkCases{Kind: LinkRelated, CaseID: "case-1"})
	told(t, first, second)
	told(t, second, first)
	require.Len(t, first.state.Links, 1)
	require.Len(t, second.state.Links, 1)
	require.Empty(t, Errands(first.state))
	require.Empty(t, Errands(second.state))
}

func TestALinkThatTheOtherCaseRefusesIsTakenBackWithItsReason(t *testing.T) {
	t.Parallel()
	accusation := another(t, "petition-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) {
		r.Parties[1].PersonID = "center-manager1"
	}))
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-manager1", LinkCases{Kind: LinkRelated, CaseID: "case-2"})
	told(t, l, accusation)
	require.Empty(t, l.state.Links)
	require.Empty(t, accusation.state.Links)
	require.Equal(t, "LinkFailed", l.events[len(l.events)-1].Type())
}

func TestTheNumberOfASealedCaseStandsInNoOtherRecord(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	accusation := another(t, "petition-clerk1", aPetition(Accusation))
	require.Equal(t, ConfidentialitySealed, accusation.state.Confidentiality)
	accusation.does("petition-clerk1", LinkCases{Kind: LinkRelated, CaseID: "case-1", Number: l.state.Number})
	told(t, accusation, l)
	require.Empty(t, l.state.Links[0].Number)
	require.Empty(t, AnswerOf("e", nil, accusation.state).Number)
	require.Contains(t, Sentence(l.events[len(l.events)-1], city, Chinese), "另一案件")
}

func TestALongClosedCaseIsLinkedTooAndIsFinishedOnceItIsAnswered(t *testing.T) {
	t.Parallel()
	l := closed(t)
	second := another(t, "center-clerk1", aDispute())
	l.does("center-clerk1", LinkCases{Kind: LinkRelated, CaseID: "case-2"})
	require.False(t, Finished(l.state), "it waits for an answer")
	told(t, l, second)
	l.later(60 * 24 * time.Hour) // the parties' window for confirmation lapses
	l.does("", PassTime{})
	require.True(t, Finished(l.state))
}

func TestLinksThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", LinkCases{CaseID: "case-2"}, RefusedRequired, "kind")
	l.refuses("center-clerk1", LinkCases{Kind: "COUSIN", CaseID: "case-2"}, RefusedInvalid, "kind")
	l.refuses("center-clerk1", LinkCases{Kind: LinkMergedInto, CaseID: "case-2"}, RefusedInvalid, "kind")
	l.refuses("center-clerk1", LinkCases{Kind: LinkRelated}, RefusedRequired, "otherCaseId")
	l.refuses("center-clerk1", LinkCases{Kind: LinkRelated, CaseID: "case-1"}, RefusedInvalid, "otherCaseId")
	l.refuses("other-center-clerk1", LinkCases{Kind: LinkRelated, CaseID: "case-2"}, RefusedJurisdiction, "")
	l.refuses("center-clerk1", NoteLink{Kind: LinkRelated, CaseID: "case-2"}, RefusedWrongRole, "")
	l.does("center-clerk1", LinkCases{Kind: LinkRelated, CaseID: "case-2"})
	l.refuses("center-clerk2", LinkCases{Kind: LinkRelated, CaseID: "case-2"}, RefusedAlreadyDone, "otherCaseId")
}
