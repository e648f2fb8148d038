package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/store"
)

type verifyCommand struct {
	Repair bool `help:"Also write again, from its events, what is read of each case and leadership package that differs (a new build may derive it otherwise), and sum the statistics again."`
	Nudge  bool `help:"Also nudge every open case and leadership package, so that each workflow takes up what its record has ahead."`
}

// Run folds the events of every case again, compares the result with what is read, and
// checks the chain of hashes and the numbers. It fails where it finds anything.
func (c *verifyCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	findings, err := record.Verify(ctx, store.VerifyOptions{})
	if err != nil {
		return err
	}
	for _, finding := range findings {
		fmt.Fprintln(stdout, strings.TrimSpace(finding.CaseID+" "+finding.What+" "+finding.Detail))
	}
	if c.Repair && len(findings) > 0 {
		if findings, err = repair(ctx, record, findings, stdout); err != nil {
			return err
		}
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
		packages, err := record.OpenPackages(ctx)
		if err != nil {
			return err
		}
		if nudged, err = command.NudgeAllPackages(ctx, temporal, settings.TaskQueue, packages); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%d open packages nudged\n", nudged)
	}
	if len(findings) > 0 {
		return fmt.Errorf("the record has %d faults", len(findings))
	}
	fmt.Fprintln(stdout, "the record is sound: every case and package is the fold of its events, numbered without gaps, chained")
	return nil
}

// repair derives the rows of every case with findings again, and returns what is still
// found.
func repair(ctx context.Context, record *store.Store, findings []store.Finding, stdout io.Writer) ([]store.Finding, error) {
	done := map[string]bool{"": true}
	sums := false
	for _, finding := range findings {
		sums = sums || finding.What == store.StatisticsDiffer
		if done[finding.CaseID] {
			continue
		}
		done[finding.CaseID] = true
		derive := record.Rederive
		if finding.OfPackage {
			derive = record.RederivePackage
		}
		err := derive(ctx, finding.CaseID)
		if damaged := (*store.DamagedError)(nil); err != nil && !errors.As(err, &damaged) {
			return nil, err
		}
	}
	if sums {
		if err := record.RecountStatistics(ctx); err != nil {
			return nil, err
		}
	}
	left, err := record.Verify(ctx, store.VerifyOptions{})
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(stdout, "%d cases and packages derived again; %d faults were found, %d are left\n", len(done)-1, len(findings), len(left))
	return left, nil
}
