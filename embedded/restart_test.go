package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func TestAStackGoesOnAfterAStopWhereItWas(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	ctx := contextOf(t)

	first := startStack(t, data)
	t.Logf("first start: %s", first.took.Round(time.Millisecond))
	connection, err := pgx.Connect(ctx, first.PostgresURL)
	require.NoError(t, err)
	_, err = connection.Exec(ctx, `create table kept (word text)`)
	require.NoError(t, err)
	_, err = connection.Exec(ctx, `insert into kept values ('调解')`)
	require.NoError(t, err)
	require.NoError(t, connection.Close(ctx))
	temporal := first.temporalClient()
	startCollecting(t, temporal, "open-case")
	send(t, temporal, "open-case", 0)
	t.Logf("clean stop: %s", first.stop().Round(time.Millisecond))
	_, err = os.Stat(filepath.Join(data, descriptionFile))
	require.ErrorIs(t, err, os.ErrNotExist, "a stopped stack is not described")
	require.False(t, alive(first.PIDs.Postgres))
	require.False(t, alive(first.PIDs.Temporal))

	second := startStack(t, data)
	t.Logf("second start: %s", second.took.Round(time.Millisecond))
	require.Less(t, second.took, 10*time.Second)
	require.Equal(t, first.PostgresURL, second.PostgresURL, "ports and passwords are kept")
	require.Equal(t, first.TemporalAddress, second.TemporalAddress)
	connection, err = pgx.Connect(ctx, second.PostgresURL)
	require.NoError(t, err)
	defer connection.Close(ctx)
	var word string
	require.NoError(t, connection.QueryRow(ctx, `select word from kept`).Scan(&word))
	require.Equal(t, "调解", word)
	temporal = second.temporalClient()
	work(t, temporal)
	send(t, temporal, "open-case", 1)
	requireCollected(t, temporal, "open-case", 2)
}

func TestTheDatabaseIsSetUpForDurabilityAndChinese(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	s := startStack(t, data, "--product-connections=17")
	ctx := contextOf(t)
	connection, err := pgx.Connect(ctx, s.PostgresURL)
	require.NoError(t, err)
	defer connection.Close(ctx)
	server, err := superuserOf(data)
	require.NoError(t, err)
	superuser, err := server.superuser(ctx, productDatabase)
	require.NoError(t, err)
	defer superuser.Close(ctx)
	for setting, wanted := range map[string]string{
		"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on",
		"server_encoding": "UTF8", "lc_ctype": "C.UTF-8", "TimeZone": "UTC",
		"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "password_encryption": "scram-sha-256",
		"idle_in_transaction_session_timeout": "1min",
	} {
		var value string
		require.NoError(t, superuser.QueryRow(ctx, `select current_setting($1)`, setting).Scan(&value))
		require.Equal(t, wanted, value, setting)
	}
	var connections, limit int
	require.NoError(t, connection.QueryRow(ctx, `select current_setting('max_connections')::int`).Scan(&connections))
	require.Equal(t, maxConnections(17), connections)
	require.NoError(t, connection.QueryRow(ctx, `select rolconnlimit from pg_roles where rolname = current_user`).Scan(&limit))
	require.Equal(t, 17, limit)
	var privileged bool
	require.NoError(t, connection.QueryRow(ctx, `select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user`).Scan(&privileged))
	require.False(t, privileged)
}

func TestTwoStacksRunSideBySide(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	one := startStack(t, filepath.Join(parent, "one"))
	other := startStack(t, filepath.Join(parent, "other"))
	require.NotEqual(t, one.PostgresURL, other.PostgresURL)
	require.NotEqual(t, one.TemporalAddress, other.TemporalAddress)
	for _, s := range []*runningStack{one, other} {
		temporal := s.temporalClient()
		work(t, temporal)
		startCollecting(t, temporal, "same-id")
		send(t, temporal, "same-id", 0)
		requireCollected(t, temporal, "same-id", 1)
	}
	_, err := pgx.Connect(contextOf(t), strings.Replace(one.PostgresURL, portOf(t, one.PostgresURL), portOf(t, other.PostgresURL), 1))
	require.ErrorContains(t, err, "password authentication failed", "the password of one opens no other")
}

func TestASecondStartOnTheSameFolderSaysWhoHasIt(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	s := startStack(t, data)
	status, words := refusedStart(t, data)
	require.Equal(t, exitFolderInUse, status)
	require.Contains(t, words, "in use by process "+pidText(s.PIDs.Supervisor))
	require.True(t, alive(s.PIDs.Postgres) && alive(s.PIDs.Temporal), "the first goes on")
	_, err := s.now()
	require.NoError(t, err, "and stays described")
}

func TestAGivenPortIsTakenOrRefused(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	s := startStack(t, filepath.Join(parent, "one"))
	status, words := refusedStart(t, filepath.Join(parent, "other"), "--postgres-port="+portOf(t, s.PostgresURL))
	require.Equal(t, 1, status)
	require.Contains(t, words, "port "+portOf(t, s.PostgresURL)+", given for Postgres, is in use")

	free := &ports{}
	port, err := free.reserveAny()
	require.NoError(t, err)
	require.NoError(t, free.reservations[0].Close())
	given := startStack(t, filepath.Join(parent, "other"), "--temporal-port="+pidText(port))
	require.Equal(t, "127.0.0.1:"+pidText(port), given.TemporalAddress)
}

func TestAnEphemeralStackLeavesNothing(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	s := startStack(t, filepath.Join(parent, "data"), "--ephemeral")
	s.stop()
	_, err := os.Stat(filepath.Join(parent, "data"))
	require.ErrorIs(t, err, os.ErrNotExist)

	require.NoError(t, os.Mkdir(filepath.Join(parent, "mine"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(parent, "mine", "letter"), []byte("keep me"), 0o600))
	_, words := refusedStart(t, filepath.Join(parent, "mine"), "--ephemeral")
	require.Contains(t, words, "not empty")
	require.FileExists(t, filepath.Join(parent, "mine", "letter"))
}
