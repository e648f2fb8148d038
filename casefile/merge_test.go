package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// younger is a second case that was registered a day after the first one.
func younger(t *testing.T, who string, act RegisterCase) *life {
	t.Helper()
	l := &life{t: t, now: start.AddDate(0, 0, 1), state: State{ID: "case-2"}, number: "530402-D-2026-000002"}
	l.does(who, act)
	return l
}

func mergeOf(l *life) MergeCase {
	return MergeCase{CaseID: l.state.ID, Number: l.state.Number, Reason: "reason", There: "reason-there"}
}

// merged takes the younger case's end through its second person and its notice.
func merged(t *testing.T, older, younger *life) {
	t.Helper()
	older.now = later(older.now, younger.now)
	older.does("center-clerk1", mergeOf(younger))
	younger.now = later(older.now, younger.now)
	told(t, older, younger)
	younger.does("center-manager1", VerifyClosure{})
	for _, notice := range younger.state.Notices {
		for _, party := range notice.unserved() {
			younger.does("center-clerk1", RecordService{DocumentID: notice.ID, PartyID: party, Method: ServedInPerson, ServedAt: younger.now})
		}
	}
	older.now = later(older.now, younger.now)
	told(t, younger, older)
}

func TestTheYoungerCaseEndsInTheOlderOneAndNothingIsLost(t *testing.T) {
	t.Parallel()
	first := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	second := younger(t, "center-clerk2", changed(aDispute(), func(r *RegisterCase) {
		r.Parties = []Party{person("P1", PartyApplicant), person("P2", PartyRespondent), person("P3", PartyThird)}
		r.Claims = []TextID{"other claim"}
		r.ExternalIDs = []ExternalID{{System: "12345-5304", Number: "77"}}
	}))
	merged(t, first, second)

	require.Equal(t, StageMerged, second.state.Stage)
	require.True(t, Finished(second.state))
	require.Equal(t, StageInvestigation, first.state.Stage)
	require.Len(t, first.state.Parties, 5)
	third := first.state.Parties[4]
	require.Equal(t, Party{
		ID: "M1-P3", Role: PartyThird, Kind: NaturalPerson, Content: "who-P3", Named: true, From: "case-2",
	}, third)
	require.Equal(t, []Claim{{ID: "C1", Text: "claim"}, {ID: "C2", Text: "other claim", From: "case-2"}}, first.state.Claims)
	require.Contains(t, first.state.AllExternalIDs(), ExternalID{System: "12345-5304", Number: "77"})
	require.Equal(t, LinkMergedInto, second.state.Links[0].Kind)
	require.Equal(t, "case-1", second.state.Links[0].CaseID)
	require.True(t, first.state.Links[0].Inverse)
	require.Equal(t, "案件530402-D-2026-000002并入本案，转入当事人3人（个）、诉求1项。", sentenceOf(t, first, "CaseTakenOver"))
	require.Equal(t, MergerDone, first.state.Mergers[0].Status)
	second.refuses("center-manager1", ReopenCase{Reason: "reason"}, RefusedClosed, "")
}

func sentenceOf(t *testing.T, l *life, eventType string) string {
	t.Helper()
	for _, event := range l.events {
		if event.Type() == eventType {
			return Sentence(event, city, Chinese)
		}
	}
	require.Fail(t, "no event "+eventType)
	return ""
}

func TestTheEarlierStatutoryDueDayWinsAndIsCountedAgainAsItWas(t *testing.T) {
	t.Parallel()
	// The older number came to the office late: the younger one was received long before.
	first := registered(t, "petition-clerk1", aPetition(Appeal))
	second := &life{t: t, now: start.AddDate(0, 0, 1), state: State{ID: "case-2"}, number: "530402-P-2026-000002"}
	second.does("petition-clerk1", changed(aPetition(Appeal), func(r *RegisterCase) { r.ReceivedAt = start.AddDate(0, 0, -5) }), because("late"))
	before, theirs := first.state.clock(StepRegistration).DueAt, second.state.clock(StepRegistration).DueAt
	require.True(t, theirs.Before(before))

	first.now = second.now
	first.does("petition-clerk1", mergeOf(second))
	told(t, first, second)
	second.does("petition-manager1", VerifyClosure{})
	second.does("petition-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: second.now})
	first.now = second.now
	told(t, second, first)
	clock := first.state.clock(StepRegistration)
	require.Equal(t, theirs, clock.DueAt)
	require.Equal(t, ClockRunning, clock.Status)
	require.Equal(t, ClockCancelled, second.state.clock(StepRegistration).Status)
	require.Contains(t, sentenceOf(t, first, "DeadlineReconciled"), "届满在先")

	again := *clock
	d := &deciding{state: first.state, rules: first.rules(), now: Instant(first.now)}
	d.count(&again)
	require.Equal(t, theirs, again.DueAt, "counted anew it comes to the same day")
}

func TestAMissedClockOfAMergedCaseIsMissedByTheOneThatGoesOn(t *testing.T) {
	t.Parallel()
	first := registered(t, "petition-clerk1", aPetition(Appeal))
	second := &life{t: t, now: start.AddDate(0, 0, 1), state: State{ID: "case-2"}, number: "530402-P-2026-000002"}
	second.does("petition-clerk1", changed(aPetition(Appeal), func(r *RegisterCase) { r.ReceivedAt = start.AddDate(0, 0, -14) }), because("late"))
	second.now = start.AddDate(0, 0, 4)
	second.does("", PassTime{})
	require.Equal(t, ClockMissed, second.state.clock(StepRegistration).Status)
	first.now = second.now
	first.does("petition-clerk1", mergeOf(second))
	told(t, first, second)
	second.does("petition-manager1", VerifyClosure{})
	second.does("petition-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: second.now})
	first.now = second.now
	told(t, second, first)
	require.Empty(t, first.state.Orders)
	first.later(time.Hour)
	first.does("", PassTime{})
	require.Equal(t, ClockMissed, first.state.clock(StepRegistration).Status)
	require.Len(t, first.state.Orders, 1, "it is chased where the case goes on")
}

func TestARejectedMergerLeavesBothCasesAsTheyWere(t *testing.T) {
	t.Parallel()
	first := registered(t, "center-clerk1", aDispute())
	second := younger(t, "center-clerk2", aDispute())
	first.now = second.now
	first.does("center-clerk1", mergeOf(second))
	told(t, first, second)
	second.at(StageVerification)
	second.refuses("center-clerk1", VerifyClosure{}, RefusedSamePerson, "")
	second.does("center-manager1", RejectClosure{Reason: "two matters"})
	second.at(StageAcceptance)
	told(t, second, first)
	require.Empty(t, first.state.Mergers)
	require.Empty(t, second.state.Unmerged)
	require.Equal(t, "MergerFailed", first.events[len(first.events)-1].Type())
	require.Equal(t, ClockRunning, second.state.clock(StepAcceptance).Status)
}

func TestACaseThatHasBeenDecidedMeanwhileTakesNothingOver(t *testing.T) {
	t.Parallel()
	first := registered(t, "center-clerk1", aDispute())
	second := younger(t, "center-clerk2", aDispute())
	first.now = second.now
	first.does("center-clerk1", mergeOf(second))
	told(t, first, second)
	first.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	second.does("center-manager1", VerifyClosure{})
	second.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: second.now})
	require.Len(t, Errands(second.state), 1)
	told(t, second, first)
	second.at(StageAcceptance)
	require.Equal(t, "MergerRefused", second.events[len(second.events)-1].Type())
	require.Empty(t, second.state.VerifiedBy, "a small office would run out of people who may handle the case and ask about it")
	told(t, second, first)
	require.Empty(t, first.state.Mergers)
	require.Empty(t, Errands(second.state))
}

func TestMergersThatCannotBeAreRefusedByTheYoungerCase(t *testing.T) {
	t.Parallel()
	older := func() *life { return registered(t, "center-clerk1", aDispute()) }
	for name, one := range map[string]struct {
		first, second *life
		why           string
	}{
		"the younger one would go on": {younger(t, "center-clerk1", aDispute()), registered(t, "center-clerk1", aDispute()), "older number"},
		"another kind":                {older(), younger(t, "center-clerk1", changed(aPetition(Appeal), func(r *RegisterCase) { r.Division = "530402001" })), "different kinds"},
		"an end is being proposed":    {older(), proposedToWithdraw(t), "VERIFICATION"},
		"it is further on":            {older(), acceptedYounger(t), "accepted"},
	} {
		one.first.now, one.second.now = later(one.first.now, one.second.now), later(one.first.now, one.second.now)
		one.first.does("center-manager1", mergeOf(one.second))
		told(t, one.first, one.second)
		require.Empty(t, one.first.state.Mergers, name)
		last := one.first.events[len(one.first.events)-1].Body.(MergerFailed)
		require.Contains(t, last.Why, one.why, name)
		require.NotEmpty(t, last.WhyZH)
	}
}

func proposedToWithdraw(t *testing.T) *life {
	t.Helper()
	l := younger(t, "center-clerk1", aDispute())
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	return l
}

func acceptedYounger(t *testing.T) *life {
	t.Helper()
	l := younger(t, "center-clerk1", aDispute())
	l.does("center-clerk1", AcceptCase{})
	return l
}
