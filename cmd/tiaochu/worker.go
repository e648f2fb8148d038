package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/activities"
	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/worker"
)

type workerCommand struct {
	Ramp bool `help:"Don't make this build the current version; an operator ramps it up."`
}

// Run carries out the cases' workflows until ctx ends.
func (c *workerCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger) error {
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	temporal, err := dialTemporal(settings, logger)
	if err != nil {
		return err
	}
	defer temporal.Close()

	// A law that this build cannot read stops it here, before it takes commands up.
	if _, err := record.Law(ctx); err != nil {
		return err
	}
	sender := command.New(command.Options{
		Temporal: temporal, Record: record, TaskQueue: settings.TaskQueue, Logger: logger.Named("errands"),
	})
	running, err := worker.Start(ctx, worker.Options{
		Client:      temporal,
		TaskQueue:   settings.TaskQueue,
		Activities:  activities.New(record, time.Now).Through(sender),
		Packages:    activities.NewPackages(record, sender, time.Now),
		BuildID:     settings.BuildID,
		MakeCurrent: !c.Ramp,
		CachedCases: settings.CachedWorkflows(),
		Logger:      logger.Named("worker"),
	})
	if err != nil {
		return err
	}
	defer running.Stop()
	logger.Info("worker is running", "build", settings.BuildID, "task_queue", settings.TaskQueue)
	go takeUp(ctx, record, temporal, settings.TaskQueue, logger)
	go hear(ctx, record, temporal, settings.TaskQueue, logger)
	go recount(ctx, record, temporal, settings.TaskQueue, logger)
	go sweep(ctx, record, logger)
	go turnAbsences(ctx, record, logger)
	go index(ctx, record, logger)

	if settings.WorkerListen == "" {
		<-ctx.Done()
		return nil
	}
	return serve(ctx, settings.WorkerListen, workerHealth(record, temporal), settings.ShutdownTimeout, logger)
}

// recentEvents is how far back a starting worker looks for cases that a crash may have left
// with events their workflow doesn't know.
const recentEvents = 2000

// takeUp nudges the cases of the last events and the open packages, once, at a bounded rate.
func takeUp(ctx context.Context, record *store.Store, temporal client.Client, taskQueue string, logger hclog.Logger) {
	recent, err := record.RecentlyChanged(ctx, recentEvents)
	if err == nil {
		_, err = command.NudgeAll(ctx, temporal, taskQueue, recent, logger)
	}
	var packages []string
	if err == nil {
		packages, err = record.OpenPackages(ctx)
	}
	if err == nil {
		_, err = command.NudgeAllPackages(ctx, temporal, taskQueue, packages)
	}
	if err != nil && ctx.Err() == nil {
		logger.Warn("could not nudge the cases of the last events; run `tiaochu verify --nudge`", "error", err)
	}
}

// Texts of a command that never arrived are kept for a day, in case it is sent again; so is a
// file that nobody attaches. No upload takes as long as brokenOffAfter.
const (
	sweepEvery     = time.Hour
	straysFor      = 24 * time.Hour
	brokenOffAfter = 2 * time.Hour
)

// sweep removes stray texts and files until ctx ends. Several workers may do so at once.
func sweep(ctx context.Context, record *store.Store, logger hclog.Logger) {
	again := time.NewTicker(sweepEvery)
	defer again.Stop()
	for {
		swept, err := record.SweepTexts(ctx, time.Now().Add(-straysFor))
		switch {
		case err != nil && ctx.Err() == nil:
			logger.Warn("could not remove the texts of commands that never arrived", "error", err)
		case swept > 0:
			logger.Info("removed the texts of commands that never arrived", "texts", swept)
		}
		sweepFiles(ctx, record, logger)
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// Cases that were there before texts could be searched are indexed few at a time, each lot
// holding up the commands of its cases for a moment, until none is left.
const (
	indexAtOnce = 50
	indexPause  = 200 * time.Millisecond
	indexAgain  = time.Minute // after an error, or when the rest was held by others
)

// index indexes the texts of such cases until ctx ends. Several workers may do so at once.
func index(ctx context.Context, record *store.Store, logger hclog.Logger) {
	total := 0
	for {
		n, err := record.IndexTexts(ctx, indexAtOnce)
		total += n
		pause := indexPause
		switch {
		case err != nil && ctx.Err() == nil:
			logger.Warn("could not index texts for searching", "error", err)
			pause = indexAgain
		case n == 0:
			if total > 0 {
				logger.Info("indexed the texts of cases for searching", "cases", total)
				total = 0
			}
			pause = indexAgain
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// sweepFiles removes the stray files, some at a time.
func sweepFiles(ctx context.Context, record *store.Store, logger hclog.Logger) {
	for total := int64(0); ; {
		swept, err := record.SweepFiles(ctx, time.Now().Add(-straysFor), time.Now().Add(-brokenOffAfter))
		total += swept
		switch {
		case err != nil && ctx.Err() == nil:
			logger.Warn("could not remove the files that nobody attached", "error", err)
		case err == nil && swept > 0:
			continue
		case total > 0:
			logger.Info("removed the files that nobody attached", "files", total)
		}
		return
	}
}

// workerHealth answers /healthz while the process lives, and /readyz with 200 only while the
// record takes writes and Temporal answers.
func workerHealth(record *store.Store, temporal client.Client) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "alive")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := record.Ready(r.Context()); err != nil {
			http.Error(w, "the record is away", http.StatusServiceUnavailable)
			return
		}
		if _, err := temporal.CheckHealth(r.Context(), &client.CheckHealthRequest{}); err != nil {
			http.Error(w, "Temporal is away", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	return mux
}
