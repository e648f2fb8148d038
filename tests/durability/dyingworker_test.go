package durability

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
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
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/worker"
	"github.com/tiaochu/tiaochu/workflows"
)

// dyingWorkerVariable makes this test binary a worker process that stores a command and never
// answers: the test kills it between the commit and the answer.
const dyingWorkerVariable = "TIAOCHU_TEST_DYING_WORKER"

// dyingWorker is what the worker process needs to know, as JSON in the variable.
type dyingWorker struct {
	PostgresURL, KeyFile, Address, Namespace, TaskQueue string
	TLS                                                 stack.TLSFiles
	// At is where it falls silent: "accepted" with a case, or one of the points of a package's
	// dealings with a case.
	At string
	// Ahead is how far the worker's clock is.
	Ahead time.Duration
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
	now := func() time.Time { return time.Now().Add(where.Ahead) }
	sender := command.New(command.Options{
		Temporal: temporal, Record: record, TaskQueue: where.TaskQueue, Timeout: time.Minute, Logger: hclog.NewNullLogger(),
		Now: now,
	})
	_, err = worker.Start(ctx, worker.Options{
		Client: temporal, TaskQueue: where.TaskQueue, Activities: activities.New(mute{record, where.At}, now).Through(sender),
		Packages: activities.NewPackages(mutePackages{record, where.At}, muteDealings{sender, where.At}, now),
		BuildID:  "test", MakeCurrent: true, Logger: hclog.NewNullLogger(),
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

// mute stores an acceptance, or the proposal of a package, says so on stdout, and never answers. An errand it carries out
// in the other case, and keeps the answer to itself.
type mute struct {
	activities.Record
	at string
}

func (m mute) Append(ctx context.Context, version int, cmd casefile.Command, now time.Time) (store.Appended, error) {
	if _, answers := cmd.Act.(casefile.AnswerErrand); answers && m.at == "asked" {
		fmt.Println("asked")
		select {}
	}
	done, err := m.Record.Append(ctx, version, cmd, now)
	if _, accepts := cmd.Act.(casefile.AcceptCase); accepts && err == nil {
		silent(m.at == "accepted")
	}
	if err == nil && m.at == "proposed" && slices.ContainsFunc(done.Events, func(e casefile.Event) bool { return e.Type() == "PackageProposed" }) {
		silent(true)
	}
	return done, err
}

// mutePackages stores what a package decides and never answers: at "intent" when it takes
// cases in, at "outcome" when it notes an answer, at "escalated" when a case asked for it, at "withdrawn" when it took that back.
type mutePackages struct {
	activities.PackageRecord
	at string
}

func (m mutePackages) AppendPackage(ctx context.Context, version int, cmd leadership.Command, now time.Time) (store.PackageAppended, error) {
	done, err := m.PackageRecord.AppendPackage(ctx, version, cmd, now)
	if err == nil && done.Status == store.Added {
		act := leadership.ActName(cmd.Act)
		silent(m.at == "intent" && act == "OpenPackage" || m.at == "outcome" && act == "NoteAnswer" || m.at == "escalated" && act == "EscalateToPackage" ||
			m.at == "withdrawn" && act == "WithdrawProposal")
	}
	return done, err
}

// muteDealings tells a case and never brings its answer back, at "told".
type muteDealings struct {
	activities.Dealings
	at string
}

func (m muteDealings) Do(ctx context.Context, cmd casefile.Command) (workflows.CommandResult, error) {
	result, err := m.Dealings.Do(ctx, cmd)
	silent(m.at == "told" && err == nil)
	return result, err
}

func silent(now bool) {
	if now {
		fmt.Println("committed")
		select {}
	}
}

// dying starts the worker process and returns a reader of its words.
func dying(t *testing.T, o *office.Office, at string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	return dyingAhead(t, o, at, 0)
}

// dyingAhead is dying with a worker whose clock is ahead.
func dyingAhead(t *testing.T, o *office.Office, at string, ahead time.Duration) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	where, err := json.Marshal(dyingWorker{
		PostgresURL: o.Place.PostgresURL, KeyFile: o.KeyFile, Address: o.Place.TemporalAddress,
		Namespace: o.Place.Namespace, TaskQueue: o.Place.TaskQueue, TLS: o.Place.TLS, At: at, Ahead: ahead,
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
	process, words := dying(t, o, "accepted")
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
	adopted(t, o, id)

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
