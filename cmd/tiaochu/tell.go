package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/progress"
	"github.com/tiaochu/tiaochu/store"
)

// tell has the queued cases count their clocks anew and shows how far that is. Where another
// process is at it, it only watches.
func (t telling) tell(ctx context.Context, settings *config.Config, record *store.Store, alone bool, logger hclog.Logger, stdout io.Writer) error {
	queued, err := queued(ctx, record)
	if err != nil {
		return err
	}
	if queued == 0 {
		fmt.Fprintln(stdout, "no clock is left to be counted anew")
		return nil
	}
	began := time.Now()
	bar := progressOn(os.Stderr, progress.Work{Name: "重新计算期限 counting anew", Unit: "件/cases"})
	bar.Begin(queued)
	if alone {
		err = t.tellHere(ctx, settings, record, logger, bar.Add)
	} else {
		logger.Info("another process tells the cases, at its own rate")
		err = watch(ctx, record, queued, bar.Add)
	}
	bar.End()
	if err != nil {
		return fmt.Errorf("the rest is told by `tiaochu calendar resume` or the next worker: %w", err)
	}
	took := time.Since(began)
	fmt.Fprintf(stdout, "%d cases counted their clocks anew in %s, %.1f a second\n",
		queued, took.Round(100*time.Millisecond), float64(queued)/took.Seconds())
	return nil
}

func (t telling) tellHere(ctx context.Context, settings *config.Config, record *store.Store, logger hclog.Logger, counted func(int)) error {
	temporal, err := dialTemporal(settings, logger)
	if err != nil {
		return err
	}
	defer temporal.Close()
	return command.Recount(ctx, command.RecountOptions{
		Queue: record, Temporal: temporal, TaskQueue: settings.TaskQueue, PerSecond: t.Rate, Counted: counted, Logger: logger,
	})
}

// queued is how many cases and packages have not counted their clocks yet.
func queued(ctx context.Context, record *store.Store) (int, error) {
	cases, err := record.QueuedCases(ctx)
	if err != nil {
		return 0, err
	}
	packages, err := record.QueuedPackages(ctx)
	return len(cases) + len(packages), err
}

// watch waits until the queue is empty.
func watch(ctx context.Context, record *store.Store, left int, counted func(int)) error {
	look := time.NewTicker(time.Second)
	defer look.Stop()
	for left > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		queued, err := queued(ctx, record)
		if err != nil {
			return err
		}
		if done := left - queued; done > 0 {
			counted(done)
			left = queued
		}
	}
	return nil
}

// recountEvery is how often a worker looks for cases that a load left behind.
const recountEvery = 15 * time.Second

// recount tells the cases that a load left in the queue, until ctx ends.
func recount(ctx context.Context, record *store.Store, temporal client.Client, taskQueue string, logger hclog.Logger) {
	again := time.NewTicker(recountEvery)
	defer again.Stop()
	for {
		if err := recountOnce(ctx, record, temporal, taskQueue, logger); err != nil && ctx.Err() == nil {
			logger.Warn("could not tell cases of a new law", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

func recountOnce(ctx context.Context, record *store.Store, temporal client.Client, taskQueue string, logger hclog.Logger) error {
	queued, err := queued(ctx, record)
	if err != nil || queued == 0 {
		return err
	}
	release, alone, err := record.TellAlone(ctx)
	if err != nil {
		return err
	}
	defer release()
	if !alone {
		return nil
	}
	logger.Info("telling cases of a new law", "cases", queued)
	return command.Recount(ctx, command.RecountOptions{Queue: record, Temporal: temporal, TaskQueue: taskQueue, Logger: logger})
}
