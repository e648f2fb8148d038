package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api/feed"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// Commander carries out commands; *command.Sender is the one that asks the workflows.
// Refusals come in the result; errors are *command.Unavailable, *command.RateLimited or
// internal.
type Commander interface {
	Do(ctx context.Context, cmd casefile.Command) (workflows.CommandResult, error)
	DoPackage(ctx context.Context, cmd leadership.Command) (workflows.CommandResult, error)
}

// service answers the schema.
type service struct {
	store     *store.Store
	commander Commander
	tokenKey  []byte
	identity  *identityProvider // nil where none signs people in
	now       func() time.Time
	logger    hclog.Logger
	feed      *feed.Reader
	// revocations ends the connections of those whose sign-in is taken away.
	revocations *revocations
}

var _ schema.Service = (*service)(nil)

func (s *service) Viewer(ctx context.Context) (casefile.Person, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return casefile.Person{}, err
	}
	return q.person, nil
}

func (s *service) CaseByNumber(ctx context.Context, number string) (*schema.Case, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	row, err := s.store.CaseByNumber(ctx, q.viewer, number)
	if err != nil {
		return nil, unavailable(err)
	}
	return q.caseOf(row), nil
}

func (s *service) CaseOf(ctx context.Context, caseID string) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	return then(q.cases.Load(ctx, caseID), func(c *schema.Case) (any, error) {
		if c == nil {
			return nil, nil
		}
		return c, nil
	})
}

func (s *service) Tasks(ctx context.Context, c *schema.Case) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	return then(q.tasks.Load(ctx, c.State.ID), func(tasks []casefile.Task) (any, error) {
		shown := make([]*schema.Task, len(tasks))
		for i, task := range tasks {
			shown[i] = taskOf(c.State, task)
		}
		return shown, nil
	})
}

// Recomputing yields whether a new law may move a deadline and its case has not yet counted
// it anew.
func (s *service) Recomputing(ctx context.Context, d *schema.Deadline) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	return then(q.recounts.Load(ctx, cmp.Or(d.CaseID, d.PackageID)), func(queued []string) (any, error) {
		return slices.Contains(queued, d.ID), nil
	})
}

func taskOf(state casefile.State, task casefile.Task) *schema.Task {
	shown := &schema.Task{CaseID: state.ID, Task: task, Clock: schema.DeadlineOf(state, task.DeadlineID)}
	if task.Kind == casefile.TaskDecidePackage {
		shown.Proposed = state.ProposedPackageID()
	}
	return shown
}

// AllowedCommands are those of any role that the viewer has.
func (s *service) AllowedCommands(ctx context.Context, c *schema.Case) ([]string, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	rules := q.rulesOn(c, s.now())
	allowed, seen := []string{}, map[string]bool{}
	for _, actor := range q.viewer.Actors {
		for _, name := range casefile.AllowedCommands(c.State, actor, rules) {
			if !seen[name] {
				seen[name] = true
				allowed = append(allowed, name)
			}
		}
	}
	return allowed, nil
}

// maxEvents bounds the fold of a case as of a past moment.
const maxEvents = 100_000

func (s *service) Snapshot(ctx context.Context, c *schema.Case, args schema.AsOfArgs) (*schema.Snapshot, error) {
	if _, err := signedIn(ctx); err != nil {
		return nil, err
	}
	events, err := s.store.Events(ctx, c.State.ID, 0, maxEvents)
	if err != nil {
		return nil, unavailable(err)
	}
	upTo := 0
	for upTo < len(events) && !events[upTo].At.After(args.At) {
		upTo++
	}
	if upTo == 0 {
		return nil, nil
	}
	return &schema.Snapshot{At: args.At, State: casefile.Fold(c.State.ID, events[:upTo])}, nil
}
