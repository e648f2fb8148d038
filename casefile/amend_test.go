package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFaultyAmendmentIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	for name, c := range map[string]struct {
		act   AmendCase
		code  RefusalCode
		field string
	}{
		"without a reason":          {AmendCase{Title: "t"}, RefusedRequired, "reason"},
		"of nothing":                {AmendCase{Reason: "r"}, RefusedRequired, ""},
		"to an unknown category":    {AmendCase{Category: "P-URBAN", Reason: "r"}, RefusedUnknownCategory, "category"},
		"to an unknown place":       {AmendCase{OccurrenceDivision: "11", Reason: "r"}, RefusedUnknownDivision, "occurrenceDivision"},
		"to an unknown scale":       {AmendCase{Scale: "HUGE", Reason: "r"}, RefusedInvalid, "scale"},
		"to an unknown risk":        {AmendCase{Risk: "HUGE", Reason: "r"}, RefusedInvalid, "risk"},
		"to an unknown grade":       {AmendCase{Confidentiality: "SECRET", Reason: "r"}, RefusedInvalid, "confidentiality"},
		"to a debt":                 {AmendCase{Amount: pointer(int64(-1)), Reason: "r"}, RefusedInvalid, "amount"},
		"to nobody":                 {AmendCase{Headcount: pointer(-1), Reason: "r"}, RefusedInvalid, "headcount"},
		"with an empty claim":       {AmendCase{AddClaims: []TextID{""}, Reason: "r"}, RefusedRequired, "addClaims.0"},
		"with too many claims":      {AmendCase{AddClaims: make([]TextID, 40), Reason: "r"}, RefusedTooLong, "addClaims"},
		"with a faulty party":       {AmendCase{Parties: []Party{{ID: "P3", Role: PartyThird}}, Reason: "r"}, RefusedRequired, "parties.0.kind"},
		"that leaves no respondent": {AmendCase{Parties: []Party{person("P2", PartyThird)}, Reason: "r"}, RefusedRequired, "parties"},
	} {
		t.Run(name, func(t *testing.T) {
			other := *l
			other.t = t
			other.refuses("center-clerk1", c.act, c.code, c.field)
		})
	}
	l.refuses("center-investigator1", AmendCase{Title: "t", Reason: "r"}, RefusedWrongRole, "")
	l.refuses("bureau-clerk1", AmendCase{Title: "t", Reason: "r"}, RefusedJurisdiction, "")
}

func TestAnAmendmentKeepsTheOldValues(t *testing.T) {
	t.Parallel()
	l := registered(t, "grid-grid_worker1", changed(aDispute(), func(r *RegisterCase) { r.Division = "530402001001" }))
	before := l.state
	child := person("P2", PartyRespondent)
	child.Minor, child.Representatives = true, []RepresentativeKind{RepresentativeGuardian}
	events := l.does("grid-grid_worker1", AmendCase{ // the registrar
		Title: "t2", Narrative: "n2", Category: "D-NEIGHBOUR-NOISE", OccurrenceDivision: "530402", OccurrenceAddress: "a2",
		AddClaims: []TextID{"c2"}, Parties: []Party{child, person("P3", PartyThird)}, Amount: pointer(int64(7)),
		Headcount: pointer(8), Scale: ScaleGroup, Risk: RiskHigh, Reason: "r",
	})
	amended := events[0].Body.(CaseAmended)
	require.Equal(t, AmendCase{
		Title: "title", Narrative: "narrative", Category: "D-NEIGHBOUR", Parties: before.Parties[1:], Scale: ScaleIndividual,
		Confidentiality: ConfidentialityNormal,
	}, amended.Before)
	s := l.state
	require.Equal(t, []any{TextID("t2"), TextID("n2"), "D-NEIGHBOUR-NOISE", Division("530402"), TextID("a2"), int64(7), 8, ScaleGroup, RiskHigh},
		[]any{s.Title, s.Narrative, s.Category, s.OccurrenceDivision, s.OccurrenceAddress, *s.Amount, *s.Headcount, s.Scale, s.Risk})
	require.Equal(t, []Claim{{ID: "C1", Text: "claim"}, {ID: "C2", Text: "c2"}}, s.Claims)
	require.Equal(t, []Party{before.Parties[0], child, person("P3", PartyThird)}, s.Parties)
	require.Equal(t, ConfidentialityRestricted, s.Confidentiality, "a minor restricts the case")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestConfidentialityGoesUpwardsOnly(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", AmendCase{Confidentiality: ConfidentialitySealed, Reason: "r"})
	require.Equal(t, ConfidentialitySealed, l.state.Confidentiality)
	l.refuses("center-clerk1", AmendCase{Confidentiality: ConfidentialityRestricted, Reason: "r"}, RefusedInvalid, "confidentiality")
	l.does("center-clerk1", AmendCase{Confidentiality: ConfidentialitySealed, Reason: "r"}) // no change is no fault
}

func TestADecidedPetitionTakesNoNewClaim(t *testing.T) {
	t.Parallel()
	l := decided(t)
	l.refuses("petition-clerk1", AmendCase{AddClaims: []TextID{"c"}, Reason: "r"}, RefusedAlreadyDone, "addClaims")
	l.does("petition-clerk1", AmendCase{Title: "t", Reason: "r"})
	l.does("petition-clerk1", served(l, "P1"))
	l.refuses("petition-clerk1", AmendCase{AddClaims: []TextID{"c"}, Reason: "r"}, RefusedAlreadyDone, "addClaims")
}
