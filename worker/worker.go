// Package worker runs the shells and their activities against a Temporal server.
package worker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdkworker "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/activities"
	"github.com/tiaochu/tiaochu/workflows"
)

// DeploymentName is the name under which every build of the worker is versioned.
const DeploymentName = "tiaochu"

// Options configure a worker process.
type Options struct {
	Client     client.Client
	TaskQueue  string
	Activities *activities.Activities
	// Packages are the activities of leadership packages; without them the worker carries out
	// none.
	Packages *activities.Packages
	// BuildID names this build among the versions of the deployment.
	BuildID string
	// MakeCurrent makes this build the current version as soon as it polls, so that open
	// cases go on with it. Without it an operator ramps it up.
	MakeCurrent bool
	// CachedCases bounds how many idle cases are kept in memory; others are replayed when
	// something happens to them. 0 keeps the SDK's default.
	CachedCases int
	Logger      hclog.Logger
}

// Worker is a running worker.
type Worker struct {
	options Options
	worker  sdkworker.Worker
}

// Start registers everything and begins to poll.
func Start(ctx context.Context, options Options) (*Worker, error) {
	if options.BuildID == "" {
		return nil, errors.New("worker: no build id")
	}
	if options.CachedCases > 0 {
		sdkworker.SetStickyWorkflowCacheSize(options.CachedCases)
	}
	w := sdkworker.New(options.Client, options.TaskQueue, sdkworker.Options{
		DeploymentOptions: sdkworker.DeploymentOptions{
			UseVersioning: true,
			Version: sdkworker.WorkerDeploymentVersion{
				DeploymentName: DeploymentName, BuildID: options.BuildID,
			},
			// Decisions are recorded, so only the shell's own small code is replayed: a case
			// moves to a new build at once and is never stranded on an old one.
			DefaultVersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
		},
		WorkerStopTimeout: 10 * time.Second,
		// With the default of two, one asks for tasks of cases in the cache and one for all
		// others: under load a new case's first task waits seconds for its turn.
		WorkflowTaskPollerBehavior: sdkworker.NewPollerBehaviorAutoscaling(sdkworker.PollerBehaviorAutoscalingOptions{
			InitialNumberOfPollers: 4, MinimumNumberOfPollers: 4, MaximumNumberOfPollers: 32,
		}),
	})
	Register(w, options.Activities)
	if options.Packages != nil {
		RegisterPackages(w, options.Packages)
	}
	if err := w.Start(); err != nil {
		return nil, fmt.Errorf("start worker: %w", err)
	}
	started := &Worker{options: options, worker: w}
	if options.MakeCurrent {
		if err := started.makeCurrent(ctx); err != nil {
			w.Stop()
			return nil, err
		}
	}
	return started, nil
}

// Register adds every workflow and activity under its lasting name; the replay tests use
// it too.
func Register(w sdkworker.Registry, a *activities.Activities) {
	w.RegisterWorkflowWithOptions(workflows.Case, workflow.RegisterOptions{Name: workflows.CaseType})
	w.RegisterWorkflowWithOptions(workflows.Pulse, workflow.RegisterOptions{Name: workflows.PulseType})
	w.RegisterActivityWithOptions(a.Append, activity.RegisterOptions{Name: workflows.AppendName})
	w.RegisterActivityWithOptions(a.Send, activity.RegisterOptions{Name: workflows.SendName})
	w.RegisterActivityWithOptions(a.Load, activity.RegisterOptions{Name: workflows.LoadName})
}

// RegisterPackages adds the workflow and activities of leadership packages.
func RegisterPackages(w sdkworker.Registry, p *activities.Packages) {
	w.RegisterWorkflowWithOptions(workflows.Package, workflow.RegisterOptions{Name: workflows.PackageType})
	w.RegisterActivityWithOptions(p.AppendPackage, activity.RegisterOptions{Name: workflows.AppendPackageName})
	w.RegisterActivityWithOptions(p.LoadPackage, activity.RegisterOptions{Name: workflows.LoadPackageName})
	w.RegisterActivityWithOptions(p.AskMember, activity.RegisterOptions{Name: workflows.AskMemberName})
	w.RegisterActivityWithOptions(p.TellPackage, activity.RegisterOptions{Name: workflows.TellPackageName})
	w.RegisterActivityWithOptions(p.ProposePackage, activity.RegisterOptions{Name: workflows.ProposeName})
	w.RegisterActivityWithOptions(p.TellOrigin, activity.RegisterOptions{Name: workflows.TellOriginName})
}

// Stop lets running tasks finish, for ten seconds, and stops polling.
func (w *Worker) Stop() { w.worker.Stop() }

// makeCurrent waits until the server has seen this build poll, then makes it current.
func (w *Worker) makeCurrent(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	deployment := w.options.Client.WorkerDeploymentClient().GetHandle(DeploymentName)
	wait := time.NewTicker(100 * time.Millisecond)
	defer wait.Stop()
	for {
		_, err := deployment.SetCurrentVersion(ctx, client.WorkerDeploymentSetCurrentVersionOptions{
			BuildID:                 w.options.BuildID,
			IgnoreMissingTaskQueues: true,
		})
		if err == nil {
			w.options.Logger.Info("this build is the current version", "build", w.options.BuildID)
			return nil
		}
		if final := (*serviceerror.PermissionDenied)(nil); errors.As(err, &final) {
			return fmt.Errorf("make build %s current: %w", w.options.BuildID, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("make build %s current: %w", w.options.BuildID, err)
		case <-wait.C:
		}
	}
}
