package main

import (
	"context"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/store"
)

// unheardFor is how long whoever decided a command without its workflow has to tell it; hearEvery
// is how often a worker looks for what nobody told.
const (
	unheardFor = 30 * time.Second
	hearEvery  = 15 * time.Second
)

// hear tells workflows what was decided without them and nobody told them, until ctx ends. It waits
// for nothing else that a worker does: until they know, their new clocks are not armed.
func hear(ctx context.Context, record *store.Store, temporal client.Client, taskQueue string, logger hclog.Logger) {
	again := time.NewTicker(hearEvery)
	defer again.Stop()
	for {
		if _, err := command.Hear(ctx, record, temporal, taskQueue, time.Now().Add(-unheardFor), logger); err != nil && ctx.Err() == nil {
			logger.Warn("could not tell workflows what was decided without them", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}
