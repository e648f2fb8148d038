// Package live follows the feed of a running Tiaochu with the clients that front-ends use,
// and over the deaths of its parts.
package live

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/apitest"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
	"github.com/tiaochu/tiaochu/tests/client"
	"github.com/tiaochu/tiaochu/tests/node"
)

func TestMain(m *testing.M) {
	storetest.Run(m, func(url string) error { return store.Migrate(context.Background(), url, hclog.NewNullLogger()) })
}

func TestTheLockFileNamesDigestsAndNoRegistry(t *testing.T) {
	t.Parallel()
	node.RequireDigests(t)
}

const (
	clerk   = "p-530402-center-clerk-1"
	manager = "p-530402-center-manager-1"
)

// office is an API over a record of its own, without workflows.
type office struct {
	t     *testing.T
	store *store.Store
}

func open(t *testing.T) *office {
	t.Helper()
	record, err := store.Open(t.Context(), store.Options{
		URL: storetest.Database(t), PoolSize: 8, Keys: store.FileKeySource(filepath.Join(t.TempDir(), "master.key")),
	})
	require.NoError(t, err)
	t.Cleanup(record.Close)
	_, err = record.SeedDirectory(t.Context(), directory.DevelopmentEntries(), false)
	require.NoError(t, err)
	return &office{t, record}
}

var tokenKey = bytes.Repeat([]byte{7}, 32)

func (o *office) token(personID string) string {
	o.t.Helper()
	token, err := api.IssueToken(tokenKey, personID, time.Hour)
	require.NoError(o.t, err)
	return token
}

// serve serves the API on an address until stop, as a process that is started and ended.
func (o *office) serve(address string) (url string, stop func()) {
	o.t.Helper()
	handler, err := api.New(api.Options{
		Store: o.store, Commander: &apitest.Commander{Store: o.store, Now: time.Now}, TokenKey: tokenKey,
		CommandsReady: func(context.Context) error { return nil },
	})
	require.NoError(o.t, err)
	listener, err := (&net.ListenConfig{}).Listen(o.t.Context(), "tcp", address)
	require.NoError(o.t, err)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() {
		ending, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		require.NoError(o.t, handler.Drain(ending))
		_ = server.Close()
	}
}

// told is an event as a client prints it.
type told struct {
	ID   string `json:"id"`
	Seq  int    `json:"seq"`
	Type string `json:"type"`
}

// events are all events of a record, in the feed's order, once they are final.
func events(t *testing.T, record *store.Store) []told {
	t.Helper()
	var all []told
	last := -1
	require.Eventually(t, func() bool {
		all = nil
		for place := (store.FeedCursor{}); ; {
			page, err := record.Feed(t.Context(), place, 500)
			if err != nil {
				return false
			}
			for _, e := range page {
				id := schema.SubID("Event", e.Case.CaseID, fmt.Sprint(e.Case.Seq))
				all = append(all, told{id, e.Case.Seq, e.Case.Type()})
				place = e.Place()
			}
			if len(page) == 0 {
				break
			}
		}
		settled := len(all) > 0 && len(all) == last
		last = len(all)
		return settled
	}, time.Minute, 100*time.Millisecond)
	return all
}

func register(ctx context.Context, as *client.Client, key string) (client.Case, error) {
	return as.Mutate(ctx, "registerCase", map[string]any{
		"clientMutationId": key, "kind": "DISPUTE", "source": "WALK_IN", "division": "530402001", "category": "D-NEIGHBOUR",
		"title": "邻里纠纷 " + key, "narrative": "通道堵塞",
		"parties": []map[string]any{{"role": "APPLICANT", "name": "李明"}, {"role": "RESPONDENT", "name": "王强"}},
	})
}

func TestEachRealClientGetsEveryEventOnceOverARestartOfTheServer(t *testing.T) {
	t.Parallel()
	node.Install(t)
	for _, name := range []string{"graphql-ws", "graphql-sse", "@urql/core", "@apollo/client", "relay-runtime"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			working, stopWorking := o.serve("127.0.0.1:0")
			t.Cleanup(stopWorking)
			followed, stop := o.serve("127.0.0.1:0")
			clerks := client.New(working, o.token(clerk))
			registered := 0
			add := func() {
				for range 3 {
					registered++
					_, err := register(t.Context(), clerks, fmt.Sprint("live-", registered))
					require.NoError(t, err)
				}
			}
			add()
			lines := follow(t, name, followed+"/graphql", o.token(manager))
			got := await(t, lines, nil, len(events(t, o.store)))
			add()
			got = await(t, lines, got, len(events(t, o.store)))
			stop()
			add() // while nobody is there to tell
			_, again := o.serve(followed[len("http://"):])
			t.Cleanup(again)
			add()
			all := events(t, o.store)
			require.Equal(t, all, await(t, lines, got, len(all)))
			select {
			case extra := <-lines:
				require.Fail(t, "told twice", "%+v", extra)
			case <-time.After(500 * time.Millisecond):
			}
		})
	}
}

// follow runs a client until the test ends and yields what it prints.
func follow(t *testing.T, name, url, token string) <-chan told {
	t.Helper()
	command := exec.CommandContext(t.Context(), "node", "clients.mjs", name, url, token)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	lines := make(chan told, 1000)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			var event told
			if json.Unmarshal(scanner.Bytes(), &event) == nil {
				lines <- event
			}
		}
	}()
	t.Cleanup(func() {
		_ = command.Process.Kill()
		<-ended
		_ = command.Wait()
		if t.Failed() {
			t.Log(complaints.String())
		}
	})
	return lines
}

// await reads on until there are n.
func await(t *testing.T, lines <-chan told, got []told, n int) []told {
	t.Helper()
	over := time.After(90 * time.Second)
	for len(got) < n {
		select {
		case event := <-lines:
			got = append(got, event)
		case <-over:
			require.FailNow(t, "not all were told", "%d of %d: %+v", len(got), n, got)
		}
	}
	return got
}
