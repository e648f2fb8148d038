package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// handOver gives what somebody has of the case to whoever may have it, or to the unit.
func (w *walker) handOver() Act {
	s := w.state
	act := HandOverWork{FromID: s.HandlerID, Reason: "reason"}
	if m := s.openMediation(); m != nil && (act.FromID == "" || m.MediatorID == act.FromID && len(m.ChosenBy) > 0) {
		act.FromID = m.MediatorID
	}
	if _, mediation := s.WorkOf(act.FromID); mediation == "" && w.chance(70) {
		if to := w.handlerFor(); to != act.FromID {
			act.ToID = to
		}
	}
	return act
}

func TestTheHeadHandsTheWorkOfACaseOverToWhoeverMayHaveIt(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	require.Equal(t, "center-mediator1", l.state.openMediation().MediatorID)
	handler := l.state.HandlerID
	over := func(to string) HandOverWork { return HandOverWork{FromID: "center-mediator1", ToID: to, Reason: "r"} }
	for who, code := range map[string]RefusalCode{
		"center-clerk1": RefusedWrongRole, "center-mediator1": RefusedWrongRole, "bureau-manager1": RefusedJurisdiction,
		"other-center-manager1": RefusedJurisdiction,
	} {
		l.refuses(who, over("center-mediator2"), code, "")
	}
	l.refuses("center-manager1", over("nobody"), RefusedUnknownPerson, "toPersonId")
	l.refuses("center-manager1", over("center-mediator1"), RefusedInvalid, "toPersonId")
	l.refuses("center-manager1", over("center-clerk2"), RefusedInvalid, "toPersonId") // no mediator
	l.refuses("center-manager1", HandOverWork{ToID: "center-mediator2"}, RefusedRequired, "fromPersonId")
	l.refuses("center-manager1", HandOverWork{FromID: "center-clerk2", ToID: "center-mediator2"}, RefusedNotFound, "fromPersonId")
	l.does("center-admin1", over("center-mediator2"))
	require.Equal(t, "center-mediator2", l.state.openMediation().MediatorID)
	if handler == "center-mediator1" {
		require.Equal(t, "center-mediator2", l.state.HandlerID)
	}
	l.does("center-manager1", HandOverWork{FromID: "center-mediator2"})
	require.Empty(t, l.state.openMediation().MediatorID)
	kinds := map[string]bool{}
	for _, task := range Tasks(l.state, city) {
		kinds[task.Kind] = true
	}
	require.True(t, kinds[TaskNameMediator], "the unit names another one")
}

func TestWorkIsNotHandedToWhomTheCaseIsKeptFromNorByAnAdministratorWhereFewKnowOfIt(t *testing.T) {
	t.Parallel()
	const from, to = "center-investigator1", "center-investigator2"
	for name, c := range map[string]struct {
		change func(*State)
		code   RefusalCode
	}{
		"a party":         {func(s *State) { s.Parties = append(s.Parties, Party{ID: "P9", PersonID: to}) }, RefusedInterest},
		"kept from it":    {func(s *State) { s.Exclusions = append(s.Exclusions, Exclusion{PersonID: to}) }, RefusedInterest},
		"who verified it": {func(s *State) { s.VerifiedBy = []string{to} }, RefusedSamePerson},
	} {
		l := investigated(t, "center-clerk1", aDispute(), from)
		c.change(&l.state)
		refusal := l.refuses("center-manager1", HandOverWork{FromID: from, ToID: to, Reason: "r"}, c.code, "toPersonId")
		require.NotEmpty(t, refusal.MessageZH, name)
	}
	l := investigated(t, "center-clerk1", aDispute(), from)
	l.dir = whileAway(to, "")
	l.refuses("center-manager1", HandOverWork{FromID: from, ToID: to}, RefusedAway, "toPersonId")
	l.dir = nil
	l.state.Confidentiality = ConfidentialityRestricted
	l.refuses("center-admin1", HandOverWork{FromID: from, ToID: to}, RefusedJurisdiction, "")
	l.does("center-manager1", HandOverWork{FromID: from, ToID: to})
}

func TestAMediatorWhomThePartiesChoseIsNotReplacedOverTheirHeads(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.state.changeMediation(l.state.openMediation().ID, func(m *Mediation) { m.ChosenBy = []string{"P1"} })
	l.refuses("center-manager1", HandOverWork{FromID: "center-mediator1", ToID: "center-mediator2"}, RefusedInterest, "fromPersonId")
}
