package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheAccusedTheirSubordinatesAndLineLeadersAreExcluded(t *testing.T) {
	t.Parallel()
	accuse := func(change func(*Party)) []Exclusion {
		parties := aPetition(Accusation).Parties
		parties[1].PersonID = ""
		change(&parties[1])
		return exclusionsFor(Accusation, parties, city)
	}
	excluded := func(list []Exclusion, id string) bool {
		return ExcludesPerson(list, id, city.people[id].Roles, city)
	}
	for name, c := range map[string]struct {
		list     []Exclusion
		kept, in []string
	}{
		"a member": {
			accuse(func(p *Party) { p.PersonID = "bureau-clerk1" }),
			[]string{"bureau-clerk1", "bureau-leader1", "bureau-manager1", "government-leader1"},
			[]string{"bureau-investigator1", "desk-clerk1", "government-clerk1", "center-leader1"},
		},
		"a leader": {
			accuse(func(p *Party) { p.PersonID = "bureau-leader1" }),
			[]string{"bureau-leader1", "bureau-clerk1", "desk-clerk1", "government-manager1"},
			[]string{"government-clerk1", "center-manager1"},
		},
		"a unit": {
			accuse(func(p *Party) { p.UnitID = "bureau" }),
			[]string{"bureau-leader1", "bureau-mediator1", "desk-clerk1", "government-leader1"},
			[]string{"government-clerk1", "center-leader1", "discipline-clerk1"},
		},
		"nobody whom we know": {
			accuse(func(*Party) {}), nil, []string{"bureau-leader1", "bureau-clerk1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, id := range c.kept {
				require.True(t, excluded(c.list, id), id)
			}
			for _, id := range c.in {
				require.False(t, excluded(c.list, id), id)
			}
		})
	}
	require.Empty(t, exclusionsFor(Appeal, []Party{{Role: PartyResponsibleUnit, UnitID: "bureau"}}, city))
}

func TestAnExcludedPersonActsOnNothing(t *testing.T) {
	t.Parallel()
	accusation := aPetition(Accusation)
	accusation.Parties[1].PersonID = "center-mediator1"
	l := registered(t, "center-clerk1", accusation)
	for _, who := range []string{"center-mediator1", "center-manager1", "center-leader1", "city-center-leader1"} {
		l.refuses(who, AddNote{Text: "text"}, RefusedInterest, "")
		require.Empty(t, AllowedCommands(l.state, city.as(who), l.rules()))
	}
	require.Equal(t, "petition", l.state.ResponsibleUnitID, "the head of the centre is kept from the case")
	l.does("petition-leader1", AddNote{Text: "text"})
}

func TestAnAmendmentThatAccusesTheResponsibleUnitMovesTheCaseAway(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aPetition(Accusation))
	accused := person("P2", PartyAccused)
	accused.UnitID = "center"
	l.refuses("center-clerk1", AmendCase{Parties: []Party{accused}, Reason: "r"}, RefusedInterest, "")

	l = registered(t, "government-clerk1", aPetition(Accusation)) // lies with the petition office
	require.Equal(t, "petition", l.state.ResponsibleUnitID)
	accused.UnitID = "petition"
	events := l.does("government-clerk1", AmendCase{Parties: []Party{accused}, Reason: "r"})
	require.Equal(t, []string{"CaseAmended", "CaseTransferred"}, l.types(events))
	require.Equal(t, "center", l.state.ResponsibleUnitID, "the leaders over the accused office are kept from the case")
}
