package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/client"
	"github.com/tiaochu/tiaochu/tests/machine"
	"github.com/tiaochu/tiaochu/tests/wsclient"
)

const (
	followers = 8
	cases     = 60 // two commands each
)

func TestKillingPostgresOrTheAPIInTheMiddleSkipsNoEventAndDoublesNone(t *testing.T) {
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	clerks := m.SignIn(clerk)
	token := m.Run("token", "--person="+manager)
	url := clerks.URL

	following, stop := context.WithCancel(t.Context())
	defer stop()
	got := make([]*received, followers)
	var group sync.WaitGroup
	for i := range got {
		got[i] = &received{}
		group.Go(func() { got[i].follow(following, url, token) })
	}

	kill := map[int]func(){
		cases * 2 * 1 / 5: func() { killed(t, "API", m.Processes().API) },
		cases * 2 * 2 / 5: func() { killed(t, "Postgres", m.Stack().PIDs.Postgres) },
		cases * 2 * 3 / 5: func() { killed(t, "API", m.Processes().API) },
		cases * 2 * 4 / 5: func() { killed(t, "Postgres", m.Stack().PIDs.Postgres) },
	}
	var done atomic.Int64
	acknowledge := func() {
		if strike := kill[int(done.Add(1))]; strike != nil {
			strike()
		}
	}
	var working errgroup.Group
	working.SetLimit(6)
	for range cases {
		working.Go(func() error {
			var opened client.Case
			key := uuid.NewString()
			if err := insist(t.Context(), func(ctx context.Context) (err error) {
				opened, err = register(ctx, clerks, key)
				return err
			}); err != nil {
				return err
			}
			acknowledge()
			if err := insist(t.Context(), func(ctx context.Context) error {
				_, err := clerks.Mutate(ctx, "acceptCase", map[string]any{"clientMutationId": key + "-accept", "caseId": opened.ID})
				return err
			}); err != nil {
				return err
			}
			acknowledge()
			return nil
		})
	}
	require.NoError(t, working.Wait())

	record, err := store.Open(t.Context(), store.Options{
		URL: m.Stack().PostgresURL, Keys: store.FileKeySource(filepath.Join(m.Data, "master.key")),
	})
	require.NoError(t, err)
	defer record.Close()
	want := events(t, record)
	for i, one := range got {
		require.Eventually(t, func() bool { return one.count() >= len(want) }, 2*time.Minute, 50*time.Millisecond,
			"follower %d has %d of %d", i, one.count(), len(want))
	}
	stop()
	group.Wait()
	reconnects := 0
	for _, one := range got {
		require.Equal(t, want, one.events)
		reconnects += one.reconnects
	}
	require.Positive(t, reconnects, "nobody was cut off")
	t.Logf("%d events to each of %d followers, who came back %d times", len(want), followers, reconnects)
}

func killed(t *testing.T, part string, pid int) {
	t.Helper()
	t.Logf("kill -9 %s (%d)", part, pid)
	if pid == 0 || syscall.Kill(pid, syscall.SIGKILL) != nil {
		t.Errorf("could not kill %s (%d)", part, pid)
	}
}

// received is what one follower was told, over all its connections.
type received struct {
	mu         sync.Mutex
	events     []told
	reconnects int
}

func (r *received) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.events)
}

// follow follows the feed until ctx ends, going on after its last cursor when it was cut off.
func (r *received) follow(ctx context.Context, url, token string) {
	cursor := ""
	for ctx.Err() == nil {
		r.connect(ctx, url, token, &cursor)
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
			r.reconnects++
		}
	}
}

func (r *received) connect(ctx context.Context, url, token string, cursor *string) {
	conn, err := wsclient.Dial(ctx, url, token)
	if err != nil {
		return
	}
	defer conn.Cut()
	if conn.Subscribe(ctx, "1", `subscription($after: String) { events(after: $after) { id seq type cursor } }`, map[string]any{"after": *cursor}) != nil {
		return
	}
	for {
		m, err := conn.Receive(ctx)
		if err != nil || m.Type != "next" {
			return
		}
		var payload struct {
			Data struct {
				Events struct {
					told
					Cursor string `json:"cursor"`
				} `json:"events"`
			} `json:"data"`
		}
		if json.Unmarshal(m.Payload, &payload) != nil {
			return
		}
		r.mu.Lock()
		r.events = append(r.events, payload.Data.Events.told)
		r.mu.Unlock()
		*cursor = payload.Data.Events.Cursor
	}
}

// insist repeats a command while nobody is there to answer it.
func insist(ctx context.Context, command func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	for {
		err := command(ctx)
		var refused client.Refused
		if err == nil || errors.As(err, &refused) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("gave up: %w", err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
