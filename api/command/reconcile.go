package command

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

// Nudges at a rate that leaves room for people's commands.
const (
	nudgesPerSecond = 50
	nudgesAtOnce    = 8
	nudgePatience   = 30 * time.Second
)

// NudgeAll nudges cases at a bounded rate and returns how many were reached.
func NudgeAll(ctx context.Context, temporal client.Client, taskQueue string, caseIDs []string, logger hclog.Logger) (int, error) {
	limit := rate.NewLimiter(nudgesPerSecond, nudgesAtOnce)
	group, together := errgroup.WithContext(ctx)
	group.SetLimit(nudgesAtOnce)
	for i, caseID := range caseIDs {
		if err := limit.Wait(together); err != nil {
			break // ended: Wait below tells why
		}
		group.Go(func() error {
			ctx, cancel := context.WithTimeout(together, nudgePatience)
			defer cancel()
			return Nudge(ctx, temporal, taskQueue, caseID)
		})
		if (i+1)%1000 == 0 {
			logger.Info("nudging cases", "done", i+1, "of", len(caseIDs))
		}
	}
	if err := group.Wait(); err != nil {
		return 0, fmt.Errorf("nudge %d cases: %w", len(caseIDs), err)
	}
	return len(caseIDs), ctx.Err()
}
