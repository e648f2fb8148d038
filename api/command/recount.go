package command

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

// RecountQueue is the cases and leadership packages whose clocks a new law may move.
type RecountQueue interface {
	// QueuedCases are those that have not been counted yet, the next due first.
	QueuedCases(ctx context.Context) ([]string, error)
	// QueuedPackages are those packages.
	QueuedPackages(ctx context.Context) ([]string, error)
	// Recomputing are those of some cases and packages, with their deadlines.
	Recomputing(ctx context.Context, ids []string) (map[string][]string, error)
}

// RecountOptions configure Recount. Queue, Temporal, TaskQueue and Logger are required.
type RecountOptions struct {
	Queue     RecountQueue
	Temporal  client.Client
	TaskQueue string
	// PerSecond bounds how many cases are told; 0 leaves room for people's commands.
	PerSecond float64
	// Counted is told how many more cases have been counted; nil tells nobody.
	Counted func(cases int)
	// Patience is how long told cases may take before the next ones are told, and they again
	// later; 0 is half a minute.
	Patience time.Duration
	Logger   hclog.Logger
}

// SilentError says that cases were told of a new law and none of them counted its clocks:
// no worker runs, or these cases are stuck.
type SilentError struct{ CaseIDs []string }

func (e *SilentError) Error() string {
	return fmt.Sprintf("%d cases were told of a new law and do not count their clocks, the first is %s: does a worker run?",
		len(e.CaseIDs), e.CaseIDs[0])
}

const (
	countedPatience = 30 * time.Second
	countedLook     = 50 * time.Millisecond
	// toldAtOnce is how many cases may have been told and not counted yet: that many a
	// person's command finds before it.
	toldAtOnce = 16
)

// Recount tells the queued cases to count their clocks anew, at a bounded rate and no faster
// than they do, until none is left. What it was cut off from goes on where it is called
// again, here or in another process: the queue is the record's. It gives up with a
// *SilentError where nobody counts.
func Recount(ctx context.Context, options RecountOptions) error {
	if options.PerSecond <= 0 {
		options.PerSecond = nudgesPerSecond
	}
	if options.Counted == nil {
		options.Counted = func(int) {}
	}
	if options.Patience == 0 {
		options.Patience = countedPatience
	}
	r := recounting{
		RecountOptions: options, limit: rate.NewLimiter(rate.Limit(options.PerSecond), 1),
		told: map[string]time.Time{}, progress: time.Now(),
	}
	for {
		packages, err := r.Queue.QueuedPackages(ctx)
		if err != nil {
			return err
		}
		cases, err := r.Queue.QueuedCases(ctx)
		if err != nil {
			return err
		}
		if len(packages)+len(cases) == 0 {
			return nil
		}
		r.packages = map[string]bool{}
		for _, id := range packages {
			r.packages[id] = true
		}
		// Of packages there are few, and leaders wait for them.
		if err := r.pass(ctx, slices.Concat(packages, cases)); err != nil {
			return err
		}
	}
}

// recounting is a Recount under way.
type recounting struct {
	RecountOptions
	limit *rate.Limiter
	// packages are those of the queue; the others are cases.
	packages map[string]bool
	// told are the cases that have not counted yet, and since when.
	told map[string]time.Time
	// progress is when a case counted last.
	progress time.Time
}

// pass tells each case once and waits until all have counted. One that patience doesn't
// last for is left to the next pass.
func (r *recounting) pass(ctx context.Context, queued []string) error {
	look := time.NewTicker(countedLook)
	defer look.Stop()
	for len(queued) > 0 || len(r.told) > 0 {
		more := min(toldAtOnce-len(r.told), len(queued))
		if err := r.tell(ctx, queued[:more]); err != nil {
			return err
		}
		queued = queued[more:]
		if err := r.look(ctx); err != nil {
			return err
		}
		if len(r.told) == 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
	}
	return nil
}

// tell nudges cases.
func (r *recounting) tell(ctx context.Context, caseIDs []string) error {
	group, together := errgroup.WithContext(ctx)
	for _, caseID := range caseIDs {
		if err := r.limit.Wait(together); err != nil {
			break // ended: Wait below tells why
		}
		r.told[caseID] = time.Now()
		group.Go(func() error {
			ctx, cancel := context.WithTimeout(together, nudgePatience)
			defer cancel()
			if r.packages[caseID] {
				return NudgePackage(ctx, r.Temporal, r.TaskQueue, caseID)
			}
			return Nudge(ctx, r.Temporal, r.TaskQueue, caseID)
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("tell cases of a new law: %w", err)
	}
	return ctx.Err()
}

// look finds out which of the told cases have counted.
func (r *recounting) look(ctx context.Context) error {
	left, err := r.Queue.Recomputing(ctx, slices.Collect(maps.Keys(r.told)))
	if err != nil {
		return err
	}
	if counted := len(r.told) - len(left); counted > 0 {
		r.progress = time.Now()
		r.Counted(counted)
	}
	late := 0
	for caseID, since := range r.told {
		_, waits := left[caseID]
		if waits && time.Since(since) < r.Patience {
			continue
		}
		if waits {
			late++
		}
		delete(r.told, caseID)
	}
	switch {
	case late == 0:
		return nil
	case time.Since(r.progress) >= r.Patience:
		return &SilentError{slices.Sorted(maps.Keys(left))}
	}
	r.Logger.Warn("cases that were told of a new law are told again later", "cases", late)
	return nil
}
