package command

import (
	"context"
	"errors"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// tellingPatience bounds how long a workflow is told what was stored without it, before that is
// left to Hear.
const tellingPatience = 2 * time.Minute

// answered is what a workflow answered to a command.
type answered struct {
	result workflows.CommandResult
	err    error
}

// sendOrAppend sends the command to its workflow. Where no answer has come within Patience, since
// Temporal is away or thousands of clocks are decided just now, the command is decided on the record
// here, as the workflow would have it done, and the workflow is told. It adopts what it finds there.
//
// Only a yes is answered that way. A refusal is not: the update is on its way still, and the case may
// be another one when it arrives.
func (s *Sender) sendOrAppend(ctx context.Context, out sending, now standing, attempt int) (workflows.CommandResult, error) {
	if s.options.Patience == 0 {
		return s.send(ctx, out, now, attempt)
	}
	sent := s.sendOn(ctx, out, now, attempt)
	patience := time.NewTimer(s.options.Patience)
	defer patience.Stop()
	select {
	case a := <-sent:
		if unavailable := (*Unavailable)(nil); ctx.Err() == nil && errors.As(a.err, &unavailable) {
			sent <- a
			break
		}
		return a.result, a.err
	case <-patience.C:
	case <-ctx.Done():
		return workflows.CommandResult{}, &Unavailable{Sent: true, Cause: ctx.Err()}
	}
	if result, stored := s.appendDirectly(ctx, out, now, sent); stored {
		return result, nil
	}
	select {
	case a := <-sent:
		return a.result, a.err
	case <-ctx.Done():
		return workflows.CommandResult{}, &Unavailable{Sent: true, Cause: ctx.Err()}
	}
}

// sendOn sends the command and goes on waiting for its answer though the caller may have one before.
func (s *Sender) sendOn(ctx context.Context, out sending, now standing, attempt int) chan answered {
	sent := make(chan answered, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.options.Timeout)
		defer cancel()
		result, err := s.send(ctx, out, now, attempt)
		sent <- answered{result, err}
	}()
	return sent
}

// appendDirectly decides the command on the record. Whether it was stored is certain only if it says
// so; the workflow is told in any case.
func (s *Sender) appendDirectly(ctx context.Context, out sending, now standing, sent <-chan answered) (workflows.CommandResult, bool) {
	note, err := s.options.Record.NoteUnheard(ctx, out.unheard)
	if err != nil {
		return workflows.CommandResult{}, false
	}
	version := now.version
	for range attempts {
		done, err := out.append(ctx, version)
		if err != nil {
			break
		}
		switch done.Status {
		case store.Adopt:
			version = done.Version
			continue
		case store.Added, store.Duplicate:
			s.options.Logger.Info("decided on the record, since its workflow did not answer", "workflow", out.run.workflowID)
			go s.tell(context.WithoutCancel(ctx), out.run, note, sent, s.admitted.stay(out.id))
			return workflows.CommandResult{Version: done.Version, Duplicate: done.Status == store.Duplicate}, true
		case store.Refused:
			s.heard(context.WithoutCancel(ctx), note)
			return workflows.CommandResult{}, false
		}
	}
	return workflows.CommandResult{}, false // the note stays: something may have been stored
}

// tell waits until the workflow knows what was stored without it: by the command that was sent, which
// it finds done, or else by a nudge. The command keeps its place on the case until it has arrived:
// Temporal counts the updates in flight.
func (s *Sender) tell(ctx context.Context, of run, note int64, sent <-chan answered, leave func()) {
	a := <-sent
	leave()
	if a.err != nil {
		ctx, cancel := context.WithTimeout(ctx, tellingPatience)
		defer cancel()
		if err := signal(ctx, s.options.Temporal, s.options.TaskQueue, of, workflows.NudgeSignal, nil); err != nil {
			s.options.Logger.Warn("a workflow does not know yet what is in its record; a worker will tell it", "workflow", of.workflowID, "error", err)
			return
		}
	}
	s.heard(ctx, note)
}

func (s *Sender) heard(ctx context.Context, note int64) {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	if err := s.options.Record.Heard(ctx, note); err != nil {
		s.options.Logger.Warn("a workflow that knows its record will be told again", "error", err)
	}
}

// caseAppend decides a command on a case at a version of its record.
func (s *Sender) caseAppend(cmd casefile.Command) func(context.Context, int) (appended, error) {
	return func(ctx context.Context, version int) (appended, error) {
		done, err := s.options.Record.Append(ctx, version, cmd, s.options.Now())
		return appended{done.Status, done.Version}, err
	}
}

func (s *Sender) packageAppend(cmd leadership.Command) func(context.Context, int) (appended, error) {
	return func(ctx context.Context, version int) (appended, error) {
		done, err := s.options.Record.AppendPackage(ctx, version, cmd, s.options.Now())
		return appended{done.Status, done.Version}, err
	}
}

// appended is what became of a command that was decided here.
type appended struct {
	Status  store.AppendStatus
	Version int
}
