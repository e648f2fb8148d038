package durability

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"golang.org/x/sync/errgroup"

	"github.com/tiaochu/tiaochu/activities"
	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

func TestARepeatedRequestNeverActsTwice(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	accept := o.Command(id, office.Clerk, casefile.AcceptCase{})

	first, err := o.Sender.Do(t.Context(), accept)
	require.NoError(t, err)
	require.Nil(t, first.Refusal)
	second, err := o.Sender.Do(t.Context(), accept)
	require.NoError(t, err)
	require.True(t, second.Duplicate)
	require.Equal(t, first.Version, second.Version)
}

func TestTheSameKeyWithAnotherInputIsAConflictAlsoAfterTheEnd(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	note := o.Command(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "电话告知双方")})
	_, err := o.Sender.Do(t.Context(), note)
	require.NoError(t, err)

	other := note
	other.InputDigest = "another"
	before := o.State(id).Version
	refusedAs(t, o, other, casefile.RefusedConflict)
	decline(t, o, id)
	refusedAs(t, o, other, casefile.RefusedConflict)
	require.Greater(t, o.State(id).Version, before)

	repeated, err := o.Sender.Do(t.Context(), note)
	require.NoError(t, err)
	require.True(t, repeated.Duplicate)
}

func refusedAs(t *testing.T, o *office.Office, cmd casefile.Command, code casefile.RefusalCode) {
	t.Helper()
	before := o.State(cmd.CaseID)
	result, err := o.Sender.Do(t.Context(), cmd)
	require.NoError(t, err)
	require.NotNil(t, result.Refusal)
	require.Equal(t, code, result.Refusal.Code, result.Refusal)
	require.Equal(t, before, o.State(cmd.CaseID), "a refused command changes nothing")
}

func TestARefusedRegistrationLeavesNoCaseAndNoRunningWorkflow(t *testing.T) {
	t.Parallel()
	gate := &refusingRecord{}
	o := office.Open(t, stacktest.Shared(t), office.Options{Record: gate.wrap})
	id := office.NewCaseID()
	// The early decision says yes, the record says no: as when the rules changed between.
	gate.refuse.Store(true)
	result := o.Try(id, office.Clerk, o.Dispute(id))
	require.NotNil(t, result.Refusal)
	require.False(t, o.State(id).Exists())
	require.Empty(t, o.Events(id))

	run := o.Temporal.GetWorkflow(t.Context(), workflows.CaseWorkflowID(id), "")
	var end workflows.CaseResult
	require.NoError(t, run.Get(t.Context(), &end), "the run completes by itself")
	require.Zero(t, end.Version)

	gate.refuse.Store(false)
	o.Do(id, office.Clerk, o.Dispute(id))
	require.Equal(t, casefile.StageAcceptance, o.State(id).Stage)
}

// refusingRecord refuses every command while told to.
type refusingRecord struct {
	activities.Record
	refuse atomic.Bool
}

func (r *refusingRecord) wrap(inner activities.Record) activities.Record {
	r.Record = inner
	return r
}

func (r *refusingRecord) Append(ctx context.Context, version int, cmd casefile.Command, now time.Time) (store.Appended, error) {
	if r.refuse.Load() {
		return store.Appended{Status: store.Refused, Version: version, Refusal: &casefile.Refusal{Code: casefile.RefusedInvalid, Message: "the rules have changed"}}, nil
	}
	return r.Record.Append(ctx, version, cmd, now)
}

func TestARefusedCommandIsDecidedAfresh(t *testing.T) {
	t.Parallel()
	gate := &refusingRecord{}
	o := office.Open(t, stacktest.Shared(t), office.Options{Record: gate.wrap})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	accept := o.Command(id, office.Clerk, casefile.AcceptCase{})

	gate.refuse.Store(true)
	refused, err := o.Sender.Do(t.Context(), accept)
	require.NoError(t, err)
	require.NotNil(t, refused.Refusal)
	gate.refuse.Store(false)
	done, err := o.Sender.Do(t.Context(), accept)
	require.NoError(t, err)
	require.Nil(t, done.Refusal, "the same request, in the same state, is decided by today's rules")
}

func TestAClosedCaseIsReopenedInANewRunOfTheSameWorkflow(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	decline(t, o, id)
	run := o.Temporal.GetWorkflow(t.Context(), workflows.CaseWorkflowID(id), "")
	var end workflows.CaseResult
	require.NoError(t, run.Get(t.Context(), &end), "the workflow of an ended case completes")
	require.Equal(t, o.State(id).Version, end.Version)
	require.Equal(t, casefile.StateDigest(o.State(id)), end.Digest)

	accept := o.Command(id, office.Clerk, casefile.AcceptCase{})
	refusedAs(t, o, accept, casefile.RefusedClosed)
	described, err := o.Temporal.DescribeWorkflowExecution(t.Context(), workflows.CaseWorkflowID(id), "")
	require.NoError(t, err)
	require.Equal(t, enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED, described.WorkflowExecutionInfo.Status,
		"a command that a closed case doesn't take never reaches Temporal")

	o.Do(id, office.Manager, casefile.ReopenCase{Reason: o.Text(id, "REASON", "当事人申请恢复")})
	require.Equal(t, 2, o.State(id).Round)
	require.True(t, o.State(id).Stage.Open())
	require.Equal(t, o.State(id), o.Shell(id))
	o.Do(id, office.Clerk, casefile.AcceptCase{})
}

// decline ends a case the short way: a second person verifies, the notice is served. No
// window of a party outlives it.
func decline(t *testing.T, o *office.Office, id string) {
	t.Helper()
	o.Do(id, office.Clerk, casefile.DeclineCase{
		Reason: casefile.DeclineNotCompetent, Explanation: o.Text(id, "EXPLANATION", "不属于本单位受理范围"),
		GoTo: o.Text(id, "PLACE", "人民法院"),
	})
	o.Do(id, office.Manager, casefile.VerifyClosure{})
	for _, notice := range o.State(id).Notices {
		for _, party := range notice.Parties {
			o.Do(id, office.Clerk, casefile.RecordService{
				DocumentID: notice.ID, PartyID: party, Method: casefile.ServedInPerson, ServedAt: time.Now(),
			})
		}
	}
	require.Equal(t, casefile.StageNotAccepted, o.State(id).Stage)
}

func TestTheNinthCommandInsideACaseIsRateLimitedAndNoneIsLost(t *testing.T) {
	t.Parallel()
	gate := &slowRecord{open: make(chan struct{})}
	o := office.Open(t, stacktest.Shared(t), office.Options{Record: gate.wrap})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	gate.closed.Store(true)

	const sent = 11
	commands := make([]casefile.Command, sent)
	for i := range commands {
		commands[i] = o.Command(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "记录")})
	}
	var limited, done atomic.Int32
	var group errgroup.Group
	for _, cmd := range commands {
		group.Go(func() error {
			_, err := o.Sender.Do(t.Context(), cmd)
			if _, ok := err.(*command.RateLimited); ok { //nolint:errorlint // it comes unwrapped
				if limited.Add(1) == sent-8 {
					close(gate.open) // everybody is inside or turned away
				}
				return nil
			}
			if err == nil {
				done.Add(1)
			}
			return err
		})
	}
	require.NoError(t, group.Wait())
	require.EqualValues(t, sent-8, limited.Load())
	require.EqualValues(t, 8, done.Load())
	notes := 0
	for _, event := range o.Events(id) {
		if event.Type() == "NoteAdded" {
			notes++
		}
	}
	require.Equal(t, 8, notes)
}

// slowRecord lets no append through until it opens, once it is closed.
type slowRecord struct {
	activities.Record
	closed atomic.Bool
	open   chan struct{}
}

func (r *slowRecord) wrap(inner activities.Record) activities.Record {
	r.Record = inner
	return r
}

func (r *slowRecord) Append(ctx context.Context, version int, cmd casefile.Command, now time.Time) (store.Appended, error) {
	if r.closed.Load() {
		select {
		case <-r.open:
		case <-ctx.Done():
			return store.Appended{}, ctx.Err()
		}
	}
	return r.Record.Append(ctx, version, cmd, now)
}

func TestContinuingAsNewLosesNothingWhileCommandsArrive(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{MaxHistory: 20})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	first := runID(t, o, id)

	const writers, each = 4, 12
	var mu sync.Mutex
	keys := map[string]bool{}
	var group errgroup.Group
	for range writers {
		group.Go(func() error {
			for range each {
				cmd := o.Command(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "记录")})
				result, err := o.Sender.Do(t.Context(), cmd)
				if err != nil {
					return err
				}
				if result.Refusal != nil {
					return result.Refusal
				}
				mu.Lock()
				keys[cmd.RequestKey] = true
				mu.Unlock()
			}
			return nil
		})
	}
	require.NoError(t, group.Wait())
	require.NotEqual(t, first, runID(t, o, id), "the case continued as new")

	acknowledged := map[string]int{}
	for _, event := range o.Events(id) {
		if event.Type() == "NoteAdded" {
			acknowledged[event.RequestKey]++
		}
	}
	require.Len(t, acknowledged, writers*each)
	for key := range keys {
		require.Equal(t, 1, acknowledged[key])
	}
	require.Equal(t, casefile.StateDigest(o.State(id)), casefile.StateDigest(o.Shell(id)))
	// The clocks are still armed in the run of now.
	require.NotEmpty(t, o.Shell(id).Deadlines)
	o.Do(id, office.Clerk, casefile.AcceptCase{})
}

func runID(t *testing.T, o *office.Office, id string) string {
	t.Helper()
	described, err := o.Temporal.DescribeWorkflowExecution(t.Context(), workflows.CaseWorkflowID(id), "")
	require.NoError(t, err)
	return described.WorkflowExecutionInfo.Execution.RunId
}
