package api

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestTwoSignInsOfOnePersonInOtherRolesShareNoVersion(t *testing.T) {
	t.Parallel()
	clerk := casefile.RoleAt{Role: casefile.RoleClerk, UnitID: "u-1"}
	leader := casefile.RoleAt{Role: casefile.RoleLeader, UnitID: "u-1"}
	seen := map[string]bool{}
	for _, roles := range [][]casefile.RoleAt{
		nil, {clerk}, {leader}, {clerk, leader}, {{Role: casefile.RoleClerk, UnitID: "u-2"}},
	} {
		digest := rolesDigest(roles)
		require.False(t, seen[digest], roles)
		require.Equal(t, digest, rolesDigest(roles))
		seen[digest] = true
	}
}
