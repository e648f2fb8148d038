package command

import (
	"context"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"
	"golang.org/x/time/rate"

	"github.com/tiaochu/tiaochu/store"
)

// UnheardQueue is the cases and packages whose workflow may not know what is in their record.
type UnheardQueue interface {
	Unheard(ctx context.Context, before time.Time) ([]store.Unheard, error)
	Heard(ctx context.Context, notes ...int64) error
	LeaveUnheard(ctx context.Context, note int64) error
}

const (
	// hearPatience is how long one workflow is told before the next one is.
	hearPatience = 5 * time.Second
	// silentAtMost is how many workflows in a row can't be told before it is Temporal that is away.
	silentAtMost = 3
)

// Hear tells the workflows of what was decided without them and noted before an instant, at a bounded
// rate, and returns how many it told. The process that decided tells them itself; what it left, since it
// died or Temporal was away for long, is found here. A workflow that can't be told keeps none of the others
// waiting: it comes last the next time.
func Hear(ctx context.Context, queue UnheardQueue, temporal client.Client, taskQueue string, before time.Time, logger hclog.Logger) (told int, err error) {
	limit := rate.NewLimiter(nudgesPerSecond, nudgesAtOnce)
	silent := 0
	for {
		left, err := queue.Unheard(ctx, before)
		if err != nil || len(left) == 0 {
			return told, err
		}
		logger.Info("telling workflows what was decided without them", "workflows", len(left))
		for _, one := range left {
			if err := limit.Wait(ctx); err != nil {
				return told, err
			}
			if err := hearOne(ctx, one, temporal, taskQueue); err != nil {
				if silent++; silent == silentAtMost {
					return told, err
				}
				logger.Warn("a workflow does not know yet what is in its record", "error", err)
				if err := queue.LeaveUnheard(ctx, one.Note); err != nil {
					return told, err
				}
				continue
			}
			silent = 0
			if err := queue.Heard(ctx, one.Note); err != nil {
				return told, err
			}
			told++
		}
	}
}

func hearOne(ctx context.Context, one store.Unheard, temporal client.Client, taskQueue string) error {
	ctx, cancel := context.WithTimeout(ctx, hearPatience)
	defer cancel()
	if one.PackageID != "" {
		return NudgePackage(ctx, temporal, taskQueue, one.PackageID)
	}
	return Nudge(ctx, temporal, taskQueue, one.CaseID)
}
