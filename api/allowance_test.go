package api_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/config"
)

// introspection is what client tools ask for before anybody signs in.
const introspection = `query { __schema { queryType { name } mutationType { name } subscriptionType { name }
	types { ...T } directives { name description locations args { ...I } } } }
	fragment T on __Type { kind name description fields(includeDeprecated: true) { name description args { ...I } type { ...R } isDeprecated deprecationReason }
		inputFields { ...I } interfaces { ...R } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...R } }
	fragment I on __InputValue { name description type { ...R } defaultValue }
	fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`

func TestTheLimitsThatAreSetByDefaultLeaveRoomForWork(t *testing.T) {
	t.Parallel()
	defaults, err := config.Load(func(string) (string, bool) { return "", false })
	require.NoError(t, err)
	o := openWith(t, func(options *api.Options) {
		options.CostLimits, options.RateLimits = defaults.CostLimits, defaults.RateLimits
	})
	got := o.ask("", introspection, nil)
	require.Empty(t, got.Errors, "who isn't signed in reads the schema")

	const list = `{ cases(first: 50) { totalCount pageInfo { hasNextPage endCursor } edges { node { id number title stage
		handler { name } responsibleUnit { name } deadlines { label dueAt status } timeline(last: 3) { edges { node { type at text } } } } } } }`
	got = o.ask(clerk, list, nil)
	require.Empty(t, got.Errors, "a page of 50 cases with their deadlines and last events")

	dashboard := `{ statistics(input: {division: "53", from: "2026-01-01", to: "2026-03-31", groupBy: [DIVISION, MONTH]}) {
		rows { key label counts { registered concluded open overdue } indicators { code numerator denominator rate } } } }`
	require.Empty(t, o.ask(manager, dashboard, nil).Errors)
}

func TestAPersonAndAnAddressHaveBudgetsOfTheirOwn(t *testing.T) {
	t.Parallel()
	o := openWith(t, func(options *api.Options) {
		options.CostLimits = map[string]int{"OTHERS": 100, "MANAGER": 500}
		options.RateLimits = map[string]int{"NOBODY": 600, "OTHERS": 600, "MANAGER": 6000}
	})
	const page = `{ cases(first: %d) { edges { node { id number } } } }`
	ask := func(who string, first int) answer { return o.ask(who, fmt.Sprintf(page, first), nil) }

	require.Empty(t, ask(clerk, 20).Errors)
	got := ask(clerk, 100)
	require.Equal(t, "QUERY_TOO_COMPLEX", got.code())
	require.Equal(t, http.StatusOK, got.Status, "the document is refused, not the request")
	require.Empty(t, ask(manager, 100).Errors, "the highest of a manager's roles counts")

	for got = ask(clerk, 20); got.code() == ""; got = ask(clerk, 20) {
	}
	require.Equal(t, "RATE_LIMITED", got.code())
	require.Equal(t, http.StatusTooManyRequests, got.Status)
	require.NotEmpty(t, got.Header.Get("Retry-After"))
	require.Equal(t, got.Header.Get("Retry-After"), fmt.Sprint(got.Errors[0].Extensions["retryAfter"]))
	require.Empty(t, ask(otherClerk, 20).Errors, "a colleague at the same address")

	for got = o.askWith("nonsense", "en", "{ __typename }", nil); got.Status == http.StatusUnauthorized; got = o.askWith("nonsense", "en", "{ __typename }", nil) {
	}
	require.Equal(t, http.StatusTooManyRequests, got.Status, "tokens can't be tried for ever")
	for got = o.ask("", "{ __typename }", nil); got.Status == http.StatusOK; got = o.ask("", "{ __typename }", nil) {
	}
	require.Equal(t, http.StatusTooManyRequests, got.Status)
	require.Empty(t, ask(otherClerk, 20).Errors, "who is signed in works on from that address")

	o.now = o.now.Add(time.Minute)
	require.Empty(t, ask(clerk, 20).Errors)
}
