package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/wsclient"
)

// live is a person's WebSocket to an office.
type live struct {
	*office
	conn *wsclient.Connection
}

func (o *office) connect(personID string) *live {
	o.t.Helper()
	conn, err := wsclient.Dial(o.t.Context(), o.server.URL, o.token(personID))
	require.NoError(o.t, err)
	o.t.Cleanup(conn.Cut)
	return &live{o, conn}
}

// follow subscribes as the id and waits until the subscription is open.
func (l *live) follow(id, query string, variables map[string]any) *live {
	l.t.Helper()
	before := l.api.Following()
	require.NoError(l.t, l.conn.Subscribe(l.t.Context(), id, query, variables))
	require.Eventually(l.t, func() bool { return l.api.Following() > before }, 10*time.Second, time.Millisecond)
	return l
}

func (l *live) receive() wsclient.Message {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 20*time.Second)
	defer cancel()
	m, err := l.conn.Receive(ctx)
	require.NoError(l.t, err)
	return m
}

// closed waits for the server to close the connection and returns its code.
func (l *live) closed() int {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 20*time.Second)
	defer cancel()
	for {
		if _, err := l.conn.Receive(ctx); err != nil {
			return wsclient.CloseCode(err)
		}
	}
}

// told decodes the data of a next message.
func told[T any](l *live) T {
	l.t.Helper()
	m := l.receive()
	require.Equal(l.t, "next", m.Type, string(m.Payload))
	var payload struct {
		Data   T
		Errors []any
	}
	require.NoError(l.t, json.Unmarshal(m.Payload, &payload))
	require.Empty(l.t, payload.Errors)
	return payload.Data
}

// refusal is the code of an error message.
func (l *live) refusal() string {
	l.t.Helper()
	m := l.receive()
	require.Equal(l.t, "error", m.Type, string(m.Payload))
	var errs []struct{ Extensions struct{ Code string } }
	require.NoError(l.t, json.Unmarshal(m.Payload, &errs))
	return errs[0].Extensions.Code
}

type toldEvent struct {
	Type, Cursor, Text string
	Seq                int
	Case               *struct{ ID, Number, Title string }
	LeadershipPackage  *struct{ ID string }
}

const eventFields = `{ type seq cursor text(language: EN) case { id number title } leadershipPackage { id } }`

func TestACaseIsFollowedByWhoeverSeesIt(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("live-1")).Case
	o.events() // the registration is final, and comes to nobody who follows from now on
	follower := o.connect(manager).follow("a", `subscription($id: ID!) { caseChanged(id: $id) `+eventFields+` }`, map[string]any{"id": registered.ID})

	o.do(clerk, "registerCase", dispute("live-another"))
	o.do(clerk, "acceptCase", o.on(registered.ID, nil))
	got := told[struct{ CaseChanged toldEvent }](follower).CaseChanged
	require.Equal(t, "CaseAccepted", got.Type)
	require.Equal(t, registered.ID, got.Case.ID)
	require.NotEmpty(t, got.Case.Title)

	require.NoError(t, follower.conn.Send(t.Context(), "complete", "a", nil))
	require.Eventually(t, func() bool { return o.api.Following() == 0 }, 10*time.Second, time.Millisecond)
	// The id is free again, and a query is answered on the same connection.
	require.NoError(t, follower.conn.Subscribe(t.Context(), "a", `{ viewer { person { name } } }`, nil))
	answer := follower.receive()
	for strings.Contains(string(answer.Payload), "caseChanged") {
		answer = follower.receive() // further events of the acceptance were under way already
	}
	require.Equal(t, "next", answer.Type)
	require.Contains(t, string(answer.Payload), "viewer")
	require.Equal(t, "complete", follower.receive().Type)
}

func TestACaseThatIsHiddenIsNotFollowed(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("live-2")).Case
	stranger := o.connect("p-530403-center-manager-1")
	for i, id := range []string{registered.ID, "nonsense", person(clerk), "Q2FzZTpub25l"} {
		require.NoError(t, stranger.conn.Subscribe(t.Context(), fmt.Sprint(i), `subscription($id: ID!) { caseChanged(id: $id) { type } }`, map[string]any{"id": id}))
		require.Contains(t, []string{"NOT_FOUND", "BAD_USER_INPUT"}, stranger.refusal())
	}
	require.Zero(t, o.api.Following())
}

func TestEventsComeInOrderOnceAndOnlyToWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	o := open(t)
	all := o.connect(manager).follow("all", `subscription { events(after: "") `+eventFields+` }`, nil)
	stranger := o.connect("p-530403-center-manager-1").follow("all", `subscription { events(after: "") `+eventFields+` }`, nil)
	elsewhere := o.connect(manager).follow("some", `subscription { events(after: "", division: "530402002") `+eventFields+` }`, nil)
	here := o.do(clerk, "registerCase", dispute("live-3")).Case
	there := dispute("live-4")
	there["division"] = "530402002"
	second := o.do(clerk, "registerCase", there).Case
	o.do(clerk, "acceptCase", o.on(here.ID, nil))

	want := o.events()
	for i, stored := range want {
		got := told[struct{ Events toldEvent }](all).Events
		require.Equal(t, stored.Case.Type(), got.Type)
		require.Equal(t, stored.Case.Seq, got.Seq)
		if i == 0 {
			// From that cursor on, on another connection: the rest, and nothing twice.
			resumed := o.connect(manager).follow("r", `subscription($after: String) { events(after: $after) `+eventFields+` }`, map[string]any{"after": got.Cursor})
			for _, later := range want[1:] {
				again := told[struct{ Events toldEvent }](resumed).Events
				require.Equal(t, later.Case.Type(), again.Type)
				require.Equal(t, later.Case.Seq, again.Seq)
			}
		}
	}
	for range count(want, second.ID) {
		require.Equal(t, second.ID, told[struct{ Events toldEvent }](elsewhere).Events.Case.ID)
	}
	// What is told next to the stranger is theirs: nothing of the other county came before.
	theirs := dispute("live-5")
	theirs["division"] = "530403"
	own := o.do("p-530403-center-clerk-1", "registerCase", theirs).Case
	require.Equal(t, own.ID, told[struct{ Events toldEvent }](stranger).Events.Case.ID)
}

// events are all events of the record, once they are final.
func (o *office) events() []store.FeedEvent {
	o.t.Helper()
	var events []store.FeedEvent
	var total int
	require.Eventually(o.t, func() bool {
		var err error
		events, err = o.store.Feed(o.t.Context(), store.FeedCursor{}, 1000)
		require.NoError(o.t, err)
		again, err := o.store.Feed(o.t.Context(), store.FeedCursor{}, 1000)
		require.NoError(o.t, err)
		settled := len(events) > 0 && len(again) == len(events) && len(events) == total
		total = len(events)
		return settled
	}, 20*time.Second, 50*time.Millisecond)
	return events
}

// sql changes the record behind the office's back.
func (o *office) sql(statement string, arguments ...any) {
	o.t.Helper()
	conn, err := pgx.Connect(o.t.Context(), o.url)
	require.NoError(o.t, err)
	defer func() { _ = conn.Close(context.Background()) }()
	_, err = conn.Exec(o.t.Context(), statement, arguments...)
	require.NoError(o.t, err)
}

// restoredElsewhere makes the record one that another cluster counted, as after a restore,
// and waits until the office has noticed, as it does when its connection was lost.
func (o *office) restoredElsewhere() {
	o.t.Helper()
	o.sql("update feed_epochs set counted_by = 'another cluster'")
	o.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'")
	require.Eventually(o.t, func() bool { return o.store.FeedEpoch() == 2 }, 20*time.Second, time.Millisecond)
}

func count(events []store.FeedEvent, nodeID string) int {
	n := 0
	for _, e := range events {
		if e.Case != nil && schema.GlobalID("Case", e.Case.CaseID) == nodeID {
			n++
		}
	}
	return n
}

func TestACursorThatIsNoneOrHasExpiredIsRefusedByCode(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(clerk, "registerCase", dispute("live-6"))
	l := o.connect(manager).follow("all", `subscription { events(after: "") `+eventFields+` }`, nil)
	cursor := told[struct{ Events toldEvent }](l).Events.Cursor
	other := o.connect(manager)
	ask := func(after string) string {
		require.NoError(t, other.conn.Subscribe(t.Context(), "x", `subscription($after: String) { events(after: $after) { seq } }`, map[string]any{"after": after}))
		return other.refusal()
	}
	require.Equal(t, "BAD_USER_INPUT", ask("nonsense"))
	require.Equal(t, "BAD_USER_INPUT", ask(cursor[:len(cursor)-8]))
	o.restoredElsewhere()
	require.Equal(t, "CURSOR_EXPIRED", ask(cursor))
	// Who follows is told too, and begins again.
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		m, err := l.conn.Receive(ctx)
		return err != nil || m.Type == "error"
	}, 20*time.Second, time.Millisecond)
}

func TestAnInboxTellsWhatComesChangesAndLeaves(t *testing.T) {
	t.Parallel()
	o := open(t)
	const query = `subscription { inboxChanged { kind taskId task { id kind case { id } deadline { dueAt } } } }`
	type change struct {
		InboxChanged struct {
			Kind, TaskID string
			Task         *struct {
				ID, Kind string
				Case     struct{ ID string }
			}
		}
	}
	of := o.connect(clerk).follow("i", query, nil)
	registered := o.do(clerk, "registerCase", dispute("live-7")).Case
	got := told[change](of).InboxChanged
	require.Equal(t, "ADDED", got.Kind)
	require.Equal(t, "ACCEPT", got.Task.Kind)
	require.Equal(t, registered.ID, got.Task.Case.ID)
	accept := got.TaskID
	// The inbox reads the same.
	type inbox struct {
		Inbox struct {
			Edges []struct{ Node struct{ ID string } }
		}
	}
	read := data[inbox](o, clerk, `{ inbox(first: 10) { edges { node { id } } } }`, nil)
	require.Equal(t, accept, read.Inbox.Edges[0].Node.ID)

	theirs := o.connect(investigator).follow("i", query, nil)
	o.do(clerk, "acceptCase", o.on(registered.ID, nil))
	got = told[change](of).InboxChanged
	require.Equal(t, "REMOVED", got.Kind)
	require.Equal(t, accept, got.TaskID)
	require.Nil(t, got.Task)
	got = told[change](of).InboxChanged
	require.Equal(t, "ADDED", got.Kind)
	require.Equal(t, "ASSIGN", got.Task.Kind)
	o.do(manager, "assignCase", o.on(registered.ID, map[string]any{"personId": person(investigator)}))
	got = told[change](of).InboxChanged
	require.Equal(t, "REMOVED", got.Kind)
	got = told[change](theirs).InboxChanged
	require.Equal(t, "ADDED", got.Kind)
	require.Equal(t, "INVESTIGATE", got.Task.Kind)
}

func TestARoleThatIsTakenAwayEndsTheConnectionAndASignInThatEndsToo(t *testing.T) {
	t.Parallel()
	o := open(t)
	l := o.connect(manager).follow("all", `subscription { events { seq } }`, nil)
	gone := o.connect(otherClerk).follow("all", `subscription { inboxChanged { kind } }`, nil)
	revoked := o.administer(admin, "revokeRole", role("revoke", manager, "MANAGER", "u-530402-center"))
	require.Empty(t, revoked.UserErrors)
	require.Equal(t, 4403, l.closed())
	o.sql("delete from person_roles where person_id = $1", otherClerk)
	o.sql("delete from people where id = $1", otherClerk)
	o.sql("update directory_version set version = version + 1")
	require.Equal(t, 4401, gone.closed())
}

func TestAnIdleConnectionEndsWithTheLastRoleOrTheSignIn(t *testing.T) {
	t.Parallel()
	o := open(t)
	idle, gone, stays := o.connect(manager), o.connect(otherClerk), o.connect(clerk)
	require.Empty(t, o.administer(admin, "grantRole", role("more", clerk, "ANALYST", "u-530402-center")).UserErrors)
	require.Empty(t, o.administer(admin, "revokeRole", role("less", clerk, "ANALYST", "u-530402-center")).UserErrors)
	require.Empty(t, o.administer(admin, "revokeRole", role("last", manager, "MANAGER", "u-530402-center")).UserErrors)
	require.Equal(t, 4403, idle.closed())
	o.sql("delete from person_roles where person_id = $1", otherClerk)
	o.sql("delete from people where id = $1", otherClerk)
	o.sql("update directory_version set version = version + 1")
	require.Equal(t, 4401, gone.closed())
	// Who lost one role of several goes on; what they ask is answered by the others.
	require.NoError(t, stays.conn.Subscribe(t.Context(), "q", `{ viewer { roles { role } } }`, nil))
	require.Contains(t, string(stays.receive().Payload), "CLERK")
}

func TestAPackageIsFollowedByWhoeverSeesIt(t *testing.T) {
	t.Parallel()
	o := open(t)
	const query = `subscription($id: ID!) { packageChanged(id: $id) ` + eventFields + ` }`
	id := o.do(clerk, "registerCase", petition("live-package")).Case.ID
	opened := o.led(manager, "openPackage", packageOf("live-package", id))
	another := o.do(clerk, "registerCase", petition("live-package-2")).Case.ID
	o.led(manager, "openPackage", packageOf("live-package-2", another))
	o.events()
	hidden := o.connect("p-530403-center-manager-1")
	require.NoError(t, hidden.conn.Subscribe(t.Context(), "p", query, map[string]any{"id": opened.ID}))
	require.Equal(t, "NOT_FOUND", hidden.refusal())
	follower := o.connect(countyLeader).follow("p", query, map[string]any{"id": opened.ID})
	o.do(clerk, "acceptCase", o.on(another, nil)) // of another package
	const next = "p-530402-leading-leader-2"
	require.Empty(t, o.handOver(next, handingOver("live-package", countyLeader, next)).UserErrors)
	for {
		got := told[struct{ PackageChanged toldEvent }](follower).PackageChanged
		require.Equal(t, opened.ID, got.LeadershipPackage.ID)
		if got.Type == "HandedOver" {
			require.Contains(t, got.Text, "handed the package over")
			break
		}
	}
}
