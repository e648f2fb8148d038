// Package apitest carries out commands without Temporal, for tests of the resolvers alone:
// real rules, real record, no workflow. The tests of whole commands use the embedded stack.
package apitest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// Commander appends each command to the record directly, as a case's activity would, and
// runs the errands that come of it.
type Commander struct {
	Store *store.Store
	Now   func() time.Time
	// Sent counts the commands that came this far.
	Sent int
	mu   sync.Mutex // of Sent: a hand-over sends several at once
	// Err, where set, is what Do answers instead.
	Err error
}

// Do carries out one command.
func (c *Commander) Do(ctx context.Context, cmd casefile.Command) (workflows.CommandResult, error) {
	c.mu.Lock()
	c.Sent++
	c.mu.Unlock()
	if c.Err != nil {
		return workflows.CommandResult{}, c.Err
	}
	result, err := c.append(ctx, cmd)
	if err != nil {
		return result, err
	}
	return result, c.runErrands(ctx, cmd.CaseID)
}

func (c *Commander) runErrands(ctx context.Context, caseID string) error {
	for {
		state, err := c.Store.State(ctx, caseID)
		if err != nil {
			return err
		}
		errands := casefile.Errands(state)
		if len(errands) == 0 {
			return nil
		}
		if errands[0].Package != nil {
			if err := c.propose(ctx, caseID, errands[0]); err != nil {
				return err
			}
			continue
		}
		result, err := c.Do(ctx, errands[0].Command)
		if err != nil {
			return err
		}
		other, err := c.Store.State(ctx, errands[0].Command.CaseID)
		if err != nil {
			return err
		}
		answer := casefile.AnswerOf(errands[0].ID, result.Refusal, other)
		if _, err := c.append(ctx, casefile.Command{CaseID: caseID, Actor: casefile.System, Act: answer}); err != nil {
			return err
		}
	}
}

// propose asks for the package that an errand wants, and brings the case its answer.
func (c *Commander) propose(ctx context.Context, caseID string, errand casefile.Errand) error {
	wanted := *errand.Package
	result, err := c.DoPackage(ctx, leadership.Command{
		PackageID: wanted.PackageID, RequestKey: errand.Command.RequestKey, Actor: casefile.System,
		Act: leadership.ActFor(wanted),
	})
	if err != nil {
		return err
	}
	state, err := c.Store.PackageState(ctx, wanted.PackageID)
	if err != nil {
		return err
	}
	answer := casefile.AnswerErrand{ErrandID: errand.ID, Number: state.Number, Refusal: result.Refusal}
	_, err = c.append(ctx, casefile.Command{CaseID: caseID, Actor: casefile.System, Act: answer})
	return err
}

// DoPackage carries out one command on a leadership package, and what it asks of its cases.
func (c *Commander) DoPackage(ctx context.Context, cmd leadership.Command) (workflows.CommandResult, error) {
	c.mu.Lock()
	c.Sent++
	c.mu.Unlock()
	if c.Err != nil {
		return workflows.CommandResult{}, c.Err
	}
	result, err := c.appendPackage(ctx, cmd)
	if err != nil || result.Refusal != nil {
		return result, err
	}
	state, err := c.Store.PackageState(ctx, cmd.PackageID)
	if err != nil {
		return result, err
	}
	if of, news, waits := state.News(); waits {
		if _, err := c.append(ctx, casefile.Command{CaseID: state.Origin.CaseID, Actor: casefile.System, Act: news}); err != nil {
			return result, err
		}
		told := leadership.Command{PackageID: cmd.PackageID, Actor: casefile.System, Act: leadership.NoteTold{Of: of}}
		if _, err := c.appendPackage(ctx, told); err != nil {
			return result, err
		}
	}
	for _, member := range state.Intents() {
		var act casefile.Act = casefile.JoinPackage{PackageID: cmd.PackageID, Number: state.Number}
		if member.Status == leadership.Leaving {
			act = casefile.LeavePackage{PackageID: cmd.PackageID, Number: state.Number}
		}
		told, err := c.append(ctx, casefile.Command{CaseID: member.CaseID, Actor: casefile.System, Act: act})
		if err != nil {
			return result, err
		}
		standing, err := c.Store.State(ctx, member.CaseID)
		if err != nil {
			return result, err
		}
		answer := leadership.NoteAnswer{
			CaseID: member.CaseID, Intent: member.Intent, Refusal: told.Refusal, Standing: casefile.StandingOf(standing),
		}
		if _, err := c.appendPackage(ctx, leadership.Command{PackageID: cmd.PackageID, Actor: casefile.System, Act: answer}); err != nil {
			return result, err
		}
	}
	return result, nil
}

func (c *Commander) appendPackage(ctx context.Context, cmd leadership.Command) (workflows.CommandResult, error) {
	state, err := c.Store.PackageState(ctx, cmd.PackageID)
	if err != nil {
		return workflows.CommandResult{}, err
	}
	appended, err := c.Store.AppendPackage(ctx, state.Version, cmd, c.Now())
	return workflows.CommandResult{
		Version: appended.Version, Refusal: appended.Refusal, Duplicate: appended.Status == store.Duplicate,
	}, err
}

func (c *Commander) append(ctx context.Context, cmd casefile.Command) (workflows.CommandResult, error) {
	state, err := c.Store.State(ctx, cmd.CaseID)
	if err != nil {
		return workflows.CommandResult{}, err
	}
	version := state.Version
	for range 10 {
		appended, err := c.Store.Append(ctx, version, cmd, c.Now())
		if err != nil {
			return workflows.CommandResult{}, err
		}
		if appended.Status == store.Adopt {
			version = appended.Version
			continue
		}
		return workflows.CommandResult{
			Version: appended.Version, Refusal: appended.Refusal, Duplicate: appended.Status == store.Duplicate,
		}, nil
	}
	return workflows.CommandResult{}, fmt.Errorf("case %s keeps moving", cmd.CaseID)
}
