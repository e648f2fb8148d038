package workflows

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// callAppend tries a local activity first, which costs no round trip to the server. While
// the record is away for longer, an ordinary activity waits for it without limit, so a
// command that is inside completes when the record is back.
func callAppend(ctx workflow.Context, version int, command casefile.Command) (AppendResult, error) {
	var out AppendResult
	err := call(ctx, AppendName, AppendInput{Version: version, Command: command}, &out)
	return out, err
}

func callAppendPackage(ctx workflow.Context, version int, command leadership.Command) (PackageAppendResult, error) {
	var out PackageAppendResult
	err := call(ctx, AppendPackageName, PackageAppendInput{Version: version, Command: command}, &out)
	return out, err
}

func callLoadPackage(ctx workflow.Context, packageID string) (leadership.State, error) {
	var out leadership.State
	err := call(ctx, LoadPackageName, packageID, &out)
	return out, err
}

// callDealing reaches another aggregate, as long as it takes.
func callDealing(ctx workflow.Context, name string, in, out any) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: dealingAttempt,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval: 200 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 10 * time.Second,
		},
	})
	return workflow.ExecuteActivity(ctx, name, in).Get(ctx, out)
}

func callLoad(ctx workflow.Context, caseID string) (casefile.State, error) {
	var out casefile.State
	err := call(ctx, LoadName, caseID, &out)
	return out, err
}

func call(ctx workflow.Context, name string, in, out any) error {
	local := workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		ScheduleToCloseTimeout: appendLocal,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval: 100 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: time.Second,
		},
	})
	err := workflow.ExecuteLocalActivity(local, name, in).Get(ctx, out)
	if err == nil || !worthRetrying(err) {
		return err
	}
	ordinary := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: appendAttempt,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval: 200 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 5 * time.Second,
		},
	})
	return workflow.ExecuteActivity(ordinary, name, in).Get(ctx, out)
}

// worthRetrying is false for what no repetition mends: a cancelled run, or an error that
// the activity itself calls final.
func worthRetrying(err error) bool {
	var application *temporal.ApplicationError
	switch {
	case temporal.IsCanceledError(err):
		return false
	case errors.As(err, &application):
		return !application.NonRetryable()
	}
	return true
}
