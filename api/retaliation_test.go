package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// Around an appeal that the land bureau handles: its leader is said to retaliate.
const (
	landLeader  = "p-530402-land-leader-1"
	landHandler = "p-530402-land-investigator-1" // handles the appeal, and works for the one named
	landClerk   = "p-530402-land-clerk-1"
	lineLeader  = "p-530402-leading-leader-1" // of the government that the bureau belongs to
)

// withoutPart are people who are no part of the report, in each situation that there is.
var withoutPart = map[string]string{
	"the one named":                         landLeader,
	"the handler, their subordinate":        landHandler,
	"a subordinate without a part":          landClerk,
	"a line leader":                         lineLeader,
	"another office of the county":          petitionHead,
	"a colleague of the reporter":           "p-530402-petition-clerk-2",
	"the supervising unit's clerk":          clerk,
	"the supervising unit's manager":        manager,
	"the supervising unit's supervisor":     "p-530402-center-supervisor-1",
	"the centre of the level above":         "p-5304-center-leader-1",
	"the level above the one named":         "p-5304-land-leader-1",
	"a supervisor of the whole sub-tree":    "p-5304-center-supervisor-1",
	"another county":                        "p-530403-center-leader-1",
	"an analyst":                            "p-530402-center-analyst-1",
	"the discipline office of the county":   "p-530402-discipline-leader-1",
	"the petition office of the next level": "p-5304-petition-leader-1",
}

// everyEdge is all that can be asked about a case and of lists, worklists and figures.
const everyEdge = `query($x: ID!, $r: ID!, $number: String!, $parts: [ID!]!) {
	about: node(id: $x) { ... on Case { version stage overdue allowedCommands title narrative round
		nextDeadline { id } parties { id name } deadlines { id step status dueAt explanation { text } } tasks { id kind }
		links { kind number } supervisionOrders { id } documents { id } followUps { id } retaliation { method number }
		timeline(first: 100) { edges { cursor node { id seq type text texts { text } } } }
		asOf(at: "2026-03-10T02:00:00Z") { version stage deadlines { id } } } }
	report: node(id: $r) { id } byNumber: case(number: $number) { id } parts: nodes(ids: $parts) { id }
	cases(first: 100) { totalCount edges { cursor node { id number version } } }
	sealed: cases(first: 100, filter: {category: "P-DISCIPLINE-CONDUCT"}) { totalCount edges { cursor } }
	due: cases(first: 100, orderBy: DUE_AT_ASC) { edges { node { id } } }
	deadlines(first: 100) { totalCount edges { cursor node { id } } }
	inbox(first: 100) { totalCount edges { cursor node { id kind case { id } } } }
	supervisionOrders(first: 100) { totalCount edges { cursor node { id } } }
	statistics(input: {division: "530402", from: "2026-03-01", to: "2026-03-31", basis: REGISTERED_IN, groupBy: [CATEGORY]}) {
		rows { key counts { registered concluded closed open overdue people } } }
	flow: statistics(input: {division: "5304", from: "2026-03-01", to: "2026-03-31"}) { rows { counts { registered open closed } } }
}`

type reportScene struct {
	*office
	about, report string // opaque ids
	number        string
}

// edges is every edge as somebody sees it, as JSON.
func (s reportScene) edges(who string) string {
	s.t.Helper()
	key := s.key()
	got := s.ask(who, everyEdge, map[string]any{"x": s.about, "r": s.report, "number": s.number, "parts": []string{
		schema.SubID("Party", key, "NAMED"), schema.SubID("Deadline", key, "D1"), schema.SubID("Event", key, "1"),
		schema.SubID("Task", key, "answer-retaliation"), schema.SubID("SupervisionOrder", key, "U1"),
	}})
	require.NotEmpty(s.t, got.Data)
	return string(got.Data)
}

func (s reportScene) key() string {
	s.t.Helper()
	id, err := schema.ParseNodeID(s.report)
	require.NoError(s.t, err)
	return id.Key
}

// appealAtTheBureau is an appeal that the land bureau has accepted and handles.
func appealAtTheBureau(t *testing.T) (*office, payload) {
	t.Helper()
	o := open(t)
	registered := o.do(petitionClerk, "registerCase", petition("appeal"))
	id := registered.Case.ID
	o.mutate(petitionClerk, "transferCase", o.on(id, map[string]any{"toUnitId": schema.GlobalID("Unit", "u-530402-land"), "reason": "转送"}))
	o.do(landClerk, "acceptCase", o.on(id, nil))
	o.do("p-530402-land-manager-1", "assignCase", o.on(id, map[string]any{"personId": person(landHandler)}))
	return o, registered
}

func against(partyID string, named map[string]any) map[string]any {
	input := map[string]any{"partyId": partyID, "narrative": "信访后被无故停发补助", "method": "ON_SITE"}
	for name, value := range named {
		input[name] = value
	}
	return input
}

func TestAReportOfRetaliationIsSeenWholeOrNotAtAllOnEveryEdge(t *testing.T) {
	t.Parallel()
	o, appeal := appealAtTheBureau(t)
	input := o.on(appeal.Case.ID, against(appeal.Case.Parties[0].ID, map[string]any{"personId": person(landLeader)}))
	// Where the report will be is known beforehand, so that the same is asked before and after.
	aboutID, err := schema.ParseNodeID(appeal.Case.ID)
	require.NoError(t, err)
	reportKey := casefile.CaseIDOfRetaliation(aboutID.Key, api.RequestKeyOf(petitionClerk, input["clientMutationId"].(string)))
	scene := reportScene{o, appeal.Case.ID, schema.GlobalID("Case", reportKey), "530402-P-2026-000002"}
	before := map[string]string{}
	for situation, who := range withoutPart {
		before[situation] = scene.edges(who)
	}

	reported := o.do(petitionClerk, "reportRetaliation", input)
	require.Equal(t, scene.report, reported.Case.ID)
	require.Equal(t, scene.number, reported.Case.Number)
	for situation, who := range withoutPart {
		require.JSONEq(t, before[situation], scene.edges(who), "%s learns something", situation)
		for _, mutation := range []string{"addNote", "answerRetaliation", "verifyClosure"} {
			fields := map[string]map[string]any{
				"addNote": {"text": "x"}, "answerRetaliation": {"finding": "NOT_CONFIRMED", "measures": "x"}, "verifyClosure": {},
			}[mutation]
			require.Equal(t, "NO_SUCH_CASE", o.mutate(who, mutation, o.on(scene.report, fields)).UserErrors[0].Code, situation)
		}
	}
	attempts, err := o.store.AccessAttempts(t.Context(), scene.key())
	require.NoError(t, err)
	tried := map[string]bool{}
	for _, attempt := range attempts {
		tried[attempt.PersonID] = true
	}
	require.Equal(t, map[string]bool{
		landLeader: true, landHandler: true, landClerk: true, lineLeader: true, "p-5304-land-leader-1": true,
	}, tried)

	for _, who := range []string{petitionClerk, leader} {
		seen := scene.edges(who)
		require.Contains(t, seen, scene.number, who)
		require.NotContains(t, seen, `"report":null`, who)
		require.NotContains(t, seen, `"byNumber":null`, who)
	}
	require.Contains(t, scene.edges(leader), "ANSWER_RETALIATION")

	// The feed's subscribers are told apart by the same grants and exclusions.
	sights, err := o.store.Sights(t.Context(), []string{scene.key()}, nil)
	require.NoError(t, err)
	follows := func(who string) bool {
		somebody, known := directory.Development().Person(who)
		require.True(t, known, who)
		return store.NewSeer(store.NewViewer(directory.Development(), somebody)).Case(sights.Cases[scene.key()])
	}
	for situation, who := range withoutPart {
		require.False(t, follows(who), situation)
	}
	require.True(t, follows(petitionClerk))
	require.True(t, follows(leader))
	read := data[struct {
		Node struct {
			Title, Narrative string
			AllowedCommands  []string
			Parties          []struct{ Role, Name string }
			Retaliation      struct {
				Number, Method string
				About          struct{ ID string }
			}
			Timeline struct {
				Edges []struct{ Node struct{ Text string } }
			}
		}
	}](o, leader, `query($id: ID!) { node(id: $id) { ... on Case { title narrative allowedCommands parties { role name }
		retaliation { number method about { id } } timeline(first: 1) { edges { node { text(language: ZH_CN) } } } } } }`,
		map[string]any{"id": scene.report}).Node
	require.Equal(t, "信访后被无故停发补助", read.Narrative)
	require.Equal(t, "赵敏", read.Parties[0].Name, "read under the key of the case that it is about")
	require.Equal(t, appeal.Case.Number, read.Retaliation.Number)
	require.Equal(t, appeal.Case.ID, read.Retaliation.About.ID)
	require.Contains(t, read.Timeline.Edges[0].Node.Text, "登记打击报复反映")
	require.Equal(t, []string{"addNote", "amendCase", "answerRetaliation", "attachDocument"}, read.AllowedCommands)
}

func TestAReportThatIsNotAnsweredInTimeIsSeenByTheLevelAboveAndByNobodyElse(t *testing.T) {
	t.Parallel()
	o, appeal := appealAtTheBureau(t)
	reported := o.do(petitionClerk, "reportRetaliation",
		o.on(appeal.Case.ID, against(appeal.Case.Parties[0].ID, map[string]any{"unitId": schema.GlobalID("Unit", "u-530402-land")})))
	scene := reportScene{o, appeal.Case.ID, reported.Case.ID, reported.Case.Number}
	o.now = o.now.Add(30 * 24 * time.Hour)
	_, err := o.commander.Do(t.Context(), casefile.Command{CaseID: scene.key(), Actor: casefile.System, Act: casefile.PassTime{}})
	require.NoError(t, err)
	state, err := o.store.State(t.Context(), scene.key())
	require.NoError(t, err)
	require.Len(t, state.Orders, 1)
	require.Equal(t, "u-5304-center", state.Orders[0].IssuedByUnitID)
	for situation, who := range withoutPart {
		seen := scene.edges(who)
		if strings.HasPrefix(who, "p-5304-center-") {
			continue // the level above, which chases
		}
		require.Contains(t, seen, `"report":null`, situation)
		require.NotContains(t, seen, scene.number, situation)
		require.NotContains(t, seen, scene.report, situation)
	}
	require.Contains(t, scene.edges("p-5304-center-leader-1"), scene.number)
}

func TestNoEndIsVerifiedUntilTheReportIsAnsweredAndNobodyIsToldWhy(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("held-back"))
	id, party := registered.Case.ID, registered.Case.Parties[0].ID
	o.do(clerk, "declineCase", o.on(id, map[string]any{"reason": "NOT_COMPETENT", "explanation": "不属本单位职权", "goTo": "人民法院"}))
	input := o.on(id, against(party, map[string]any{"personId": person(mediator)}))
	reported := o.do(clerk, "reportRetaliation", input)
	again := o.do(clerk, "reportRetaliation", input)
	require.Equal(t, reported.Case.ID, again.Case.ID, "the same request acts once")
	other := map[string]any{}
	for name, value := range input {
		other[name] = value
	}
	other["narrative"] = "另一情况"
	require.Equal(t, "CONFLICT", o.mutate(clerk, "reportRetaliation", other).UserErrors[0].Code)

	refused := o.mutate(leader, "verifyClosure", o.on(id, nil))
	require.Equal(t, "INCOMPLETE", refused.UserErrors[0].Code)
	require.Equal(t, "the case cannot end yet: another matter has to be settled first", refused.UserErrors[0].Message)
	commands := func() []string {
		return data[sight](o, leader, lookAt, map[string]any{"id": id, "number": registered.Case.Number}).Node.AllowedCommands
	}
	require.NotContains(t, commands(), "verifyClosure")
	require.Contains(t, commands(), "rejectClosure")

	// The centre's own line is kept out, so the petition office beside it looks into it.
	o.do(petitionHead, "answerRetaliation", o.on(reported.Case.ID, map[string]any{"finding": "CONFIRMED", "measures": "责令改正并赔礼道歉"}))
	require.Equal(t, "SAME_PERSON", o.mutate(petitionHead, "verifyClosure", o.on(reported.Case.ID, nil)).UserErrors[0].Code)
	require.NotContains(t, commands(), "verifyClosure", "a second person has not agreed yet")
	require.Empty(t, o.mutate("p-530402-petition-manager-1", "verifyClosure", o.on(reported.Case.ID, nil)).UserErrors)
	require.NotContains(t, commands(), "verifyClosure", "whoever reported it has not been told yet")
	o.serveAnswer(reported.Case.ID)
	require.Contains(t, commands(), "verifyClosure")
	o.do(leader, "verifyClosure", o.on(id, nil))
	findings, err := o.store.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestWhoeverWorksForTheOneNamedMayTakeTheReportDownAndDoesNotSeeIt(t *testing.T) {
	t.Parallel()
	o, appeal := appealAtTheBureau(t)
	input := o.on(appeal.Case.ID, against(appeal.Case.Parties[0].ID, map[string]any{"personId": person(landLeader)}))
	for range 2 {
		reported := o.mutate(landClerk, "reportRetaliation", input)
		require.Empty(t, reported.UserErrors)
		require.Nil(t, reported.Case)
	}
	self := o.on(appeal.Case.ID, against(appeal.Case.Parties[0].ID, map[string]any{"personId": person(landLeader)}))
	self["clientMutationId"] = "self"
	require.Equal(t, "CONFLICT_OF_INTEREST", o.mutate(landLeader, "reportRetaliation", self).UserErrors[0].Code)
	for field, value := range map[string]any{"personId": "", "narrative": " "} {
		bad := o.on(appeal.Case.ID, against(appeal.Case.Parties[0].ID, map[string]any{"personId": person(landLeader)}))
		bad["clientMutationId"], bad[field] = "bad "+field, value
		require.Equal(t, "REQUIRED", o.mutate(petitionClerk, "reportRetaliation", bad).UserErrors[0].Code, field)
	}
}

func TestAReportAboutAMergedCaseHoldsTheOneThatGoesOn(t *testing.T) {
	t.Parallel()
	o := open(t)
	older := o.do(clerk, "registerCase", dispute("d-1")).Case
	o.now = o.now.Add(time.Hour)
	younger := o.do(otherClerk, "registerCase", dispute("d-2")).Case
	o.do(clerk, "mergeCase", o.on(older.ID, map[string]any{"otherCaseId": younger.ID, "reason": "同一纠纷"}))
	held := func() []string {
		return data[sight](o, leader, lookAt, map[string]any{"id": older.ID, "number": older.Number}).Node.AllowedCommands
	}
	report := func(key string) string {
		input := o.on(younger.ID, against(younger.Parties[0].ID, map[string]any{"personId": person(mediator)}))
		input["clientMutationId"] = key
		return o.do(otherClerk, "reportRetaliation", input).Case.ID
	}
	answer := func(id, key string) {
		o.do(petitionHead, "answerRetaliation", o.on(id, map[string]any{"finding": "NOT_CONFIRMED", "measures": "经核查不属实"}))
		require.Empty(t, o.mutate("p-530402-petition-manager-1", "verifyClosure", o.on(id, nil)).UserErrors, key)
		o.serveAnswer(id)
	}
	// While the merger waits, neither case ends; the younger one's merger is not verified.
	first := report("before the merger")
	require.Equal(t, "INCOMPLETE", o.mutate(manager, "verifyClosure", o.on(younger.ID, nil)).UserErrors[0].Code)
	answer(first, "first")
	waiting := o.do(manager, "verifyClosure", o.on(younger.ID, nil)).Case
	ended := o.do(clerk, "recordService", o.on(younger.ID, map[string]any{
		"documentId": waiting.Documents[0].ID, "partyId": younger.Parties[0].ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
	})).Case
	require.Equal(t, "MERGED", ended.Stage)

	second := report("after the merger")
	o.do(clerk, "declineCase", o.on(older.ID, map[string]any{"reason": "NOT_COMPETENT", "explanation": "不属本单位职权", "goTo": "人民法院"}))
	require.NotContains(t, held(), "verifyClosure", "what was merged goes on here")
	answer(second, "second")
	require.Contains(t, held(), "verifyClosure")
}

// serveAnswer tells whoever reported retaliation what was answered; the report ends by that.
func (o *office) serveAnswer(reportID string) {
	o.t.Helper()
	type notices struct {
		Node struct {
			Documents []struct {
				ID         string
				Served     bool
				Recipients []struct{ ID string }
			}
		}
	}
	read := data[notices](o, petitionHead, `query($id: ID!) { node(id: $id) { ... on Case { documents { id served recipients { id } } } } }`, map[string]any{"id": reportID})
	for _, notice := range read.Node.Documents {
		for _, party := range notice.Recipients {
			if !notice.Served {
				served := o.mutate(petitionHead, "recordService", o.on(reportID, map[string]any{
					"documentId": notice.ID, "partyId": party.ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
				}))
				require.Empty(o.t, served.UserErrors)
			}
		}
	}
}
