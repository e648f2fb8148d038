package durability

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

// impatient decides on the record at once where no workflow answers.
const impatient = 20 * time.Millisecond

func TestWhatNoWorkflowTakesIsDecidedOnTheRecordAndAdoptedLater(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{NoWorker: true, Patience: impatient, CommandTimeout: 5 * time.Second})
	id, pack := office.NewCaseID(), office.NewPackageID()
	o.Do(id, office.Clerk, o.Dispute(id))
	accept := o.Command(id, office.Clerk, casefile.AcceptCase{})
	accepted, err := o.Sender.Do(t.Context(), accept)
	require.NoError(t, err)
	require.Nil(t, accepted.Refusal)
	o.DoPackage(pack, office.CountyLeader, o.CountyPackage(pack, id))
	again, err := o.Sender.Do(t.Context(), accept)
	require.NoError(t, err)
	require.True(t, again.Duplicate, "the same request acts once, whoever decided it")
	require.Equal(t, casefile.StageInvestigation, o.State(id).Stage)

	o.StartWorker()
	t.Cleanup(o.StopWorker)
	adopted(t, o, id)
	require.Eventually(t, func() bool {
		shell, answers := o.PackageShell(pack)
		return answers && shell.Version == o.Package(pack).Version
	}, time.Minute, 50*time.Millisecond)
	require.Eventually(t, func() bool { return len(unheard(t, o)) == 0 }, time.Minute, 50*time.Millisecond, "everybody has been told")
	o.Do(id, office.Manager, casefile.AddNote{Text: o.Text(id, "NOTE", "照常办理")})
	requireOnce(t, o, id, "CaseRegistered", "CaseAccepted", "NoteAdded")
}

func TestWhatADeadProcessDecidedIsToldByAWorker(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	id, pack := office.NewCaseID(), office.NewPackageID()
	o.Do(id, office.Clerk, o.Dispute(id))
	// What an API leaves that decides a command and dies.
	for _, of := range []store.Unheard{{CaseID: id}, {PackageID: pack}} {
		_, err := o.Store.NoteUnheard(t.Context(), of)
		require.NoError(t, err)
	}
	done, err := o.Store.Append(t.Context(), o.State(id).Version, o.Command(id, office.Clerk, casefile.AcceptCase{}), time.Now())
	require.NoError(t, err)
	require.Equal(t, store.Added, done.Status)
	opened, err := o.Store.AppendPackage(t.Context(), 0, o.PackageCommand(pack, office.CountyLeader, o.CountyPackage(pack, id)), time.Now())
	require.NoError(t, err)
	require.Equal(t, store.Added, opened.Status)
	require.Less(t, o.Shell(id).Version, o.State(id).Version)

	hear := func(before time.Time) int {
		told, err := command.Hear(t.Context(), o.Store, o.Temporal, o.Place.TaskQueue, before, hclog.NewNullLogger())
		require.NoError(t, err)
		return told
	}
	require.Zero(t, hear(time.Now().Add(-time.Hour)), "whoever decided it has its time to tell")
	require.Equal(t, 2, hear(time.Now().Add(time.Second)))
	adopted(t, o, id)
	require.Eventually(t, func() bool {
		shell, answers := o.PackageShell(pack)
		return answers && shell.Version == opened.Version
	}, time.Minute, 50*time.Millisecond)
	require.Empty(t, unheard(t, o))
}

// deaf is a Temporal that one workflow can't be signalled by.
type deaf struct {
	client.Client
	workflowID string
}

func (d deaf) SignalWithStartWorkflow(ctx context.Context, workflowID, signal string, arg any, options client.StartWorkflowOptions,
	workflow any, args ...any,
) (client.WorkflowRun, error) {
	if workflowID == d.workflowID {
		return nil, errors.New("it takes no signal")
	}
	return d.Client.SignalWithStartWorkflow(ctx, workflowID, signal, arg, options, workflow, args...)
}

func TestAWorkflowThatCannotBeToldKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{NoWorker: true})
	stuck, first, second := office.NewCaseID(), office.NewCaseID(), office.NewCaseID()
	for _, id := range []string{stuck, first, second} {
		_, err := o.Store.NoteUnheard(t.Context(), store.Unheard{CaseID: id})
		require.NoError(t, err)
	}
	told, err := command.Hear(t.Context(), o.Store, deaf{o.Temporal, workflows.CaseWorkflowID(stuck)}, o.Place.TaskQueue,
		time.Now(), hclog.NewNullLogger())
	require.NoError(t, err)
	require.Equal(t, 2, told)
	left := unheard(t, o)
	require.Len(t, left, 1)
	require.Equal(t, stuck, left[0].CaseID, "it is told another time")
}

// lateRecord decides nothing before it may.
type lateRecord struct {
	command.Record
	asked chan<- struct{}
	may   <-chan struct{}
}

func (r lateRecord) Append(ctx context.Context, version int, cmd casefile.Command, now time.Time) (store.Appended, error) {
	select {
	case r.asked <- struct{}{}:
	case <-r.may:
	}
	<-r.may
	return r.Record.Append(ctx, version, cmd, now)
}

func TestARefusalIsLeftToTheWorkflowThatMayBeAskedYet(t *testing.T) {
	t.Parallel()
	asked, may := make(chan struct{}), make(chan struct{})
	o := office.Open(t, stacktest.Shared(t), office.Options{
		NoWorker: true, Patience: impatient,
		Asked: func(record command.Record) command.Record { return lateRecord{record, asked, may} },
	})
	id := office.NewCaseID()
	register := o.Command(id, office.Clerk, o.Dispute(id))
	done, err := o.Store.Append(t.Context(), 0, register, time.Now())
	require.NoError(t, err)
	require.Equal(t, store.Added, done.Status)

	type answer struct {
		result workflows.CommandResult
		err    error
	}
	answered := make(chan answer, 1)
	go func() {
		result, err := o.Sender.Do(t.Context(), o.Command(id, office.Clerk, casefile.AcceptCase{}))
		answered <- answer{result, err}
	}()
	<-asked // allowed by the record, and taken by no workflow
	first, err := o.Store.Append(t.Context(), done.Version, o.Command(id, office.Clerk, casefile.AcceptCase{}), time.Now())
	require.NoError(t, err)
	require.Equal(t, store.Added, first.Status, "somebody else was faster")
	close(may)
	require.Eventually(t, func() bool { return len(unheard(t, o)) == 0 }, time.Minute, 10*time.Millisecond, "nothing was stored that anybody must hear of")
	require.Empty(t, answered, "no refusal while the update may still be taken")

	o.StartWorker()
	t.Cleanup(o.StopWorker)
	got := <-answered
	require.NoError(t, got.err)
	require.NotNil(t, got.result.Refusal)
	requireOnce(t, o, id, "CaseRegistered", "CaseAccepted")
}

// adopted waits until the case's workflow knows its record.
func adopted(t *testing.T, o *office.Office, id string) {
	t.Helper()
	require.Eventually(t, func() bool {
		value, err := o.Temporal.QueryWorkflow(t.Context(), workflows.CaseWorkflowID(id), "", workflows.StateQuery)
		var state casefile.State
		return err == nil && value.Get(&state) == nil && state.Version == o.State(id).Version
	}, time.Minute, 50*time.Millisecond, "the shell adopts what the record has ahead")
}

func unheard(t *testing.T, o *office.Office) []store.Unheard {
	t.Helper()
	left, err := o.Store.Unheard(t.Context(), time.Now().Add(time.Hour))
	require.NoError(t, err)
	return left
}

// requireOnce wants each type of event once in the record.
func requireOnce(t *testing.T, o *office.Office, id string, types ...string) {
	t.Helper()
	count := map[string]int{}
	for _, event := range o.Events(id) {
		count[event.Type()]++
	}
	for _, one := range types {
		require.Equal(t, 1, count[one], one)
	}
}
