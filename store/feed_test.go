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
	last := start[len(start)-1].Place()

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
	require.Equal(t, slow.CaseID, seen[0].Case.CaseID)
	require.Equal(t, fast.CaseID, seen[1].Case.CaseID)
	require.Less(t, seen[0].Place().Transaction, seen[1].Place().Transaction)
}

func TestTheFeedSkipsNothingThoughAYoungerTransactionTookTheLowerPosition(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	first, second := register(t, s), register(t, s)
	start := awaitFeed(t, s, FeedCursor{}, count(t, s, "events"))
	cursor := start[len(start)-1].Place()

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
	require.Equal(t, second.CaseID, seen[0].Case.CaseID)
	require.NoError(t, younger.Commit(t.Context()))
	next := awaitFeed(t, s, seen[0].Place(), 1)
	require.Equal(t, first.CaseID, next[0].Case.CaseID)
	require.Less(t, next[0].Place().Position, seen[0].Place().Position, "by position alone it would have been skipped")
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

func readFeed(t testing.TB, s *Store, after FeedCursor) []FeedEvent {
	t.Helper()
	events, err := s.Feed(t.Context(), after, 1000)
	require.NoError(t, err)
	return events
}

// awaitFeed reads the feed until it has n events: the transactions of other tests, in other
// databases of the cluster, hold it back too.
func awaitFeed(t testing.TB, s *Store, after FeedCursor, n int) []FeedEvent {
	t.Helper()
	var events []FeedEvent
	require.Eventually(t, func() bool {
		events = readFeed(t, s, after)
		return len(events) >= n
	}, 30*time.Second, 10*time.Millisecond)
	require.Len(t, events, n)
	return events
}

func TestARestoredRecordBeginsANewEpochOfTheFeed(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	first, second := register(t, s), register(t, s)
	before := awaitFeed(t, s, FeedCursor{}, count(t, s, "events"))
	mark := markOf(s, before[0])
	resumed, err := s.ResumeFeed(t.Context(), mark)
	require.NoError(t, err)
	require.Equal(t, before[1:], readFeed(t, s, resumed))

	// As after a restore into a younger cluster: whoever counts is another one, and what the
	// record brought along has higher transactions than any of its own for a long time.
	_, err = s.pool.Exec(t.Context(), "update feed_epochs set counted_by = 'another cluster'")
	require.NoError(t, err)
	_, err = s.pool.Exec(t.Context(), "alter table events disable trigger user")
	require.NoError(t, err)
	_, err = s.pool.Exec(t.Context(), "update events set xid = (xid::text::bigint + 1000000000)::text::xid8")
	require.NoError(t, err)
	require.NoError(t, s.enterEpoch(t.Context()))
	require.NoError(t, s.enterEpoch(t.Context()), "once")
	require.Equal(t, 2, s.FeedEpoch())
	end, err := s.FeedEnd(t.Context())
	require.NoError(t, err)
	require.Equal(t, FeedCursor{Epoch: 2}, end)
	requireAdded(t, s, stateOf(t, s, second.CaseID).Version, noting(t, s, second.CaseID, 1))
	requireAdded(t, s, stateOf(t, s, first.CaseID).Version, noting(t, s, first.CaseID, 2))

	all := awaitFeed(t, s, FeedCursor{}, len(before)+2)
	for i, event := range before {
		require.Equal(t, event.Case.Hash, all[i].Case.Hash, "first what was brought along, in its order")
	}
	require.Equal(t, second.CaseID, all[len(all)-2].Case.CaseID)
	require.Equal(t, first.CaseID, all[len(all)-1].Case.CaseID)
	require.Equal(t, all[len(before):], readFeed(t, s, end))
	for i := 1; i < len(all); i++ {
		require.Negative(t, all[i-1].Place().Compare(all[i].Place()))
	}

	_, err = s.ResumeFeed(t.Context(), mark)
	require.ErrorIs(t, err, ErrFeedExpired)
	// What is given out now resumes, also within what was brought along.
	for i, event := range all {
		resumed, err := s.ResumeFeed(t.Context(), markOf(s, event))
		require.NoError(t, err)
		require.Equal(t, append([]FeedEvent{}, all[i+1:]...), append([]FeedEvent{}, readFeed(t, s, resumed)...))
	}
}

func markOf(s *Store, e FeedEvent) FeedMark {
	return FeedMark{Epoch: s.FeedEpoch(), Transaction: e.Place().Transaction, Position: e.Place().Position, Hash: e.Case.Hash[:8]}
}

func TestAMarkThatNamesNoEventOfTheRecordIsExpired(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	register(t, s)
	event := awaitFeed(t, s, FeedCursor{}, count(t, s, "events"))[0]
	for name, change := range map[string]func(*FeedMark){
		"another epoch":       func(m *FeedMark) { m.Epoch = 7 },
		"a later transaction": func(m *FeedMark) { m.Transaction += 1000 },
		"a later position":    func(m *FeedMark) { m.Position += 1000 },
		"another event":       func(m *FeedMark) { m.Hash = "00000000" },
		"no hash":             func(m *FeedMark) { m.Hash = "" },
	} {
		mark := markOf(s, event)
		change(&mark)
		_, err := s.ResumeFeed(t.Context(), mark)
		require.ErrorIs(t, err, ErrFeedExpired, name)
	}
}

func TestTheMarkOfAnEventThatIsNotFinalResumesBeforeAllThatIsNot(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	slow, fast := register(t, s), register(t, s)
	awaitFeed(t, s, FeedCursor{}, count(t, s, "events"))
	tx, err := s.pool.Begin(t.Context())
	require.NoError(t, err)
	insertRaw(t, tx, slow.CaseID, stateOf(t, s, slow.CaseID).Version+1)
	version := stateOf(t, s, fast.CaseID).Version
	requireAdded(t, s, version, noting(t, s, fast.CaseID, 1))
	page, err := s.Timeline(t.Context(), fast.CaseID, Page{Last: 1})
	require.NoError(t, err)
	e := page.Rows[0]
	require.Equal(t, version+1, e.Seq)

	resumed, err := s.ResumeFeed(t.Context(), FeedMark{
		Epoch: s.FeedEpoch(), Transaction: e.Feed.Transaction, Position: e.Feed.Position, Hash: e.Hash,
	})
	require.NoError(t, err)
	require.NoError(t, tx.Commit(t.Context()))
	seen := awaitFeed(t, s, resumed, 2)
	require.Equal(t, slow.CaseID, seen[0].Case.CaseID, "it was overtaken, and is not missed")
	require.Equal(t, fast.CaseID, seen[1].Case.CaseID)
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
	var pieces []FeedEvent
	for cursor := (FeedCursor{}); ; {
		piece, err := s.Feed(t.Context(), cursor, 2)
		require.NoError(t, err)
		if len(piece) == 0 {
			break
		}
		pieces, cursor = append(pieces, piece...), piece[len(piece)-1].Place()
	}
	require.Equal(t, all, pieces)
}
