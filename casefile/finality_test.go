package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// repeating is an appeal that brings the matter of another one again, linked to it while that
// one was being reviewed.
func repeating(t *testing.T, earlier *life) *life {
	t.Helper()
	later := &life{t: t, now: earlier.now, state: State{ID: "case-2"}, number: "530402-P-2026-000002"}
	later.does("petition-clerk1", aPetition(Appeal))
	later.does("petition-clerk1", LinkCases{Kind: LinkRepeat, CaseID: "case-1", Number: earlier.number})
	told(t, later, earlier)
	return later
}

// reReviewed takes the review of an appeal on to a re-review with that outcome, which is served.
func (l *life) reReviewed(outcome ReviewOutcome) {
	l.t.Helper()
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	l.does("petition-clerk1", asksAgain("P1"))
	l.does("city-leading-leader1", IssueReReviewOpinion{answer(outcome)})
	if outcome != ReviewRedo {
		l.serves("city-leading-manager1", l.latest(NoticeReReviewOpinion))
	}
}

func TestACaseThatRepeatsOneWhichBecomesFinalIsNotAcceptedAnyMore(t *testing.T) {
	t.Parallel()
	earlier := reviewedAppeal(t)
	later := repeating(t, earlier)
	require.False(t, later.state.Links[0].Final)
	require.Contains(t, AllowedCommands(later.state, city.as("petition-clerk1"), later.rules()), "acceptCase")

	earlier.reReviewed(ReviewUpheld)
	require.True(t, earlier.state.Final())
	require.Equal(t, "final/"+earlier.state.Links[0].ID, Errands(earlier.state)[0].ID)
	require.False(t, Finished(earlier.state), "not before the other case knows")
	later.now = earlier.now
	told(t, earlier, later)
	require.Empty(t, Errands(earlier.state))
	require.True(t, later.state.Links[0].Final)
	refusal := later.refuses("petition-clerk1", AcceptCase{}, RefusedAlreadyDone, "")
	require.Contains(t, refusal.MessageZH, earlier.number)
	require.NotContains(t, AllowedCommands(later.state, city.as("petition-clerk1"), later.rules()), "acceptCase")
	later.does("petition-clerk1", DeclineCase{
		Reason: DeclineFinalAfterReReview, EarlierCaseNumber: earlier.number, Explanation: "e", GoTo: "g",
	})
	require.NoError(t, checkRecord("case-2", later.events))
	require.NoError(t, checkRecord("case-1", earlier.events))
}

func TestOnlyAReReviewThatAnswersTheMatterIsTold(t *testing.T) {
	t.Parallel()
	for _, outcome := range []ReviewOutcome{ReviewRedo, ReviewNotAdmitted} {
		earlier := reviewedAppeal(t)
		later := repeating(t, earlier)
		earlier.reReviewed(outcome)
		require.Empty(t, Errands(earlier.state))
		later.now = earlier.now
		later.does("petition-clerk1", AcceptCase{})
	}
}

func TestACaseThatCannotBeToldHoldsNothingUp(t *testing.T) {
	t.Parallel()
	earlier := reviewedAppeal(t)
	repeating(t, earlier)
	earlier.reReviewed(ReviewUpheld)
	events := earlier.does("", AnswerErrand{ErrandID: Errands(earlier.state)[0].ID, Refusal: refuse(RefusedNoCase, nil, "gone", "不在")})
	require.Equal(t, []string{"FinalityTold"}, earlier.types(events))
	require.Contains(t, Sentence(events[0], city, English), "could not be told: gone")
	require.Empty(t, Errands(earlier.state))
}

func TestANoteOfFinalityThatComesTwiceIsWrittenOnce(t *testing.T) {
	t.Parallel()
	earlier := reviewedAppeal(t)
	later := repeating(t, earlier)
	note := NoteFinality{CaseID: "case-1", Number: earlier.number}
	require.Len(t, later.does("", note), 1)
	require.Empty(t, later.does("", note))
	require.Empty(t, later.does("", NoteFinality{CaseID: "case-9"}), "nothing links the two")
}
