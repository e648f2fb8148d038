package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

type outcome struct {
	code           int
	stdout, stderr string
}

func run(t *testing.T, environment []string, arguments ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := program{environment: environment, stdout: &stdout, stderr: &stderr}.run(t.Context(), arguments)
	return outcome{code, stdout.String(), stderr.String()}
}

func TestConfigPrintsWhatIsInForce(t *testing.T) {
	t.Parallel()

	got := run(t, []string{"TIAOCHU_POSTGRES_POOL=30"}, "config", "--log-level=debug")
	require.Equal(t, 0, got.code, got.stderr)
	require.Contains(t, got.stdout, "TIAOCHU_POSTGRES_POOL=30\n")
	require.Contains(t, got.stdout, "TIAOCHU_LOG_LEVEL=debug\n")
	require.Regexp(t, `TIAOCHU_BUILD_ID=\S+`, got.stdout)
}

func TestABadValueEndsWithOneLineAndTheUsageCode(t *testing.T) {
	t.Parallel()

	got := run(t, []string{"TIAOCHU_POSTGRES_POOL=many"}, "config")
	require.Equal(t, exitUsage, got.code)
	require.Empty(t, got.stdout)
	require.Equal(t, 1, strings.Count(got.stderr, "\n"), got.stderr)
	require.Contains(t, got.stderr, `TIAOCHU_POSTGRES_POOL is "many": expected a whole number from 2 to 1000`)
}

func TestVariablesThatNeedEachOtherAreAUsageError(t *testing.T) {
	t.Parallel()

	got := run(t, []string{"TIAOCHU_TEMPORAL_ADDRESS=t:7233", "TIAOCHU_TEMPORAL_TLS_CERT=c.pem"}, "config")
	require.Equal(t, exitUsage, got.code)
	require.Contains(t, got.stderr, "TIAOCHU_TEMPORAL_TLS_KEY")
}

func TestAnUnknownCommandOrFlagEndsWithOneLineAndTheUsageCode(t *testing.T) {
	t.Parallel()

	for _, arguments := range [][]string{{"mediate"}, {"version", "--loud"}, {}} {
		got := run(t, nil, arguments...)
		require.Equal(t, exitUsage, got.code)
		require.Equal(t, 1, strings.Count(got.stderr, "\n"), got.stderr)
	}
}

func TestHelpNamesTheCommandsAndTheVariables(t *testing.T) {
	t.Parallel()

	got := run(t, nil, "--help")
	require.Equal(t, 0, got.code, got.stderr)
	require.Empty(t, got.stderr)
	require.Contains(t, got.stdout, "version")
	require.Contains(t, got.stdout, "TIAOCHU_LISTEN")
	require.Contains(t, got.stdout, "127.0.0.1:8080")
}

func TestAMisspeltVariableIsLoggedWithTheNearestName(t *testing.T) {
	t.Parallel()

	got := run(t, []string{"TIAOCHU_LISTN=x"}, "version")
	require.Equal(t, 0, got.code)
	require.Contains(t, got.stderr, "TIAOCHU_LISTN")
	require.Contains(t, got.stderr, "did_you_mean=TIAOCHU_LISTEN")
}

func TestVersionNamesTheBuildThatWorkersAreVersionedBy(t *testing.T) {
	t.Parallel()

	id, err := binaryBuildID()
	require.NoError(t, err)
	require.NotEmpty(t, id)
	got := run(t, nil, "version")
	require.Equal(t, 0, got.code)
	require.Contains(t, got.stdout, "tiaochu "+id+" (go")
	require.Contains(t, run(t, nil, "config").stdout, "TIAOCHU_BUILD_ID="+id+"\n")
	require.Contains(t, run(t, []string{"TIAOCHU_BUILD_ID=r7"}, "config").stdout, "TIAOCHU_BUILD_ID=r7\n")
}

func TestHealthIsReadyOnlyWhereReadyzAnswers200(t *testing.T) {
	t.Parallel()

	ready := make(chan bool, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" || !<-ready {
			http.Error(w, "postgres is away", http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(server.Close)
	at := strings.TrimPrefix(server.URL, "http://")

	ready <- true
	require.Equal(t, 0, run(t, []string{"TIAOCHU_LISTEN=" + at}, "health").code)
	ready <- true
	require.Equal(t, 0, run(t, []string{"TIAOCHU_WORKER_LISTEN=" + at}, "health", "worker").code)
	ready <- false
	got := run(t, []string{"TIAOCHU_LISTEN=" + at}, "health")
	require.Equal(t, exitFailed, got.code)
	require.Contains(t, got.stderr, "postgres is away")

	server.Close()
	require.Equal(t, exitFailed, run(t, []string{"TIAOCHU_LISTEN=" + at}, "health").code)
	require.Equal(t, exitFailed, run(t, nil, "health", "worker").code, "a worker without an address can't be asked")
}

func TestAnAddressOfEveryInterfaceIsAskedOnThisMachine(t *testing.T) {
	t.Parallel()

	for listen, asked := range map[string]string{
		"0.0.0.0:8080": "localhost:8080", "[::]:8080": "localhost:8080", ":8080": "localhost:8080",
		"127.0.0.1:8080": "127.0.0.1:8080", "[::1]:8080": "[::1]:8080", "api:8080": "api:8080",
	} {
		require.Equal(t, asked, reachable(listen))
	}
}

func TestTheExitCodeTellsAMistakeFromAFailureFromAnInterruption(t *testing.T) {
	t.Parallel()

	require.Equal(t, 0, exitCode(nil))
	require.Equal(t, exitFailed, exitCode(errors.New("away")))
	require.Equal(t, exitUsage, exitCode(fmt.Errorf("typed: %w", usageError{errors.New("wrong")})))
	require.Equal(t, exitInterrupted, exitCode(fmt.Errorf("importing: %w", context.Canceled)))
}

func TestTheBinaryCarriesTheZoneOfTheClocks(t *testing.T) {
	t.Parallel()

	linked, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	require.Contains(t, strings.Fields(string(linked)), "time/tzdata", "a container without zone files must know Asia/Shanghai")
}
