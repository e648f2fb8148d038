package command

import (
	"context"

	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// DoPackage carries out one command on a leadership package, as Do does on a case.
func (s *Sender) DoPackage(ctx context.Context, cmd leadership.Command) (workflows.CommandResult, error) {
	return s.carryOut(ctx, sending{
		id: cmd.PackageID, command: cmd, requestKey: cmd.RequestKey, act: leadership.ActName(cmd.Act), inputDigest: cmd.InputDigest,
		run:     s.packageRun(cmd.PackageID),
		early:   func(ctx context.Context) (standing, error) { return s.decidePackageEarly(ctx, cmd) },
		append:  s.packageAppend(cmd),
		unheard: store.Unheard{PackageID: cmd.PackageID},
	})
}

func (s *Sender) packageRun(packageID string) run {
	return run{
		workflows.PackageWorkflowID(packageID), workflows.PackageType,
		workflows.PackageInput{PackageID: packageID, MaxHistory: s.options.MaxHistory},
	}
}

func (s *Sender) decidePackageEarly(ctx context.Context, cmd leadership.Command) (standing, error) {
	state, err := s.options.Record.PackageState(ctx, cmd.PackageID)
	if err != nil {
		return standing{}, &Unavailable{Cause: err}
	}
	now := standing{version: state.Version, running: state.Exists() && !leadership.Finished(state)}
	if state.Exists() && cmd.RequestKey != "" {
		digest, _, found, err := s.options.Record.PackageRequest(ctx, cmd.PackageID, cmd.RequestKey)
		if err != nil {
			return now, &Unavailable{Cause: err}
		}
		if found {
			return now.asked(digest == cmd.InputDigest), nil
		}
	}
	people, law, err := s.options.Record.InForce(ctx)
	if err != nil {
		return now, &Unavailable{Cause: err}
	}
	rules := leadership.Rules{Now: s.options.Now(), Directory: people, Law: law, Number: "-"}
	if rules.Cases, err = s.options.Record.PackageFacts(ctx, state, cmd.Act); err != nil {
		return now, &Unavailable{Cause: err}
	}
	_, err = leadership.Decide(state, cmd, rules)
	return now.decided(err, leadership.ActName(cmd.Act))
}

// TellPackage brings a package what one of its cases says of itself, starting its workflow
// where none runs. It retries until ctx ends.
func (s *Sender) TellPackage(ctx context.Context, news workflows.PackageNews) error {
	return signal(ctx, s.options.Temporal, s.options.TaskQueue, s.packageRun(news.PackageID), workflows.MemberSignal, news.Standing)
}

// NudgePackage makes a package's shell look at its record, as Nudge does a case's.
func NudgePackage(ctx context.Context, temporalClient client.Client, taskQueue, packageID string) error {
	of := run{workflows.PackageWorkflowID(packageID), workflows.PackageType, workflows.PackageInput{PackageID: packageID}}
	return signal(ctx, temporalClient, taskQueue, of, workflows.NudgeSignal, nil)
}

// NudgeAllPackages nudges packages one after another and returns how many were reached:
// there are few of them.
func NudgeAllPackages(ctx context.Context, temporalClient client.Client, taskQueue string, packageIDs []string) (int, error) {
	for i, id := range packageIDs {
		ctx, cancel := context.WithTimeout(ctx, nudgePatience)
		err := NudgePackage(ctx, temporalClient, taskQueue, id)
		cancel()
		if err != nil {
			return i, err
		}
	}
	return len(packageIDs), nil
}
