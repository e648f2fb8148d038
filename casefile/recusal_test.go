package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestARecusedMediatorLeavesForGoodAndAnotherGoesOn(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.refuses("center-clerk1", RecuseMediator{}, RefusedRequired, "reason")
	l.refuses("center-clerk1", RecuseMediator{MediatorID: "center-mediator2", Reason: "reason"}, RefusedInvalid, "mediatorId")
	l.refuses("center-clerk1", RecuseMediator{Reason: "reason", PartyID: "P9"}, RefusedUnknownParty, "partyId")
	l.refuses("center-clerk1", RecuseMediator{Reason: "reason", NewMediatorID: "center-mediator1"}, RefusedInterest, "newMediatorId")
	l.refuses("center-clerk1", RecuseMediator{Reason: "reason", NewMediatorID: "center-clerk2"}, RefusedInvalid, "newMediatorId")
	l.refuses("center-clerk1", RecuseMediator{Reason: "reason", ChosenBy: []string{"P1"}}, RefusedInvalid, "chosenByPartyIds.0")
	events := l.does("center-clerk1", RecuseMediator{Reason: "reason", PartyID: "P2"})
	require.Equal(t, []string{"MediatorRecused"}, l.types(events))
	require.Contains(t, Sentence(events[0], city, Chinese), "当事人P2申请")
	require.Empty(t, l.state.Mediations[0].MediatorID)
	require.Empty(t, l.state.HandlerID, "who may not mediate doesn't handle either")
	require.Equal(t, []string{"assign", "name-mediator:M1"}, taskIDs(l))

	l.refuses("center-manager1", AssignCase{PersonID: "center-mediator1"}, RefusedInterest, "personId")
	l.does("center-manager1", AssignCase{PersonID: "center-investigator1"})
	l.refuses("center-investigator1", RecordSession{Minutes: "minutes"}, RefusedIncomplete, "")
	l.refuses("center-investigator1", ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "record"}, RefusedIncomplete, "")
	l.refuses("center-clerk1", RecuseMediator{}, RefusedRequired, "newMediatorId")
	l.refuses("center-clerk1", RecuseMediator{NewMediatorID: "center-mediator1"}, RefusedInterest, "newMediatorId")
	events = l.does("center-clerk1", RecuseMediator{NewMediatorID: "center-mediator2", ChosenBy: []string{"P1", "P2"}})
	require.Equal(t, []string{"MediatorNamed"}, l.types(events))
	require.Equal(t, []string{"P1", "P2"}, l.state.Mediations[0].ChosenBy)
	require.Equal(t, []string{"mediate:M1"}, taskIDs(l))
	l.does("center-mediator2", RecordSession{Minutes: "minutes"})
	l.does("center-mediator2", ConcludeMediation{Outcome: MediationFailed, Reason: "reason"})
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAMediatorRecusesThemselvesAndNamesTheNext(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", RecuseMediator{Reason: "a relative", NewMediatorID: "center-mediator2"})
	require.Equal(t, "center-mediator2", l.state.Mediations[0].MediatorID)
	require.Equal(t, []string{"center-mediator1"}, l.state.Mediations[0].Recused)
	for _, name := range AllowedCommands(l.state, city.as("center-mediator1"), l.rules()) {
		require.NotContains(t, []string{"recordConsent", "recordSession", "scheduleSession", "concludeMediation", "recuseMediator"}, name)
	}
}

func TestThePartiesChooseTheirMediator(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	open := func(parties ...string) OpenMediation {
		return OpenMediation{Type: MediationPeoples, MediatorID: "center-mediator2", ChosenBy: parties}
	}
	l.refuses("center-mediator1", open("P1", "P9"), RefusedUnknownParty, "chosenByPartyIds.1")
	l.refuses("center-mediator1", open("P1", "P1"), RefusedInvalid, "chosenByPartyIds.1")
	l.does("center-mediator1", open("P1", "P2"))
	require.Equal(t, []string{"P1", "P2"}, l.state.Mediations[0].ChosenBy)
}
