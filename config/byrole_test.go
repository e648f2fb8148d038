package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

func TestLimitsByRoleAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	c, err := config.Load(environment(nil), "--rate-limits=OTHERS=5, ADMIN=0")
	require.NoError(t, err)
	require.Equal(t, config.ByRole{"OTHERS": 5, "ADMIN": 0}, c.RateLimits)
	require.Equal(t, "ADMIN=0,OTHERS=5", c.RateLimits.String())

	for _, bad := range []string{"OTHERS", "OTHERS=x", "=5", "OTHERS=-1", "OTHERS=1,OTHERS=2", "OTHERS=1,", "OTHERS=1000000001"} {
		_, err := config.Load(environment(nil), "--rate-limits="+bad)
		value := (*config.ValueError)(nil)
		require.ErrorAs(t, err, &value, bad)
		require.Equal(t, "TIAOCHU_RATE_LIMITS", value.Variable)
	}
}
