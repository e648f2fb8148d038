package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func anEnded() ImportEnded {
	register := aPetition(Appeal)
	register.Claims = nil
	register.ReceivedAt = shanghai("2019-04-24 16:03:40")
	return ImportEnded{
		Register: register, AcceptedAt: register.ReceivedAt, ConcludedAt: shanghai("2019-06-23 23:59:59"), Reply: "reply",
	}
}

func TestAnAnsweredPetitionBecomesAClosedCaseWithItsRealDates(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	events := l.does("petition-clerk1", anEnded())
	require.Equal(t, []string{
		"CaseRegistered", "DeadlineStarted", "CaseAccepted", "DeadlineMet", "DeadlineStarted", "CaseConcluded",
		"DeadlineMet", "CaseClosed",
	}, l.types(events))
	s := l.state
	l.at(StageClosed)
	require.True(t, s.Imported)
	require.Equal(t, TextID("reply"), s.Reply)
	answered := anEnded().ConcludedAt.UTC()
	require.Equal(t, []time.Time{s.ReceivedAt, answered, answered}, []time.Time{s.AcceptedAt, s.ConcludedAt, s.ClosedAt})
	require.True(t, *s.ConcludedOnTime, "the 60th day is the last")
	require.Empty(t, s.Orders)
	require.NoError(t, checkRecord("case-1", l.events))
	l.does("petition-leader1", ReopenCase{Reason: "r"})
	l.at(StageInvestigation)
}

func TestALateAnswerIsMissedAndMetAndChasesNobody(t *testing.T) {
	t.Parallel()
	act := anEnded()
	act.ConcludedAt = act.ConcludedAt.Add(time.Second)
	act.Satisfaction, act.Outcome = pointer(4), OutcomeExplained
	l := newLife(t)
	events := l.does("center-admin1", act)
	require.Equal(t, []string{
		"CaseRegistered", "DeadlineStarted", "CaseAccepted", "DeadlineMet", "DeadlineStarted", "CaseConcluded",
		"DeadlineMissed", "DeadlineMet", "FollowedUp", "CaseClosed",
	}, l.types(events))
	require.False(t, *l.state.ConcludedOnTime)
	require.Empty(t, l.state.Orders)
	require.Equal(t, 4, *l.state.FollowUps[0].Satisfaction)
	require.Equal(t, OutcomeExplained, l.state.Outcome)
}

func TestAFaultyImportIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*ImportEnded)
		code   RefusalCode
		field  string
	}{
		"of a dispute":                {func(i *ImportEnded) { i.Register = aDispute() }, RefusedInvalid, "register.kind"},
		"of an accusation":            {func(i *ImportEnded) { i.Register = aPetition(Accusation) }, RefusedNotCompetent, "register.petitionType"},
		"without a reply":             {func(i *ImportEnded) { i.Reply = "" }, RefusedRequired, "reply"},
		"without an answer's date":    {func(i *ImportEnded) { i.ConcludedAt = time.Time{} }, RefusedRequired, "concludedAt"},
		"answered in the future":      {func(i *ImportEnded) { i.ConcludedAt = start.Add(time.Hour) }, RefusedInFuture, "concludedAt"},
		"answered before acceptance":  {func(i *ImportEnded) { i.ConcludedAt = i.AcceptedAt.AddDate(0, 0, -1) }, RefusedOutOfOrder, "concludedAt"},
		"accepted before receipt":     {func(i *ImportEnded) { i.AcceptedAt = i.AcceptedAt.AddDate(0, 0, -1) }, RefusedOutOfOrder, "acceptedAt"},
		"with a score of six":         {func(i *ImportEnded) { i.Satisfaction = pointer(6) }, RefusedInvalid, "satisfaction"},
		"with an unknown outcome":     {func(i *ImportEnded) { i.Outcome = "FINE" }, RefusedInvalid, "outcome"},
		"with a suggestion's outcome": {func(i *ImportEnded) { i.Outcome = OutcomeAdopted }, RefusedInvalid, "outcome"},
		"of a faulty registration":    {func(i *ImportEnded) { i.Register.Category = "D-NEIGHBOUR" }, RefusedUnknownCategory, "register.category"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			act := anEnded()
			c.change(&act)
			newLife(t).refuses("petition-clerk1", act, c.code, c.field)
		})
	}
	newLife(t).refuses("petition-mediator1", anEnded(), RefusedWrongRole, "")
}

func TestAnAnonymousImportKeepsNoScore(t *testing.T) {
	t.Parallel()
	act := anEnded()
	act.Register.Parties = []Party{{ID: "P1", Role: PartyPetitioner, Kind: NaturalPerson, Anonymous: true}}
	act.Satisfaction, act.AcceptedAt = pointer(1), time.Time{}
	l := newLife(t)
	l.does("petition-clerk1", act)
	require.Empty(t, l.state.FollowUps)
	require.Equal(t, l.state.ReceivedAt, l.state.AcceptedAt)
}

func TestAnAnsweredSuggestionMayHaveBeenAdopted(t *testing.T) {
	t.Parallel()
	act := anEnded()
	act.Register.PetitionType, act.Outcome = Suggestion, OutcomeAdopted
	l := newLife(t)
	l.does("petition-clerk1", act)
	require.Equal(t, OutcomeAdopted, l.state.Outcome)
	require.Empty(t, l.state.Route)
}
