package leadership

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

// county is a small directory: the city 5304 with leading body, centre and petition office,
// its county 530402 with the same and a bureau, and the township 530402001.
type county struct {
	units  map[string]casefile.Unit
	people map[string]casefile.Person
}

func newCounty() *county {
	c := &county{units: map[string]casefile.Unit{}, people: map[string]casefile.Person{}}
	unit := func(id string, kind casefile.UnitKind, division casefile.Division, supervisor string, roles ...casefile.Role) {
		c.units[id] = casefile.Unit{ID: id, Name: "单位" + id, Kind: kind, Division: division, SupervisingUnitID: supervisor}
		for _, role := range roles {
			person := id + "-" + strings.ToLower(string(role))
			c.people[person] = casefile.Person{ID: person, Name: "王" + person, Roles: []casefile.RoleAt{{Role: role, UnitID: id}}}
		}
	}
	all := []casefile.Role{casefile.RoleClerk, casefile.RoleManager, casefile.RoleLeader, casefile.RoleSupervisor}
	unit("city-center", casefile.UnitCenter, "5304", "", all...)
	unit("city", casefile.UnitLeadingBody, "5304", "city-center", all...)
	unit("center", casefile.UnitCenter, "530402", "city-center", all...)
	unit("county", casefile.UnitLeadingBody, "530402", "center", all...)
	unit("bureau", casefile.UnitBureau, "530402", "center", casefile.RoleClerk, casefile.RoleManager, casefile.RoleLeader)
	unit("town", casefile.UnitTownshipGovernment, "530402001", "center", all...)
	unit("other", casefile.UnitLeadingBody, "530481", "city-center", all...)
	c.people["county-vice"] = casefile.Person{ID: "county-vice", Name: "副职", Roles: []casefile.RoleAt{{Role: casefile.RoleLeader, UnitID: "county"}}}
	return c
}

func (c *county) Division(d casefile.Division) (casefile.DivisionInfo, bool) {
	return casefile.DivisionInfo{Code: d}, d.Valid()
}

func (c *county) Unit(id string) (casefile.Unit, bool) {
	unit, ok := c.units[id]
	return unit, ok
}

func (c *county) Person(id string) (casefile.Person, bool) {
	person, ok := c.people[id]
	return person, ok
}

func (c *county) UnitsAt(d casefile.Division, kind casefile.UnitKind) []casefile.Unit {
	for _, id := range []string{"city-center", "city", "center", "county", "bureau", "town", "other"} {
		if unit := c.units[id]; unit.Division == d && unit.Kind == kind {
			return []casefile.Unit{unit}
		}
	}
	return nil
}

func (c *county) Holders(role casefile.Role, unitID string) []casefile.Person {
	var holders []casefile.Person
	for _, id := range []string{unitID + "-" + strings.ToLower(string(role)), unitID + "-vice"} {
		if person, ok := c.people[id]; ok && person.Holds(role, unitID) {
			holders = append(holders, person)
		}
	}
	return holders
}

func (c *county) SystemUnit(string) (string, bool) { return "", false }

func (c *county) as(personID string) casefile.Actor {
	held := c.people[personID].Roles[0]
	unit := c.units[held.UnitID]
	return casefile.Actor{PersonID: personID, Role: held.Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind}
}

// life takes one package through commands.
type life struct {
	t      testing.TB
	dir    *county
	now    time.Time
	state  State
	events []Event
	cases  map[string]CaseFacts
	law    *casefile.Law
}

var start = time.Date(2026, time.March, 2, 9, 0, 0, 0, casefile.Shanghai)

func newLife(t testing.TB) *life {
	t.Helper()
	l := &life{t: t, dir: newCounty(), now: start, state: State{ID: "pk-1"}, cases: map[string]CaseFacts{}}
	l.has("open", CaseFacts{Standing: casefile.Standing{Version: 5, Open: true}})
	l.has("old", CaseFacts{Standing: casefile.Standing{Version: 30, Concluded: true, Outcome: casefile.OutcomeExplained}})
	return l
}

// has puts a case into the record.
func (l *life) has(id string, facts CaseFacts) {
	facts.Number, facts.Standing.CaseID = "530402-P-2026-"+id, id
	if facts.Division == "" {
		facts.Division = "530402001"
	}
	if facts.ResponsibleUnitID == "" {
		facts.ResponsibleUnitID = "town"
	}
	if facts.Confidentiality == "" {
		facts.Confidentiality = casefile.ConfidentialityNormal
	}
	l.cases[id] = facts
}

func (l *life) rules() Rules {
	return Rules{Now: l.now, Directory: l.dir, Number: "530402-L-2026-0001", Cases: l.cases, Law: l.law}
}

func (l *life) command(who string, act Act, change []func(*Command)) Command {
	command := Command{PackageID: l.state.ID, RequestKey: "key", Actor: casefile.System, Act: act}
	if who != "" {
		command.Actor = l.dir.as(who)
	}
	for _, f := range change {
		f(&command)
	}
	return command
}

// does sends a command that must be taken and returns the types of its events.
func (l *life) does(who string, act Act, change ...func(*Command)) []string {
	l.t.Helper()
	events, err := Decide(l.state, l.command(who, act, change), l.rules())
	require.NoError(l.t, err)
	types := make([]string, len(events))
	for i, event := range events {
		raw, err := json.Marshal(event)
		require.NoError(l.t, err)
		var read Event
		require.NoError(l.t, json.Unmarshal(raw, &read))
		l.state = Apply(l.state, read)
		types[i] = event.Type()
		for _, lang := range []casefile.Language{casefile.Chinese, casefile.English} {
			require.Greater(l.t, len(Sentence(event, l.dir, lang)), 5)
		}
	}
	l.events = append(l.events, events...)
	require.Equal(l.t, StateDigest(Fold(l.state.ID, l.events)), StateDigest(l.state))
	if l.state.Exists() && !l.state.Status.Ended() {
		require.NotEmpty(l.t, Tasks(l.state, l.dir), "somebody has to do something")
	}
	return types
}

func (l *life) refuses(who string, act Act, code casefile.RefusalCode, field string, change ...func(*Command)) *casefile.Refusal {
	l.t.Helper()
	events, err := Decide(l.state, l.command(who, act, change), l.rules())
	var refusal *casefile.Refusal
	require.ErrorAs(l.t, err, &refusal, "%T was taken", act)
	require.Equal(l.t, code, refusal.Code, refusal.Message)
	require.Equal(l.t, field, strings.Join(refusal.Field, "."), refusal.Message)
	require.NotEmpty(l.t, refusal.MessageZH)
	require.Empty(l.t, events)
	return refusal
}

func (l *life) later(days int) { l.now = l.now.AddDate(0, 0, days) }

// passes lets time pass to a day, alarm by alarm, as a shell does.
func (l *life) passes(to time.Time) {
	l.t.Helper()
	for range 200 {
		wake, ok := NextWake(l.state)
		if !ok || wake.After(to) {
			break
		}
		l.now = wake
		require.NotEmpty(l.t, l.does("", PassTime{}), "it was woken for something")
	}
	l.now = to
}

func mandate() Mandate {
	return Mandate{
		Level: casefile.LevelCounty, LeaderID: "county-leader", ResponsibleUnitID: "town",
		TeamIDs: []string{"bureau-manager"}, Title: "title", Reason: "reason",
	}
}

// opened is a package of an open and a long closed case, both told.
func opened(t testing.TB, change ...func(*Mandate)) *life {
	t.Helper()
	l := newLife(t)
	terms := mandate()
	for _, f := range change {
		f(&terms)
	}
	l.does("center-manager", OpenPackage{Mandate: terms, CaseIDs: []string{"open", "old"}})
	l.answered()
	return l
}

// answered lets every case that was asked say yes.
func (l *life) answered() {
	l.t.Helper()
	for _, member := range l.state.Intents() {
		l.does("", NoteAnswer{CaseID: member.CaseID, Intent: member.Intent, Standing: l.cases[member.CaseID].Standing})
	}
}

// stands lets a case tell how it stands now.
func (l *life) stands(caseID string, change func(*casefile.Standing)) []string {
	l.t.Helper()
	facts := l.cases[caseID]
	facts.Standing.Version++
	change(&facts.Standing)
	l.cases[caseID] = facts
	return l.does("", NoteStanding{Standing: facts.Standing})
}

func concluded(s *casefile.Standing) {
	s.Concluded, s.Outcome = true, casefile.OutcomeAgreementWritten
}

func reopened(s *casefile.Standing) { s.Open, s.Concluded, s.Outcome = true, false, "" }

func asked() *Asked {
	score := 4
	return &Asked{Result: casefile.FollowUpAnswered, Satisfaction: &score, Method: casefile.FollowUpPhone}
}

// ready is a package that may be resolved.
func ready(t testing.TB) *life {
	t.Helper()
	l := opened(t)
	l.stands("open", concluded)
	l.does("bureau-manager", RecordPackageReview{Progress: "p", Help: "h", Members: []MemberReview{
		{CaseID: "open", Asked: asked()}, {CaseID: "old", Outcome: casefile.OutcomeExplained, Asked: asked()},
	}})
	return l
}
