package config_test

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

func TestThePasswordFileIsPutIntoTheConnection(t *testing.T) {
	t.Parallel()

	file := filepath.Join(t.TempDir(), "password")
	require.NoError(t, os.WriteFile(file, []byte("p@ss:wörd/1\n"), 0o600))
	c, err := config.Load(environment(map[string]string{
		"TIAOCHU_POSTGRES_URL":           "postgres://tiaochu@db:5432/tiaochu?sslmode=disable",
		"TIAOCHU_POSTGRES_PASSWORD_FILE": file,
	}))
	require.NoError(t, err)

	connection, err := c.PostgresConnection()
	require.NoError(t, err)
	u, err := url.Parse(connection)
	require.NoError(t, err)
	password, _ := u.User.Password()
	require.Equal(t, "p@ss:wörd/1", password)
	require.Equal(t, "tiaochu", u.User.Username())
	require.Equal(t, "disable", u.Query().Get("sslmode"))
	require.NotContains(t, c.PostgresURL, "p@ss", "the configured URL stays without the secret")
}

func TestAMissingPasswordFileIsNamed(t *testing.T) {
	t.Parallel()

	c := config.Config{PostgresURL: "postgres://u@h/db", PostgresPasswordFile: "/nowhere/password"}
	_, err := c.PostgresConnection()
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "TIAOCHU_POSTGRES_PASSWORD_FILE")
	require.ErrorContains(t, err, "/nowhere/password")
}

func TestThePrintedConfigurationHidesPasswords(t *testing.T) {
	t.Parallel()

	for given, shown := range map[string]string{
		"postgres://u:geheim@h:5432/db":                "postgres://u:***@h:5432/db",
		"postgres://u@h/db?password=geheim&sslmode=on": "postgres://u@h/db?password=***&sslmode=on",
		"": "",
	} {
		c, err := config.Load(environment(map[string]string{"TIAOCHU_POSTGRES_URL": given}))
		require.NoError(t, err)
		var printed bytes.Buffer
		require.NoError(t, c.WriteValues(&printed))
		require.NotContains(t, printed.String(), "geheim")
		require.Contains(t, printed.String(), "TIAOCHU_POSTGRES_URL="+shown+"\n")
	}
}
