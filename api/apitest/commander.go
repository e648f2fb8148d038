// Package apitest carries out commands without Temporal, for tests of the resolvers alone:
// real rules, real record, no workflow. The tests of whole commands use the embedded stack.
package apitest

import (
	"context"
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// Commander appends each command to the record directly, as a case's activity would.
type Commander struct {
	Store *store.Store
	Now   func() time.Time
	// Sent counts the commands that came this far.
	Sent int
	// Err, where set, is what Do answers instead.
	Err error
}

// Do carries out one command.
func (c *Commander) Do(ctx context.Context, cmd casefile.Command) (workflows.CommandResult, error) {
	c.Sent++
	if c.Err != nil {
		return workflows.CommandResult{}, c.Err
	}
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
