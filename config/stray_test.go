package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

func TestAMisspeltVariableIsFoundWithTheNearestKnownName(t *testing.T) {
	t.Parallel()

	strays := config.Strays([]string{
		"PATH=/bin",
		"TIAOCHU_POSTGRES_UR=postgres://h/db",
		"TIAOCHU_LISTEN=127.0.0.1:1",
		"TIAOCHU_LOGLEVEL=debug",
		"TIAOCHU_POSTGRES_POOL_SIZE",
	})
	require.Equal(t, []config.Stray{
		{Name: "TIAOCHU_LOGLEVEL", Nearest: "TIAOCHU_LOG_LEVEL"},
		{Name: "TIAOCHU_POSTGRES_POOL_SIZE", Nearest: "TIAOCHU_POSTGRES_POOL"},
		{Name: "TIAOCHU_POSTGRES_UR", Nearest: "TIAOCHU_POSTGRES_URL"},
	}, strays)
}

func TestAnEnvironmentOfKnownVariablesHasNoStrays(t *testing.T) {
	t.Parallel()

	var all []string
	for _, v := range config.Variables {
		all = append(all, v.Name+"=x")
	}
	require.Empty(t, config.Strays(all))
}
