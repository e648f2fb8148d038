package config_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

func TestKeyFilesLieInTheDataFolderUnlessNamed(t *testing.T) {
	t.Parallel()

	c := config.Config{Data: "/srv/tiaochu"}
	require.Equal(t, filepath.FromSlash("/srv/tiaochu/master.key"), c.MasterKeyPath())
	require.Equal(t, filepath.FromSlash("/srv/tiaochu/token.key"), c.TokenKeyPath())

	c.MasterKeyFile, c.TokenKeyFile = "/keys/m", "/keys/t"
	require.Equal(t, "/keys/m", c.MasterKeyPath())
	require.Equal(t, "/keys/t", c.TokenKeyPath())
}

func TestTheWorkerCacheHoldsWhatItsMemoryBudgetAllows(t *testing.T) {
	t.Parallel()

	for mib, cases := range map[int]int{1: 17, 60: 1024, 256: 4369} {
		require.Equal(t, cases, (&config.Config{WorkerCacheMiB: mib}).CachedWorkflows())
	}
	require.Equal(t, 1, (&config.Config{}).CachedWorkflows())
}
