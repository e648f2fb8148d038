package transport_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
)

// spender is a handler whose callers name themselves; nobody's budget refills by itself.
type spender struct {
	fixture
	now     time.Time
	allowed transport.Allowance
}

func newSpender(t *testing.T, change func(*transport.Options)) *spender {
	t.Helper()
	s := &spender{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), allowed: transport.Allowance{MaxCost: 40, PerMinute: 60, Burst: 50}}
	s.fixture = newHandler(t, func(o *transport.Options) {
		o.Now = func() time.Time { return s.now }
		o.Allowance = func(_ context.Context, r *http.Request) transport.Allowance {
			a := s.allowed
			a.Caller = r.Header.Get("Authorization")
			a.Anonymous = a.Caller == ""
			return a
		}
		if change != nil {
			change(o)
		}
	})
	return s
}

func (s *spender) as(t *testing.T, caller, text string) (*http.Response, string) {
	t.Helper()
	return s.ask(t, post(query(text), "Authorization", caller, "Accept", "application/json"))
}

func TestWhoHasSpentTheirBudgetWaitsAsLongAsTheAnswerSays(t *testing.T) {
	t.Parallel()
	s := newSpender(t, nil)
	for range 5 { // each costs the least that anything does
		res, body := s.as(t, "a", "{ hello }")
		require.Equal(t, http.StatusOK, res.StatusCode, body)
	}
	res, body := s.as(t, "a", "{ hello }")
	require.Equal(t, http.StatusTooManyRequests, res.StatusCode)
	require.Equal(t, "10", res.Header.Get("Retry-After"))
	require.Contains(t, body, `"code":"RATE_LIMITED"`)
	require.Contains(t, body, `"retryAfter":10`)
	require.NotContains(t, body, `"data"`)

	res, _ = s.as(t, "b", "{ hello }")
	require.Equal(t, http.StatusOK, res.StatusCode, "another caller has their own")
	s.now = s.now.Add(9 * time.Second)
	res, _ = s.as(t, "a", "{ hello }")
	require.Equal(t, http.StatusTooManyRequests, res.StatusCode)
	s.now = s.now.Add(time.Second)
	res, _ = s.as(t, "a", "{ hello }")
	require.Equal(t, http.StatusOK, res.StatusCode)
}

func TestAnOperationCostsWhatItIsEstimatedToProduce(t *testing.T) {
	t.Parallel()
	s := newSpender(t, nil)
	res, body := s.as(t, "a", "{ a: many { bad } b: many { bad } c: many { bad } }") // 3 × (1 + 10)
	require.Equal(t, http.StatusOK, res.StatusCode, body)
	res, _ = s.as(t, "a", "{ a: many { bad } b: many { bad } }")
	require.Equal(t, http.StatusTooManyRequests, res.StatusCode)
	require.Equal(t, "5", res.Header.Get("Retry-After"), "17 of 50 are left, 10 are taken for asking, 12 are wanted: 5 are missing")
}

func TestAnOperationBeyondTheCallersMostIsRefusedWhateverTheirBudget(t *testing.T) {
	t.Parallel()
	s := newSpender(t, nil)
	const four = "{ a: many { bad } b: many { bad } c: many { bad } d: many { bad } }"
	res, body := s.as(t, "a", four)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, `"code":"QUERY_TOO_COMPLEX"`)
	require.Contains(t, body, "44 values, more than 40")
	s.allowed.MaxCost = 50
	res, body = s.as(t, "b", four)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.NotContains(t, body, "QUERY_TOO_COMPLEX")
}

func TestABadTokenIsPaidForByTheAddressAlone(t *testing.T) {
	t.Parallel()
	s := newSpender(t, func(o *transport.Options) {
		accepting := o.Authenticate
		o.Authenticate = func(r *http.Request) (context.Context, error) {
			if r.Header.Get("Authorization") == "bad" {
				return nil, guard.NewError(transport.CodeUnauthenticated, "the token is not valid")
			}
			return accepting(r)
		}
	})
	s.allowed.PerMinute, s.allowed.Burst = 600, 1000
	for range 5 {
		res, _ := s.as(t, "bad", "{ hello }")
		require.Equal(t, http.StatusUnauthorized, res.StatusCode)
	}
	res, _ := s.as(t, "bad", "{ hello }")
	require.Equal(t, http.StatusTooManyRequests, res.StatusCode)
	require.Equal(t, "20", res.Header.Get("Retry-After"))
	res, _ = s.as(t, "good", "{ hello }")
	require.Equal(t, http.StatusOK, res.StatusCode)
}

func TestTheBudgetsTakeBoundedMemoryAndPeopleOutlastAddresses(t *testing.T) {
	t.Parallel()
	s := newSpender(t, func(o *transport.Options) { o.MaxCallers = 3 })
	spend := func(caller string) int {
		res, _ := s.as(t, caller, "{ a: many { bad } b: many { bad } c: many { bad } }")
		return res.StatusCode
	}
	require.Equal(t, http.StatusOK, spend("a"))
	require.Equal(t, http.StatusTooManyRequests, spend("a"))
	for range 20 {
		spend("") // an address
	}
	require.Equal(t, http.StatusTooManyRequests, spend("a"), "addresses push nobody out")
	for i := range 3 {
		require.Equal(t, http.StatusOK, spend(fmt.Sprint("other", i)))
	}
	require.Equal(t, http.StatusOK, spend("a"), "the least recently seen was forgotten")
}

func TestABudgetFollowsTheCallersRoles(t *testing.T) {
	t.Parallel()
	s := newSpender(t, nil)
	for range 5 {
		s.as(t, "a", "{ hello }")
	}
	s.allowed.PerMinute = 6000
	res, _ := s.as(t, "a", "{ hello }")
	require.Equal(t, "1", res.Header.Get("Retry-After"))
	s.now = s.now.Add(time.Second)
	res, _ = s.as(t, "a", "{ hello }")
	require.Equal(t, http.StatusOK, res.StatusCode)
}
