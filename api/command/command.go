// Package command sends commands to the workflows of cases and packages and waits for what became
// of them. It decides early on the record, so that what the rules refuse never reaches
// Temporal, bounds what one case takes at once, and nudges a case that didn't answer.
package command

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/go-hclog"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// Record is what the sender reads before it sends.
type Record interface {
	// Standing is how a case stands towards a request.
	Standing(ctx context.Context, caseID, requestKey string) (store.Standing, error)
	InForce(ctx context.Context) (*directory.Directory, *casefile.Law, error)
	PackageState(ctx context.Context, packageID string) (leadership.State, error)
	PackageRequest(ctx context.Context, packageID, requestKey string) (digest string, version int, found bool, err error)
	// PackageFacts are what an act on a package must know of the cases that it names.
	PackageFacts(ctx context.Context, state leadership.State, act leadership.Act) (map[string]leadership.CaseFacts, error)

	// Append and AppendPackage decide a command on the record and store it, for workflows that don't
	// answer; NoteUnheard notes first that they have to be told, Heard that they have been.
	Append(ctx context.Context, shellVersion int, command casefile.Command, now time.Time) (store.Appended, error)
	AppendPackage(ctx context.Context, shellVersion int, command leadership.Command, now time.Time) (store.PackageAppended, error)
	NoteUnheard(ctx context.Context, of store.Unheard) (note int64, err error)
	Heard(ctx context.Context, notes ...int64) error
}

// Options configure a Sender.
type Options struct {
	Temporal  client.Client
	Record    Record
	TaskQueue string
	// Timeout bounds a command from its arrival to its answer.
	Timeout time.Duration
	// Patience is how long a workflow may take to answer before its command is decided on the record
	// without it; 0 leaves every command to its workflow.
	Patience time.Duration
	// Now is the office's clock; nil is time.Now.
	Now    func() time.Time
	Logger hclog.Logger
	// MaxHistory is handed to new runs; 0 leaves continue-as-new to the server.
	MaxHistory int
}

// Sender sends commands. It is safe for concurrent use.
type Sender struct {
	options  Options
	admitted admission
}

// New returns a Sender.
func New(options Options) *Sender {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Timeout == 0 {
		options.Timeout = 10 * time.Second
	}
	return &Sender{options: options, admitted: newAdmission(perCase)}
}

// perCase is how many commands one case takes at once. The server takes ten updates in
// flight and holds an eleventh until its deadline without a word, so we stop before it.
const perCase = 8

// attempts bounds how often one command is sent when its run ends under it.
const attempts = 5

// Do carries out one command on a case. What the rules refuse comes back in the result's
// Refusal. Errors are *Unavailable (nothing is known of the command's fate, the same request
// may be sent again), *RateLimited, or internal.
func (s *Sender) Do(ctx context.Context, cmd casefile.Command) (workflows.CommandResult, error) {
	return s.carryOut(ctx, sending{
		id: cmd.CaseID, command: cmd, requestKey: cmd.RequestKey, act: casefile.ActName(cmd.Act), inputDigest: cmd.InputDigest,
		run:     s.caseRun(cmd.CaseID),
		early:   func(ctx context.Context) (standing, error) { return s.decideEarly(ctx, cmd) },
		append:  s.caseAppend(cmd),
		unheard: store.Unheard{CaseID: cmd.CaseID},
	})
}

// sending is one command on its way to the workflow of a case or package.
type sending struct {
	id                           string
	command                      any
	requestKey, act, inputDigest string
	run                          run
	// early asks the rules on the record as it is now.
	early func(context.Context) (standing, error)
	// append decides the command at a version of the record, without the workflow; unheard is whom
	// to tell then.
	append  func(ctx context.Context, version int) (appended, error)
	unheard store.Unheard
}

// run is a workflow and what starts it.
type run struct {
	workflowID, workflow string
	input                any
}

func (s *Sender) caseRun(caseID string) run {
	return run{
		workflows.CaseWorkflowID(caseID), workflows.CaseType, workflows.CaseInput{CaseID: caseID, MaxHistory: s.options.MaxHistory},
	}
}

// standing is what the record says before anything is sent. answer is set where the
// command's answer is known already.
type standing struct {
	version int
	running bool
	answer  *workflows.CommandResult
}

func (s *Sender) carryOut(ctx context.Context, out sending) (workflows.CommandResult, error) {
	release, ok := s.admitted.enter(out.id)
	if !ok {
		return workflows.CommandResult{}, &RateLimited{RetryAfter: time.Second}
	}
	defer release()
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	result, err := s.attempt(ctx, out)
	if unanswered := (*Unavailable)(nil); errors.As(err, &unanswered) && unanswered.Sent {
		s.nudgeLater(ctx, out.run)
	}
	return result, err
}

func (s *Sender) attempt(ctx context.Context, out sending) (workflows.CommandResult, error) {
	var lastRefusal *workflows.CommandResult
	for attempt := range attempts {
		now, err := out.early(ctx)
		if err != nil {
			return workflows.CommandResult{}, err
		}
		if now.answer != nil {
			return *now.answer, nil
		}
		result, err := s.sendOrAppend(ctx, out, now, attempt)
		switch {
		case errors.Is(err, errRunEnded):
			continue
		case err != nil:
			return workflows.CommandResult{}, err
		case result.Refusal != nil && lastRefusal == nil:
			// Temporal keeps a refusal as the answer to its update id for as long as the run
			// lives, but a refused command is decided afresh: the rules said yes a moment ago,
			// so ask once more under another id.
			lastRefusal = &result
			continue
		}
		return result, nil
	}
	if lastRefusal != nil {
		return *lastRefusal, nil
	}
	return workflows.CommandResult{}, &Unavailable{Sent: true, Cause: errRunEnded}
}

// decideEarly asks the rules on the record as it is now. The answer is set where it is
// known without sending anything.
func (s *Sender) decideEarly(ctx context.Context, cmd casefile.Command) (standing, error) {
	found, err := s.options.Record.Standing(ctx, cmd.CaseID, cmd.RequestKey)
	if err != nil {
		return standing{}, &Unavailable{Cause: err}
	}
	now := standing{version: found.State.Version, running: found.State.Exists() && found.State.Stage.Open()}
	if found.Requested {
		return now.asked(found.InputDigest == cmd.InputDigest), nil
	}
	rules := casefile.Rules{Now: s.options.Now(), Directory: found.Directory, Law: found.Law, Number: "-"}
	_, err = casefile.Decide(found.State, cmd, rules)
	return now.decided(err, casefile.ActName(cmd.Act))
}

// asked is the answer to a request that the record knows, with the same input or another.
func (s standing) asked(same bool) standing {
	s.answer = &workflows.CommandResult{Version: s.version, Duplicate: same}
	if !same {
		s.answer.Refusal = casefile.OtherInput()
	}
	return s
}

// decided takes what the rules said.
func (s standing) decided(err error, act string) (standing, error) {
	if refusal := (*casefile.Refusal)(nil); errors.As(err, &refusal) {
		s.answer = &workflows.CommandResult{Version: s.version, Refusal: refusal}
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("decide %s early: %w", act, err)
	}
	return s, nil
}

var errRunEnded = errors.New("the run ended before it took the command")

// send sends one update and waits for its outcome. What has no running workflow (new,
// ended, or imported) is started by the same call.
func (s *Sender) send(ctx context.Context, out sending, now standing, attempt int) (workflows.CommandResult, error) {
	update := client.UpdateWorkflowOptions{
		WorkflowID:   out.run.workflowID,
		UpdateID:     updateID(out, now.version, attempt),
		UpdateName:   workflows.CommandUpdate,
		Args:         []any{out.command},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	}
	var handle client.WorkflowUpdateHandle
	var err error
	if now.running {
		handle, err = s.options.Temporal.UpdateWorkflow(ctx, update)
		if notFound := (*serviceerror.NotFound)(nil); errors.As(err, &notFound) {
			handle, err = s.updateWithStart(ctx, out.run, update)
		}
	} else {
		handle, err = s.updateWithStart(ctx, out.run, update)
	}
	if err != nil {
		return workflows.CommandResult{}, outcomeOf(err)
	}
	var result workflows.CommandResult
	if err := handle.Get(ctx, &result); err != nil {
		return workflows.CommandResult{}, outcomeOf(err)
	}
	return result, nil
}

func (s *Sender) updateWithStart(ctx context.Context, of run, update client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	start := s.options.Temporal.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID:                       of.workflowID,
		TaskQueue:                s.options.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, of.workflow, of.input)
	return s.options.Temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start, UpdateOptions: update,
	})
}

// updateID makes one id of everything that makes this the same request: Temporal answers
// a second update of the same id from the first without looking at its input. The version
// of the case or package is part of it, so that a command refused in one state is decided
// afresh in the next, and a further attempt has an id of its own: that the request never
// acts twice is the record's to see.
func updateID(out sending, version, attempt int) string {
	if attempt > 0 {
		return rand.Text()
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%s\n%d", out.requestKey, out.act, out.inputDigest, version)
	return hex.EncodeToString(sum.Sum(nil))
}

// outcomeOf sorts what an update may fail with.
func outcomeOf(err error) error {
	var (
		application *temporal.ApplicationError
		notFound    *serviceerror.NotFound
		timeout     *client.WorkflowUpdateServiceTimeoutOrCanceledError
	)
	switch {
	case errors.As(err, &application) && application.Type() == "AcceptedUpdateCompletedWorkflow":
		return errRunEnded
	case errors.As(err, &application):
		return fmt.Errorf("the case's workflow failed the command: %w", err)
	case errors.As(err, &notFound):
		return errRunEnded
	case errors.As(err, &timeout), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &Unavailable{Sent: true, Cause: err}
	}
	return &Unavailable{Sent: true, Cause: err}
}

// nudgeLater signals a case or package whose command went unanswered: a worker that died
// between the commit and its answer leaves an event that the shell must adopt, or its new
// clocks would wait unarmed until somebody else acts.
func (s *Sender) nudgeLater(ctx context.Context, of run) {
	ctx = context.WithoutCancel(ctx)
	go func() {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
		defer cancel()
		if err := signal(ctx, s.options.Temporal, s.options.TaskQueue, of, workflows.NudgeSignal, nil); err != nil {
			s.options.Logger.Warn("could not nudge what did not answer", "workflow", of.workflowID, "error", err)
		}
	}()
}

// Nudge makes a case's shell look at its record, starting it where none runs. It retries
// until ctx ends.
func Nudge(ctx context.Context, temporalClient client.Client, taskQueue, caseID string) error {
	of := run{workflows.CaseWorkflowID(caseID), workflows.CaseType, workflows.CaseInput{CaseID: caseID}}
	return signal(ctx, temporalClient, taskQueue, of, workflows.NudgeSignal, nil)
}

// signal signals a workflow, starting it where none runs, and retries until ctx ends.
func signal(ctx context.Context, temporalClient client.Client, taskQueue string, of run, name string, value any) error {
	pause := 200 * time.Millisecond
	for {
		_, err := temporalClient.SignalWithStartWorkflow(ctx, of.workflowID, name, value,
			client.StartWorkflowOptions{TaskQueue: taskQueue}, of.workflow, of.input)
		if err == nil {
			return nil
		}
		wait := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			wait.Stop()
			return fmt.Errorf("signal %s: %w", of.workflowID, err)
		case <-wait.C:
			pause = min(2*pause, 10*time.Second)
		}
	}
}
