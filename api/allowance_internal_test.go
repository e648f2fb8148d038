package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func limits(t *testing.T, header string) *allowances {
	t.Helper()
	a, err := newAllowances(Options{
		CostLimits:          map[string]int{"NOBODY": 10, "OTHERS": 100, "ANALYST": 300},
		RateLimits:          map[string]int{"NOBODY": 20, "OTHERS": 1000, "ANALYST": 3000, "ADMIN": 0},
		ClientAddressHeader: header,
	})
	require.NoError(t, err)
	return a
}

func TestOfSeveralRolesTheHighestLimitCounts(t *testing.T) {
	t.Parallel()
	a := limits(t, "")
	of := func(roles ...casefile.Role) (cost, rate, burst int) {
		person := casefile.Person{ID: "p-1"}
		for _, role := range roles {
			person.Roles = append(person.Roles, casefile.RoleAt{Role: role, UnitID: "u-1"})
		}
		q := &request{people: &directory.Directory{}, person: person}
		got := a.of(context.WithValue(t.Context(), requestKey{}, q), httptest.NewRequest(http.MethodGet, "/graphql", nil))
		require.Equal(t, "p-1", got.Caller)
		require.False(t, got.Anonymous)
		return got.MaxCost, got.PerMinute, got.Burst
	}
	for _, c := range []struct {
		roles       []casefile.Role
		cost, perMi int
	}{
		{[]casefile.Role{casefile.RoleClerk}, 100, 1000},
		{nil, 100, 1000},
		{[]casefile.Role{casefile.RoleClerk, casefile.RoleAnalyst}, 300, 3000},
		{[]casefile.Role{casefile.RoleAnalyst, casefile.RoleAdmin}, 300, 0},
	} {
		cost, rate, burst := of(c.roles...)
		require.Equal(t, []int{c.cost, c.perMi, c.perMi / 2}, []int{cost, rate, burst}, c.roles)
	}
}

func TestWhoIsNotSignedInIsKnownByTheirAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ header, remote, forwarded, want string }{
		{"", "192.0.2.7:5000", "203.0.113.9", "192.0.2.7"},
		{"", "[2001:db8:1:2:3:4:5:6]:5000", "", "2001:db8:1:2::/64"},
		{"", "[::ffff:192.0.2.7]:5000", "", "192.0.2.7"},
		{"X-Forwarded-For", "10.0.0.1:5000", "198.51.100.1, 203.0.113.9", "203.0.113.9"},
		{"X-Forwarded-For", "10.0.0.1:5000", "", "10.0.0.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		got := limits(t, c.header).of(t.Context(), r)
		require.Equal(t, c.want, got.Caller)
		require.True(t, got.Anonymous)
		require.Equal(t, []int{10, 20, 10}, []int{got.MaxCost, got.PerMinute, got.Burst})
	}
}

func TestLimitsNameRolesThatThereAre(t *testing.T) {
	t.Parallel()
	_, err := newAllowances(Options{CostLimits: map[string]int{"CLERC": 5}})
	require.ErrorContains(t, err, `"CLERC"`)
	_, err = newAllowances(Options{RateLimits: map[string]int{"CLERK": -1}})
	require.ErrorContains(t, err, "CLERK has -1")
}
