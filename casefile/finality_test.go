package casefile

import (
	"testing"
	"time"

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

func TestACaseThatWasFinalAndIsReopenedLetsItsRepeatsGoOn(t *testing.T) {
	t.Parallel()
	earlier := reviewedAppeal(t)
	later := repeating(t, earlier)
	earlier.reReviewed(ReviewUpheld)
	later.now = earlier.now
	told(t, earlier, later)

	events := earlier.does("city-petition-leader1", ReopenCase{Reason: "the answer was wrong"})
	require.Contains(t, earlier.types(events), "FinalityAnnounced")
	require.False(t, earlier.state.Final())
	later.now = earlier.now
	told(t, earlier, later)
	require.Empty(t, Errands(earlier.state))
	require.False(t, later.state.Links[0].Final)
	require.Contains(t, Sentence(later.events[len(later.events)-1], city, Chinese), "不再属于复核终结")
	require.Contains(t, AllowedCommands(later.state, city.as("petition-clerk1"), later.rules()), "acceptCase")
	require.NoError(t, checkRecord("case-1", earlier.events))
	require.NoError(t, checkRecord("case-2", later.events))
}

// onRecord is an event that the system stored.
func onRecord(seq int, at time.Time, body Body) Event {
	return Event{EventHeader{Seq: seq, At: at, EffectiveAt: at, Actor: System}, body}
}

func TestFinalityReachesTheCaseThatARepeatWasMergedInto(t *testing.T) {
	t.Parallel()
	earlier := reviewedAppeal(t)
	later := repeating(t, earlier)
	survivor := &life{t: t, now: later.now, state: State{ID: "case-3"}, number: "530402-P-2026-000003"}
	survivor.state = Apply(survivor.state, onRecord(1, later.now, CaseTakenOver{CaseContent: later.state.content()}))
	require.Equal(t, []any{"case-1", "case-2", false}, []any{survivor.state.Links[0].CaseID, survivor.state.Links[0].As, survivor.state.Links[0].Inverse})
	later.state = Apply(later.state, onRecord(later.state.Version+1, later.now, EndProposed{
		End: StageMerged, Merge: &JoinCase{Into: MergerStanding{CaseID: "case-3"}},
	}))
	later.state = Apply(later.state, onRecord(later.state.Version+1, later.now, CaseEnded{End: StageMerged}))
	require.Equal(t, "case-3", later.state.GoesOnIn())

	earlier.reReviewed(ReviewUpheld)
	events, err := Decide(later.state, Errands(earlier.state)[0].Command, earlier.rules())
	require.NoError(t, err)
	later.state = Apply(later.state, events[0])
	passed := Errands(later.state)
	require.Len(t, passed, 1)
	require.Equal(t, "case-3", passed[0].Command.CaseID)
	require.Equal(t, NoteFinality{CaseID: "case-1", Number: earlier.number}, passed[0].Command.Act)
	require.False(t, Finished(later.state), "not before the case that goes on knows")
	events, err = Decide(survivor.state, passed[0].Command, earlier.rules())
	require.NoError(t, err)
	require.True(t, Apply(survivor.state, events[0]).Links[0].Final)
}

func TestWhoRepeatsAMergedCaseHearsOfTheFinalityOfTheOneThatGoesOn(t *testing.T) {
	t.Parallel()
	merged := reviewedAppeal(t)
	later := repeating(t, merged)
	survivor := State{ID: "case-0", Number: "530402-P-2026-000000"}
	survivor = Apply(survivor, onRecord(1, later.now, CaseTakenOver{CaseContent: merged.state.content()}))
	survivor = Apply(survivor, onRecord(2, later.now, FinalityAnnounced{LinkIDs: []string{survivor.Links[0].ID}}))
	errands := Errands(survivor)
	require.Len(t, errands, 1)
	require.Equal(t, "case-2", errands[0].Command.CaseID)
	require.Equal(t, NoteFinality{CaseID: "case-1", Number: survivor.Number}, errands[0].Command.Act, "as which it is known there")
	events, err := Decide(later.state, errands[0].Command, later.rules())
	require.NoError(t, err)
	require.True(t, Apply(later.state, events[0]).Links[0].Final)
}
