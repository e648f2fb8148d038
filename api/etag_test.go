package api_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

// polled is one query that somebody asks again and again by GET.
type polled struct {
	person, query string
	etag, body    string
}

// poll asks again with the ETag of the last answer.
func (o *office) poll(p *polled) (status int, body string) {
	o.t.Helper()
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodGet, o.server.URL+"/graphql?"+url.Values{"query": {p.query}}.Encode(), nil)
	require.NoError(o.t, err)
	request.Header.Set("Authorization", "Bearer "+o.token(p.person))
	request.Header.Set("Accept-Language", "en")
	if p.etag != "" {
		request.Header.Set("If-None-Match", p.etag)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(o.t, err)
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	require.NoError(o.t, err)
	if response.StatusCode == http.StatusOK {
		p.etag, p.body = response.Header.Get("ETag"), string(raw)
	}
	return response.StatusCode, string(raw)
}

// polledQueries are ways to read, over everything that changes.
var polledQueries = map[string]string{
	"list": `{ cases(first: 100) { totalCount edges { node { id number title stage outcome version responsibleUnit { name } handler { name }
		parties { name phone masked } claims { text } deadlines { label dueAt status recomputing } links { kind number case { title } } repeats
		timeline(last: 3) { edges { node { type at text } } } } } } }`,
	"overdue":    `{ cases(first: 100, filter: {overdue: true}) { edges { node { number } } } }`,
	"inbox":      `{ inbox(first: 100) { totalCount edges { node { kind label case { number title } deadline { dueAt warned status } } } } }`,
	"deadlines":  `{ deadlines(first: 100) { edges { node { label status dueAt } } } }`,
	"statistics": `{ statistics(input: {division: "53", from: "2026-01-01", to: "2026-12-31", basis: REGISTERED_IN, groupBy: [DIVISION]}) { rows { key counts { registered open overdue } durations { stage n } } } }`,
	"counts":     `{ viewer { person { name roles { role } } counts { inbox overdue proposedPackages } } }`,
	"orders":     `{ supervisionOrders(first: 50) { edges { node { orderStatus } } } leadershipPackages(first: 50) { edges { node { number } } } }`,
	"people":     `{ procedures { code } units(first: 20, division: "530402") { edges { node { name people { name } } } } }`,
}

func TestAnAnswerThatIsSaidToStandIsTheOneThatWouldBeGivenNow(t *testing.T) {
	t.Parallel()
	o := open(t)
	random := rand.New(rand.NewPCG(20260310, 4))
	elsewhere := "p-530423-center-manager-1"
	var asked []*polled
	for _, who := range []string{clerk, manager, "p-53-center-supervisor-1", elsewhere} {
		for _, query := range polledQueries {
			asked = append(asked, &polled{person: who, query: query})
		}
	}
	stood, moved := 0, 0
	check := func(what string) {
		t.Helper()
		for _, p := range asked {
			status, _ := o.poll(p)
			if status != http.StatusNotModified {
				require.Equal(t, http.StatusOK, status, "%s: %s", p.query, p.body)
				require.NotEmpty(t, p.etag, "%s: %s", p.query, p.body)
				moved++
				continue
			}
			stood++
			fresh := &polled{person: p.person, query: p.query}
			o.poll(fresh)
			require.JSONEq(t, fresh.body, p.body, "after %s, %s was told that nothing changed in %s", what, p.person, p.query)
		}
	}
	check("the beginning")
	var cases []payload
	someCase := func() *payload { return &cases[random.IntN(len(cases))] }
	steps := []struct {
		name string
		do   func()
	}{
		{"a registration", func() { cases = append(cases, o.do(clerk, "registerCase", dispute(fmt.Sprint("etag-", len(cases))))) }},
		{"a petition", func() { o.do(clerk, "registerCase", petition(fmt.Sprint("etag-p-", o.commander.Sent))) }},
		{"an acceptance", func() { o.mutate(clerk, "acceptCase", o.on(someCase().Case.ID, nil)) }},
		{"an assignment", func() {
			o.mutate(manager, "assignCase", o.on(someCase().Case.ID, map[string]any{"personId": person(mediator)}))
		}},
		{"a note", func() {
			o.mutate(clerk, "addNote", o.on(someCase().Case.ID, map[string]any{"text": "电话已通知"}))
		}},
		{"an amendment", func() {
			o.mutate(clerk, "amendCase", o.on(someCase().Case.ID, map[string]any{"title": fmt.Sprint("更正标题", o.commander.Sent), "reason": "笔误"}))
		}},
		{"a transfer", func() {
			o.mutate(clerk, "transferCase", o.on(someCase().Case.ID, map[string]any{"toUnitId": schema.GlobalID("Unit", "u-530423-center"), "reason": "属地管辖"}))
		}},
		{"a withdrawal", func() {
			one := someCase().Case
			o.mutate(clerk, "withdrawCase", o.on(one.ID, map[string]any{"partyId": one.Parties[0].ID, "how": "ON_SITE", "request": "自愿撤回", "reason": "和解"}))
		}},
		{"a verification", func() { o.mutate(manager, "verifyClosure", o.on(someCase().Case.ID, nil)) }},
		{"a new colleague", func() {
			o.administer(admin, "savePerson", map[string]any{"clientMutationId": fmt.Sprint("n", o.commander.Sent, random.IntN(1000)), "name": fmt.Sprint("王静", random.IntN(1000))})
		}},
		{"an erasure", func() {
			id, err := schema.ParseNodeID(someCase().Case.ID)
			require.NoError(t, err)
			require.NoError(t, o.store.EraseTexts(t.Context(), id.Key))
		}},
		{"a sum of the statistics", func() {
			_, err := o.store.SumStatistics(t.Context())
			require.NoError(t, err)
		}},
		{"some hours", func() { o.now = o.now.Add(time.Duration(random.IntN(30)) * time.Hour) }},
		{"nothing", func() {}},
	}
	steps[0].do()
	for range 20 {
		step := steps[random.IntN(len(steps))]
		step.do()
		check(step.name)
	}
	t.Logf("%d answers stood, %d were made anew", stood, moved)
	require.Greater(t, stood, moved/2, "an ETag must be of use")
	require.Greater(t, moved, len(asked)+20, "each is made once, and what moves again")
}

func TestOtherCountiesLeaveAClerksAnswersStanding(t *testing.T) {
	t.Parallel()
	o := open(t)
	mine := &polled{person: clerk, query: polledQueries["list"]}
	wide := &polled{person: "p-53-center-supervisor-1", query: polledQueries["list"]}
	o.do(clerk, "registerCase", dispute("mine"))
	o.poll(mine)
	o.poll(wide)
	for i := range 20 {
		there := dispute(fmt.Sprint("there-", i))
		there["division"] = "530423"
		o.do("p-530423-center-clerk-1", "registerCase", there)
	}
	status, _ := o.poll(mine)
	require.Equal(t, http.StatusNotModified, status)
	status, _ = o.poll(wide)
	require.Equal(t, http.StatusOK, status, "the province reads of them")
	o.do(clerk, "registerCase", dispute("mine-too"))
	status, _ = o.poll(mine)
	require.Equal(t, http.StatusOK, status)
}

func TestFiguresOfAProvinceThatCameOutTheSameAreNotSentAgain(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("figures")).Case
	figures := &polled{person: "p-53-center-supervisor-1", query: polledQueries["statistics"]}
	o.poll(figures)
	o.mutate(clerk, "addNote", o.on(registered.ID, map[string]any{"text": "电话已通知"}))
	status, body := o.poll(figures)
	require.Equal(t, http.StatusNotModified, status, "a note is in no figure")
	require.Empty(t, body)
	o.do(clerk, "registerCase", dispute("figures-2"))
	status, body = o.poll(figures)
	require.Equal(t, http.StatusOK, status, body)
}

func TestALookAtAClosedCaseIsRecordedEachTime(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("looked-at")).Case
	p := &polled{person: "p-530423-center-clerk-1", query: fmt.Sprintf(`{ node(id: %q) { id } }`, registered.ID)}
	status, body := o.poll(p)
	require.Equal(t, http.StatusOK, status)
	require.JSONEq(t, `{"data":{"node":null}}`, body)
	require.Empty(t, p.etag, "what is not there may be closed to the viewer: each look counts")
}

func TestWhatMovesWithTheClockHasNoETag(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(clerk, "registerCase", dispute("clock"))
	for _, query := range []string{
		`{ cases(first: 5) { edges { node { allowedCommands } } } }`,
		`{ statistics(input: {division: "530402", from: "2026-01-01", to: "2026-12-31"}) { asOf } }`,
		`{ viewer { counts { dueThisWeek } } }`,
	} {
		p := &polled{person: manager, query: query}
		status, body := o.poll(p)
		require.Equal(t, http.StatusOK, status, body)
		require.Empty(t, p.etag, query)
	}
}
