package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// openPlace is a folder that every user can walk to.
func openPlace(t *testing.T) string {
	t.Helper()
	place, err := os.MkdirTemp("/tmp", "tiaochu-open-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(place, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(place) })
	return place
}

func nobody(t *testing.T) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can act as another user")
	}
	account, err := user.Lookup("nobody")
	require.NoError(t, err)
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	require.NoError(t, err)
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	require.NoError(t, err)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), Groups: []uint32{}}
}

func TestAnotherUserOfTheMachineGetsNothing(t *testing.T) {
	t.Parallel()
	intruder := nobody(t)
	data := filepath.Join(openPlace(t), "data")
	s := startStack(t, data)
	known := target{Data: data, PostgresPort: portOf(t, s.PostgresURL), PIDs: []int{s.PIDs.Supervisor, s.PIDs.Postgres, s.PIDs.Temporal}}
	for address := range listeningPorts(t, s.PIDs.Temporal) {
		known.TemporalPorts = append(known.TemporalPorts, address)
	}
	require.GreaterOrEqual(t, len(known.TemporalPorts), 3, "frontend, history, matching")
	input, err := json.Marshal(known)
	require.NoError(t, err)

	self, err := os.Open("/proc/self/exe")
	require.NoError(t, err)
	defer self.Close()
	cmd := exec.Command("/proc/self/fd/3", "intrude")
	cmd.ExtraFiles, cmd.Dir, cmd.Stdin = []*os.File{self}, "/", bytes.NewReader(input)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: intruder}
	output, err := cmd.Output()
	require.NoError(t, err)
	var findings []finding
	require.NoError(t, json.Unmarshal(output, &findings))
	require.Greater(t, len(findings), 60)
	for _, each := range findings {
		require.NotEmpty(t, each.Refusal, "another user could %s", each.Attempt)
		require.NotContains(t, each.Refusal, "deadline", "%s: refused, not merely slow", each.Attempt)
		require.NotContains(t, each.Refusal, "connection refused", "%s: the port is the right one", each.Attempt)
	}

	t.Run("and the owner gets in by the same ways", func(t *testing.T) {
		require.NoError(t, connect(s.PostgresURL))
		certs := certificates{authority: s.TemporalTLS.CA, clientCert: s.TemporalTLS.Cert, clientKey: s.TemporalTLS.Key}
		secured, err := certs.clientTLS()
		require.NoError(t, err)
		for _, address := range known.TemporalPorts {
			require.NoError(t, call(address, secured.Clone()), address)
		}
	})
}

func TestTheProductCannotReadTemporalsStore(t *testing.T) {
	t.Parallel()
	s := startStack(t, filepath.Join(t.TempDir(), "data"))
	for _, database := range []string{storeDatabase.name, visibilityDatabase.name} {
		err := connect(strings.Replace(s.PostgresURL, "/"+productDatabase+"?", "/"+database+"?", 1))
		require.ErrorContains(t, err, "permission denied for database")
	}
}

func TestEverythingListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	s := startStack(t, filepath.Join(t.TempDir(), "data"))
	require.Empty(t, listeningPorts(t, s.PIDs.Supervisor))
	require.Equal(t, map[string]bool{"127.0.0.1:" + portOf(t, s.PostgresURL): true}, listeningPorts(t, s.PIDs.Postgres))
	temporal := listeningPorts(t, s.PIDs.Temporal)
	require.True(t, temporal[s.TemporalAddress])
	for address := range temporal {
		require.True(t, strings.HasPrefix(address, "127.0.0.1:"), address)
	}
}

func TestRootIsGivenUpAndNothingSecretIsInViewOfOthers(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root has something to give up")
	}
	closed := t.TempDir()
	require.NoError(t, os.Chmod(closed, 0o700))
	data := filepath.Join(closed, "below", "data")
	s := startStack(t, data)
	secrets := []string{}
	for _, role := range []string{superuserRole, temporalRole, productRole} {
		content, err := os.ReadFile(filepath.Join(data, "secrets", role))
		require.NoError(t, err)
		secrets = append(secrets, strings.TrimSpace(string(content)))
	}
	for _, pid := range []int{s.PIDs.Postgres, s.PIDs.Temporal} {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		require.NoError(t, err)
		require.NotContains(t, string(status), "\nUid:\t0")
		require.NotContains(t, string(status), "\nGid:\t0")
		require.Regexp(t, `(?m)^Groups:\s*$`, string(status))
		require.Regexp(t, `(?m)^CapEff:\s*0+$`, string(status))
		for _, name := range []string{"cmdline", "environ"} {
			content, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name))
			require.NoError(t, err)
			for _, secret := range secrets {
				require.NotContains(t, string(content), secret)
			}
		}
	}
	for _, log := range []string{"postgres.log", "temporal.log", "initdb.log"} {
		content, err := os.ReadFile(filepath.Join(data, "log", log))
		require.NoError(t, err)
		for _, secret := range secrets {
			require.NotContains(t, string(content), secret)
		}
	}
}

func TestEveryFileOfTheFolderIsClosedToOthers(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.Mkdir(data, 0o755))
	startStack(t, data)
	require.NoError(t, filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // Postgres removes files of its own while we look
		}
		info, err := entry.Info()
		if err != nil || strings.HasPrefix(path, filepath.Join(data, "postgres")+"/") {
			return nil // below a folder that is itself closed
		}
		require.Zero(t, info.Mode().Perm()&0o077, path)
		return nil
	}))
}

func TestAnOrdinaryUserRunsAStack(t *testing.T) {
	t.Parallel()
	ordinary := nobody(t)
	place := openPlace(t)
	require.NoError(t, os.Chown(place, int(ordinary.Uid), int(ordinary.Gid)))
	data := filepath.Join(place, "data")
	s := startStackAs(t, data, ordinary)
	for _, pid := range []int{s.PIDs.Supervisor, s.PIDs.Postgres, s.PIDs.Temporal} {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		require.NoError(t, err)
		require.Contains(t, string(status), fmt.Sprintf("\nUid:\t%d\t", ordinary.Uid))
	}
	s.kill(postgresPID)
	s.kill(temporalPID)
	temporal := s.temporalClient()
	work(t, temporal)
	startCollecting(t, temporal, "case")
	send(t, temporal, "case", 0)
	requireCollected(t, temporal, "case", 1)
	s.stop()

	t.Run("and root does not take it over", func(t *testing.T) {
		status, words := refusedStart(t, data)
		require.Equal(t, 1, status)
		require.Contains(t, words, "belongs to user nobody")
	})
	again := startStackAs(t, data, ordinary)
	require.Equal(t, s.TemporalAddress, again.TemporalAddress)
}

func TestAFolderOfSomethingElseIsNotTaken(t *testing.T) {
	t.Parallel()
	place := openPlace(t)
	require.NoError(t, os.WriteFile(filepath.Join(place, "letter"), nil, 0o644))
	status, words := refusedStart(t, place)
	require.Equal(t, 1, status)
	require.Contains(t, words, "already holds other files")
	info, err := os.Stat(place)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o755), info.Mode().Perm(), "and stays as open as it was")
}
