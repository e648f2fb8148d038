package casefile

import (
	"encoding/json"
	"testing"

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
