package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestKillingAnyPartLosesNothingThatWasAcknowledged(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	s := startStack(t, data)
	temporal := s.temporalClient()
	work(t, temporal)
	const cases, numbers = 20, 15
	id := func(i int) string { return fmt.Sprintf("case-%d", i) }
	for i := range cases {
		startCollecting(t, temporal, id(i))
	}

	var senders sync.WaitGroup
	progress := make(chan struct{}, cases*numbers)
	for i := range cases {
		senders.Go(func() {
			for number := range numbers {
				send(t, temporal, id(i), number)
				progress <- struct{}{}
			}
		})
	}
	acknowledged := func(n int) {
		for range n {
			<-progress
		}
	}
	acknowledged(cases)
	s.kill(temporalPID)
	acknowledged(cases)
	s.kill(postgresPID)
	acknowledged(cases)
	s.kill(temporalPID)
	s.kill(postgresPID)
	acknowledged(cases)

	before, err := s.now()
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(s.cmd.Process.Pid, syscall.SIGKILL))
	s.waitEnded()
	born := time.Now()
	again := startStack(t, data)
	t.Logf("ready %s after the supervisor was killed", time.Since(born).Round(time.Millisecond))
	require.False(t, alive(before.PIDs.Postgres), "the parts don't outlive the supervisor")
	require.False(t, alive(before.PIDs.Temporal), "the parts don't outlive the supervisor")
	require.Equal(t, s.TemporalAddress, again.TemporalAddress, "clients find it where it was")

	senders.Wait()
	for i := range cases {
		requireCollected(t, temporal, id(i), numbers)
	}
}

func TestThePartsOfAKilledSupervisorEndByThemselves(t *testing.T) {
	t.Parallel()
	s := startStack(t, filepath.Join(t.TempDir(), "data"))
	require.NoError(t, syscall.Kill(s.PIDs.Supervisor, syscall.SIGKILL))
	eventually(t, "Postgres and Temporal end", func() bool { return !alive(s.PIDs.Postgres) && !alive(s.PIDs.Temporal) })
}

func TestAServerLeftOnTheFolderIsEnded(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	startStack(t, data).stop()
	c, err := superuserOf(data)
	require.NoError(t, err)
	c.folder = &folder{path: data}
	c.programs, err = findPostgres("")
	require.NoError(t, err)
	c.servant, err = chooseServant(c.folder.file("postgres"))
	require.NoError(t, err)
	c.settings = postgresSettings(c.port, 10, machineMemory())
	orphan, _, err := c.command(contextOf(t))
	require.NoError(t, err)
	orphan.SysProcAttr = &syscall.SysProcAttr{Credential: c.servant.credential()}
	require.NoError(t, orphan.Start())
	ended := make(chan struct{})
	go func() {
		_ = orphan.Wait()
		close(ended)
	}()
	eventually(t, "the orphan serves", func() bool { return c.answers(contextOf(t)) == nil })

	s := startStack(t, data)
	<-ended
	require.NotEqual(t, orphan.Process.Pid, s.PIDs.Postgres)
	require.Equal(t, pidText(c.port), portOf(t, s.PostgresURL), "its port is free again")
}

func TestAStartKilledHalfWayIsMadeGoodByTheNext(t *testing.T) {
	t.Parallel()
	for name, moment := range map[string]func(data string) bool{
		"during initdb":         func(data string) bool { return exists(data, "postgres.new", "base", "1") },
		"after initdb":          func(data string) bool { return exists(data, "postgres", "PG_VERSION") },
		"while Postgres starts": func(data string) bool { return exists(data, "postgres", "postmaster.pid") },
		"during the schema of the store": func(data string) bool {
			return databaseSeen(t, data, storeDatabase.name+"_unfinished")
		},
		"during the schema of visibility": func(data string) bool {
			return databaseSeen(t, data, visibilityDatabase.name+"_unfinished")
		},
		"while Temporal starts": func(data string) bool { return exists(data, "log", "temporal.log") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(t.TempDir(), "data")
			interrupted, _ := launch(t, data, nil)
			eventually(t, name, func() bool { return moment(data) })
			require.NoError(t, interrupted.cmd.Process.Kill())
			interrupted.waitEnded()

			s := startStack(t, data)
			temporal := s.temporalClient()
			work(t, temporal)
			startCollecting(t, temporal, "case")
			send(t, temporal, "case", 0)
			requireCollected(t, temporal, "case", 1)
			require.False(t, exists(data, "postgres.new"))
			require.False(t, databaseSeen(t, data, storeDatabase.name+"_unfinished"))
			require.False(t, databaseSeen(t, data, visibilityDatabase.name+"_unfinished"))
		})
	}
}

func TestAPartThatCannotStartIsReportedWithItsLastWords(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	startStack(t, data).stop()
	require.NoError(t, os.WriteFile(filepath.Join(data, "postgres", "postgresql.conf"), []byte("nonsense = yes\n"), 0o600))
	born := time.Now()
	status, words := refusedStart(t, data)
	require.Equal(t, 1, status)
	require.Contains(t, words, "postgres ends at every start")
	require.Contains(t, words, `unrecognized configuration parameter "nonsense"`)
	require.Less(t, time.Since(born), time.Minute, "and doesn't try until the timeout")
}

func exists(path ...string) bool {
	_, err := os.Stat(filepath.Join(path...))
	return err == nil
}
