package durability

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

// settled waits until a case has the answers to all that it asked of others, in its record
// and in its shell.
func settled(t *testing.T, o *office.Office, id string) casefile.State {
	t.Helper()
	var state casefile.State
	require.Eventually(t, func() bool {
		state = o.State(id)
		return len(casefile.Errands(state)) == 0
	}, time.Minute, 50*time.Millisecond, "an errand has no answer")
	return state
}

func link(kind casefile.LinkKind, other casefile.State) casefile.LinkCases {
	return casefile.LinkCases{Kind: kind, CaseID: other.ID, Number: other.Number}
}

func TestALinkIsWrittenOnBothCases(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	first, second := office.NewCaseID(), office.NewCaseID()
	o.Do(first, office.Clerk, o.Dispute(first))
	o.Do(second, office.Clerk, o.Dispute(second))
	o.Do(second, office.Clerk, link(casefile.LinkRepeat, o.State(first)))

	state := settled(t, o, second)
	require.Len(t, state.Links, 1)
	require.False(t, state.Links[0].Asked)
	other := o.State(first)
	require.Len(t, other.Links, 1)
	require.Equal(t, state.Number, other.Links[0].Number)
	require.True(t, other.Links[0].Inverse)
	for _, id := range []string{first, second} {
		require.Eventually(t, func() bool {
			return casefile.StateDigest(o.Shell(id)) == casefile.StateDigest(o.State(id))
		}, time.Minute, 50*time.Millisecond)
	}
}

func TestTwoCasesThatAskEachOtherAtOnceBothGetTheirAnswer(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	first, second := office.NewCaseID(), office.NewCaseID()
	o.Do(first, office.Clerk, o.Dispute(first))
	o.Do(second, office.Clerk, o.Dispute(second))
	commands := []casefile.Command{
		o.Command(first, office.Clerk, link(casefile.LinkRelated, o.State(second))),
		o.Command(second, office.Clerk, link(casefile.LinkRelated, o.State(first))),
	}
	var both sync.WaitGroup
	for _, command := range commands {
		both.Go(func() {
			_, err := o.Sender.Do(t.Context(), command)
			if err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	require.Len(t, settled(t, o, first).Links, 1)
	require.Len(t, settled(t, o, second).Links, 1)
}

func TestALongClosedCaseIsLinkedAndItsWorkflowEndsAgain(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	first, second := office.NewCaseID(), office.NewCaseID()
	o.Do(first, office.Clerk, o.Dispute(first))
	decline(t, o, first)
	o.Do(second, office.Clerk, o.Dispute(second))
	o.Do(first, office.Clerk, link(casefile.LinkRelated, o.State(second)))
	settled(t, o, first)
	require.Len(t, o.State(second).Links, 1)
	run := o.Temporal.GetWorkflow(t.Context(), workflows.CaseWorkflowID(first), "")
	var result workflows.CaseResult
	require.NoError(t, run.Get(t.Context(), &result))
	require.Equal(t, casefile.StateDigest(o.State(first)), result.Digest)
}

func TestAWorkerKilledBetweenTheOtherCasesDeedAndItsAnswerLeavesNoErrandUndoneAndDoesNoneTwice(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{NoWorker: true})
	process, words := dying(t, o, "asked")
	first, second := office.NewCaseID(), office.NewCaseID()
	o.Do(first, office.Clerk, o.Dispute(first))
	o.Do(second, office.Clerk, o.Dispute(second))
	o.Do(second, office.Clerk, link(casefile.LinkDuplicate, o.State(first)))
	waitFor(t, words, "asked")
	require.Len(t, o.State(first).Links, 1, "the other case has done it")
	require.True(t, o.State(second).Links[0].Asked, "and the one that asked doesn't know")
	require.NoError(t, process.Process.Kill())

	o.StartWorker()
	t.Cleanup(o.StopWorker)
	require.False(t, settled(t, o, second).Links[0].Asked)
	noted := 0
	for _, event := range o.Events(first) {
		if event.Type() == "LinkNoted" {
			noted++
		}
	}
	require.Equal(t, 1, noted)
}
