package api_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// tap stands between the API and Postgres and counts round trips: each ends with one Sync
// message from the client.
type tap struct{ syncs atomic.Int64 }

// least is how many round trips something takes when it takes the fewest of several times:
// each connection prepares its statements at first use, and readers of the feed are woken
// now and then.
func (p *tap) least(what func()) int64 {
	var least int64
	for i := range 12 {
		before := p.syncs.Load()
		what()
		if took := p.syncs.Load() - before; i == 0 || took < least {
			least = took
		}
	}
	return least
}

// through returns the database's URL by way of the tap.
func (p *tap) through(t *testing.T, databaseURL string) string {
	t.Helper()
	direct, err := url.Parse(databaseURL)
	require.NoError(t, err)
	query := direct.Query()
	socket := query.Get("host") + "/.s.PGSQL.5432"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.carry(client, socket)
		}
	}()
	query.Del("host")
	query.Set("sslmode", "disable")
	direct.Host, direct.RawQuery = listener.Addr().String(), query.Encode()
	return direct.String()
}

func (p *tap) carry(client net.Conn, socket string) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() {
		_, _ = io.Copy(client, server)
		_ = client.Close()
	}()
	header := make([]byte, 5)
	for startup := true; ; startup = false {
		read := header
		if startup { // the first message has no type
			read = header[1:]
		}
		if _, err := io.ReadFull(client, read); err != nil {
			return
		}
		if !startup && header[0] == 'S' {
			p.syncs.Add(1)
		}
		if _, err := server.Write(read); err != nil {
			return
		}
		if _, err := io.CopyN(server, client, int64(binary.BigEndian.Uint32(header[1:]))-4); err != nil {
			return
		}
	}
}

func TestAPageTakesAsManyRoundTripsHoweverManyCasesItHas(t *testing.T) {
	t.Parallel()
	counting := &tap{}
	o := openThrough(t, func(databaseURL string) string { return counting.through(t, databaseURL) })
	for i := range 30 {
		o.do(clerk, "registerCase", dispute(fmt.Sprint("trip-", i)))
	}
	query := `query($n: Int) { cases(first: $n) { totalCount edges { node { title narrative claims { text }
		parties { name representatives { name } unit { name } } responsibleUnit { name people { name } } handler { name }
		deadlines { label recomputing case { number } } tasks { label case { number } } supervisionOrders { id } allowedCommands
		timeline(last: 3) { edges { node { type text actor { name } } } } } } } }`
	trips := func(n int) int64 {
		return counting.least(func() {
			require.Empty(t, o.ask(clerk, query, map[string]any{"n": n}).Errors)
		})
	}
	one, many := trips(1), trips(30)
	require.Positive(t, one)
	require.Equal(t, one, many)
	require.LessOrEqual(t, many, int64(8))
}

func TestACommandTakesFewRoundTrips(t *testing.T) {
	t.Parallel()
	counting := &tap{}
	o := openThrough(t, func(databaseURL string) string { return counting.through(t, databaseURL) })
	id := o.do(clerk, "registerCase", dispute("trips")).Case.ID
	trips := counting.least(func() { o.do(clerk, "addNote", o.on(id, map[string]any{"text": "记录"})) })
	t.Logf("a command with a text takes %d round trips, those of its append included", trips)
	require.LessOrEqual(t, trips, int64(12))
}
