package workflows

import "go.temporal.io/sdk/workflow"

// Names of the pulse.
const (
	PulseType  = "Pulse"
	PulseID    = "pulse"
	PulseQuery = "pulse"
)

// Pulse is one idle workflow that answers a query: that it does proves that Temporal is
// there and a worker of this task queue carries work out. Asking leaves no history.
func Pulse(ctx workflow.Context) error {
	if err := workflow.SetQueryHandler(ctx, PulseQuery, func() (bool, error) { return true, nil }); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false })
}
