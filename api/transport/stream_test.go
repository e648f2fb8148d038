package transport_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
)

func askStream(t testing.TB, ctx context.Context, s *liveServer, query, person string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, strings.NewReader(`{"query": "`+query+`"}`))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Authorization", "Bearer "+person)
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// event reads the next event, without signs of life.
func event(t testing.TB, lines *bufio.Reader) (name, data string) {
	t.Helper()
	for {
		line, err := lines.ReadString('\n')
		require.NoError(t, err)
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "event: "):
			name = line[len("event: "):]
		case strings.HasPrefix(line, "data: "):
			data = line[len("data: "):]
		case line == "" && name != "":
			return name, data
		}
	}
}

func TestASubscriptionIsAnsweredAsAStreamOfEvents(t *testing.T) {
	t.Parallel()
	next := make(chan int)
	s := serveLive(t, func() *ticks { return &ticks{next: next} }, func(o *transport.Options) { o.Live.KeepAlive = 5 * time.Millisecond })
	ctx, cancel := context.WithCancel(t.Context())
	res := askStream(t, ctx, s, "subscription { tick }", "li")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "text/event-stream; charset=utf-8", res.Header.Get("Content-Type"))
	lines := bufio.NewReader(res.Body)
	life, err := lines.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, ":\n", life)
	next <- 7
	name, data := event(t, lines)
	require.Equal(t, "next", name)
	require.JSONEq(t, `{"data":{"tick":7}}`, data)
	cancel()
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 0 }, 10*time.Second, time.Millisecond)
}

func TestAStreamEndsWithItsErrorAndComplete(t *testing.T) {
	t.Parallel()
	s := serveLive(t, func() *ticks { return &ticks{end: guard.NewError("CURSOR_EXPIRED", "gone")} }, nil)
	for query, code := range map[string]string{
		"subscription { tick }": "CURSOR_EXPIRED", "subscription { tock }": "GRAPHQL_VALIDATION_FAILED", "{": "GRAPHQL_PARSE_FAILED",
	} {
		lines := bufio.NewReader(askStream(t, t.Context(), s, query, "li").Body)
		name, data := event(t, lines)
		require.Equal(t, "next", name)
		require.Contains(t, data, code)
		name, _ = event(t, lines)
		require.Equal(t, "complete", name)
	}
	lines := bufio.NewReader(askStream(t, t.Context(), s, "{ hello }", "li").Body)
	_, data := event(t, lines)
	require.JSONEq(t, `{"data":{"hello":"你好"}}`, data)
	name, _ := event(t, lines)
	require.Equal(t, "complete", name)
	require.Equal(t, http.StatusUnauthorized, askStream(t, t.Context(), s, "{ hello }", "bad").StatusCode)
}

func TestASignInThatExpiresEndsTheStreamWithWord(t *testing.T) {
	t.Parallel()
	s := serveLive(t, counting, func(o *transport.Options) {
		o.Live.Session = func(context.Context) transport.Session {
			return transport.Session{Person: "li", Lasts: 50 * time.Millisecond}
		}
	})
	lines := bufio.NewReader(askStream(t, t.Context(), s, "subscription { tick }", "li").Body)
	_, data := event(t, lines)
	require.Contains(t, data, "UNAUTHENTICATED")
	name, _ := event(t, lines)
	require.Equal(t, "complete", name)
}

func TestAStreamOfAServerThatGoesDownEndsWithoutComplete(t *testing.T) {
	t.Parallel()
	s := serveLive(t, counting, func(o *transport.Options) { o.Live.MaxPerPerson = 1 })
	res := askStream(t, t.Context(), s, "subscription { tick }", "li")
	require.Equal(t, http.StatusTooManyRequests, askStream(t, t.Context(), s, "subscription { tick }", "li").StatusCode)
	require.NoError(t, s.handler.Drain(t.Context()))
	rest, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Empty(t, string(rest), "so that its client comes back")
}

func TestAStreamThatIsNotReadIsCutOff(t *testing.T) {
	t.Parallel()
	s := serveLive(t, func() *ticks { return &ticks{} }, func(o *transport.Options) { o.Live.SlowAfter = 200 * time.Millisecond })
	askStream(t, t.Context(), s, "subscription { bulk }", "li")
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 1 }, 10*time.Second, time.Millisecond)
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 0 }, 20*time.Second, 10*time.Millisecond)
}
