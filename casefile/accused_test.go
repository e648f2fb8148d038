package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnAccusationByNameAloneStaysWithTheHeadOfThePetitionOffice(t *testing.T) {
	t.Parallel()
	for _, registrar := range []string{"petition-clerk1", "center-clerk1", "government-clerk1", "grid-grid_worker1"} {
		l := registered(t, registrar, changed(byNameAlone(), func(r *RegisterCase) { r.Division = "530402001001" }))
		require.Equal(t, "petition", l.state.ResponsibleUnitID, registrar)
		require.Equal(t, []Grant{{Role: RoleLeader, UnitID: "petition"}}, Grants(l.state, city), "nobody else sees it")
		require.Equal(t, []Task{{
			ID: "identify-accused", Kind: TaskIdentify, InboxRole: RoleLeader, InboxUnit: "petition", DeadlineID: "D1",
		}}, Tasks(l.state, city))
		for _, other := range []string{registrar, "petition-clerk2", "petition-manager1", "center-leader1", "city-petition-leader1"} {
			l.refuses(other, TransferCase{ToUnitID: "discipline", Reason: "r"}, RefusedWrongRole, "")
			require.Empty(t, AllowedCommands(l.state, city.as(other), l.rules()), other)
		}
		require.Equal(t, []string{"addNote", "amendCase", "attachDocument", "flagUrgent", "reportRetaliation"}, AllowedCommands(l.state, city.as("petition-leader1"), l.rules()))
		for _, early := range []Act{
			TransferCase{ToUnitID: "discipline", Reason: "r"},
			TransferCase{ToOutside: "o", Reason: "r"},
			DeclineCase{Reason: DeclineOther, Explanation: "e", GoTo: "g"},
			WithdrawCase{PartyID: "P1", How: FollowUpPhone, Request: "q", Reason: "r"},
		} {
			l.refuses("petition-leader1", early, RefusedIncomplete, "")
		}
	}
}

func TestTheHeadSaysWhoIsAccusedAndTheCaseGoesOn(t *testing.T) {
	t.Parallel()
	name := func(change func(*Party)) AmendCase {
		accused := person("P2", PartyAccused)
		change(&accused)
		return AmendCase{Parties: []Party{accused}, Reason: "r"}
	}
	held := func() *life { return registered(t, "petition-clerk1", byNameAlone()) }

	l := held()
	l.does("petition-leader1", name(func(p *Party) { p.PersonID = "bureau-clerk1" }))
	require.Contains(t, l.state.Exclusions, Exclusion{PersonID: "bureau-clerk1"})
	require.Contains(t, Grants(l.state, city), Grant{PersonID: "petition-clerk1"}, "the registrar has no interest")
	l.does("petition-leader1", TransferCase{ToUnitID: "discipline", Reason: "r"})

	l = held()
	events := l.does("petition-leader1", name(func(p *Party) { p.Outsider = true }))
	require.Empty(t, l.state.Exclusions)
	require.Contains(t, Sentence(events[0], city, Chinese), "确认被检举控告人不属于本系统人员和单位")
	require.Contains(t, Sentence(events[0], city, English), "confirmed to be nobody of ours")
	l.does("petition-clerk1", TransferCase{ToUnitID: "discipline", Reason: "r"})

	for _, accused := range []string{"petition-clerk2", "petition-leader1", "petition-manager1"} {
		l = held()
		events = l.does("petition-leader1", name(func(p *Party) { p.PersonID = accused }))
		require.Equal(t, []string{"CaseAmended", "CaseTransferred"}, l.types(events), "the head finds one of their own line")
		require.Equal(t, "center", l.state.ResponsibleUnitID)
		l.refuses("petition-leader1", AddNote{Text: "t"}, RefusedInterest, "")
	}
}

func TestWhetherSomebodyIsAnOutsiderIsForTheHeadToConfirm(t *testing.T) {
	t.Parallel()
	newLife(t).refuses("petition-clerk1", changed(byNameAlone(), func(r *RegisterCase) { r.Parties[1].Outsider = true }),
		RefusedInvalid, "parties.1.outsider")
	newLife(t).refuses("petition-clerk1", changed(byNameAlone(), func(r *RegisterCase) { r.Parties[0].Outsider = true }),
		RefusedInvalid, "parties.0.outsider")
	newLife(t).refuses("petition-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].Outsider = true }),
		RefusedInvalid, "parties.1.outsider")

	l := registered(t, "petition-clerk1", aPetition(Accusation))
	nameless := person("P2", PartyAccused)
	l.refuses("petition-leader1", AmendCase{Parties: []Party{nameless}, Reason: "r"}, RefusedRequired, "parties.0.personId")
	outsider := person("P3", PartyAccused)
	outsider.Outsider = true
	l.refuses("petition-clerk1", AmendCase{Parties: []Party{outsider}, Reason: "r"}, RefusedWrongRole, "parties.0.outsider")
	l.does("petition-clerk1", AmendCase{Parties: []Party{person("P3", PartyAccused)}, Reason: "r"})
	require.True(t, l.state.held(), "a second accused is known by name alone")
	l.does("petition-leader1", AmendCase{Parties: []Party{outsider}, Reason: "r"})
	l.does("petition-clerk1", TransferCase{ToUnitID: "discipline", Reason: "r"})
	l.does("discipline-leader1", AcceptCase{})
	l.refuses("discipline-clerk1", AmendCase{Parties: []Party{person("P4", PartyAccused)}, Reason: "r"}, RefusedRequired, "parties.0.personId")
}

func TestWhatAnOfficeMustNotHaveNeverGoesDown(t *testing.T) {
	t.Parallel()
	town := newSmallCity()
	town.add("town-center", UnitCenter, "530402001", "center", []string{"center"}, RoleClerk, RoleManager, RoleLeader)
	command := Command{
		CaseID: "case-1", Actor: city.as("petition-clerk1"),
		Act: changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].PersonID = "petition-clerk2" }),
	}
	rules := Rules{Now: start, Directory: town, Number: "N"}
	events, err := Decide(State{ID: "case-1"}, command, rules)
	require.NoError(t, err)
	require.Equal(t, "center", Fold("case-1", events).ResponsibleUnitID)

	command.Act = byNameAlone()
	events, err = Decide(State{ID: "case-1"}, command, rules)
	require.NoError(t, err)
	held := Fold("case-1", events)
	accused := person("P2", PartyAccused)
	accused.PersonID = "petition-clerk2"
	command.Actor, command.Act = city.as("petition-leader1"), AmendCase{Parties: []Party{accused}, Reason: "r"}
	more, err := Decide(held, command, rules)
	require.NoError(t, err)
	require.Equal(t, "center", Fold("case-1", append(events, more...)).ResponsibleUnitID)
}

func TestTheManagerIsTheHeadWhereThereIsNoLeader(t *testing.T) {
	t.Parallel()
	for unit, want := range map[string]Role{"zone": RoleManager, "petition": RoleLeader, "grid": RoleLeader} {
		head, free := headOf(unit, nil, city)
		require.Equal(t, RoleAt{want, unit}, head)
		require.True(t, free)
	}
	_, free := headOf("petition", []Exclusion{{LeadersOver: "petition"}}, city)
	require.False(t, free)
}

func TestAnAccusationOfAColleagueLiesWhereSomebodyMayKnowOfIt(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].PersonID = "petition-clerk2" }))
	require.Equal(t, "center", l.state.ResponsibleUnitID)
	l.refuses("center-leader1", TransferCase{ToUnitID: "petition", Reason: "r"}, RefusedInterest, "toUnitId")
	l.does("center-leader1", TransferCase{ToUnitID: "discipline", Reason: "r"})
}

func TestWhoeverIsGivenATaskOfANarrowCaseMayKnowOfIt(t *testing.T) {
	t.Parallel()
	knows := func(s State) {
		t.Helper()
		for _, task := range Tasks(s, city) {
			require.Contains(t, Grants(s, city), Grant{PersonID: task.AssigneeID, Role: task.InboxRole, UnitID: task.InboxUnit}, task.ID)
		}
	}
	for _, grade := range []Confidentiality{ConfidentialityNormal, ConfidentialityRestricted, ConfidentialitySealed} {
		l := registered(t, "grid-grid_worker1", changed(aDispute(), func(r *RegisterCase) {
			r.Division, r.Confidentiality = "530402001001", grade
		}))
		knows(l.state)
		l.does("center-leader1", AcceptCase{})
		l.does("center-leader1", AssignCase{PersonID: "center-manager1"})
		knows(l.state)
		l.does("center-manager1", ConcludeInvestigation{Facts: "f", Path: PathClose})
		l.does("center-manager1", RequestClosure{Outcome: OutcomeUnfounded, Summary: "s"})
		knows(l.state)
	}
}
