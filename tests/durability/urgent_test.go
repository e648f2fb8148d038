package durability

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
)

func TestAnUrgentCaseThatNobodyReportedGoesUpAtOnceAndStaysUntilItIsReported(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	id := office.NewCaseID()
	register := o.Dispute(id)
	register.Urgent, register.ReceivedAt = true, time.Now().Add(-150*time.Minute)
	o.Do(id, office.Clerk, register)

	// The two hours are over, and no spread is waited for.
	require.Eventually(t, func() bool { return len(o.State(id).Orders) > 0 }, 30*time.Second, 20*time.Millisecond)
	state := o.State(id)
	order := state.Orders[0]
	require.Equal(t, "u-5304-center", order.IssuedByUnitID)
	for _, clock := range state.Deadlines {
		if clock.Of == order.ID {
			require.WithinDuration(t, order.OpenedAt.Add(time.Hour), clock.DueAt, time.Second, "its order is answered within the hour")
		}
	}
	o.Do(id, office.Leader, casefile.AcknowledgeUrgent{})
	o.Do(id, office.Manager, casefile.ReportUrgent{Measures: o.Text(id, "SUMMARY", "已派员到场，双方离开")})
	state = o.State(id)
	require.Equal(t, office.Manager, state.Urgency.Reports[0].ReportedBy)
	require.Equal(t, office.Leader, state.Urgency.Told[0].AcknowledgedBy)
}
