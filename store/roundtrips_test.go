package store

import (
	"context"
	"net"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

// turns counts how often the client, having written, turned to waiting for the server.
type turns struct{ count atomic.Int64 }

func (r *turns) countOn(config *pgxpool.Config) {
	config.MaxConns = 1
	dial := config.ConnConfig.DialFunc
	config.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		return &countedConn{Conn: conn, turns: r}, err
	}
}

type countedConn struct {
	net.Conn
	turns *turns
	wrote atomic.Bool
}

func (c *countedConn) Write(b []byte) (int, error) {
	c.wrote.Store(true)
	return c.Conn.Write(b)
}

func (c *countedConn) Read(b []byte) (int, error) {
	if c.wrote.Swap(false) {
		c.turns.count.Add(1)
	}
	return c.Conn.Read(b)
}

func TestAppendTakesAtMostThreeRoundTrips(t *testing.T) {
	t.Parallel()
	trips := &turns{}
	s := openStoreWith(t, trips.countOn)
	// Readers of the feed are woken on the side, not within an append.
	s.waker.end()
	s.waker = &waker{grown: make(chan struct{}, 1), stop: make(chan struct{}), ended: make(chan struct{})}
	close(s.waker.ended)
	measured := func(do func()) int64 {
		before := trips.count.Load()
		do()
		return trips.count.Load() - before
	}
	// Once through everything first: Postgres then knows the statements and we the directory.
	for range 2 {
		command := registering(t, s)
		require.LessOrEqual(t, measured(func() { requireAdded(t, s, 0, command) }), int64(40))
		version := stateOf(t, s, command.CaseID).Version
		note := noting(t, s, command.CaseID, 1)
		requireAdded(t, s, version, note)
		requireAdded(t, s, version+1, accepting(t, command.CaseID))
	}
	command := registering(t, s)
	require.EqualValues(t, 3, measured(func() { requireAdded(t, s, 0, command) }), "a registration")
	version := stateOf(t, s, command.CaseID).Version
	note := noting(t, s, command.CaseID, 1)
	require.EqualValues(t, 2, measured(func() { requireAdded(t, s, version, note) }), "another command")
	require.EqualValues(t, 2, measured(func() { requireAdded(t, s, version+1, accepting(t, command.CaseID)) }),
		"one that changes clocks, tasks and grants")
	adopting := func() {
		done, err := s.Append(t.Context(), version, note, noon)
		require.NoError(t, err)
		require.Equal(t, Adopt, done.Status)
	}
	standing := func() {
		found, err := s.Standing(t.Context(), command.CaseID, note.RequestKey)
		require.NoError(t, err)
		require.True(t, found.Requested)
	}
	adopting()
	standing()
	require.EqualValues(t, 3, measured(adopting), "an adoption: the lock, the events, and the rollback")
	require.EqualValues(t, 1, measured(standing), "how a case stands towards a request")
	require.EqualValues(t, 1, measured(func() { noting(t, s, command.CaseID, 2) }), "texts of a case whose key is known")
}

func accepting(t testing.TB, caseID string) casefile.Command {
	t.Helper()
	return casefile.Command{
		CaseID: caseID, RequestKey: "accept", InputDigest: "digest", RequestID: "test",
		Actor: actor(t, casefile.RoleManager, county), Act: casefile.AcceptCase{},
	}
}
