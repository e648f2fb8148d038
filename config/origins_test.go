package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

func TestOriginsAreThoseOfPagesAndNeverAWildcard(t *testing.T) {
	t.Parallel()
	c, err := config.Load(environment(nil), "--cors-origins=https://board.example.cn, http://10.1.2.3:8080")
	require.NoError(t, err)
	require.Equal(t, config.Origins{"https://board.example.cn", "http://10.1.2.3:8080"}, c.CORSOrigins)
	c, err = config.Load(environment(nil), "--cors-origins=", "--trusted-documents=", "--client-address-header=")
	require.NoError(t, err)
	require.Empty(t, c.CORSOrigins)

	for _, bad := range []string{"*", "https://*.example.cn", "board.example.cn", "https://board.example.cn/", "null", "https://a.cn,", "ftp://a.cn", "https://a.cn,https://a.cn"} {
		_, err := config.Load(environment(nil), "--cors-origins="+bad)
		require.ErrorContains(t, err, "TIAOCHU_CORS_ORIGINS", bad)
	}
}

func TestTrustedDocumentsOnlyNeedsSome(t *testing.T) {
	t.Parallel()
	_, err := config.Load(environment(nil), "--trusted-documents-only")
	require.ErrorIs(t, err, config.ErrIncomplete)
}
