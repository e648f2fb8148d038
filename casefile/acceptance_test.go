package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFaultyAcceptanceIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", AcceptCase{Procedure: "a\nb"}, RefusedInvalid, "procedure")
	l.refuses("center-clerk1", AcceptCase{Route: "MAIL"}, RefusedInvalid, "route")
	l.refuses("center-clerk1", AcceptCase{Route: RoutePetitionProcedure}, RefusedInvalid, "route")
	l.refuses("center-mediator1", AcceptCase{}, RefusedWrongRole, "")
	l.refuses("bureau-clerk1", AcceptCase{}, RefusedJurisdiction, "")
	l.refuses("other-center-manager1", AcceptCase{}, RefusedJurisdiction, "")
	l.does("city-center-manager1", AcceptCase{Procedure: "court-pre-filing-mediation"}) // a centre over the case
	require.Equal(t, "court-pre-filing-mediation", l.state.Procedure)
	l.refuses("center-clerk1", AcceptCase{}, RefusedWrongStage, "")
}

func TestAnAppealOnAnotherRouteIsShownTheWay(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	for _, term := range Terms("LegalRoute") {
		if route := LegalRoute(term.Value); route != RoutePetitionProcedure {
			refusal := l.refuses("petition-clerk1", AcceptCase{Route: route}, RefusedInvalid, "route")
			require.Contains(t, refusal.Message, "art. 31")
			require.Contains(t, refusal.MessageZH, "第三十一条")
		}
	}
	l.does("petition-clerk1", AcceptCase{Route: RoutePetitionProcedure})
	require.Equal(t, "petition", l.state.Procedure)
}

func TestAFaultyDeclineIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", DeclineCase{Explanation: "e", GoTo: "g"}, RefusedRequired, "reason")
	l.refuses("center-clerk1", DeclineCase{Reason: "MOOD", Explanation: "e", GoTo: "g"}, RefusedInvalid, "reason")
	l.refuses("center-clerk1", DeclineCase{Reason: DeclineOther, GoTo: "g"}, RefusedRequired, "explanation")
	l.refuses("center-clerk1", DeclineCase{Reason: DeclineOther, Explanation: "e"}, RefusedRequired, "goTo")
	l.refuses("center-clerk1", DeclineCase{Reason: DeclineFinalAfterReReview, Explanation: "e", GoTo: "g"}, RefusedInvalid, "reason")
	l.refuses("center-supervisor1", DeclineCase{}, RefusedWrongRole, "")
	l.refuses("city-center-leader1", DeclineCase{}, RefusedJurisdiction, "")
}

func TestADeclinedAnonymousPetitionNeedsNoService(t *testing.T) {
	t.Parallel()
	petition := aPetition(Appeal)
	petition.Parties = []Party{{ID: "P1", Role: PartyPetitioner, Kind: NaturalPerson, Anonymous: true}}
	l := registered(t, "petition-clerk1", petition)
	l.does("petition-clerk1", DeclineCase{Reason: DeclineRepeatedInTime, Explanation: "e", GoTo: "g"})
	events := l.does("petition-manager1", VerifyClosure{})
	require.Equal(t, []string{"EndVerified", "CaseEnded"}, l.types(events))
	l.at(StageNotAccepted)
}
