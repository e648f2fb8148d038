package main

import (
	"context"
	"fmt"
	"io"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/store"
)

type verifyCommand struct {
	Nudge bool `help:"Also nudge every open case, so that each workflow takes up what its record has ahead."`
}

// Run folds the events of every case again, compares the result with what is read, and
// checks the chain of hashes and the numbers. It fails where it finds anything.
func (c *verifyCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	settings, err := reach(settings)
	if err != nil {
		return err
	}
	record, err := openStore(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	findings, err := record.Verify(ctx, store.VerifyOptions{})
	if err != nil {
		return err
	}
	for _, finding := range findings {
		fmt.Fprintln(stdout, finding)
	}
	if c.Nudge {
		temporal, err := dialTemporal(settings, logger)
		if err != nil {
			return err
		}
		defer temporal.Close()
		var open []string
		if err := record.OpenCases(ctx, func(id string) error { open = append(open, id); return nil }); err != nil {
			return err
		}
		nudged, err := command.NudgeAll(ctx, temporal, settings.TaskQueue, open, logger)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%d open cases nudged\n", nudged)
	}
	if len(findings) > 0 {
		return fmt.Errorf("the record has %d faults", len(findings))
	}
	fmt.Fprintln(stdout, "the record is sound: every case is the fold of its events, numbered without gaps, chained")
	return nil
}
