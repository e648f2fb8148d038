package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// aggregate says what a shell must know of what it keeps: a case or a package, with state
// S, events E and commands C.
type aggregate[S, E, C any] struct {
	name     string // for errors
	workflow string // the workflow's type
	target   func(C) (id string, asksForSomething bool)
	version  func(S) int
	exists   func(S) bool
	finished func(S) bool
	nextWake func(S) (time.Time, bool)
	apply    func(S, E) S
	digest   func(S) string
	// named sets the id of a state; also that of one which is not there yet.
	named    func(S, string) S
	passTime func(id string) C
	append   func(workflow.Context, int, C) (Stored[E], error)
	load     func(workflow.Context, string) (S, error)
	// again is the input of the run that takes over.
	again func(id string, state S, maxHistory int) any
}

// shell is a case or package in memory between two commands.
type shell[S, E, C any] struct {
	aggregate[S, E, C]
	id         string
	state      S
	loaded     bool
	carried    bool
	maxHistory int
	// lock lets commands and due deadlines pass one at a time.
	lock workflow.Mutex
	// answered counts the commands this run has answered.
	answered int
	nudges   workflow.ReceiveChannel
	observe  func(S)
	dealings dealings[S]
}

// dealings are what an aggregate has to do with another one.
type dealings[S any] interface {
	// changed is told every state that follows from stored events.
	changed(before, after S)
	// nudged is told when somebody wants the shell to look at its record.
	nudged(state S)
	// due reports whether deal has something to do; settled whether nothing is under way, so
	// that the run may end.
	due(state S) bool
	settled() bool
	// deal does what is due. It may leave something under way.
	deal(ctx workflow.Context) error
}

// setUp registers every handler before anything blocks: a first update may arrive in the
// very task that starts the run.
func (s *shell[S, E, C]) setUp(ctx workflow.Context, carried *S) error {
	s.lock, s.nudges = workflow.NewMutex(ctx), workflow.GetSignalChannel(ctx, NudgeSignal)
	if carried != nil {
		s.loaded, s.carried = true, true
		s.become(*carried)
	}
	if err := workflow.SetQueryHandler(ctx, StateQuery, func() (S, error) { return s.state, nil }); err != nil {
		return fmt.Errorf("register query %s: %w", StateQuery, err)
	}
	if err := workflow.SetUpdateHandlerWithOptions(ctx, CommandUpdate, s.command, workflow.UpdateHandlerOptions{
		Description: "Carry out one command on the " + s.name,
		Validator:   s.validate,
	}); err != nil {
		return fmt.Errorf("register update %s: %w", CommandUpdate, err)
	}
	return nil
}

// validate looks at the shape only. Whether the rules allow the command has been asked of
// the record by whoever sends it, and is asked again by append: the record is never behind
// this shell, while this shell may be behind the record.
func (s *shell[S, E, C]) validate(_ workflow.Context, command C) error {
	id, asks := s.target(command)
	if !asks || id != s.id {
		return temporal.NewNonRetryableApplicationError(
			fmt.Sprintf("command for %s %q sent to %s %q", s.name, id, s.name, s.id), "BadCommand", nil)
	}
	return nil
}

// command carries out one command: it waits its turn, appends, and answers.
func (s *shell[S, E, C]) command(ctx workflow.Context, command C) (CommandResult, error) {
	defer func() { s.answered++ }()
	if err := workflow.Await(ctx, func() bool { return s.loaded }); err != nil {
		return CommandResult{}, err
	}
	return s.inTurn(ctx, command)
}

// inTurn appends a command when no other one is under way.
func (s *shell[S, E, C]) inTurn(ctx workflow.Context, command C) (CommandResult, error) {
	if err := s.lock.Lock(ctx); err != nil {
		return CommandResult{}, err
	}
	defer s.lock.Unlock()
	return s.store(ctx, command)
}

// run lives until the aggregate needs no workflow any more, or continues as new.
func (s *shell[S, E, C]) run(ctx workflow.Context) (Result, error) {
	if !s.loaded {
		if err := s.reload(ctx); err != nil {
			return Result{}, err
		}
	}
	if s.idle() && !s.carried {
		if _, err := workflow.AwaitWithTimeout(ctx, firstCommand, func() bool {
			return s.answered > 0 || s.dealings.due(s.state) || s.exists(s.state) && s.nudges.Len() > 0
		}); err != nil {
			return Result{}, err
		}
	}
	timer := alarm{}
	for {
		wake, waiting := s.nextWake(s.state)
		if waiting {
			timer.arm(ctx, wake)
		}
		if err := workflow.Await(ctx, func() bool {
			if s.dealings.due(s.state) {
				return true
			}
			if s.idle() || s.wantsNewRun(ctx) {
				return s.dealings.settled() && workflow.AllHandlersFinished(ctx)
			}
			next, waiting := s.nextWake(s.state)
			return timer.rang() || s.nudges.Len() > 0 || waiting && timer.late(next)
		}); err != nil {
			return Result{}, err
		}
		switch {
		case s.dealings.due(s.state):
			if err := s.dealings.deal(ctx); err != nil {
				return Result{}, err
			}
		case timer.rang() || s.nudges.Len() > 0:
			timer.stop()
			acted, err := s.wake(ctx)
			if err != nil {
				return Result{}, err
			}
			if !acted {
				timer.notBefore = workflow.Now(ctx).Add(fruitless)
			}
		case s.idle():
			timer.stop()
			//workflowcheck:ignore // encoding/json, which sorts the keys of maps
			return Result{Version: s.version(s.state), Digest: s.digest(s.state)}, nil
		case s.wantsNewRun(ctx):
			timer.stop()
			return Result{}, workflow.NewContinueAsNewError(ctx, s.workflow, s.again(s.id, s.state, s.maxHistory))
		}
	}
}

// idle reports whether nothing is left to wait for: there is nothing, or it has ended.
func (s *shell[S, E, C]) idle() bool {
	return s.loaded && (!s.exists(s.state) || s.finished(s.state))
}

func (s *shell[S, E, C]) wantsNewRun(ctx workflow.Context) bool {
	info := workflow.GetInfo(ctx)
	return info.GetContinueAsNewSuggested() ||
		s.maxHistory > 0 && info.GetCurrentHistoryLength() >= s.maxHistory
}

// wake lets every due deadline be decided, and adopts what the record has ahead. One look
// at the record answers all nudges.
func (s *shell[S, E, C]) wake(ctx workflow.Context) (acted bool, err error) {
	for s.nudges.ReceiveAsync(nil) {
		s.dealings.nudged(s.state)
	}
	if err := s.lock.Lock(ctx); err != nil {
		return false, err
	}
	defer s.lock.Unlock()
	before := s.version(s.state)
	_, err = s.store(ctx, s.passTime(s.id))
	return s.version(s.state) > before, err
}

// store asks the record to decide and store, and applies what was stored. Where the record
// was ahead it adopts those events first and asks again.
func (s *shell[S, E, C]) store(ctx workflow.Context, command C) (CommandResult, error) {
	for {
		done, err := s.append(ctx, s.version(s.state), command)
		if err != nil {
			return CommandResult{}, err
		}
		before, next := s.state, s.state
		for _, event := range done.Events {
			next = s.apply(next, event)
		}
		s.become(next)
		s.dealings.changed(before, next)
		version := s.version(next)
		switch done.Status {
		case Adopt:
			// ask again, from where the record is now
		case Behind:
			if err := s.reload(ctx); err != nil {
				return CommandResult{}, err
			}
		case Appended:
			return CommandResult{Version: version}, nil
		case Duplicate:
			return CommandResult{Version: version, Duplicate: true}, nil
		case Refused:
			return CommandResult{Version: version, Refusal: done.Refusal}, nil
		default:
			return CommandResult{}, temporal.NewNonRetryableApplicationError(
				fmt.Sprintf("append answered with unknown status %q", done.Status), "BadAppend", nil)
		}
	}
}

func (s *shell[S, E, C]) reload(ctx workflow.Context) error {
	state, err := s.load(ctx, s.id)
	if err != nil {
		return err
	}
	s.become(s.named(state, s.id))
	s.loaded = true
	return nil
}

func (s *shell[S, E, C]) become(state S) {
	s.state = state
	if s.observe != nil {
		s.observe(state)
	}
}
