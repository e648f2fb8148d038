package stack_test

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/stack/stacktest"
)

func TestAStackIsFoundByItsFolderWhileItRuns(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	data := filepath.Join(t.TempDir(), "data")
	_, err := stack.Read(data)
	require.ErrorIs(t, err, stack.ErrNotRunning)

	started := stacktest.Start(t, stack.Options{Data: data})
	found, err := stack.Read(data)
	require.NoError(t, err)
	require.Equal(t, started.Description, *found)
	connection, err := pgx.Connect(ctx, found.PostgresURL)
	require.NoError(t, err)
	require.NoError(t, connection.Close(ctx))

	_, err = stack.Start(ctx, stack.Options{Data: data, EmbeddedBinary: binary(t)})
	require.ErrorIs(t, err, stack.ErrInUse)

	require.NoError(t, syscall.Kill(found.PIDs.Temporal, syscall.SIGKILL))
	eventually(t, "the killed part is back under another id", func() bool {
		pids, err := started.Pids()
		return err == nil && pids.Temporal != 0 && pids.Temporal != found.PIDs.Temporal
	})
	require.NoError(t, started.Stop(ctx))
	<-started.Done()
	_, err = stack.Read(data)
	require.ErrorIs(t, err, stack.ErrNotRunning)
	require.False(t, alive(found.PIDs.Postgres))

	again := stacktest.Start(t, stack.Options{Data: data})
	require.Equal(t, found.PostgresURL, again.PostgresURL)
	require.NoError(t, syscall.Kill(again.PIDs.Supervisor, syscall.SIGKILL))
	<-again.Done()
	_, err = stack.Read(data)
	require.ErrorIs(t, err, stack.ErrNotRunning, "the description that a killed stack leaves is not believed")
}

func TestAStartCanBeGivenUp(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	path := binary(t)
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err := stack.Start(ctx, stack.Options{Data: data, EmbeddedBinary: path})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	stacktest.Start(t, stack.Options{Data: data}) // the folder is free, and good
}

func TestAFailedStartTellsWhy(t *testing.T) {
	t.Parallel()
	_, err := stack.Start(t.Context(), stack.Options{Data: t.TempDir(), EmbeddedBinary: binary(t), PostgresPrograms: t.TempDir()})
	require.ErrorContains(t, err, "no Postgres installation found")
	_, err = stack.Start(t.Context(), stack.Options{Data: t.TempDir(), EmbeddedBinary: "/nowhere/tiaochu-embedded"})
	require.ErrorContains(t, err, "no such file")
}

func binary(t *testing.T) string {
	t.Helper()
	root, err := stack.Root()
	require.NoError(t, err)
	path, err := stack.Build(t.Context(), root)
	require.NoError(t, err)
	return path
}
