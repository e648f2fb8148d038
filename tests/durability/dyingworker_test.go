package durability

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/activities"
	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/worker"
)

// dyingWorkerVariable makes this test binary a worker process that stores the acceptance of
// a case and never answers: the test kills it between the commit and the answer.
const dyingWorkerVariable = "TIAOCHU_TEST_DYING_WORKER"

// dyingWorker is what the worker process needs to know, as JSON in the variable.
type dyingWorker struct {
	PostgresURL, KeyFile, Address, Namespace, TaskQueue string
	TLS                                                 stack.TLSFiles
}

func runDyingWorker() {
	var where dyingWorker
	must(json.Unmarshal([]byte(os.Getenv(dyingWorkerVariable)), &where))
	ctx := context.Background()
	record, err := store.Open(ctx, store.Options{URL: where.PostgresURL, PoolSize: 4, Keys: store.FileKeySource(where.KeyFile)})
	must(err)
	secured, err := stacktest.ClientTLS(where.TLS)
	must(err)
	temporal, err := client.NewLazyClient(client.Options{
		HostPort: where.Address, Namespace: where.Namespace, ConnectionOptions: client.ConnectionOptions{TLS: secured},
	})
	must(err)
	sender := command.New(command.Options{
		Temporal: temporal, Record: record, TaskQueue: where.TaskQueue, Logger: hclog.NewNullLogger(),
	})
	_, err = worker.Start(ctx, worker.Options{
		Client: temporal, TaskQueue: where.TaskQueue, Activities: activities.New(mute{record}, nil).Through(sender),
		BuildID: "test", MakeCurrent: true, Logger: hclog.NewNullLogger(),
	})
	must(err)
	fmt.Println("polling")
	select {}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// mute stores an acceptance, says so on stdout, and never answers. An errand it carries out
// in the other case, and keeps the answer to itself.
type mute struct{ activities.Record }

func (m mute) Append(ctx context.Context, version int, cmd casefile.Command, now time.Time) (store.Appended, error) {
	if _, answers := cmd.Act.(casefile.AnswerErrand); answers {
		fmt.Println("asked")
		select {}
	}
	done, err := m.Record.Append(ctx, version, cmd, now)
	if _, accepts := cmd.Act.(casefile.AcceptCase); accepts && err == nil {
		fmt.Println("committed")
		select {}
	}
	return done, err
}

// dying starts the worker process and returns a reader of its words.
func dying(t *testing.T, o *office.Office) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	where, err := json.Marshal(dyingWorker{
		PostgresURL: o.Place.PostgresURL, KeyFile: o.KeyFile, Address: o.Place.TemporalAddress,
		Namespace: o.Place.Namespace, TaskQueue: o.Place.TaskQueue, TLS: o.Place.TLS,
	})
	require.NoError(t, err)
	process := exec.Command(os.Args[0], "-test.run=^$")
	process.Env = append(os.Environ(), dyingWorkerVariable+"="+string(where))
	process.Stderr = os.Stderr
	out, err := process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, process.Start())
	t.Cleanup(func() { _ = process.Process.Kill(); _ = process.Wait() })
	words := bufio.NewReader(out)
	waitFor(t, words, "polling")
	return process, words
}

func waitFor(t *testing.T, words *bufio.Reader, word string) {
	t.Helper()
	for {
		line, err := words.ReadString('\n')
		require.NoError(t, err, "the worker process ended before it said %q", word)
		if strings.TrimSpace(line) == word {
			return
		}
	}
}

func TestAWorkerKilledBetweenCommitAndAnswerWithTemporalKilledTooLosesNothing(t *testing.T) {
	t.Parallel()
	running := stacktest.Start(t, stack.Options{})
	o := office.Open(t, stacktest.InPlace(t, running), office.Options{NoWorker: true, CommandTimeout: 5 * time.Second})
	id := office.NewCaseID()
	process, words := dying(t, o)
	o.Do(id, office.Clerk, o.Dispute(id))

	accept := o.Command(id, office.Clerk, casefile.AcceptCase{})
	answered := make(chan error, 1)
	go func() {
		_, err := o.Sender.Do(context.Background(), accept)
		answered <- err
	}()
	waitFor(t, words, "committed")
	pids, err := running.Pids()
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(pids.Temporal, syscall.SIGKILL))
	require.NoError(t, process.Process.Kill())
	var unavailable *command.Unavailable
	require.ErrorAs(t, <-answered, &unavailable, "nobody acknowledged the command")

	// The record is ahead of the shell: the handling clock stands there, armed nowhere. The
	// nudge that the sender owes the case makes the next worker adopt it.
	o.StartWorker()
	t.Cleanup(o.StopWorker)
	require.Eventually(t, func() bool {
		value, err := o.Temporal.QueryWorkflow(t.Context(), "case/"+id, "", "state")
		var state casefile.State
		return err == nil && value.Get(&state) == nil && state.Version == o.State(id).Version
	}, time.Minute, 100*time.Millisecond, "the shell adopts what the record has ahead")

	var again bool
	require.Eventually(t, func() bool {
		result, err := o.Sender.Do(t.Context(), accept)
		again = err == nil && result.Duplicate
		return err == nil
	}, time.Minute, 100*time.Millisecond)
	require.True(t, again, "the retried request had been carried out before")
	accepted := 0
	for _, event := range o.Events(id) {
		if event.Type() == "CaseAccepted" {
			accepted++
		}
	}
	require.Equal(t, 1, accepted)
	require.Equal(t, casefile.StateDigest(o.State(id)), casefile.StateDigest(o.Shell(id)))
}
