package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/casefile"
)

// Case is the workflow of one case.
func Case(ctx workflow.Context, in CaseInput) (CaseResult, error) {
	return NewCase(nil)(ctx, in)
}

// NewCase returns the Case workflow with an observer that sees every state the shell
// comes to; the replay tests compare its last one with the record. Observers must not
// touch the workflow.
func NewCase(observe func(casefile.State)) func(workflow.Context, CaseInput) (CaseResult, error) {
	return func(ctx workflow.Context, in CaseInput) (CaseResult, error) {
		shell, err := setUpCase(ctx, in, observe)
		if err != nil {
			return CaseResult{}, err
		}
		return shell.run(ctx)
	}
}

// caseShell is a case in memory between two commands.
type caseShell struct {
	id         string
	state      casefile.State
	loaded     bool
	carried    bool
	maxHistory int
	// lock lets commands and due deadlines pass one at a time.
	lock workflow.Mutex
	// answered counts the commands this run has answered.
	answered int
	nudges   workflow.ReceiveChannel
	// sending says that another case is being asked; failed is why that can't go on.
	sending bool
	failed  error
	observe func(casefile.State)
}

// setUpCase registers every handler before anything blocks: a first update may arrive in
// the very task that starts the run.
func setUpCase(ctx workflow.Context, in CaseInput, observe func(casefile.State)) (*caseShell, error) {
	c := &caseShell{
		id:         in.CaseID,
		maxHistory: in.MaxHistory,
		lock:       workflow.NewMutex(ctx),
		nudges:     workflow.GetSignalChannel(ctx, NudgeSignal),
		observe:    observe,
	}
	if in.State != nil {
		c.loaded, c.carried = true, true
		c.become(*in.State)
	}
	if err := workflow.SetQueryHandler(ctx, StateQuery, func() (casefile.State, error) {
		return c.state, nil
	}); err != nil {
		return nil, fmt.Errorf("register query %s: %w", StateQuery, err)
	}
	if err := workflow.SetUpdateHandlerWithOptions(ctx, CommandUpdate, c.command,
		workflow.UpdateHandlerOptions{
			Description: "Carry out one command on the case",
			Validator:   c.validate,
		}); err != nil {
		return nil, fmt.Errorf("register update %s: %w", CommandUpdate, err)
	}
	return c, nil
}

// validate looks at the shape only. Whether the rules allow the command has been asked of
// the record by whoever sends it, and is asked again by append: the record is never behind
// this shell, while this shell may be behind the record.
func (c *caseShell) validate(_ workflow.Context, command casefile.Command) error {
	if command.Act == nil || command.CaseID != c.id {
		return temporal.NewNonRetryableApplicationError(
			fmt.Sprintf("command for case %q sent to case %q", command.CaseID, c.id), "BadCommand", nil)
	}
	return nil
}

// command carries out one command: it waits its turn, appends, and answers.
func (c *caseShell) command(ctx workflow.Context, command casefile.Command) (CommandResult, error) {
	defer func() { c.answered++ }()
	if err := workflow.Await(ctx, func() bool { return c.loaded }); err != nil {
		return CommandResult{}, err
	}
	if err := c.lock.Lock(ctx); err != nil {
		return CommandResult{}, err
	}
	defer c.lock.Unlock()
	return c.append(ctx, command)
}

// run lives until the case needs no workflow any more, or continues as new.
func (c *caseShell) run(ctx workflow.Context) (CaseResult, error) {
	if !c.loaded {
		if err := c.load(ctx); err != nil {
			return CaseResult{}, err
		}
	}
	if c.idle() && !c.carried {
		if _, err := workflow.AwaitWithTimeout(ctx, firstCommand, func() bool { return c.answered > 0 }); err != nil {
			return CaseResult{}, err
		}
	}
	timer := alarm{}
	for {
		wake, waiting := casefile.NextWake(c.state)
		if waiting {
			timer.arm(ctx, wake)
		}
		c.runErrands(ctx)
		if err := workflow.Await(ctx, func() bool {
			if c.failed != nil {
				return true
			}
			if c.idle() || c.wantsNewRun(ctx) {
				return workflow.AllHandlersFinished(ctx) && !c.sending
			}
			if !c.sending && c.hasErrands() {
				return true
			}
			next, waiting := casefile.NextWake(c.state)
			return timer.rang() || c.nudges.Len() > 0 || waiting && timer.late(next)
		}); err != nil {
			return CaseResult{}, err
		}
		switch {
		case c.failed != nil:
			return CaseResult{}, c.failed
		case timer.rang() || c.nudges.Len() > 0:
			for c.nudges.ReceiveAsync(nil) {
				continue // one look at the record answers them all
			}
			timer.stop()
			acted, err := c.passTime(ctx)
			if err != nil {
				return CaseResult{}, err
			}
			if !acted {
				timer.notBefore = workflow.Now(ctx).Add(fruitless)
			}
		case c.idle():
			timer.stop()
			//workflowcheck:ignore // encoding/json, which sorts the keys of maps
			return CaseResult{Version: c.state.Version, Digest: casefile.StateDigest(c.state)}, nil
		case c.wantsNewRun(ctx):
			timer.stop()
			state := c.state
			return CaseResult{}, workflow.NewContinueAsNewError(ctx, CaseType,
				CaseInput{CaseID: c.id, State: &state, MaxHistory: c.maxHistory})
		}
	}
}

// idle reports whether nothing is left to wait for: there is no case, or it has ended.
func (c *caseShell) idle() bool {
	return c.loaded && (!c.state.Exists() || casefile.Finished(c.state))
}

func (c *caseShell) wantsNewRun(ctx workflow.Context) bool {
	info := workflow.GetInfo(ctx)
	return info.GetContinueAsNewSuggested() ||
		c.maxHistory > 0 && info.GetCurrentHistoryLength() >= c.maxHistory
}

// passTime lets every due deadline be decided, and adopts what the record has ahead.
func (c *caseShell) passTime(ctx workflow.Context) (acted bool, err error) {
	if err := c.lock.Lock(ctx); err != nil {
		return false, err
	}
	defer c.lock.Unlock()
	before := c.state.Version
	_, err = c.append(ctx, casefile.Command{CaseID: c.id, Actor: casefile.System, Act: casefile.PassTime{}})
	return c.state.Version > before, err
}

// append asks the record to decide and store, and applies what was stored. Where the
// record was ahead it adopts those events first and asks again.
func (c *caseShell) append(ctx workflow.Context, command casefile.Command) (CommandResult, error) {
	for {
		done, err := callAppend(ctx, AppendInput{Version: c.state.Version, Command: command})
		if err != nil {
			return CommandResult{}, err
		}
		next := c.state
		for _, event := range done.Events {
			next = casefile.Apply(next, event)
		}
		c.become(next)
		switch done.Status {
		case Adopt:
			// ask again, from where the record is now
		case Behind:
			if err := c.load(ctx); err != nil {
				return CommandResult{}, err
			}
		case Appended:
			return CommandResult{Version: c.state.Version}, nil
		case Duplicate:
			return CommandResult{Version: c.state.Version, Duplicate: true}, nil
		case Refused:
			return CommandResult{Version: c.state.Version, Refusal: done.Refusal}, nil
		default:
			return CommandResult{}, temporal.NewNonRetryableApplicationError(
				fmt.Sprintf("append answered with unknown status %q", done.Status), "BadAppend", nil)
		}
	}
}

func (c *caseShell) load(ctx workflow.Context) error {
	state, err := callLoad(ctx, c.id)
	if err != nil {
		return err
	}
	state.ID = c.id // also that of a case which is not there yet
	c.become(state)
	c.loaded = true
	return nil
}

func (c *caseShell) become(state casefile.State) {
	c.state = state
	if c.observe != nil {
		c.observe(state)
	}
}

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
