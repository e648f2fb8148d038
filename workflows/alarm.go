package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// alarm is the one timer of a shell. It is moved only to an earlier instant; one that is
// early by now rings, finds nothing due, and is set anew.
type alarm struct {
	at        time.Time
	notBefore time.Time
	future    workflow.Future
	cancel    workflow.CancelFunc
}

func (a *alarm) arm(ctx workflow.Context, at time.Time) {
	if at.Before(a.notBefore) {
		at = a.notBefore
	}
	if a.future != nil && !at.Before(a.at) {
		return
	}
	a.stop()
	timerCtx, cancel := workflow.WithCancel(ctx)
	a.at, a.cancel = at, cancel
	a.future = workflow.NewTimerWithOptions(timerCtx, at.Sub(workflow.Now(ctx)),
		workflow.TimerOptions{Summary: "next deadline"})
}

func (a *alarm) rang() bool { return a.future != nil && a.future.IsReady() }

// late reports whether the alarm would ring after an instant at which something is due.
func (a *alarm) late(at time.Time) bool {
	return a.future == nil || at.Before(a.at) && a.notBefore.Before(a.at)
}

func (a *alarm) stop() {
	if a.cancel != nil {
		a.cancel()
	}
	a.future, a.cancel = nil, nil
}
