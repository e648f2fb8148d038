package durability

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
)

func TestAClockThatRanOutBeforeRegistrationIsMissedAndSupervisedOnce(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	id := office.NewCaseID()
	register := o.Dispute(id)
	register.ReceivedAt = time.Now().AddDate(0, -2, 0)
	cmd := o.Command(id, office.Clerk, register)
	cmd.BackdatingReason = o.Text(id, "REASON", "纸质登记补录")
	result, err := o.Sender.Do(t.Context(), cmd)
	require.NoError(t, err)
	require.Nil(t, result.Refusal, "%v", result.Refusal)

	require.Eventually(t, func() bool { return len(o.State(id).Orders) > 0 }, 30*time.Second, 20*time.Millisecond)
	o.Do(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "已联系")}) // one more turn of the shell
	state := o.State(id)
	require.Len(t, state.Orders, 1)
	require.Equal(t, casefile.ClockMissed, state.Deadlines[0].Status)
	for _, event := range o.Events(id) {
		if missed, ok := event.Body.(casefile.DeadlineMissed); ok {
			require.Equal(t, state.Deadlines[0].ID, missed.DeadlineID)
			require.WithinDuration(t, state.Deadlines[0].End(), event.EffectiveAt, time.Second, "a miss is dated when it fell due")
		}
	}
}

func TestATimerFiresTheDayTheClockEnds(t *testing.T) {
	t.Parallel()
	// The office's clock stands some seconds before the warning; Temporal's timers then wait
	// those seconds for real.
	received := time.Now().Add(-time.Hour)
	var shift atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(shift.Load())) }
	o := office.Open(t, stacktest.Shared(t), office.Options{Now: now})
	id := office.NewCaseID()
	register := o.Dispute(id)
	register.ReceivedAt = received
	o.Do(id, office.Clerk, register)
	wake, ok := casefile.NextWake(o.State(id))
	require.True(t, ok)
	require.True(t, wake.After(time.Now()), "nothing is due yet")
	require.Empty(t, o.State(id).Orders)

	// A nudge lets the shell look at its clocks; with the office's clock past the due day
	// and the spread, the deadline is decided at once, and once only.
	shift.Store(int64(30 * 24 * time.Hour))
	for range 3 {
		require.NoError(t, o.Temporal.SignalWorkflow(t.Context(), "case/"+id, "", "nudge", nil))
	}
	require.Eventually(t, func() bool { return len(o.State(id).Orders) == 1 }, 30*time.Second, 20*time.Millisecond)
	o.Do(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "已联系")})
	require.Len(t, o.State(id).Orders, 1)
}
