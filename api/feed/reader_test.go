package feed_test

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/feed"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Run(m, func(url string) error { return store.Migrate(context.Background(), url, hclog.NewNullLogger()) })
}

// place is a record with a reader on it.
type place struct {
	t      *testing.T
	url    string
	store  *store.Store
	reader *feed.Reader
}

func open(t *testing.T) *place {
	t.Helper()
	p := &place{t: t, url: storetest.Database(t)}
	var err error
	p.store, err = store.Open(t.Context(), store.Options{
		URL: p.url, PoolSize: 6, Keys: store.FileKeySource(filepath.Join(t.TempDir(), "master.key")),
	})
	require.NoError(t, err)
	t.Cleanup(p.store.Close)
	set := directory.DevelopmentEntries()
	_, err = p.store.SeedDirectory(t.Context(), set, false)
	require.NoError(t, err)
	p.reader = feed.NewReader(p.store, hclog.NewNullLogger())
	return p
}

func (p *place) sql(statement string, arguments ...any) {
	p.t.Helper()
	conn, err := pgx.Connect(p.t.Context(), p.url)
	require.NoError(p.t, err)
	defer func() { _ = conn.Close(context.Background()) }()
	_, err = conn.Exec(p.t.Context(), statement, arguments...)
	require.NoError(p.t, err)
}

// write adds events numbered first to last to one case, in one transaction.
func (p *place) write(first, last int) {
	p.t.Helper()
	p.sql(`
		insert into events (case_id, seq, type, at, effective_at, actor_person_id, actor_role, actor_unit_id, actor_division,
			actor_unit_kind, request_key, input_digest, request_id, backdating_reason, body, hash)
		select '00000000-0000-0000-0000-000000000001', seq, 'NoteAdded', now(), now(), '', 'SYSTEM', '', '', '', '', '', '', '',
			'{"text":""}', 'h' from generate_series($1::integer, $2::integer) seq order by seq`, first, last)
}

// read reads numbers until it has come to last, and wants them to come one by one.
func read(t *testing.T, f *feed.Follower, first, last int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for next := first; next <= last; {
		batch, err := f.Next(ctx)
		require.NoError(t, err)
		for _, e := range batch.Events {
			require.Equal(t, next, e.Case.Seq)
			next++
		}
	}
}

func TestFollowersGetEveryEventOnceHoweverFarBehindTheyAre(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.write(1, 10)
	slow := p.reader.Follow(&store.FeedCursor{})
	defer slow.Close()
	var group sync.WaitGroup
	for range 20 {
		quick := p.reader.Follow(&store.FeedCursor{})
		defer quick.Close()
		group.Go(func() { read(t, quick, 1, 3000) })
	}
	read(t, slow, 1, 10)
	for first := 11; first < 3000; first += 130 {
		p.write(first, first+129)
	}
	group.Wait()
	read(t, slow, 11, 3000) // more than the process keeps
	p.write(3001, 3005)
	read(t, slow, 3001, 3005)
}

func TestAFollowerFromNowOnGetsWhatComesLater(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.write(1, 1000)
	require.Eventually(t, func() bool {
		end, err := p.store.FeedEnd(t.Context())
		return err == nil && end.Position >= 1000
	}, 30*time.Second, 10*time.Millisecond)
	f := p.reader.Follow(nil)
	defer f.Close()
	require.NoError(t, f.Ready(t.Context()))
	p.write(1001, 1003)
	read(t, f, 1001, 1003)
}

func TestAFollowerIsToldOfAChangedDirectoryThoughNothingHappens(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.reader.Follow(nil)
	defer f.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	version := func() int64 {
		batch, err := f.Next(ctx)
		require.NoError(t, err)
		require.Empty(t, batch.Events)
		shown, err := batch.Shown(ctx)
		require.NoError(t, err)
		return shown.People.Version
	}
	before := version()
	p.sql("update directory_version set version = version + 1")
	require.Equal(t, before+1, version())
}

func TestARestoredRecordEndsWhoeverFollowsAndIsFollowedAnew(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.write(1, 3)
	f := p.reader.Follow(&store.FeedCursor{})
	defer f.Close()
	read(t, f, 1, 3)
	p.sql("update feed_epochs set counted_by = 'another cluster'")
	p.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'")
	var err error
	for err == nil {
		_, err = f.Next(t.Context())
	}
	require.ErrorIs(t, err, feed.ErrRestarted)
	again := p.reader.Follow(&store.FeedCursor{})
	defer again.Close()
	p.write(4, 5)
	read(t, again, 1, 5)
}

func TestAPlaceIsKeptWhenNextIsGivenUp(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.reader.Follow(nil)
	defer f.Close()
	require.NoError(t, f.Ready(t.Context()))
	for i := range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Millisecond)
		_, err := f.Next(ctx)
		cancel()
		require.True(t, err == nil || errors.Is(err, context.DeadlineExceeded), "%d: %v", i, err)
	}
	p.write(1, 2)
	read(t, f, 1, 2)
}

func TestWhoeverLeavesLastEndsTheReading(t *testing.T) {
	p := open(t)
	for range 5 {
		var followers []*feed.Follower
		for range 50 {
			followers = append(followers, p.reader.Follow(nil))
		}
		for _, f := range followers {
			require.NoError(t, f.Ready(t.Context()))
		}
		for _, f := range followers {
			f.Close()
			f.Close()
		}
	}
	p.reader.Wait()
	stacks := make([]byte, 1<<20)
	require.NotContains(t, string(stacks[:runtime.Stack(stacks, true)]), "feed.(*run)")
}
