package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/casefile"
)

// runErrands asks other cases what this one has to ask of them, one errand after the other,
// beside everything else that the case does: it never holds the lock while another case
// takes its time, so two cases may ask each other. The intent stands in the record before
// it is sent, and so does the answer before the errand is over.
func (c *caseDealings) runErrands(ctx workflow.Context) {
	if c.sending || len(c.errands()) == 0 {
		return
	}
	c.sending = true
	workflow.Go(ctx, func(ctx workflow.Context) {
		defer func() { c.sending = false }()
		for {
			errands := c.errands()
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

// errands are what the case has to ask of others now.
func (c *caseDealings) errands() []casefile.Errand {
	//workflowcheck:ignore // encoding/json, which reads the same from the same
	return casefile.Errands(c.shell.state)
}

// runErrand waits for the other case without limit: it may be busy, and its record away.
func (c *caseDealings) runErrand(ctx workflow.Context, errand casefile.Errand) error {
	var answer casefile.AnswerErrand
	name, in := SendName, any(SendInput{ErrandID: errand.ID, Command: errand.Command})
	if errand.Package != nil {
		name, in = ProposeName, ProposeInput{ErrandID: errand.ID, RequestKey: errand.Command.RequestKey, Wanted: *errand.Package}
	}
	if err := callDealing(ctx, name, in, &answer); err != nil {
		return err
	}
	_, err := c.shell.inTurn(ctx, casefile.Command{CaseID: c.shell.id, Actor: casefile.System, Act: answer})
	return err
}
