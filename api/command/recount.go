package command

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

// RecountQueue is the cases whose clocks a new law may move.
type RecountQueue interface {
	// QueuedCases are those that have not been counted yet, the next due first.
	QueuedCases(ctx context.Context) ([]string, error)
	// Recomputing are those of some cases, with their deadlines.
	Recomputing(ctx context.Context, caseIDs []string) (map[string][]string, error)
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
	limit := rate.NewLimiter(rate.Limit(options.PerSecond), nudgesAtOnce)
	for {
		queued, err := options.Queue.QueuedCases(ctx)
		if err != nil {
			return err
		}
		if len(queued) == 0 {
			return nil
		}
		portion := max(nudgesAtOnce, int(math.Ceil(options.PerSecond)))
		for len(queued) > 0 {
			told := queued[:min(portion, len(queued))]
			queued = queued[len(told):]
			if err := tell(ctx, options, limit, told); err != nil {
				return err
			}
		}
	}
}

// tell nudges cases and waits until they have counted, or some of them have and patience is
// over.
func tell(ctx context.Context, options RecountOptions, limit *rate.Limiter, caseIDs []string) error {
	group, together := errgroup.WithContext(ctx)
	group.SetLimit(nudgesAtOnce)
	for _, caseID := range caseIDs {
		if err := limit.Wait(together); err != nil {
			break // ended: Wait below tells why
		}
		group.Go(func() error {
			ctx, cancel := context.WithTimeout(together, nudgePatience)
			defer cancel()
			return Nudge(ctx, options.Temporal, options.TaskQueue, caseID)
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("tell %d cases of a new law: %w", len(caseIDs), err)
	}
	patience := time.NewTimer(options.Patience)
	defer patience.Stop()
	look := time.NewTicker(countedLook)
	defer look.Stop()
	for waiting := caseIDs; ; {
		left, err := options.Queue.Recomputing(ctx, waiting)
		if err != nil {
			return err
		}
		options.Counted(len(waiting) - len(left))
		if len(left) == 0 {
			return nil
		}
		waiting = waiting[:0:0]
		for caseID := range left {
			waiting = append(waiting, caseID)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-patience.C:
			if len(waiting) == len(caseIDs) {
				return &SilentError{waiting}
			}
			options.Logger.Warn("cases that were told of a new law are told again later", "cases", len(waiting))
			return nil
		case <-look.C:
		}
	}
}
