package transport_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/schema/scalar"
)

// missingCaseError is an application's error, as Classify is to find it.
type missingCaseError struct{ number string }

func (e *missingCaseError) Error() string { return "no case " + e.number + " (row 17 of table cases)" }

func classify(err error) transport.Classified {
	if missing := (*missingCaseError)(nil); errors.As(err, &missing) {
		return transport.Classified{Code: transport.CodeNotFound, Message: "no case " + missing.number, Extensions: map[string]any{"number": missing.number}}
	}
	return transport.Classified{}
}

type viewer struct{}

// testSchema answers in every way that a resolver can: values, errors, wrapped errors,
// thunks, panics, and not at all.
func testSchema(t testing.TB, hang chan struct{}) graphql.Schema {
	t.Helper()
	missing := fmt.Errorf("read: %w", &missingCaseError{"530402-D-2026-000001"})
	field := func(resolve graphql.FieldResolveFn) *graphql.Field {
		return &graphql.Field{Type: graphql.String, Resolve: resolve}
	}
	thunk := func(f func() (any, error)) graphql.FieldResolveFn {
		return func(graphql.ResolveParams) (any, error) { return f, nil }
	}
	broken := graphql.NewScalar(graphql.ScalarConfig{Name: "Broken", Serialize: func(any) any { panic("secret in serialize") }})
	fields := graphql.Fields{
		"hello":          field(func(graphql.ResolveParams) (any, error) { return "你好 <b>", nil }),
		"viewer":         field(func(p graphql.ResolveParams) (any, error) { return p.Context.Value(viewer{}), nil }),
		"missing":        field(func(graphql.ResolveParams) (any, error) { return nil, missing }),
		"missingInThunk": field(thunk(func() (any, error) { return nil, missing })),
		"revealing":      field(func(graphql.ResolveParams) (any, error) { return nil, errors.New("password is hunter2") }),
		"panicString":    field(func(graphql.ResolveParams) (any, error) { panic("password is hunter2") }),
		"panicError":     field(func(graphql.ResolveParams) (any, error) { panic(errors.New("password is hunter2")) }),
		"panicAny":       field(func(graphql.ResolveParams) (any, error) { panic(map[string]int{"hunter2": 2}) }),
		"panicNil":       field(func(graphql.ResolveParams) (any, error) { var f *fixture; return f.hang, nil }),
		"panicInThunk":   field(thunk(func() (any, error) { panic("password is hunter2") })),
		"required": {Type: graphql.NewNonNull(graphql.String), Resolve: func(graphql.ResolveParams) (any, error) {
			return nil, missing
		}},
		"requiredPanic": {Type: graphql.NewNonNull(graphql.String), Resolve: thunk(func() (any, error) { panic("hunter2") })},
		"requiredNull":  {Type: graphql.NewNonNull(graphql.String), Resolve: func(graphql.ResolveParams) (any, error) { return nil, nil }},
		"broken":        {Type: broken, Resolve: func(graphql.ResolveParams) (any, error) { return 1, nil }},
		"infinite":      {Type: graphql.Float, Resolve: func(graphql.ResolveParams) (any, error) { return math.Inf(1), nil }},
		"hang": field(func(p graphql.ResolveParams) (any, error) {
			<-hang // deaf to the context, as a badly written resolver is
			return "late", nil
		}),
		"many": {Type: graphql.NewList(graphql.NewObject(graphql.ObjectConfig{Name: "Many", Fields: graphql.Fields{
			"bad": field(func(graphql.ResolveParams) (any, error) { return nil, missing }),
		}})), Resolve: func(graphql.ResolveParams) (any, error) { return make([]int, 500), nil }},
		"echo": {Type: scalar.Long, Args: graphql.FieldConfigArgument{"n": {Type: scalar.Long}, "division": {Type: scalar.Division}}, Resolve: func(p graphql.ResolveParams) (any, error) {
			return p.Args["n"], nil
		}},
		"root": field(nil),
	}
	schema, err := graphql.NewSchema(graphql.SchemaConfig{
		Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: fields}),
		Mutation: graphql.NewObject(graphql.ObjectConfig{Name: "Mutation", Fields: graphql.Fields{
			"touch": field(func(graphql.ResolveParams) (any, error) { return "touched", nil }),
		}}),
		Subscription: graphql.NewObject(graphql.ObjectConfig{Name: "Subscription", Fields: graphql.Fields{
			"changed": field(nil),
		}}),
	})
	require.NoError(t, err)
	return schema
}

type fixture struct {
	*transport.Handler
	log  *strings.Builder
	hang chan struct{}
}

func newHandler(t testing.TB, change func(*transport.Options)) fixture {
	t.Helper()
	f := fixture{log: &strings.Builder{}, hang: make(chan struct{})}
	t.Cleanup(func() { close(f.hang) })
	options := transport.Options{
		Schema:     testSchema(t, f.hang),
		Classify:   classify,
		RootObject: map[string]any{"root": "from the root object"},
		Authenticate: func(r *http.Request) (context.Context, error) {
			return context.WithValue(r.Context(), viewer{}, r.Header.Get("Authorization")), nil
		},
		Timeout: 10 * time.Second,
		Logger:  hclog.New(&hclog.LoggerOptions{Output: f.log, JSONFormat: true}),
	}
	if change != nil {
		change(&options)
	}
	var err error
	f.Handler, err = transport.New(options)
	require.NoError(t, err)
	return f
}

// ask sends r and gives the answer with its body.
func (f fixture) ask(t testing.TB, r *http.Request) (*http.Response, string) {
	t.Helper()
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	res := w.Result()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, strings.TrimSpace(string(body))
}

// post makes a POST of body with alternating header names and values.
func post(body string, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func query(text string) string { return fmt.Sprintf(`{"query": %q}`, text) }

func get(parameters url.Values, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/graphql?"+parameters.Encode(), nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}
