package durability

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
)

func merger(o *office.Office, into string, of casefile.State) casefile.MergeCase {
	return casefile.MergeCase{
		CaseID: of.ID, Number: of.Number, Reason: o.Text(into, "REASON", "同一纠纷"),
		There: casefile.Elsewhere(o.Text(of.ID, "REASON", "同一纠纷")),
	}
}

// disputes registers cases one after the other, the oldest first.
func disputes(o *office.Office, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = office.NewCaseID()
		o.Do(ids[i], office.Clerk, o.Dispute(ids[i]))
	}
	return ids
}

// seenThrough has a second person verify the end of the younger case, and its notice served.
func seenThrough(t *testing.T, o *office.Office, younger string) {
	t.Helper()
	o.Do(younger, office.Manager, casefile.VerifyClosure{})
	for _, notice := range o.State(younger).Notices {
		for _, party := range notice.Parties {
			o.Do(younger, office.Clerk, casefile.RecordService{
				DocumentID: notice.ID, PartyID: party, Method: casefile.ServedInPerson, ServedAt: time.Now(),
			})
		}
	}
	require.Equal(t, casefile.StageMerged, settled(t, o, younger).Stage)
}

func eventsOf(o *office.Office, id, eventType string) int {
	n := 0
	for _, event := range o.Events(id) {
		if event.Type() == eventType {
			n++
		}
	}
	return n
}

func TestAMergerWhoseWorkerIsKilledInBetweenIsCarriedThroughOnce(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{NoWorker: true})
	process, words := dying(t, o, "asked")
	ids := disputes(o, 2)
	older, younger := ids[0], ids[1]
	o.Do(older, office.Clerk, merger(o, older, o.State(younger)))
	waitFor(t, words, "asked")
	require.Equal(t, casefile.StageVerification, o.State(younger).Stage, "the younger one has been asked")
	require.Equal(t, casefile.MergerAsked, o.State(older).Mergers[0].Status, "and its answer is not known")
	require.NoError(t, process.Process.Kill())
	require.Error(t, process.Wait())

	process, words = dying(t, o, "asked")
	waitFor(t, words, "asked")
	require.NoError(t, process.Process.Kill())
	o.StartWorker()
	t.Cleanup(o.StopWorker)
	settled(t, o, older)
	seenThrough(t, o, younger)
	state := o.State(older)
	require.Len(t, state.Parties, 4)
	require.Equal(t, casefile.MergerDone, state.Mergers[0].Status)
	for _, one := range []struct{ id, event string }{
		{younger, "EndProposed"}, {younger, "CaseEnded"}, {older, "CaseTakenOver"}, {older, "MergerAgreed"},
	} {
		require.Equal(t, 1, eventsOf(o, one.id, one.event), one.event)
	}
}

func TestOfTwoMergersOfOneCaseAtOnceOneGoesOnAndTheOtherSaysWhyNot(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	ids := disputes(o, 3)
	younger := ids[2]
	var both sync.WaitGroup
	for _, older := range ids[:2] {
		command := o.Command(older, office.Clerk, merger(o, older, o.State(younger)))
		both.Go(func() {
			if _, err := o.Sender.Do(t.Context(), command); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	goesOn, failed := 0, 0
	for _, older := range ids[:2] {
		settled(t, o, older)
		goesOn += eventsOf(o, older, "MergerAgreed")
		failed += eventsOf(o, older, "MergerFailed")
	}
	require.Equal(t, 1, goesOn)
	require.Equal(t, 1, failed)
	seenThrough(t, o, younger)
	taken := 0
	for _, older := range ids[:2] {
		taken += eventsOf(o, older, "CaseTakenOver")
	}
	require.Equal(t, 1, taken)
}

func TestAChainOfMergersAtOnceLosesNoCase(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	ids := disputes(o, 3) // the first takes the second in, and the second the third, at once
	var both sync.WaitGroup
	for i := range 2 {
		command := o.Command(ids[i], office.Clerk, merger(o, ids[i], o.State(ids[i+1])))
		both.Go(func() {
			if _, err := o.Sender.Do(t.Context(), command); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	for _, id := range ids {
		settled(t, o, id)
	}
	for i := range 2 {
		into, of := o.State(ids[i]), o.State(ids[i+1])
		waits := of.Stage == casefile.StageVerification
		require.Equal(t, waits, len(into.Mergers) == 1, "both cases tell the same of the merger")
	}
	require.False(t, len(o.State(ids[0]).Mergers) == 1 && len(o.State(ids[1]).Mergers) == 1, "none is taken in while it takes in")
}
