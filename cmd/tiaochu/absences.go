package main

import (
	"context"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/store"
)

// turnEvery is how long after midnight in Shanghai an absence may begin or end at most.
const turnEvery = 15 * time.Second

// turnAbsences begins and ends absences when their day comes, until ctx ends. Several workers
// may do so at once.
func turnAbsences(ctx context.Context, record *store.Store, logger hclog.Logger) {
	again := time.NewTicker(turnEvery)
	defer again.Stop()
	for {
		turned, err := record.TurnAbsences(ctx, time.Now())
		switch {
		case err != nil && ctx.Err() == nil:
			logger.Warn("could not begin and end absences, trying again", "error", err)
		case len(turned) > 0:
			logger.Info("absences began or ended", "people", len(turned))
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}
