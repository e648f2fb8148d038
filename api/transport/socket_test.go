package transport_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/tests/wsclient"
)

type toldKey struct{}

// ticks are told numbers, as fast as they are read, or by a channel.
type ticks struct {
	n    atomic.Int64
	next chan int // nil: count
	end  error    // after which Next fails at once
	gone chan struct{}
}

func (s *ticks) Next(ctx context.Context) (context.Context, error) {
	if s.end != nil {
		return nil, s.end
	}
	if s.next == nil {
		return context.WithValue(ctx, toldKey{}, int(s.n.Add(1))), nil
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case n := <-s.next:
		return context.WithValue(ctx, toldKey{}, n), nil
	}
}

func (s *ticks) Close() { close(s.gone) }

// liveServer serves one subscription field whose streams the test makes.
type liveServer struct {
	*httptest.Server
	handler *transport.Handler
	mu      sync.Mutex
	opened  []*ticks
}

func serveLive(t testing.TB, stream func() *ticks, change func(*transport.Options)) *liveServer {
	t.Helper()
	s := &liveServer{}
	ballast := strings.Repeat("案", 100_000)
	schema, err := graphql.NewSchema(graphql.SchemaConfig{
		Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
			"hello": {Type: graphql.String, Resolve: func(graphql.ResolveParams) (any, error) { return "你好", nil }},
		}}),
		Subscription: graphql.NewObject(graphql.ObjectConfig{Name: "Subscription", Fields: graphql.Fields{
			"tick": {Type: graphql.Int, Resolve: func(p graphql.ResolveParams) (any, error) { return p.Context.Value(toldKey{}), nil }},
			"bulk": {Type: graphql.String, Resolve: func(graphql.ResolveParams) (any, error) { return ballast, nil }},
		}}),
	})
	require.NoError(t, err)
	options := transport.Options{
		Schema: schema,
		Authenticate: func(r *http.Request) (context.Context, error) {
			token := r.Header.Get("Authorization")
			if token == "Bearer bad" {
				return nil, guard.NewError(transport.CodeUnauthenticated, "the token is not valid")
			}
			return context.WithValue(r.Context(), viewer{}, strings.TrimPrefix(token, "Bearer ")), nil
		},
		Live: transport.Live{
			Session: func(ctx context.Context) transport.Session {
				person, _ := ctx.Value(viewer{}).(string)
				return transport.Session{Person: person}
			},
			Subscribe: func(context.Context, *guard.Operation, func(context.Context)) (transport.Events, error) {
				one := stream()
				one.gone = make(chan struct{})
				s.mu.Lock()
				s.opened = append(s.opened, one)
				s.mu.Unlock()
				return one, nil
			},
		},
	}
	if change != nil {
		change(&options)
	}
	s.handler, err = transport.New(options)
	require.NoError(t, err)
	s.Server = httptest.NewServer(s.handler)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		require.NoError(t, s.handler.Drain(ctx))
		s.Close()
		for _, one := range s.opened {
			<-one.gone // every stream was let go
		}
	})
	return s
}

func counting() *ticks { return &ticks{next: make(chan int)} }

func connect(t testing.TB, s *liveServer, options *websocket.DialOptions) *wsclient.Connection {
	t.Helper()
	c, err := wsclient.Connect(t.Context(), s.URL, options)
	require.NoError(t, err)
	t.Cleanup(c.Cut)
	return c
}

func closedWith(t testing.TB, c *wsclient.Connection) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		if _, err := c.Receive(ctx); err != nil {
			return wsclient.CloseCode(err)
		}
	}
}

func TestEachBreachOfTheSubprotocolHasItsCloseCode(t *testing.T) {
	t.Parallel()
	s := serveLive(t, counting, func(o *transport.Options) { o.Live.InitTimeout = time.Second })
	initialise := `{"type":"connection_init","payload":{"authorization":"Bearer li"}}`
	subscribe := `{"type":"subscribe","id":"1","payload":{"query":"subscription { tick }"}}`
	for name, c := range map[string]struct {
		code int
		sent []string
	}{
		"no JSON":                      {4400, []string{`{`}},
		"an unknown type":              {4400, []string{`{"type":"start"}`}},
		"no id":                        {4400, []string{initialise, `{"type":"subscribe","payload":{"query":"{hello}"}}`}},
		"an id that is a number":       {4400, []string{initialise, `{"type":"subscribe","id":1,"payload":{"query":"{hello}"}}`}},
		"no query":                     {4400, []string{initialise, `{"type":"subscribe","id":"1","payload":{}}`}},
		"no payload":                   {4400, []string{initialise, `{"type":"subscribe","id":"1"}`}},
		"a payload that is no object":  {4400, []string{`{"type":"connection_init","payload":[1]}`}},
		"a bad token":                  {4401, []string{`{"type":"connection_init","payload":{"token":"bad"}}`}},
		"no token":                     {4401, []string{`{"type":"connection_init"}`}},
		"subscribing first":            {4401, []string{subscribe}},
		"never initialising":           {4408, nil},
		"the same id twice":            {4409, []string{initialise, subscribe, subscribe}},
		"initialising a second time":   {4429, []string{initialise, initialise}},
		"a message that is very large": {1009, []string{initialise, `{"type":"ping","payload":"` + strings.Repeat("x", 2<<20) + `"}`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := connect(t, s, nil)
			for _, text := range c.sent {
				_ = client.SendText(t.Context(), []byte(text))
			}
			require.Equal(t, c.code, closedWith(t, client))
		})
	}
	t.Run("another subprotocol", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, 4406, closedWith(t, connect(t, s, &websocket.DialOptions{Subprotocols: []string{"graphql-ws"}})))
	})
	t.Run("another origin", func(t *testing.T) {
		t.Parallel()
		_, err := wsclient.Connect(t.Context(), s.URL, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://evil.example"}}})
		require.ErrorContains(t, err, "403")
		connect(t, s, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {s.URL}}})
	})
}

func dial(t testing.TB, s *liveServer, person string) *wsclient.Connection {
	t.Helper()
	c, err := wsclient.Dial(t.Context(), s.URL, person)
	require.NoError(t, err)
	t.Cleanup(c.Cut)
	return c
}

func receive(t testing.TB, c *wsclient.Connection) wsclient.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	m, err := c.Receive(ctx)
	require.NoError(t, err)
	return m
}

func TestASubscriptionTellsUntilItIsCompleted(t *testing.T) {
	t.Parallel()
	next := make(chan int)
	s := serveLive(t, func() *ticks { return &ticks{next: next} }, nil)
	c := dial(t, s, "li")
	require.NoError(t, c.Send(t.Context(), "ping", "", map[string]any{"n": 1}))
	pong := receive(t, c)
	require.Equal(t, "pong", pong.Type)
	require.JSONEq(t, `{"n":1}`, string(pong.Payload))
	require.NoError(t, c.Subscribe(t.Context(), "a", "subscription { tick }", nil))
	for n := range 3 {
		next <- n
		m := receive(t, c)
		require.Equal(t, wsclient.Message{ID: "a", Type: "next", Payload: []byte(fmt.Sprintf(`{"data":{"tick":%d}}`, n))}, m)
	}
	require.NoError(t, c.Send(t.Context(), "complete", "a", nil))
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 0 }, 10*time.Second, time.Millisecond)
}

func TestWhatTheGuardRefusesIsAnErrorOfThatOperationAlone(t *testing.T) {
	t.Parallel()
	s := serveLive(t, counting, func(o *transport.Options) {
		o.Limits.MaxEventCost = 1
		o.Live.MaxSubscriptions = 1
	})
	c := dial(t, s, "li")
	for query, code := range map[string]string{
		"subscription {":                "GRAPHQL_PARSE_FAILED",
		"subscription { tock }":         "GRAPHQL_VALIDATION_FAILED",
		"subscription { tick b: bulk }": "GRAPHQL_VALIDATION_FAILED",
		"subscription { ...A } fragment A on Subscription { tick bulk }": "GRAPHQL_VALIDATION_FAILED",
		"subscription { __typename }":                                    "GRAPHQL_VALIDATION_FAILED",
		"subscription { tick a: tick }":                                  "GRAPHQL_VALIDATION_FAILED",
		"subscription { tick tick }":                                     "QUERY_TOO_COMPLEX",
		"{" + strings.Repeat("hello ", 70) + "}":                         "QUERY_TOO_COMPLEX",
	} {
		require.NoError(t, c.Subscribe(t.Context(), "x", query, nil))
		m := receive(t, c)
		require.Equal(t, "error", m.Type, query)
		require.Contains(t, string(m.Payload), code, query)
	}
	require.NoError(t, c.Subscribe(t.Context(), "a", "subscription { tick }", nil))
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 1 }, 10*time.Second, time.Millisecond)
	require.NoError(t, c.Subscribe(t.Context(), "b", "subscription { tick }", nil))
	require.Contains(t, string(receive(t, c).Payload), "RATE_LIMITED")
}

func TestASignInThatEndsOrRightsThatAreTakenAwayCloseTheConnection(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]int{transport.CodeUnauthenticated: 4401, transport.CodeForbidden: 4403} {
		s := serveLive(t, func() *ticks { return &ticks{end: guard.NewError(code, "gone")} }, nil)
		c := dial(t, s, "li")
		require.NoError(t, c.Subscribe(t.Context(), "a", "subscription { tick }", nil))
		require.Equal(t, want, closedWith(t, c))
	}
	s := serveLive(t, counting, func(o *transport.Options) {
		o.Live.Session = func(context.Context) transport.Session {
			return transport.Session{Person: "li", Lasts: 50 * time.Millisecond}
		}
	})
	require.Equal(t, 4401, closedWith(t, dial(t, s, "li")))
}

func TestOnePersonHasSoManyConnectionsAndTheServerToo(t *testing.T) {
	t.Parallel()
	s := serveLive(t, counting, func(o *transport.Options) { o.Live.MaxPerPerson, o.Live.MaxConnections = 2, 4 })
	dial(t, s, "li")
	second := dial(t, s, "li")
	third := connect(t, s, nil)
	require.NoError(t, third.Send(t.Context(), "connection_init", "", map[string]any{"token": "li"}))
	require.Equal(t, 4429, closedWith(t, third))
	second.Close()
	require.Eventually(t, func() bool {
		c, err := wsclient.Dial(t.Context(), s.URL, "li")
		if err == nil {
			t.Cleanup(c.Cut)
		}
		return err == nil
	}, 10*time.Second, time.Millisecond)
	dial(t, s, "wang")
	dial(t, s, "zhao")
	_, err := wsclient.Connect(t.Context(), s.URL, nil)
	require.ErrorContains(t, err, "503")
}

func TestAServerThatGoesDownSendsItsClientsAwayToComeBack(t *testing.T) {
	t.Parallel()
	s := serveLive(t, counting, nil)
	c := dial(t, s, "li")
	require.NoError(t, c.Subscribe(t.Context(), "a", "subscription { tick }", nil))
	drained := make(chan error, 1)
	go func() { drained <- s.handler.Drain(t.Context()) }()
	require.Equal(t, 1012, closedWith(t, c))
	require.NoError(t, <-drained)
	_, err := wsclient.Connect(t.Context(), s.URL, nil)
	require.ErrorContains(t, err, "503")
}

// A client that never reads costs the server one message that it can't get rid of, and its
// connection ends.
func TestAClientThatDoesNotReadIsSentAway(t *testing.T) {
	t.Parallel()
	s := serveLive(t, func() *ticks { return &ticks{} }, func(o *transport.Options) { o.Live.SlowAfter = 300 * time.Millisecond })
	c := dial(t, s, "li")
	require.NoError(t, c.Subscribe(t.Context(), "a", "subscription { bulk }", nil))
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 1 }, 10*time.Second, time.Millisecond)
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 0 }, 20*time.Second, 10*time.Millisecond)
}

func TestAClientThatReadsTooLateIsToldToResume(t *testing.T) {
	t.Parallel()
	s := serveLive(t, func() *ticks { return &ticks{} }, func(o *transport.Options) { o.Live.SlowAfter = 2 * time.Second })
	c := dial(t, s, "li")
	require.NoError(t, c.Subscribe(t.Context(), "a", "subscription { bulk }", nil))
	require.Eventually(t, func() bool { return s.handler.Subscriptions() == 1 }, 10*time.Second, time.Millisecond)
	// The client reads on when a message has waited for it longer than that.
	told, since := int64(-1), time.Now()
	for ; time.Since(since) < 2500*time.Millisecond; <-time.After(20 * time.Millisecond) {
		if n := s.opened[0].n.Load(); n != told {
			told, since = n, time.Now()
		}
	}
	require.Equal(t, 4408, closedWith(t, c))
}

func TestTwoHundredClientsThatComeAndGoLeaveNoGoroutineBehind(t *testing.T) {
	s := serveLive(t, counting, func(o *transport.Options) { o.Live.MaxPerPerson = 1000 })
	before := runtime.NumGoroutine()
	for i := range 200 {
		c, err := wsclient.Dial(t.Context(), s.URL, "li")
		require.NoError(t, err)
		require.NoError(t, c.Subscribe(t.Context(), "a", "subscription { tick }", nil))
		switch i % 3 {
		case 0:
			c.Cut()
		case 1:
			c.Close()
		default:
			require.NoError(t, c.Send(t.Context(), "complete", "a", nil))
			c.Close()
		}
	}
	http.DefaultClient.CloseIdleConnections()
	deadline := time.Now().Add(20 * time.Second)
	for s.handler.Subscriptions() > 0 || runtime.NumGoroutine() > before {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			require.FailNow(t, "goroutines are left", "%d before, now %d:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
		}
		<-time.After(5 * time.Millisecond)
	}
}

func TestAnOperationOnAWebSocketMayNameItsDocument(t *testing.T) {
	t.Parallel()
	s := serveLive(t, counting, func(o *transport.Options) {
		o.DocumentsOnly, o.Documents = true, []transport.Document{{ID: "h", Text: "query H { hello }"}}
	})
	c := dial(t, s, "li")
	require.NoError(t, c.Send(t.Context(), "subscribe", "1", map[string]any{"documentId": "h"}))
	got := receive(t, c)
	require.Equal(t, "next", got.Type)
	require.Contains(t, string(got.Payload), "你好")
	require.Equal(t, "complete", receive(t, c).Type)
	require.NoError(t, c.Subscribe(t.Context(), "2", "{ hello }", nil))
	got = receive(t, c)
	require.Equal(t, "error", got.Type)
	require.Contains(t, string(got.Payload), "DOCUMENT_NOT_TRUSTED")
}
