package casefile

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func accusationPart(t *testing.T) string {
	t.Helper()
	register := aPetition(Accusation)
	register.Claims = []TextID{"moved claim"}
	raw, err := json.Marshal(register)
	require.NoError(t, err)
	return string(raw)
}

func TestTheAccusationOfAMixedPetitionGoesOnAsASealedCaseOfItsOwn(t *testing.T) {
	t.Parallel()
	mother := registered(t, "petition-clerk1", aPetition(Appeal))
	mother.does("petition-clerk1", SplitCase{
		NewCaseID: "case-2", Register: accusationPart(t), Claims: []string{"C2"}, Reason: "reason", There: "reason-there",
	})
	child := &life{t: t, now: mother.now, state: State{ID: "case-2"}, number: "530402-P-2026-000002"}
	told(t, mother, child)

	require.Equal(t, ConfidentialitySealed, child.state.Confidentiality)
	require.Equal(t, mother.state.ReceivedAt, child.state.ReceivedAt, "the first receipt counts")
	require.Equal(t, []Link{{ID: "L1", Kind: LinkSplitFrom, CaseID: "case-1", Number: mother.state.Number, By: city.as("petition-clerk1")}}, child.state.Links)
	require.Equal(t, []Claim{{ID: "C1", Text: "claim one"}}, mother.state.Claims)
	require.Empty(t, mother.state.Splits)
	require.Empty(t, mother.state.Links[0].Number, "a sealed case's number stands in no other record")
	require.Contains(t, Sentence(mother.events[len(mother.events)-1], city, Chinese), "另一案件")
	mother.does("petition-clerk1", AmendCase{AddClaims: []TextID{"another"}, Reason: "reason"})
	require.Equal(t, "C3", mother.state.Claims[1].ID, "no id is given twice")
}

func TestASplitIsJudgedByTheRulesOfARegistration(t *testing.T) {
	t.Parallel()
	mother := registered(t, "petition-clerk1", aPetition(Appeal))
	good := SplitCase{NewCaseID: "case-2", Register: accusationPart(t), Claims: []string{"C2"}, Reason: "reason", There: "there"}
	try := func(change func(*SplitCase), code RefusalCode, field string) {
		act := good
		change(&act)
		mother.refuses("petition-clerk1", act, code, field)
	}
	try(func(a *SplitCase) { a.Claims = []string{"C9"} }, RefusedInvalid, "claims.0")
	try(func(a *SplitCase) { a.Claims = []string{"C1", "C2"} }, RefusedInvalid, "claims")
	try(func(a *SplitCase) { a.Reason = "" }, RefusedRequired, "reason")
	try(func(a *SplitCase) { a.Register = "no" }, RefusedInvalid, "")
	try(func(a *SplitCase) { a.Register = `{"kind":"PETITION"}` }, RefusedRequired, "source")
	accused := aPetition(Accusation)
	accused.Parties[1].PersonID = "petition-clerk1"
	raw, err := json.Marshal(accused)
	require.NoError(t, err)
	try(func(a *SplitCase) { a.Register = string(raw) }, RefusedInterest, "")
	mother.does("petition-clerk1", good)
	mother.refuses("petition-clerk1", good, RefusedIncomplete, "")
}

func TestAPartOfAnUrgentCaseIsUrgentByTheSameHours(t *testing.T) {
	t.Parallel()
	mother := registered(t, "petition-clerk1", aPetition(Appeal))
	mother.does("petition-clerk1", FlagUrgent{Reason: "reason"})
	due := mother.state.urgentClock().DueAt
	mother.now = mother.now.Add(time.Hour)
	child := splitOff(t, mother)

	require.Equal(t, []any{UrgentSplit, "petition-clerk1", true}, []any{child.state.Urgency.Ground, child.state.Urgency.FlaggedBy, child.state.Urgency.owed()})
	require.Equal(t, due, child.state.urgentClock().DueAt, "no hour is given anew")
	child.does("petition-manager1", LiftUrgent{Reason: "the accusation can wait"})
	require.False(t, child.state.Urgent)
	require.True(t, mother.state.Urgent)
	require.NoError(t, checkRecord("case-2", child.events))
}

func TestAPartOfACaseWhoseUrgencyWasReportedOwesNoReport(t *testing.T) {
	t.Parallel()
	mother := registered(t, "petition-clerk1", aPetition(Appeal))
	mother.does("petition-clerk1", FlagUrgent{Reason: "reason"})
	mother.does("petition-manager1", ReportUrgent{Measures: "measures"})
	child := splitOff(t, mother)
	require.True(t, child.state.Urgent)
	require.False(t, child.state.Urgency.owed())
	require.Nil(t, child.state.urgentClock())
}

func TestAPartThatIsUrgentByItselfHasItsHoursFromTheSplit(t *testing.T) {
	t.Parallel()
	mother := registered(t, "petition-clerk1", aPetition(Appeal))
	mother.now = mother.now.Add(7 * 24 * time.Hour)
	child := splitOff(t, mother, func(r *RegisterCase) { r.Urgent = true })
	require.Equal(t, child.events[0].At, child.state.urgentClock().StartedAt, "nobody could report it before")
	require.Equal(t, UrgentRegistered, child.state.Urgency.Ground)
}

// splitOff takes the second claim of an appeal out, as an accusation of its own.
func splitOff(t *testing.T, mother *life, change ...func(*RegisterCase)) *life {
	t.Helper()
	register := aPetition(Accusation)
	register.Claims = []TextID{"moved claim"}
	for _, c := range change {
		c(&register)
	}
	raw, err := json.Marshal(register)
	require.NoError(t, err)
	mother.does("petition-clerk1", SplitCase{
		NewCaseID: "case-2", Register: string(raw), Claims: []string{"C2"}, Reason: "reason", There: "reason-there",
	})
	child := &life{t: t, now: mother.now, state: State{ID: "case-2"}, number: "530402-P-2026-000002"}
	told(t, mother, child)
	return child
}
