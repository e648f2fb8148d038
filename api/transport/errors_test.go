package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
)

type answer struct {
	Data   map[string]any `json:"data"`
	Errors []struct {
		Message    string         `json:"message"`
		Path       []any          `json:"path"`
		Locations  []any          `json:"locations"`
		Extensions map[string]any `json:"extensions"`
	} `json:"errors"`
	Extensions map[string]any `json:"extensions"`
}

func parse(t testing.TB, body string) answer {
	t.Helper()
	var a answer
	require.NoError(t, json.Unmarshal([]byte(body), &a), body)
	return a
}

func TestAnErrorIsClassifiedHoweverItTravelled(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	for _, field := range []string{"missing", "missingInThunk", "required"} {
		res, body := f.ask(t, post(query("{\n hello\n x: "+field+" }")))
		require.Equal(t, http.StatusOK, res.StatusCode)
		a := parse(t, body)
		require.Len(t, a.Errors, 1)
		require.Equal(t, "no case 530402-D-2026-000001", a.Errors[0].Message)
		require.Equal(t, map[string]any{"code": "NOT_FOUND", "number": "530402-D-2026-000001"}, a.Errors[0].Extensions)
		require.Equal(t, []any{"x"}, a.Errors[0].Path)
		require.Equal(t, []any{map[string]any{"line": 3.0, "column": 2.0}}, a.Errors[0].Locations)
		require.Contains(t, body, `"data":`, "it was executed, so data is there, be it null")
	}
}

func TestWhatIsNotForClientsStaysInTheLog(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ field, logged string }{
		{"revealing", "hunter2"},
		{"panicString", "hunter2"},
		{"panicError", "hunter2"},
		{"panicAny", "hunter2"},
		{"panicNil", "nil pointer"},
		{"panicInThunk", "hunter2"},
		{"requiredPanic", "hunter2"},
		{"broken", "secret in serialize"},
		{"requiredNull", "Cannot return null for non-nullable field Query.requiredNull"},
	} {
		t.Run(c.field, func(t *testing.T) {
			t.Parallel()
			f := newHandler(t, nil)
			res, body := f.ask(t, post(query("{ "+c.field+" }")))
			require.Equal(t, http.StatusOK, res.StatusCode)
			require.NotContains(t, body, "hunter2")
			require.NotContains(t, body, "secret")
			a := parse(t, body)
			require.Len(t, a.Errors, 1)
			require.Equal(t, "internal error", a.Errors[0].Message)
			require.Equal(t, "INTERNAL", a.Errors[0].Extensions["code"])
			require.Contains(t, f.log.String(), c.logged)
			require.Contains(t, f.log.String(), a.Errors[0].Extensions["incident"])
			if c.field == "panicString" || c.field == "panicInThunk" {
				require.Contains(t, f.log.String(), "schema_test.go", "the stack leads to the resolver")
			}
		})
	}
}

func TestAValueThatJSONCanNotHoldIsAnInternalError(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	res, body := f.ask(t, post(query("{ infinite }")))
	require.Equal(t, http.StatusInternalServerError, res.StatusCode)
	require.Equal(t, "INTERNAL", parse(t, body).Errors[0].Extensions["code"])
	require.Contains(t, f.log.String(), "encode answer")
}

func TestManyFieldErrorsAreCappedAndCounted(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	_, body := f.ask(t, post(query("{ many { bad } }")))
	a := parse(t, body)
	require.Len(t, a.Errors, 200)
	require.EqualValues(t, 300, a.Extensions["errorsNotShown"])
}

func TestTheDeadlineAnswersWithoutWaitingForTheResolver(t *testing.T) {
	t.Parallel()
	for accept, status := range map[string]int{"application/json": 200, "application/graphql-response+json": 503} {
		f := newHandler(t, func(o *transport.Options) { o.Timeout = 50 * time.Millisecond })
		started := time.Now()
		res, body := f.ask(t, post(query("{ hang hello }"), "Accept", accept))
		require.Less(t, time.Since(started), 5*time.Second)
		require.Equal(t, status, res.StatusCode)
		a := parse(t, body)
		require.Equal(t, "UNAVAILABLE", a.Errors[0].Extensions["code"])
		require.Equal(t, "timeout", a.Errors[0].Extensions["reason"])
		require.NotContains(t, body, `"data"`)
	}
}

func TestAClientThatLeavesEndsItsRequest(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, body := f.ask(t, post(query("{ hang }")).WithContext(ctx))
	require.Contains(t, body, `"reason":"cancelled"`)
}

func TestWhoIsRefusedGetsTheStatusOfTheReason(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{guard.NewError(transport.CodeUnauthenticated, "sign in"), 401, "UNAUTHENTICATED"},
		{fmt.Errorf("token: %w", guard.NewError(transport.CodeForbidden, "not you")), 403, "FORBIDDEN"},
		{guard.NewError(transport.CodeRateLimited, "slow down"), 429, "RATE_LIMITED"},
		{errors.New("no route to the database at 10.0.0.7"), 500, "INTERNAL"},
	} {
		f := newHandler(t, func(o *transport.Options) {
			o.Authenticate = func(*http.Request) (context.Context, error) { return nil, c.err }
		})
		res, body := f.ask(t, post(query("{ hello }"), "Accept", "application/json"))
		require.Equal(t, c.status, res.StatusCode)
		require.Equal(t, c.code, parse(t, body).Errors[0].Extensions["code"])
		require.NotContains(t, body, "10.0.0.7")
		require.Equal(t, c.status == 401, res.Header.Get("WWW-Authenticate") != "")
	}
}

func TestAPanicOutsideTheResolversIsAnsweredToo(t *testing.T) {
	t.Parallel()
	f := newHandler(t, func(o *transport.Options) {
		o.Authenticate = func(*http.Request) (context.Context, error) { panic("hunter2") }
	})
	res, body := f.ask(t, post(query("{ hello }")))
	require.Equal(t, http.StatusInternalServerError, res.StatusCode)
	require.NotContains(t, body, "hunter2")
	require.Contains(t, f.log.String(), "hunter2")
}

func TestTheViewerReachesTheResolvers(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	_, body := f.ask(t, post(query("{ viewer }"), "Authorization", "Bearer abc"))
	require.JSONEq(t, `{"data":{"viewer":"Bearer abc"}}`, body)
}

func TestMoreRequestsThanAllowedAtOnceAreTurnedAway(t *testing.T) {
	t.Parallel()
	f := newHandler(t, func(o *transport.Options) { o.MaxInFlight = 1 })
	entered := make(chan struct{})
	leave := make(chan struct{})
	slow := newHandler(t, func(o *transport.Options) {
		o.MaxInFlight = 1
		o.Authenticate = func(r *http.Request) (context.Context, error) {
			close(entered)
			<-leave
			return r.Context(), nil
		}
	})
	first := httptest.NewRecorder()
	var wg sync.WaitGroup
	wg.Go(func() { slow.ServeHTTP(first, post(query("{ hello }"))) })
	<-entered
	res, body := slow.ask(t, post(query("{ hello }")))
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	require.Equal(t, "1", res.Header.Get("Retry-After"))
	require.Equal(t, "UNAVAILABLE", parse(t, body).Errors[0].Extensions["code"])
	close(leave)
	wg.Wait()
	require.Equal(t, http.StatusOK, first.Code)
	res, _ = f.ask(t, post(query("{ hello }")))
	require.Equal(t, http.StatusOK, res.StatusCode)
}

func TestTheCauseIsFoundBelowEveryWrapper(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	inner := gqlerrors.FormatError(&gqlerrors.Error{Message: "a", OriginalError: cause})
	outer := gqlerrors.FormatError(&gqlerrors.Error{Message: "b", OriginalError: inner})
	require.Equal(t, cause, transport.Cause(outer))
	require.NoError(t, transport.Cause(gqlerrors.FormatError(&gqlerrors.Error{Message: "graphql-go's own"})))
	require.NoError(t, transport.Cause(nil))
}
