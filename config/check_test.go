package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

func TestVariablesThatNeedEachOtherAreRefusedAlone(t *testing.T) {
	t.Parallel()

	for name, pairs := range map[string]map[string]string{
		"certificate without key": {
			"TIAOCHU_TEMPORAL_ADDRESS": "t:7233", "TIAOCHU_TEMPORAL_TLS_CERT": "client.pem",
		},
		"key without certificate": {
			"TIAOCHU_TEMPORAL_ADDRESS": "t:7233", "TIAOCHU_TEMPORAL_TLS_KEY": "client.key",
		},
		"tls without an address": {"TIAOCHU_TEMPORAL_TLS_CA": "ca.pem"},
		"password file without a database": {
			"TIAOCHU_POSTGRES_PASSWORD_FILE": "password",
		},
		"issuer without audience": {"TIAOCHU_OIDC_ISSUER": "https://id.example.org"},
		"audience without issuer": {"TIAOCHU_OIDC_AUDIENCE": "tiaochu"},
		"a claim of roles without its meaning": {
			"TIAOCHU_OIDC_ISSUER": "https://id.example.org", "TIAOCHU_OIDC_AUDIENCE": "tiaochu", "TIAOCHU_OIDC_ROLES_CLAIM": "roles",
		},
		"a claim of roles without an issuer": {"TIAOCHU_OIDC_ROLES_CLAIM": "roles", "TIAOCHU_OIDC_ROLES": "roles.json"},
		"development tokens on a network": {
			"TIAOCHU_DEVELOPMENT_TOKENS": "true", "TIAOCHU_LISTEN": "0.0.0.0:8080",
		},
		"development tokens on every address": {
			"TIAOCHU_DEVELOPMENT_TOKENS": "true", "TIAOCHU_LISTEN": ":8080",
		},
		"two passwords": {
			"TIAOCHU_POSTGRES_URL": "postgres://u:p@h/db", "TIAOCHU_POSTGRES_PASSWORD_FILE": "password",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(environment(pairs))
			require.ErrorIs(t, err, config.ErrIncomplete)
			require.Contains(t, err.Error(), "TIAOCHU_")
		})
	}
}
