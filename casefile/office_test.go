package casefile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A small city for tests: every kind of unit that the rules look at, and enough people for
// every rule of two persons.
//
//	5304 city:      center, petition, discipline
//	530402 county:  center, petition, discipline, bureau, committee, court; local 530490
//	530402001 town: government; village …001001 with a grid station
//	530403:         another county's center
type smallCity struct {
	divisions map[Division]DivisionInfo
	units     map[string]Unit
	people    map[string]Person
	ids       []string            // of people, sorted
	at        map[string][]string // the people of a unit, sorted
	actors    map[string]Actor
}

func (c *smallCity) Division(d Division) (DivisionInfo, bool) {
	info, ok := c.divisions[d]
	return info, ok
}

func (c *smallCity) Unit(id string) (Unit, bool) {
	unit, ok := c.units[id]
	return unit, ok
}

func (c *smallCity) Person(id string) (Person, bool) {
	person, ok := c.people[id]
	return person, ok
}

func (c *smallCity) UnitsAt(d Division, kind UnitKind) []Unit {
	var units []Unit
	for _, id := range sortedKeys(c.units) {
		if unit := c.units[id]; unit.Division == d && unit.Kind == kind {
			units = append(units, unit)
		}
	}
	return units
}

func (c *smallCity) Holders(role Role, unitID string) []Person {
	var people []Person
	for _, id := range c.at[unitID] {
		if c.people[id].Holds(role, unitID) {
			people = append(people, c.people[id])
		}
	}
	return people
}

func (c *smallCity) SystemUnit(system string) (string, bool) {
	if system == "12345-5304" {
		return "city-center", true
	}
	return "", false
}

// city is shared by all tests; nobody writes to it.
var city = newSmallCity()

func newSmallCity() *smallCity {
	c := &smallCity{divisions: map[Division]DivisionInfo{}, units: map[string]Unit{}, people: map[string]Person{}}
	for _, code := range []Division{
		"53", "5304", "530402", "530402001", "530402001001", "530402001002", "530402001001001",
		"530402002", "530402002001", "530403", "530403001",
	} {
		c.divisions[code] = DivisionInfo{Code: code, Name: "区划" + string(code)}
	}
	c.divisions["530490"] = DivisionInfo{Code: "530490", Name: "开发区", Local: true, Members: []Division{"530402002"}}
	full := []Role{RoleClerk, RoleClerk, RoleInvestigator, RoleInvestigator, RoleMediator, RoleMediator, RoleManager, RoleLeader, RoleSupervisor}
	c.add("city-leading", UnitLeadingBody, "5304", "", nil, RoleManager, RoleLeader)
	c.add("city-center", UnitCenter, "5304", "city-leading", []string{"city-leading"}, append(full, RoleAdmin)...)
	c.add("city-petition", UnitPetitionOffice, "5304", "city-center", []string{"city-leading"}, full...)
	c.add("city-discipline", UnitDiscipline, "5304", "city-center", nil, full...)
	c.add("center", UnitCenter, "530402", "city-center", []string{"city-center"}, append(full, RoleAdmin, RoleAnalyst, RoleIntegration)...)
	c.add("petition", UnitPetitionOffice, "530402", "city-petition", []string{"city-petition"}, full...)
	c.add("discipline", UnitDiscipline, "530402", "center", []string{"city-discipline"}, full...)
	c.add("bureau", UnitBureau, "530402", "center", []string{"government"}, RoleClerk, RoleInvestigator, RoleMediator, RoleManager, RoleLeader)
	c.add("desk", UnitBureau, "530402", "center", []string{"bureau"}, RoleClerk)
	c.add("committee", UnitMediationCommittee, "530402001", "center", nil, RoleMediator, RoleMediator, RoleManager)
	c.add("medical", UnitIndustryCommittee, "530402", "center", nil, RoleClerk, RoleMediator, RoleMediator, RoleManager, RoleLeader)
	c.add("court", UnitCourt, "530402", "center", nil, RoleClerk)
	c.add("government", UnitTownshipGovernment, "530402001", "center", nil, RoleClerk, RoleManager, RoleLeader)
	c.add("grid", UnitGridStation, "530402001001001", "center", nil, RoleGridWorker, RoleGridWorker)
	c.add("zone", UnitCenter, "530490", "center", nil, RoleClerk, RoleManager)
	c.add("other-center", UnitCenter, "530403", "city-center", nil, RoleClerk, RoleManager, RoleGridWorker)
	c.settle()
	return c
}

// settle makes what is looked up of the units and people.
func (c *smallCity) settle() {
	c.ids = sortedKeys(c.people)
	c.at, c.actors = map[string][]string{}, map[string]Actor{}
	for _, id := range c.ids {
		unit := c.units[c.people[id].Roles[0].UnitID]
		c.at[unit.ID] = append(c.at[unit.ID], id)
		c.actors[id] = Actor{
			PersonID: id, Role: c.people[id].Roles[0].Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind,
		}
	}
}

func (c *smallCity) add(id string, kind UnitKind, division Division, supervising string, superiors []string, roles ...Role) {
	c.units[id] = Unit{
		ID: id, Name: "单位" + id, Kind: kind, Division: division,
		SupervisingUnitID: supervising, SuperiorUnitIDs: superiors,
	}
	number := map[Role]int{}
	for _, role := range roles {
		number[role]++
		person := fmt.Sprintf("%s-%s%d", id, strings.ToLower(string(role)), number[role])
		c.people[person] = Person{ID: person, Name: "王" + person, Roles: []RoleAt{{role, id}}}
	}
}

// as is somebody of the small city, acting in their first role.
func (c *smallCity) as(personID string) Actor {
	actor, ok := c.actors[personID]
	if !ok {
		panic("nobody is called " + personID)
	}
	return actor
}

// start is a quiet Tuesday morning.
var start = time.Date(2026, time.March, 3, 9, 30, 0, 0, Shanghai)

// life is one case on its way through the rules, with every invariant checked at each step.
type life struct {
	t      *testing.T
	now    time.Time
	state  State
	events []Event
	law    *Law // nil is the one that the program brings along
	number string
	dir    *smallCity // nil is the small city
	// endHeld says that a report of retaliation holds back the end.
	endHeld bool
}

func newLife(t *testing.T) *life {
	t.Helper()
	return &life{t: t, now: start, state: State{ID: "case-1"}, number: "530402-D-2026-000001"}
}

type with func(*Command)

func effective(at time.Time) with     { return func(c *Command) { c.EffectiveAt = at } }
func because(reason TextID) with      { return func(c *Command) { c.BackdatingReason = reason } }
func expecting(version int) with      { return func(c *Command) { c.ExpectedVersion = &version } }
func (l *life) later(d time.Duration) { l.now = l.now.Add(d) }

func (l *life) office() *smallCity {
	if l.dir == nil {
		return city
	}
	return l.dir
}

func (l *life) rules() Rules {
	return Rules{Now: l.now, Directory: l.office(), Law: l.law, Number: l.number, EndHeld: l.endHeld}
}

func (l *life) command(who string, act Act, options []with) Command {
	command := Command{
		CaseID: l.state.ID, RequestKey: fmt.Sprintf("key-%d", len(l.events)), InputDigest: "digest",
		RequestID: "request", Act: act,
	}
	if who == "" {
		command.Actor = System
	} else {
		command.Actor = l.office().as(who)
	}
	for _, option := range options {
		option(&command)
	}
	return command
}

// does carries out an act that must be taken; an empty who is the system.
func (l *life) does(who string, act Act, options ...with) []Event {
	l.t.Helper()
	command := l.command(who, act, options)
	events, err := Decide(l.state, command, l.rules())
	require.NoError(l.t, err)
	after := l.state
	for _, event := range events {
		after = Apply(after, event)
	}
	require.NoError(l.t, checkStep(l.state, l.events, command, events, after, l.office()))
	l.state = after
	l.events = append(l.events, events...)
	l.later(time.Minute)
	return events
}

// refuses wants an act refused with a code on a field, and nothing changed.
func (l *life) refuses(who string, act Act, code RefusalCode, field string, options ...with) *Refusal {
	l.t.Helper()
	before := StateDigest(l.state)
	events, err := Decide(l.state, l.command(who, act, options), l.rules())
	require.Empty(l.t, events)
	var refusal *Refusal
	require.ErrorAs(l.t, err, &refusal)
	require.Equal(l.t, code, refusal.Code, refusal.Error())
	require.Equal(l.t, field, strings.Join(refusal.Field, "."), refusal.Error())
	require.NotEmpty(l.t, refusal.Message)
	require.NotEmpty(l.t, refusal.MessageZH)
	require.Equal(l.t, inChinese(refusal.MessageZH), refusal.MessageZH, "Chinese throughout")
	require.Equal(l.t, before, StateDigest(l.state))
	return refusal
}

func (l *life) types(events []Event) []string {
	types := make([]string, len(events))
	for i, event := range events {
		types[i] = event.Type()
	}
	return types
}

func (l *life) at(stage Stage) {
	l.t.Helper()
	require.Equal(l.t, stage, l.state.Stage)
}

func person(id string, role PartyRole) Party {
	return Party{ID: id, Role: role, Kind: NaturalPerson, Content: TextID("who-" + id), Named: true}
}

func aDispute() RegisterCase {
	return RegisterCase{
		Kind: Dispute, Source: SourceWalkIn, Division: "530402001", Category: "D-NEIGHBOUR",
		Title: "title", Narrative: "narrative", Claims: []TextID{"claim"},
		Parties: []Party{person("P1", PartyApplicant), person("P2", PartyRespondent)},
	}
}

func aPetition(petition PetitionType) RegisterCase {
	register := aDispute()
	register.Kind, register.PetitionType, register.Category = Petition, petition, "P-URBAN-PROPERTY"
	register.Claims = []TextID{"claim one", "claim two"}
	register.Parties = []Party{person("P1", PartyPetitioner)}
	if petition == Accusation {
		register.Parties = append(register.Parties, person("P2", PartyAccused))
		register.Parties[1].PersonID = "court-clerk1"
	}
	return register
}

// byNameAlone is an accusation of somebody of whom nothing but a name is known.
func byNameAlone() RegisterCase {
	return changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].PersonID = "" })
}

// pointer takes the address of a value.
func pointer[T any](value T) *T { return &value }

// registered is a new case at its office.
func registered(t *testing.T, who string, act RegisterCase) *life {
	t.Helper()
	l := newLife(t)
	l.does(who, act)
	return l
}

// investigated is a case whose handler is at work.
func investigated(t *testing.T, who string, act RegisterCase, handler string) *life {
	t.Helper()
	l := registered(t, who, act)
	unit := l.state.ResponsibleUnitID
	l.does(unit+"-clerk1", AcceptCase{})
	l.does(unit+"-manager1", AssignCase{PersonID: handler})
	return l
}

// mediated is a dispute with an open mediation.
func mediated(t *testing.T, kind MediationType) *life {
	t.Helper()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: kind})
	return l
}

// concluded is a dispute with a written agreement.
func concluded(t *testing.T) *life {
	t.Helper()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", RecordSession{Minutes: "minutes"})
	l.does("center-mediator1", ConcludeMediation{
		Outcome: MediationAgreementWritten, Agreement: "agreement", SignedAt: l.now,
		AgreedAmount: pointer(int64(120_000)),
	})
	return l
}

// requested is a dispute whose closure waits for a second person.
func requested(t *testing.T) *life {
	t.Helper()
	l := concluded(t)
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "summary"})
	return l
}

// evaluated is a dispute whose parties are being asked.
func evaluated(t *testing.T) *life {
	t.Helper()
	l := requested(t)
	l.does("center-manager1", VerifyClosure{})
	return l
}

// closed is a dispute that went all the way.
func closed(t *testing.T) *life {
	t.Helper()
	l := evaluated(t)
	for _, party := range []string{"P1", "P2"} {
		l.does("center-clerk2", satisfied(party))
	}
	return l
}

func satisfied(party string) RecordFollowUp {
	return RecordFollowUp{PartyID: party, Result: FollowUpAnswered, Satisfaction: pointer(5), Method: FollowUpPhone}
}

func TestTheSmallCityIsConsistent(t *testing.T) {
	t.Parallel()
	for _, id := range sortedKeys(city.units) {
		unit := city.units[id]
		for _, other := range append(slices.Clone(unit.SuperiorUnitIDs), unit.SupervisingUnitID) {
			if other != "" {
				require.Contains(t, city.units, other, "of %s", id)
			}
		}
		require.Contains(t, city.divisions, unit.Division, "of %s", id)
	}
}
