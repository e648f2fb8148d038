package store

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func TestTheFeedSkipsNothingThoughAnOlderTransactionCommitsLater(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	slow, fast := register(t, s), register(t, s)
	start := awaitFeed(t, s, FeedCursor{}, count(t, s, "events"))
	last := start[len(start)-1].Feed

	// The slow session takes its transaction and its position first …
	conn, err := s.pool.Acquire(t.Context())
	require.NoError(t, err)
	defer conn.Release()
	tx, err := conn.Begin(t.Context())
	require.NoError(t, err)
	insertRaw(t, tx, slow.CaseID, stateOf(t, s, slow.CaseID).Version+1)
	// … and a reader comes when only the other one has committed.
	requireAdded(t, s, stateOf(t, s, fast.CaseID).Version, noting(t, s, fast.CaseID, 1))
	seen := readFeed(t, s, last)
	require.Empty(t, seen, "the younger event would be overtaken by the older")

	require.NoError(t, tx.Commit(t.Context()))
	seen = awaitFeed(t, s, last, 2)
	require.Equal(t, slow.CaseID, seen[0].CaseID)
	require.Equal(t, fast.CaseID, seen[1].CaseID)
	require.Less(t, seen[0].Feed.Transaction, seen[1].Feed.Transaction)
}

func TestTheFeedSkipsNothingThoughAYoungerTransactionTookTheLowerPosition(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	first, second := register(t, s), register(t, s)
	start := awaitFeed(t, s, FeedCursor{}, count(t, s, "events"))
	cursor := start[len(start)-1].Feed

	older, err := s.pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = older.Exec(t.Context(), "select pg_current_xact_id()") // an older transaction that writes later
	require.NoError(t, err)
	younger, err := s.pool.Begin(t.Context())
	require.NoError(t, err)
	insertRaw(t, younger, first.CaseID, stateOf(t, s, first.CaseID).Version+1)
	insertRaw(t, older, second.CaseID, stateOf(t, s, second.CaseID).Version+1)
	require.NoError(t, older.Commit(t.Context()))

	// The older one is final now, though its position is the higher.
	seen := awaitFeed(t, s, cursor, 1)
	require.Equal(t, second.CaseID, seen[0].CaseID)
	require.NoError(t, younger.Commit(t.Context()))
	next := awaitFeed(t, s, seen[0].Feed, 1)
	require.Equal(t, first.CaseID, next[0].CaseID)
	require.Less(t, next[0].Feed.Position, seen[0].Feed.Position, "by position alone it would have been skipped")
}

// insertRaw adds an event as a session of its own would, leaving the transaction open.
func insertRaw(t testing.TB, tx pgx.Tx, caseID string, seq int) {
	t.Helper()
	_, err := tx.Exec(t.Context(), `
		insert into events (case_id, seq, type, at, effective_at, actor_person_id, actor_role, actor_unit_id, actor_division,
			actor_unit_kind, request_key, input_digest, request_id, backdating_reason, body, hash)
		values ($1, $2, 'NoteAdded', now(), now(), '', 'SYSTEM', '', '', '', '', '', '', '', '{"text":""}', '')`, caseID, seq)
	require.NoError(t, err)
}

func readFeed(t testing.TB, s *Store, after FeedCursor) []StoredEvent {
	t.Helper()
	events, err := s.Feed(t.Context(), after, 1000)
	require.NoError(t, err)
	return events
}

// awaitFeed reads the feed until it has n events: the transactions of other tests, in other
// databases of the cluster, hold it back too.
func awaitFeed(t testing.TB, s *Store, after FeedCursor, n int) []StoredEvent {
	t.Helper()
	var events []StoredEvent
	require.Eventually(t, func() bool {
		events = readFeed(t, s, after)
		return len(events) >= n
	}, 30*time.Second, 10*time.Millisecond)
	require.Len(t, events, n)
	return events
}

func TestTheFeedIsReadInPiecesAndItsReadersAreWoken(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	listener, err := s.pool.Acquire(t.Context())
	require.NoError(t, err)
	defer listener.Release()
	_, err = listener.Exec(t.Context(), "listen "+FeedChannel)
	require.NoError(t, err)
	for range 3 {
		register(t, s)
	}
	_, err = listener.Conn().WaitForNotification(t.Context())
	require.NoError(t, err)

	all := awaitFeed(t, s, FeedCursor{}, count(t, s, "events"))
	var pieces []StoredEvent
	for cursor := (FeedCursor{}); ; {
		piece, err := s.Feed(t.Context(), cursor, 2)
		require.NoError(t, err)
		if len(piece) == 0 {
			break
		}
		pieces, cursor = append(pieces, piece...), piece[len(piece)-1].Feed
	}
	require.Equal(t, all, pieces)
}
