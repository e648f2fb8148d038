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
}

// Hear tells the workflows of what was decided without them and noted before an instant, at a bounded
// rate, and returns how many it told. The process that decided tells them itself; what it left, since it
// died or Temporal was away for long, is found here.
func Hear(ctx context.Context, queue UnheardQueue, temporal client.Client, taskQueue string, before time.Time, logger hclog.Logger) (told int, err error) {
	limit := rate.NewLimiter(nudgesPerSecond, nudgesAtOnce)
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
				return told, err
			}
			if err := queue.Heard(ctx, one.Note); err != nil {
				return told, err
			}
			told++
		}
	}
}

func hearOne(ctx context.Context, one store.Unheard, temporal client.Client, taskQueue string) error {
	ctx, cancel := context.WithTimeout(ctx, nudgePatience)
	defer cancel()
	if one.PackageID != "" {
		return NudgePackage(ctx, temporal, taskQueue, one.PackageID)
	}
	return Nudge(ctx, temporal, taskQueue, one.CaseID)
}
