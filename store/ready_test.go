package store

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestReadyOnlyWhenAWriteSucceeds(t *testing.T) {
	t.Parallel()
	url, key := storetest.Database(t), FileKeySource(filepath.Join(t.TempDir(), "key"))
	s := openAt(t, url, key)
	require.NoError(t, s.Ready(t.Context()))
	_, err := s.pool.Exec(t.Context(), "do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$")
	require.NoError(t, err)
	s.pool.Reset() // new connections learn of it
	require.ErrorContains(t, s.Ready(t.Context()), "read-only")

	s.Close()
	require.Error(t, s.Ready(t.Context()))
}

func TestAppendSaysThatPostgresIsAwayAndLeavesTheOutcomeToTheRecord(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	version := stateOf(t, s, command.CaseID).Version
	note := noting(t, s, command.CaseID, 1)
	gone := cutOffAtCommit(t, s)
	_, err := s.Append(t.Context(), version, note, noon)
	require.Error(t, err)
	require.ErrorContains(t, err, command.CaseID)
	gone()

	// Whatever became of it, asking again brings the note into the record once.
	require.NoError(t, appendLikeAShell(t, s, note))
	require.Equal(t, version+1, stateOf(t, s, command.CaseID).Version)
}

// cutOffAtCommit makes Postgres end the session of the next append that writes an event,
// until the returned function is called.
func cutOffAtCommit(t testing.TB, s *Store) (restore func()) {
	t.Helper()
	_, err := s.pool.Exec(t.Context(), `
		create function cut_off() returns trigger language plpgsql as $$
		begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
		create trigger cut_off before insert on events for each row execute function cut_off()`)
	require.NoError(t, err)
	return func() {
		_, err := s.pool.Exec(t.Context(), "drop trigger cut_off on events; drop function cut_off")
		require.NoError(t, err)
	}
}
