package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/tests/wsclient"
)

// A token that ends so soon after the leeway that is left to every clock.
const (
	clockLeeway = 30 * time.Second
	soon        = 1500 * time.Millisecond
)

const followingFeed = `subscription($after: String) { events(after: $after) { id cursor } }`

// ending is a token of a person that the office takes for a moment longer.
func (o *office) ending(personID string) string {
	o.t.Helper()
	token, err := api.IssueTokenAt(tokenKey, personID, o.now.Add(-time.Hour), time.Hour-clockLeeway+soon)
	require.NoError(o.t, err)
	return token
}

// fed is what a follower of the feed has been told, and where it goes on.
type fed struct {
	ids    []string
	cursor string
}

func (f *fed) take(t *testing.T, payload []byte) {
	t.Helper()
	var told struct {
		Data   struct{ Events struct{ ID, Cursor string } }
		Errors []struct {
			Extensions struct{ Code string }
		}
	}
	require.NoError(t, json.Unmarshal(payload, &told))
	require.Empty(t, told.Errors)
	f.ids, f.cursor = append(f.ids, told.Data.Events.ID), told.Data.Events.Cursor
}

func (f *fed) require(t *testing.T, o *office) {
	t.Helper()
	var all []string
	for _, event := range o.events() {
		all = append(all, schema.SubID("Event", event.Case.CaseID, strconv.Itoa(event.Case.Seq)))
	}
	require.Equal(t, all, f.ids, "each event once, in the feed's order")
}

func TestASocketWhoseTokenExpiresIsClosedAndItsClientGoesOnWithANewOneWithoutLossOrDouble(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(clerk, "registerCase", dispute("before"))
	got := &fed{}
	conn, err := wsclient.Dial(t.Context(), o.server.URL, o.ending(manager))
	require.NoError(t, err)
	defer conn.Cut()
	require.NoError(t, conn.Subscribe(t.Context(), "f", followingFeed, map[string]any{"after": ""}))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		m, err := conn.Receive(ctx)
		if err != nil {
			require.Equal(t, 4401, wsclient.CloseCode(err), "%v", err)
			break
		}
		require.Equal(t, "next", m.Type)
		got.take(t, m.Payload)
	}
	require.NotEmpty(t, got.ids)
	_, err = wsclient.Dial(t.Context(), o.server.URL, mustIssue(t, o, manager, -time.Hour, time.Minute))
	require.Error(t, err, "the old one opens nothing any more")

	o.do(clerk, "registerCase", dispute("meanwhile")) // while nobody is there to be told
	again := o.connect(manager)
	require.NoError(t, again.conn.Subscribe(t.Context(), "f", followingFeed, map[string]any{"after": got.cursor}))
	o.do(clerk, "registerCase", dispute("after"))
	for want := len(o.events()); len(got.ids) < want; {
		m := again.receive()
		require.Equal(t, "next", m.Type)
		got.take(t, m.Payload)
	}
	got.require(t, o)
}

func TestAnEventStreamWhoseTokenExpiresEndsWithWordAndItsClientGoesOnWithoutLossOrDouble(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(clerk, "registerCase", dispute("before"))
	got := &fed{}
	first := o.stream(o.ending(manager), "")
	for ended := false; !ended; {
		kind, payload := nextOf(t, first)
		switch {
		case kind == "complete":
			ended = true
		case strings.Contains(payload, "UNAUTHENTICATED"):
		default:
			require.Equal(t, "next", kind)
			got.take(t, []byte(payload))
		}
	}
	require.NotEmpty(t, got.ids)
	o.do(clerk, "registerCase", dispute("meanwhile"))
	second := o.stream(o.token(manager), got.cursor)
	o.do(clerk, "registerCase", dispute("after"))
	for want := len(o.events()); len(got.ids) < want; {
		kind, payload := nextOf(t, second)
		require.Equal(t, "next", kind)
		got.take(t, []byte(payload))
	}
	got.require(t, o)
}

// mustIssue is a token issued so long ago for so long.
func mustIssue(t *testing.T, o *office, personID string, ago, ttl time.Duration) string {
	t.Helper()
	token, err := api.IssueTokenAt(tokenKey, personID, o.now.Add(ago), ttl)
	require.NoError(t, err)
	return token
}

// stream follows the feed over graphql-sse.
func (o *office) stream(token, after string) *bufio.Reader {
	o.t.Helper()
	body, err := json.Marshal(map[string]any{"query": followingFeed, "variables": map[string]any{"after": after}})
	require.NoError(o.t, err)
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.server.URL+"/graphql", strings.NewReader(string(body)))
	require.NoError(o.t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	require.NoError(o.t, err)
	o.t.Cleanup(func() { _ = response.Body.Close() })
	require.Equal(o.t, http.StatusOK, response.StatusCode)
	return bufio.NewReader(response.Body)
}

// nextOf reads the next event of a stream, passing over comments.
func nextOf(t *testing.T, lines *bufio.Reader) (kind, payload string) {
	t.Helper()
	for {
		line, err := lines.ReadString('\n')
		require.NoError(t, err)
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "event:"):
			kind = strings.TrimSpace(strings.TrimPrefix(line, "event:"))
		case strings.HasPrefix(line, "data:"):
			payload = strings.TrimSpace(strings.TrimPrefix(line, "data:"))
		case line == "" && kind != "":
			return kind, payload
		}
	}
}
