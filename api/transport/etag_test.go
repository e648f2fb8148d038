package transport_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
)

// versioned is a handler over a record whose version the test moves.
type versioned struct {
	fixture
	version  string
	greeting string // instead of the usual one
	failing  error
	dropped  bool
	executed atomic.Int64
}

func newVersioned(t *testing.T, change func(*transport.Options)) *versioned {
	t.Helper()
	v := &versioned{version: "1"}
	v.fixture = newHandler(t, func(o *transport.Options) {
		o.Live.Session = func(ctx context.Context) transport.Session {
			person, _ := ctx.Value(viewer{}).(string)
			return transport.Session{Person: person}
		}
		o.Versions = transport.Versions{
			Of: func(_ context.Context, known string) (string, bool, error) {
				return v.version, known == v.version, v.failing
			},
			Keep: func(context.Context) bool { return !v.dropped }, Build: "b1", Volatile: []string{"Query.root"},
		}
		hello := o.Schema.QueryType().Fields()["hello"]
		resolve := hello.Resolve
		hello.Resolve = func(p graphql.ResolveParams) (any, error) {
			v.executed.Add(1)
			if v.greeting != "" {
				return v.greeting, nil
			}
			return resolve(p)
		}
		if change != nil {
			change(o)
		}
	})
	return v
}

func (v *versioned) get(t *testing.T, text, person, known string, headers ...string) (*http.Response, string) {
	t.Helper()
	return v.ask(t, get(url.Values{"query": {text}}, append([]string{"Authorization", person, "If-None-Match", known}, headers...)...))
}

func TestAnUnchangedAnswerIsNotMadeAgain(t *testing.T) {
	t.Parallel()
	v := newVersioned(t, nil)
	res, body := v.get(t, "{ hello }", "a", "")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, "你好")
	require.Equal(t, "private, no-cache", res.Header.Get("Cache-Control"))
	require.Contains(t, res.Header.Get("Vary"), "Authorization")
	tag := res.Header.Get("ETag")
	require.True(t, strings.HasPrefix(tag, `W/"`), tag)

	for _, known := range []string{tag, `"other", ` + tag, `W/"a.b",` + tag + `, "c"`} {
		res, body = v.get(t, "{ hello }", "a", known)
		require.Equal(t, http.StatusNotModified, res.StatusCode, known)
		require.Empty(t, body)
		require.Equal(t, tag, res.Header.Get("ETag"))
		require.Equal(t, "private, no-cache", res.Header.Get("Cache-Control"))
	}
	require.EqualValues(t, 1, v.executed.Load())

	v.version, v.greeting = "2", "您好"
	res, body = v.get(t, "{ hello }", "a", tag)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.NotEqual(t, tag, res.Header.Get("ETag"))
	require.Contains(t, body, "您好")
}

func TestAnAnswerThatComesOutTheSameIsNotSentAgain(t *testing.T) {
	t.Parallel()
	v := newVersioned(t, nil)
	res, _ := v.get(t, "{ hello }", "a", "")
	first := res.Header.Get("ETag")
	v.version = "2"
	res, body := v.get(t, "{ hello }", "a", first)
	require.Equal(t, http.StatusNotModified, res.StatusCode)
	require.Empty(t, body)
	require.EqualValues(t, 2, v.executed.Load(), "what it reads had moved")
	second := res.Header.Get("ETag")
	require.NotEqual(t, first, second)
	res, _ = v.get(t, "{ hello }", "a", second)
	require.Equal(t, http.StatusNotModified, res.StatusCode)
	require.EqualValues(t, 2, v.executed.Load(), "its ETag is the newest")

	v.version, v.dropped = "3", true
	res, body = v.get(t, "{ hello }", "a", second)
	require.Equal(t, http.StatusOK, res.StatusCode, "what may not be kept is told")
	require.NotEmpty(t, body)
	require.Empty(t, res.Header.Get("ETag"))
	v.dropped = false
	res, _ = v.get(t, "{ hello }", "b", second)
	require.Equal(t, http.StatusOK, res.StatusCode, "somebody else's")
}

func TestAnETagIsGoodForItsOwnRequestAlone(t *testing.T) {
	t.Parallel()
	v := newVersioned(t, nil)
	tagOf := func(parameters url.Values, headers ...string) string {
		res, body := v.ask(t, get(parameters, headers...))
		require.Equal(t, http.StatusOK, res.StatusCode, body)
		return res.Header.Get("ETag")
	}
	text := url.Values{"query": {"query A { hello } query B { hello }"}, "operationName": {"A"}}
	with := func(name, value string) url.Values {
		changed := url.Values{}
		for k, values := range text {
			changed[k] = values
		}
		changed.Set(name, value)
		return changed
	}
	tags := []string{
		tagOf(text, "Authorization", "a"),
		tagOf(text, "Authorization", "b"),
		tagOf(text, "Authorization", "a", "Accept-Language", "en"),
		tagOf(text, "Authorization", "a", "Accept", "application/graphql-response+json"),
		tagOf(with("operationName", "B"), "Authorization", "a"),
		tagOf(with("variables", `{"n": 1}`), "Authorization", "a"),
		tagOf(with("query", "query A { hello } query B { hello  }"), "Authorization", "a"),
	}
	for i, tag := range tags {
		require.NotEmpty(t, tag, i)
		require.NotContains(t, tags[:i], tag, i)
	}
	other := newVersioned(t, func(o *transport.Options) { o.Versions.Build = "b2" })
	res, _ := other.ask(t, get(text, "Authorization", "a", "If-None-Match", tags[0]))
	require.Equal(t, http.StatusOK, res.StatusCode, "another program")
}

func TestWhatMayDifferNextTimeHasNoETag(t *testing.T) {
	t.Parallel()
	v := newVersioned(t, nil)
	none := func(name string, res *http.Response) {
		t.Helper()
		require.Empty(t, res.Header.Get("ETag"), name)
		require.Equal(t, "no-store", res.Header.Get("Cache-Control"), name)
	}
	for name, text := range map[string]string{
		"a volatile field":               "{ hello root }",
		"one in a fragment":              "{ hello ...F } fragment F on Query { root }",
		"one under a condition":          "{ hello ... on Query @include(if: false) { root } }",
		"an answer with a field's error": "{ hello missing }",
		"introspection":                  "{ __schema { types { name } } }",
	} {
		res, _ := v.get(t, text, "a", "")
		none(name, res)
	}
	res, _ := v.get(t, "{ hello }", "", "")
	none("nobody signed in", res)
	res, _ = v.ask(t, post(query("{ hello }"), "Authorization", "a"))
	none("a POST", res)
	v.dropped = true
	res, _ = v.get(t, "{ hello }", "a", "")
	none("an answer not to be kept", res)
	v.dropped, v.version = false, ""
	res, _ = v.get(t, "{ hello }", "a", "")
	none("a record without a version", res)
	v.version = strings.Repeat("x", 1000)
	res, _ = v.get(t, "{ hello }", "a", "")
	none("an endless version", res)
	v.version, v.failing = "1", errors.New("the record is away")
	res, _ = v.get(t, "{ hello }", "a", "")
	require.Equal(t, http.StatusOK, res.StatusCode)
	none("a version that can't be read", res)
}

func TestAVolatileFieldMustBeInTheSchema(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	schema := f.Guard().Schema()
	_, err := transport.New(transport.Options{Schema: schema, Versions: transport.Versions{Volatile: []string{"Query.gone"}}})
	require.ErrorContains(t, err, `"Query.gone"`)
}

func TestAnAnswerFromTheClientsOwnStoreCostsTheLeast(t *testing.T) {
	t.Parallel()
	v := newVersioned(t, func(o *transport.Options) {
		o.Allowance = func(context.Context, *http.Request) transport.Allowance {
			return transport.Allowance{Caller: "a", MaxCost: 1000, PerMinute: 1, Burst: 1000}
		}
	})
	wide := "{ hello many { __typename } " + strings.Repeat("hello ", 15) + "}"
	res, body := v.get(t, wide, "a", "")
	tag := res.Header.Get("ETag")
	require.NotEmpty(t, tag, body)
	for range 90 {
		res, _ = v.get(t, wide, "a", tag)
		require.Equal(t, http.StatusNotModified, res.StatusCode)
	}
}
