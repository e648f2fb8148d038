package api

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/casefile"
)

// Roles that limits know beside those of the directory.
const (
	otherRoles  = "OTHERS"
	notSignedIn = "NOBODY"
)

// allowances say what callers may ask for.
type allowances struct {
	costs, rates  map[string]int
	addressHeader string
}

func newAllowances(options Options) (*allowances, error) {
	for _, limits := range []map[string]int{options.CostLimits, options.RateLimits} {
		for _, role := range slices.Sorted(maps.Keys(limits)) {
			if role != otherRoles && role != notSignedIn && !casefile.HasTerm("Role", role) {
				return nil, fmt.Errorf("api: limits by role: there is no role %q; the roles are those of the directory, %s and %s",
					role, otherRoles, notSignedIn)
			}
			if limits[role] < 0 {
				return nil, fmt.Errorf("api: limits by role: %s has %d, which is below 0", role, limits[role])
			}
		}
	}
	return &allowances{options.CostLimits, options.RateLimits, options.ClientAddressHeader}, nil
}

// of is the allowance of a request; ctx is that of authenticate.
func (a *allowances) of(ctx context.Context, r *http.Request) transport.Allowance {
	allowed := transport.Allowance{Caller: a.address(r), Anonymous: true}
	roles := []string{notSignedIn}
	if q, err := signedIn(ctx); err == nil {
		allowed.Caller, allowed.Anonymous = q.person.ID, false
		roles = rolesOf(q.person)
	}
	allowed.MaxCost, allowed.PerMinute = highest(a.costs, roles), highest(a.rates, roles)
	allowed.Burst = allowed.PerMinute / 2
	return allowed
}

func rolesOf(person casefile.Person) []string {
	roles := []string{}
	for _, at := range person.Roles {
		roles = append(roles, string(at.Role))
	}
	if len(roles) == 0 {
		roles = append(roles, otherRoles)
	}
	return roles
}

// highest is the largest limit of some roles, 0 (no bound) being the largest of all.
func highest(limits map[string]int, roles []string) int {
	most := -1
	for _, role := range roles {
		limit, named := limits[role]
		if !named && role != notSignedIn {
			limit = limits[otherRoles]
		}
		if limit == 0 {
			return 0
		}
		most = max(most, limit)
	}
	return most
}

// address is the caller's: of IPv6 the first 64 bits, for a household or office has them all.
func (a *allowances) address(r *http.Request) string {
	given, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		given = r.RemoteAddr
	}
	if a.addressHeader != "" {
		entries := strings.Split(strings.Join(r.Header.Values(a.addressHeader), ","), ",")
		if last := strings.TrimSpace(entries[len(entries)-1]); last != "" {
			given = last
		}
	}
	parsed, err := netip.ParseAddr(given)
	if err != nil {
		return given[:min(len(given), 64)]
	}
	if parsed = parsed.Unmap().WithZone(""); parsed.Is6() {
		network, err := parsed.Prefix(64)
		if err == nil {
			return network.String()
		}
	}
	return parsed.String()
}
