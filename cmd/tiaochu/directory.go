package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

type directoryCommand struct {
	Load directoryLoadCommand `cmd:"" help:"Load local divisions, units, people, their roles and sign-in subjects from a file; nothing is taken away."`
}

type directoryLoadCommand struct {
	File   string `arg:"" type:"existingfile" help:"A JSON file with the lists local, units, people, systems and subjects; docs/directory.md has an example."`
	DryRun bool   `help:"Only check the file and say how many rows would change."`
}

// Run loads the file whole or not at all. A faulty row is told with its list, number and id,
// one a line, and the exit code is 2.
func (c *directoryLoadCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	entries, err := readEntries(c.File)
	if err != nil {
		return usageError{err}
	}
	_, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	seeded, err := record.SeedDirectory(ctx, entries, c.DryRun)
	if invalid := (*directory.InvalidError)(nil); errors.As(err, &invalid) {
		for _, problem := range invalid.Problems {
			fmt.Fprintln(stdout, problem)
		}
		return usageError{fmt.Errorf("%d faulty rows, nothing was loaded", len(invalid.Problems))}
	}
	if err != nil {
		return err
	}
	return c.print(stdout, seeded)
}

// print tells what was changed, and which clocks a local division's new members may move.
func (c *directoryLoadCommand) print(stdout io.Writer, seeded store.Seeded) error {
	rows, clocks := "%d rows changed\n", "%d clocks of %d cases and %d of %d leadership packages may move by a local division's days; "+
		"a worker has them counted anew (tiaochu calendar resume does it now)\n"
	if c.DryRun {
		rows, clocks = "%d rows would change\n", "%d clocks of %d cases and %d of %d leadership packages might move by a local division's days\n"
	}
	if _, err := fmt.Fprintf(stdout, rows, seeded.Rows); err != nil {
		return err
	}
	queued := seeded.Queued
	if queued == (store.Queued{}) {
		return nil
	}
	_, err := fmt.Fprintf(stdout, clocks, queued.Deadlines, queued.Cases, queued.PackageDeadlines, queued.Packages)
	return err
}

func readEntries(file string) (directory.Entries, error) {
	var entries directory.Entries
	text, err := os.ReadFile(file)
	if err != nil {
		return entries, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&entries); err != nil {
		return entries, fmt.Errorf("%s: line %d: %w", file, 1+bytes.Count(text[:decoder.InputOffset()], []byte("\n")), err)
	}
	if decoder.More() {
		return entries, fmt.Errorf("%s: expected one JSON object, but more follows it", file)
	}
	return entries, nil
}
