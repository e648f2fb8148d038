package config_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/logging"
)

func environment(pairs map[string]string) config.Lookup {
	return func(name string) (string, bool) {
		value, ok := pairs[name]
		return value, ok
	}
}

func TestAnEmptyEnvironmentGivesTheDefaults(t *testing.T) {
	t.Parallel()

	c, err := config.Load(environment(nil))
	require.NoError(t, err)
	require.Equal(t, &config.Config{
		Data:              ".data",
		Listen:            "127.0.0.1:8080",
		PostgresPool:      16,
		TemporalNamespace: "tiaochu",
		TaskQueue:         "cases",
		WorkerCacheMiB:    256,
		OIDCSubjectClaim:  "sub",
		LogLevel:          hclog.Info,
		LogFormat:         logging.Text,
		CommandTimeout:    10 * time.Second,
		ShutdownTimeout:   20 * time.Second,
		LiveConnections:   10_000, LiveConnectionsPerPerson: 20, LiveSubscriptions: 50,
		CostLimits: config.ByRole{
			"NOBODY": 20_000, "OTHERS": 20_000, "MANAGER": 50_000, "LEADER": 50_000, "SUPERVISOR": 50_000,
			"ANALYST": 50_000, "INTEGRATION": 50_000, "ADMIN": 50_000,
		},
		RateLimits: config.ByRole{
			"NOBODY": 120_000, "OTHERS": 600_000, "MANAGER": 1_200_000, "LEADER": 1_200_000, "SUPERVISOR": 1_200_000,
			"ANALYST": 1_200_000, "INTEGRATION": 3_000_000, "ADMIN": 3_000_000,
		},
		FileMiB: 20, FileTimeout: 10 * time.Minute,
	}, c)
}

func TestAFlagWinsOverTheEnvironmentAndTheEnvironmentOverTheDefault(t *testing.T) {
	t.Parallel()

	c, err := config.Load(environment(map[string]string{
		"TIAOCHU_LISTEN":        "127.0.0.1:9000",
		"TIAOCHU_POSTGRES_POOL": "40",
		"TIAOCHU_LOG_LEVEL":     "debug",
	}), "--listen", "127.0.0.1:9001", "--log-format=json")
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:9001", c.Listen)
	require.Equal(t, 40, c.PostgresPool)
	require.Equal(t, hclog.Debug, c.LogLevel)
	require.Equal(t, logging.JSON, c.LogFormat)
}

func TestAVariableSetToNothingCountsAsNotSet(t *testing.T) {
	t.Parallel()

	c, err := config.Load(environment(map[string]string{"TIAOCHU_POSTGRES_POOL": "", "TIAOCHU_LISTEN": ""}))
	require.NoError(t, err)
	require.Equal(t, 16, c.PostgresPool)
	require.Equal(t, "127.0.0.1:8080", c.Listen)
}

func TestDevelopmentTokensAreASwitchOnTheCommandLineAndAWordInTheEnvironment(t *testing.T) {
	t.Parallel()

	for name, load := range map[string]func() (*config.Config, error){
		"bare flag": func() (*config.Config, error) { return config.Load(environment(nil), "--development-tokens") },
		"flag=true": func() (*config.Config, error) { return config.Load(environment(nil), "--development-tokens=true") },
		"environment": func() (*config.Config, error) {
			return config.Load(environment(map[string]string{"TIAOCHU_DEVELOPMENT_TOKENS": "true"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := load()
			require.NoError(t, err)
			require.True(t, c.DevelopmentTokens)
		})
	}

	c, err := config.Load(environment(map[string]string{"TIAOCHU_DEVELOPMENT_TOKENS": "true"}), "--development-tokens=false")
	require.NoError(t, err)
	require.False(t, c.DevelopmentTokens)
}

func TestEveryBadValueIsRefusedByVariableValueAndWhatWasExpected(t *testing.T) {
	t.Parallel()

	bad := map[string][]string{
		"TIAOCHU_LISTEN":                   {"8080", "localhost", "127.0.0.1:http", "127.0.0.1:70000"},
		"TIAOCHU_WORKER_LISTEN":            {"8081"},
		"TIAOCHU_OIDC_ISSUER":              {"id.example.org", "http://id.example.org", "ftp://127.0.0.1", "https://", "https://h?x=1", "https://u:p@h"},
		"TIAOCHU_OIDC_AUDIENCE":            {"two words"},
		"TIAOCHU_OIDC_SUBJECT_CLAIM":       {"two words"},
		"TIAOCHU_POSTGRES_URL":             {"host=localhost", "mysql://h/db", "postgres:///db", "postgres://h:port/db"},
		"TIAOCHU_POSTGRES_POOL":            {"many", "1", "1001", "1.5", "-3"},
		"TIAOCHU_POSTGRES_PORT":            {"-1", "65536", "pg"},
		"TIAOCHU_TEMPORAL_PORT":            {"65536"},
		"TIAOCHU_TEMPORAL_ADDRESS":         {"temporal"},
		"TIAOCHU_TEMPORAL_NAMESPACE":       {"two words", "-x", strings.Repeat("n", 201)},
		"TIAOCHU_TEMPORAL_TLS_SERVER_NAME": {"a b", "-"},
		"TIAOCHU_TASK_QUEUE":               {"案件"},
		"TIAOCHU_BUILD_ID":                 {"a/b"},
		"TIAOCHU_WORKER_CACHE_MIB":         {"0", "512MiB"},
		"TIAOCHU_DEVELOPMENT_TOKENS":       {"maybe"},
		"TIAOCHU_LOG_LEVEL":                {"loud"},
		"TIAOCHU_LOG_FORMAT":               {"xml"},
		"TIAOCHU_COMMAND_TIMEOUT":          {"10", "0s", "6m"},
		"TIAOCHU_SHUTDOWN_TIMEOUT":         {"soon", "-1s", "11m"},
	}
	for variable, values := range bad {
		for _, value := range values {
			t.Run(variable+"="+value, func(t *testing.T) {
				t.Parallel()

				_, err := config.Load(environment(map[string]string{variable: value}))
				var refused *config.ValueError
				require.ErrorAs(t, err, &refused)
				require.Equal(t, variable, refused.Variable)
				require.NotEmpty(t, refused.Expects)
				require.Contains(t, err.Error(), variable+" is ")
				require.Contains(t, err.Error(), ": expected "+refused.Expects)
				require.NotContains(t, err.Error(), "\n")
				if variable != "TIAOCHU_POSTGRES_URL" {
					require.Equal(t, value, refused.Value)
				}

				_, err = config.Load(environment(nil), "--"+flagOf(t, variable)+"="+value)
				require.ErrorAs(t, err, &refused, "the flag is read like the variable")
			})
		}
	}
}

func flagOf(t *testing.T, name string) string {
	t.Helper()
	for _, v := range config.Variables {
		if v.Name == name {
			return v.Flag
		}
	}
	require.Failf(t, "unknown variable", "%s is not in the table", name)
	return ""
}

func TestARefusedPostgresURLDoesNotShowItsPassword(t *testing.T) {
	t.Parallel()

	_, err := config.Load(environment(map[string]string{"TIAOCHU_POSTGRES_URL": "mysql://u:geheim@h/db"}))
	require.Error(t, err)
	require.NotContains(t, err.Error(), "geheim")
}

func TestEveryFieldHasARowInTheTableAndEveryRowAField(t *testing.T) {
	t.Parallel()

	var fields, rows []string
	described := reflect.TypeFor[config.Config]()
	for i := range described.NumField() {
		fields = append(fields, described.Field(i).Tag.Get("name"))
	}
	for _, v := range config.Variables {
		rows = append(rows, v.Flag)
		require.Equal(t, "TIAOCHU_"+strings.ToUpper(strings.ReplaceAll(v.Flag, "-", "_")), v.Name)
		require.NotEmpty(t, v.English, v.Name)
		require.NotEmpty(t, v.Chinese, v.Name)
		require.NotEmpty(t, v.Expects, v.Name)
		require.NotEmpty(t, v.Processes, v.Name)
	}
	require.ElementsMatch(t, fields, rows)
}
