package casefile

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// whileAway is the small city with somebody away, for whom a deputy stands in.
func whileAway(personID, deputyID string) *smallCity {
	c := &smallCity{divisions: city.divisions, units: city.units, people: maps.Clone(city.people)}
	person := c.people[personID]
	person.Away = &Absence{From: calendar.DateOf(start), Until: calendar.DateOf(start).AddDays(20), DeputyID: deputyID}
	c.people[personID] = person
	c.settle()
	return c
}

func inboxOf(state State, personID string, dir Directory) []string {
	var kinds []string
	for _, task := range Tasks(state, dir) {
		if task.AssigneeID == personID {
			kinds = append(kinds, task.Kind)
		}
	}
	return kinds
}

func seenBy(state State, personID string, dir Directory) bool {
	return slices.Contains(Grants(state, dir), Grant{PersonID: personID})
}

func TestADeputyDoesTheWorkOfAHandlerWhoIsAwayAndThenVerifiesItNot(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	l.refuses("center-investigator2", RecordInvestigation{Finding: "f"}, RefusedWrongRole, "")
	l.dir = whileAway("center-investigator1", "center-investigator2")
	require.Equal(t, inboxOf(l.state, "center-investigator1", l.dir), inboxOf(l.state, "center-investigator2", l.dir))
	require.Contains(t, inboxOf(l.state, "center-investigator2", l.dir), TaskInvestigate)
	require.True(t, seenBy(l.state, "center-investigator2", l.dir))
	require.Contains(t, AllowedCommands(l.state, l.dir.as("center-investigator2"), l.rules()), "recordInvestigation")
	l.does("center-investigator2", RecordInvestigation{Finding: "f"})
	require.Contains(t, l.state.HandledBy, "center-investigator2")
	require.NotNil(t, apartFromHandling(l.state, "center-investigator2"), "who stood in has handled the case")
	l.does("center-investigator1", ConcludeInvestigation{Facts: "f", Path: PathMediation}) // away is not locked out
	l.dir = nil                                                                            // back again
	require.False(t, seenBy(l.state, "center-investigator2", l.office()))
	require.Empty(t, inboxOf(l.state, "center-investigator2", l.office()))
	require.NotContains(t, AllowedCommands(l.state, city.as("center-investigator2"), l.rules()), "openMediation")
}

func TestNobodyIsGivenNewWorkWhileTheyAreAway(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", AcceptCase{})
	l.dir = whileAway("center-mediator1", "center-mediator2")
	refusal := l.refuses("center-manager1", AssignCase{PersonID: "center-mediator1"}, RefusedAway, "personId")
	require.Contains(t, refusal.Message, "until 2026-03-23; 王center-mediator2 stands in")
	require.Contains(t, refusal.MessageZH, "由王center-mediator2代理")
	l.does("center-manager1", AssignCase{PersonID: "center-investigator1"})
	l.does("center-investigator1", ConcludeInvestigation{Facts: "f", Path: PathMediation})
	l.refuses("center-manager1", OpenMediation{Type: MediationPeoples, MediatorID: "center-mediator1"}, RefusedAway, "mediatorId")
}

func TestAnAbsenceGivesADeputyNothingThatTheCaseKeepsFromThem(t *testing.T) {
	t.Parallel()
	const handler, deputy = "center-investigator1", "center-investigator2"
	dir := whileAway(handler, deputy)
	for name, change := range map[string]func(*State){
		"a party":      func(s *State) { s.Parties = append(s.Parties, Party{ID: "P9", PersonID: deputy}) },
		"kept from it": func(s *State) { s.Exclusions = append(s.Exclusions, Exclusion{PersonID: deputy}) },
		"recused": func(s *State) {
			s.Mediations = []Mediation{{ID: "M1", Recused: []string{deputy}, Outcome: MediationFailed}}
		},
		"who verified it":  func(s *State) { s.VerifiedBy = []string{deputy} },
		"in a narrow case": func(s *State) { s.Confidentiality = ConfidentialityRestricted },
		"in a sealed one":  func(s *State) { s.Confidentiality = ConfidentialitySealed },
	} {
		l := investigated(t, "center-clerk1", aDispute(), handler)
		change(&l.state)
		require.False(t, StandsIn(l.state, deputy, handler, dir), name)
		require.False(t, seenBy(l.state, deputy, dir), name)
		require.Empty(t, inboxOf(l.state, deputy, dir), name)
		require.NotContains(t, AllowedCommands(l.state, dir.as(deputy), Rules{Now: l.now, Directory: dir}), "recordInvestigation", name)
		desks := 0
		for _, task := range Tasks(l.state, dir) {
			if task.StandsInFor == handler {
				require.NotEmpty(t, task.InboxRole, name)
				desks++
			}
		}
		require.NotZero(t, desks, "%s: the desk of the office has it", name)
	}
}

func TestTheMediatorWhomThePartiesChoseHasNoDeputy(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	mediator := l.state.openMediation().MediatorID
	require.Equal(t, "center-mediator1", mediator)
	dir := whileAway(mediator, "center-mediator2")
	m := *l.state.openMediation()
	require.True(t, mediatesFor(l.state, m, "center-mediator2", dir))
	m.ChosenBy = []string{"P1", "P2"}
	require.False(t, mediatesFor(l.state, m, "center-mediator2", dir))
	require.False(t, mediatesFor(l.state, *l.state.openMediation(), "center-clerk1", whileAway(mediator, "center-clerk1")), "a clerk is no mediator")
}

func TestAPostWhoseHoldersAreAwayLeavesItsWorkToTheNextRole(t *testing.T) {
	t.Parallel()
	l := registered(t, "government-clerk1", aDispute())
	assign := func(dir Directory) RoleAt {
		state := l.state
		state.Stage, state.ResponsibleUnitID = StageInvestigation, "government"
		for _, task := range Tasks(state, dir) {
			if task.Kind == TaskAssign {
				return RoleAt{task.InboxRole, task.InboxUnit}
			}
		}
		return RoleAt{}
	}
	require.Equal(t, RoleAt{RoleClerk, "government"}, assign(city))
	require.Equal(t, RoleAt{RoleManager, "government"}, assign(whileAway("government-clerk1", "")))
}

func TestWhoStandsInAnswersTheSupervisionOfTheHandler(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	l.untilMissed()
	order := l.lastOrder()
	l.dir = whileAway("center-investigator1", "grid-grid_worker1")
	l.refuses("grid-grid_worker2", AcknowledgeSupervision{OrderID: order.ID}, RefusedWrongRole, "")
	l.does("grid-grid_worker1", AcknowledgeSupervision{OrderID: order.ID})
	require.Contains(t, inboxOf(l.state, "grid-grid_worker1", l.dir), TaskReplySupervision)
	l.later(time.Hour)
	l.does("grid-grid_worker1", ReplySupervision{OrderID: order.ID, Reply: "r"})
}
