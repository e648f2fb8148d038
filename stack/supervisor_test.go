package stack_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/stack/stacktest"
)

// TestMain lets the test binary be the programs that a supervisor runs.
func TestMain(m *testing.M) {
	switch os.Getenv("STACK_TEST_PROGRAM") {
	case "supervise": // keeps a shell running until it is killed
		supervisor := stack.NewSupervisor(hclog.New(&hclog.LoggerOptions{Output: os.Stdout, Level: hclog.Debug}))
		if err := supervisor.Start(stack.Process{Name: "sleeper", Path: "/bin/sh", Args: []string{"-c", "echo asleep $$; exec sleep 1000"}, Env: []string{}}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		select {}
	default:
		stacktest.Main(m)
	}
}

// journal is a log that a test can read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer // not embedded: its other methods take no lock
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (j *journal) logger() hclog.Logger {
	return hclog.New(&hclog.LoggerOptions{Name: "tiaochu", Output: j, Level: hclog.Debug})
}

func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	require.Eventually(t, happened, time.Minute, 5*time.Millisecond, what)
}

func alive(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(status), ") ")
	return !strings.HasPrefix(after, "Z")
}

func shell(name, script string) stack.Process {
	return stack.Process{Name: name, Path: "/bin/sh", Args: []string{"-c", script}}
}

func TestAProcessThatDiesIsStartedAgain(t *testing.T) {
	t.Parallel()
	var said journal
	supervisor := stack.NewSupervisor(said.logger())
	t.Cleanup(func() { supervisor.Stop(context.Background()) })
	require.NoError(t, supervisor.Start(shell("worker", "echo at work; exec sleep 1000")))
	for life := 1; life <= 3; life++ {
		eventually(t, "it works", func() bool { return strings.Count(said.String(), "at work") == life })
		pid := supervisor.PID("worker")
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		eventually(t, "another takes its place", func() bool { now := supervisor.PID("worker"); return now != 0 && now != pid })
	}
	require.Contains(t, said.String(), "process ended, starting it again")
	require.Contains(t, said.String(), "signal: killed")
}

func TestAProcessThatKeepsEndingIsStartedEverMoreRarely(t *testing.T) {
	t.Parallel()
	var said journal
	supervisor := stack.NewSupervisor(said.logger())
	require.NoError(t, supervisor.Start(shell("hopeless", "echo tried; exit 7")))
	eventually(t, "the pauses grow", func() bool { return strings.Contains(said.String(), "pause=400ms") })
	born := time.Now()
	supervisor.Stop(context.Background())
	require.Less(t, time.Since(born), 5*time.Second, "a stop doesn't wait for a pause")
	require.Contains(t, said.String(), "exit status 7")
	require.LessOrEqual(t, strings.Count(said.String(), "tried"), 6)
	require.Error(t, supervisor.Start(shell("late", "true")), "after a stop nothing starts")
}

func TestProcessesStopInOrderAndTheStubbornAreKilled(t *testing.T) {
	t.Parallel()
	var said journal
	supervisor := stack.NewSupervisor(said.logger())
	obedient := func(name string) stack.Process {
		return shell(name, `trap 'echo "`+name+` ends"; exit 0' TERM; echo `+name+` runs; while :; do sleep 0.01; done`)
	}
	require.NoError(t, supervisor.Start(obedient("first")))
	require.NoError(t, supervisor.Start(obedient("second")))
	stubborn := shell("stubborn", `trap '' TERM; echo stubborn runs; while :; do sleep 0.01; done`)
	stubborn.StopTimeout = 100 * time.Millisecond
	require.NoError(t, supervisor.Start(stubborn))
	require.Error(t, supervisor.Start(obedient("first")), "a name is used once")
	eventually(t, "all run", func() bool { return strings.Count(said.String(), " runs") == 3 })
	pids := []int{supervisor.PID("first"), supervisor.PID("second"), supervisor.PID("stubborn")}

	supervisor.Stop(context.Background())
	for _, pid := range pids {
		require.False(t, alive(pid))
	}
	words := said.String()
	require.Contains(t, words, "did not end in time")
	require.Less(t, strings.Index(words, "did not end in time"), strings.Index(words, "second ends"))
	require.Less(t, strings.Index(words, "second ends"), strings.Index(words, "first ends"))
}

func TestWhatAProcessLogsKeepsItsLevelAndFields(t *testing.T) {
	t.Parallel()
	var said journal
	supervisor := stack.NewSupervisor(said.logger())
	t.Cleanup(func() { supervisor.Stop(context.Background()) })
	require.NoError(t, supervisor.Start(shell("api", `
		echo '{"@level":"warn","@message":"slow query","@module":"tiaochu.store","@timestamp":"2026-01-01T00:00:00Z","ms":1200000,"table":"events"}'
		echo 'plain words'
		echo '{"not":"a log line"}'
		printf 'no end of line'
		exec sleep 1000`)))
	eventually(t, "it has spoken", func() bool { return strings.Contains(said.String(), `{"not"`) })
	require.Contains(t, said.String(), "[WARN]  tiaochu.api.store: slow query: ms=1200000 table=events")
	require.Contains(t, said.String(), "[INFO]  tiaochu.api: plain words")
	supervisor.Stop(context.Background())
	require.Contains(t, said.String(), "no end of line", "the last line needs no end")
}

func TestAProgramThatIsNotThereIsReportedAtOnce(t *testing.T) {
	t.Parallel()
	supervisor := stack.NewSupervisor(hclog.NewNullLogger())
	require.ErrorIs(t, supervisor.Start(stack.Process{Name: "ghost", Path: filepath.Join(t.TempDir(), "none")}), os.ErrNotExist)
	require.Zero(t, supervisor.PID("ghost"))
}

func TestProcessesDoNotOutliveAKilledSupervisor(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	require.NoError(t, err)
	var said journal
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "STACK_TEST_PROGRAM=supervise")
	cmd.Stdout, cmd.Stderr = &said, &said
	require.NoError(t, cmd.Start())
	pid := 0
	eventually(t, "the child speaks", func() bool {
		_, after, found := strings.Cut(said.String(), "asleep ")
		if !found {
			return false
		}
		pid, err = strconv.Atoi(strings.TrimSpace(strings.SplitN(after, "\n", 2)[0]))
		return err == nil
	})
	require.True(t, alive(pid))
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	eventually(t, "the child ends", func() bool { return !alive(pid) })
}
