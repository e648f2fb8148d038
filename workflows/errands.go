package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/casefile"
)

// runErrands asks other cases what this one has to ask of them, one errand after the other,
// beside everything else that the case does: it never holds the lock while another case
// takes its time, so two cases may ask each other. The intent stands in the record before
// it is sent, and so does the answer before the errand is over.
func (c *caseShell) runErrands(ctx workflow.Context) {
	if c.sending || !c.hasErrands() {
		return
	}
	c.sending = true
	workflow.Go(ctx, func(ctx workflow.Context) {
		defer func() { c.sending = false }()
		for {
			errands := casefile.Errands(c.state)
			if len(errands) == 0 {
				return
			}
			if err := c.runErrand(ctx, errands[0]); err != nil {
				c.failed = err
				return
			}
		}
	})
}

func (c *caseShell) hasErrands() bool { return len(casefile.Errands(c.state)) > 0 }

func (c *caseShell) runErrand(ctx workflow.Context, errand casefile.Errand) error {
	answer, err := callSend(ctx, SendInput{ErrandID: errand.ID, Command: errand.Command})
	if err != nil {
		return err
	}
	if err := c.lock.Lock(ctx); err != nil {
		return err
	}
	defer c.lock.Unlock()
	_, err = c.append(ctx, casefile.Command{CaseID: c.id, Actor: casefile.System, Act: answer})
	return err
}

// callSend waits for the other case without limit: it may be busy, and its record away.
func callSend(ctx workflow.Context, in SendInput) (casefile.AnswerErrand, error) {
	var answer casefile.AnswerErrand
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: sendAttempt,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval: 200 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 30 * time.Second,
		},
	})
	err := workflow.ExecuteActivity(ctx, SendName, in).Get(ctx, &answer)
	return answer, err
}
