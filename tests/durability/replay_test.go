package durability

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"
	sdkworker "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/activities"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

// record writes the histories of this build to testdata, beside those of earlier builds:
//
//	go test ./tests/durability -run Histor -record NAME
var recordAs = flag.String("record", "", "record the histories of this build under this name")

// recorded is what stands beside a history: the state its shell came to.
type recorded struct {
	Version int    `json:"version"`
	Digest  string `json:"digest"`
}

func ofCase(s casefile.State) recorded { return recorded{s.Version, casefile.StateDigest(s)} }

func ofPackage(s leadership.State) recorded { return recorded{s.Version, leadership.StateDigest(s)} }

func TestAHistoryReplaysToTheStateOfItsRecord(t *testing.T) {
	t.Parallel()
	options := office.Options{TemporalOptions: client.Options{Identity: "test"}}
	whole := office.Open(t, stacktest.Shared(t), options)
	options.MaxHistory = 20
	continued := office.Open(t, stacktest.Shared(t), options)
	for name, live := range lives {
		t.Run(name, func(t *testing.T) {
			o := whole
			if name == "continued" {
				o = continued
			}
			id := office.NewCaseID()
			live(t, o, id)
			replaysTo(t, o, name, workflows.CaseWorkflowID(id), func() recorded { return ofCase(o.State(id)) })
		})
	}
}

// replaysTo replays the last run of a workflow, compares it with the record, and keeps it where
// that was asked for. What the workflow owes another one may still be on its way.
func replaysTo(t *testing.T, o *office.Office, name, workflowID string, record func() recorded) {
	t.Helper()
	var written *historypb.History
	require.Eventually(t, func() bool {
		written = fetch(t, o, workflowID)
		return replay(t, written) == record()
	}, time.Minute, 100*time.Millisecond, "the shell comes to the state of the record")
	if *recordAs != "" {
		keep(t, *recordAs+"-"+name, written, record())
	}
}

// lives are the paths whose histories are kept: one of each thing a shell does.
var lives = map[string]func(*testing.T, *office.Office, string){
	"registered": func(_ *testing.T, o *office.Office, id string) {
		o.Do(id, office.Clerk, o.Dispute(id))
	},
	"assigned": func(_ *testing.T, o *office.Office, id string) {
		o.Do(id, office.Clerk, o.Dispute(id))
		o.Do(id, office.Clerk, casefile.AcceptCase{})
		o.Do(id, office.Manager, casefile.AssignCase{PersonID: office.Investigator})
	},
	// The last run begins with what the runs before it carried over.
	"continued": func(_ *testing.T, o *office.Office, id string) {
		o.Do(id, office.Clerk, o.Dispute(id))
		for range 6 {
			o.Do(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "记录")})
		}
	},
	"overdue": func(t *testing.T, o *office.Office, id string) {
		t.Helper()
		register := o.Dispute(id)
		register.ReceivedAt = time.Now().AddDate(0, -2, 0)
		cmd := o.Command(id, office.Clerk, register)
		cmd.BackdatingReason = o.Text(id, "REASON", "纸质登记补录")
		_, err := o.Sender.Do(t.Context(), cmd)
		require.NoError(t, err)
		require.Eventually(t, func() bool { return len(o.State(id).Orders) > 0 }, 30*time.Second, 20*time.Millisecond)
		o.Do(id, office.Clerk, casefile.AcceptCase{})
	},
	"linked": func(t *testing.T, o *office.Office, id string) {
		t.Helper()
		other := disputes(o, 1)[0]
		o.Do(id, office.Clerk, o.Dispute(id))
		o.Do(id, office.Clerk, link(casefile.LinkRelated, o.State(other)))
		settled(t, o, id)
	},
	"merged": func(t *testing.T, o *office.Office, id string) {
		t.Helper()
		older := disputes(o, 1)[0]
		o.Do(id, office.Clerk, o.Dispute(id))
		o.Do(older, office.Clerk, merger(o, older, o.State(id)))
		settled(t, o, older)
		seenThrough(t, o, id)
	},
	"survivor": func(t *testing.T, o *office.Office, id string) { // the older one of a merger
		t.Helper()
		o.Do(id, office.Clerk, o.Dispute(id))
		younger := disputes(o, 1)[0]
		o.Do(id, office.Clerk, merger(o, id, o.State(younger)))
		settled(t, o, id)
		seenThrough(t, o, younger)
		settled(t, o, id)
	},
	// A citizen's window outlives the closing, and with it the workflow.
	"window": func(t *testing.T, o *office.Office, id string) {
		t.Helper()
		text := func(value string) casefile.TextID { return o.Text(id, casefile.TextSummary, value) }
		o.Do(id, office.Clerk, o.Dispute(id))
		o.Do(id, office.Clerk, casefile.AcceptCase{})
		o.Do(id, office.Manager, casefile.AssignCase{PersonID: office.Mediator})
		o.Do(id, office.Mediator, casefile.ConcludeInvestigation{Facts: text("经查属实"), Path: casefile.PathMediation})
		o.Do(id, office.Mediator, casefile.OpenMediation{Type: casefile.MediationPeoples})
		o.Do(id, office.Mediator, casefile.ConcludeMediation{
			Outcome: casefile.MediationAgreementWritten, Agreement: text("双方恢复通道"), SignedAt: time.Now(),
		})
		o.Do(id, office.Mediator, casefile.RequestClosure{Outcome: casefile.OutcomeAgreementWritten, Summary: text("达成协议")})
		o.Do(id, office.Leader, casefile.VerifyClosure{})
		for _, party := range []string{"P1", "P2"} {
			o.Do(id, office.OtherClerk, casefile.RecordFollowUp{PartyID: party, Result: casefile.FollowUpUnreachable, Method: casefile.FollowUpPhone})
		}
		require.Equal(t, casefile.StageClosed, o.State(id).Stage)
		require.False(t, casefile.Finished(o.State(id)), "the parties may still apply for judicial confirmation")
	},
	"declined": func(t *testing.T, o *office.Office, id string) {
		t.Helper()
		o.Do(id, office.Clerk, o.Dispute(id))
		decline(t, o, id)
		require.NoError(t, o.Temporal.GetWorkflow(t.Context(), workflows.CaseWorkflowID(id), "").Get(t.Context(), nil))
	},
}

func TestRecordedHistoriesOfEarlierBuildsReplayToTheirStates(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.history.json")
	require.NoError(t, err)
	require.NotEmpty(t, paths, "there are recorded histories")
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			raw, err := os.ReadFile(path)
			require.NoError(t, err)
			written := &historypb.History{}
			require.NoError(t, temporalproto.CustomJSONUnmarshalOptions{}.Unmarshal(raw, written))
			var want recorded
			raw, err = os.ReadFile(path[:len(path)-len(".history.json")] + ".state.json")
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(raw, &want))
			require.Equal(t, want, replay(t, written))
		})
	}
}

func fetch(t *testing.T, o *office.Office, workflowID string) *historypb.History {
	t.Helper()
	written := &historypb.History{}
	events := o.Temporal.GetWorkflowHistory(t.Context(), workflowID, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(t, err)
		written.Events = append(written.Events, event)
	}
	return written
}

// replay runs the shell's code over a history, a case's or a package's, and returns the state it
// comes to.
func replay(t *testing.T, written *historypb.History) recorded {
	t.Helper()
	var last recorded
	replayer := sdkworker.NewWorkflowReplayer()
	replayer.RegisterWorkflowWithOptions(workflows.NewCase(func(state casefile.State) { last = ofCase(state) }),
		workflow.RegisterOptions{Name: workflows.CaseType})
	replayer.RegisterWorkflowWithOptions(workflows.NewPackage(func(state leadership.State) { last = ofPackage(state) }),
		workflow.RegisterOptions{Name: workflows.PackageType})
	require.NoError(t, replayer.ReplayWorkflowHistory(nil, written))
	return last
}

func keep(t *testing.T, name string, written *historypb.History, state recorded) {
	t.Helper()
	raw, err := temporalproto.CustomJSONMarshalOptions{Indent: " "}.Marshal(written)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join("testdata", name+".history.json"), raw, 0o644))
	raw, err = json.MarshalIndent(state, "", "  ")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join("testdata", name+".state.json"), append(raw, '\n'), 0o644))
}

func TestAChangedRuleDoesNotRewriteARunningCase(t *testing.T) {
	t.Parallel()
	changed := &changedRule{}
	o := office.Open(t, stacktest.Shared(t), office.Options{Record: changed.wrap})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	o.Do(id, office.Clerk, casefile.AcceptCase{})
	before := o.State(id)

	// From now on the rules would refuse the acceptance that this case rests on. A worker
	// without the case in its cache replays it all.
	changed.on.Store(true)
	o.StopWorker()
	sdkworker.PurgeStickyWorkflowCache()
	o.StartWorker()
	require.Equal(t, casefile.StateDigest(before), casefile.StateDigest(o.Shell(id)))
	o.Do(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "规则已变更")})
	require.Equal(t, before.AcceptedAt, o.State(id).AcceptedAt)
	require.Equal(t, before.Deadlines, o.State(id).Deadlines)
	require.Zero(t, changed.asked.Load(), "replay asked no rule")

	other := office.NewCaseID()
	o.Do(other, office.Clerk, o.Dispute(other))
	require.NotNil(t, o.Try(other, office.Clerk, casefile.AcceptCase{}).Refusal, "the changed rule holds for new commands")
}

// changedRule refuses every acceptance once it is on.
type changedRule struct {
	activities.Record
	on    atomic.Bool
	asked atomic.Int32
}

func (r *changedRule) wrap(inner activities.Record) activities.Record {
	r.Record = inner
	return r
}

func (r *changedRule) Append(ctx context.Context, version int, cmd casefile.Command, now time.Time) (store.Appended, error) {
	if _, accepts := cmd.Act.(casefile.AcceptCase); accepts && r.on.Load() {
		r.asked.Add(1)
		return store.Appended{Status: store.Refused, Version: version, Refusal: &casefile.Refusal{Code: casefile.RefusedInvalid, Message: "no case is accepted any more"}}, nil
	}
	return r.Record.Append(ctx, version, cmd, now)
}
