package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPersonalDataAreRevealedToWhoeverAnswersForTheSubTree(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.does("center-clerk1", aDispute())
	for _, who := range []string{"center-clerk1", "center-analyst1", "center-mediator1"} {
		l.refuses(who, RevealPersonalData{Purpose: "purpose"}, RefusedWrongRole, "")
	}
	l.refuses("center-manager1", RevealPersonalData{}, RefusedRequired, "purpose")
	l.refuses("center-manager1", RevealPersonalData{Purpose: "purpose", Parties: []string{"P1", "P9"}}, RefusedUnknownParty, "partyIds.1")
	before := l.state
	events := l.does("center-manager1", RevealPersonalData{Purpose: "purpose", Parties: []string{"P2", "P2"}})
	require.Len(t, events, 1)
	seen := events[0].Body.(PersonalDataRevealed)
	require.Equal(t, []string{"P2"}, seen.Parties)
	require.True(t, seen.Narrative)
	require.Equal(t, events[0].At.Add(15*time.Minute), seen.Until)
	require.Equal(t, before.Deadlines, l.state.Deadlines, "to look moves nothing")
	require.Equal(t, before.Stage, l.state.Stage)
	all := l.does("center-manager1", RevealPersonalData{Purpose: "purpose"})[0].Body.(PersonalDataRevealed)
	require.Len(t, all.Parties, len(l.state.Parties))
}

func TestAnIdentityThatIsWithheldIsRevealedToNobody(t *testing.T) {
	t.Parallel()
	register := aDispute()
	register.Parties[0].KeepIdentityConfidential = true
	l := newLife(t)
	l.does("center-clerk1", register)
	l.refuses("center-manager1", RevealPersonalData{Purpose: "purpose", Parties: []string{register.Parties[0].ID}}, RefusedJurisdiction, "partyIds.0")
	seen := l.does("center-manager1", RevealPersonalData{Purpose: "purpose"})[0].Body.(PersonalDataRevealed)
	require.NotContains(t, seen.Parties, register.Parties[0].ID)
	require.False(t, seen.Narrative, "it may say who they are")
	register = aDispute()
	for i := range register.Parties {
		register.Parties[i].KeepIdentityConfidential = true
	}
	l = newLife(t)
	l.does("center-clerk1", register)
	l.refuses("center-manager1", RevealPersonalData{Purpose: "purpose"}, RefusedIncomplete, "")
}
