package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
	"github.com/tiaochu/tiaochu/config"
)

type proceduresCommand struct {
	Load proceduresLoadCommand `cmd:"" help:"Load local procedures (12345, grid, assessment), each file with its dates and citations."`
	List proceduresListCommand `cmd:"" help:"List the procedures that hold on a day, local ones among them."`
}

type proceduresLoadCommand struct {
	Paths  []string `arg:"" type:"existingpath" help:"Procedure files, or folders of them (.json; casefile/procedure/data has the statutory ones)."`
	DryRun bool     `help:"Only check the files and show what would change."`
	By     string   `placeholder:"NAME" help:"Who loads them, for the record; without it the user of this machine."`
}

// Run puts files of the local layer in force, all or none. A row that is uncited, or that
// contradicts another or the law, is told with its file and step, and the exit code is 2.
func (c *proceduresLoadCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	files, err := c.read()
	if err != nil {
		return usageError{err}
	}
	_, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	now := time.Now()
	plan, err := record.PlanProcedures(ctx, files, now)
	if err == nil && !c.DryRun {
		plan, err = record.LoadProcedures(ctx, files, loader(c.By), now)
	}
	if faults := (*procedure.FaultsError)(nil); errors.As(err, &faults) {
		// One line each: there may be many.
		fmt.Fprintln(stdout, faults)
		return usageError{fmt.Errorf("%d faults, nothing was loaded", len(faults.Faults))}
	}
	if err != nil {
		return err
	}
	for _, file := range plan.Added {
		fmt.Fprintf(stdout, "%s is new\n", file)
	}
	for _, file := range plan.Changed {
		fmt.Fprintf(stdout, "%s is changed\n", file)
	}
	switch {
	case plan.Empty():
		fmt.Fprintln(stdout, "everything is in force already")
	case c.DryRun:
		fmt.Fprintln(stdout, "nothing was loaded")
	default:
		fmt.Fprintf(stdout, "loaded: law version %d\n", plan.Law.Version())
	}
	return nil
}

// read reads the files, by their names: a file replaces the one loaded under its name.
func (c *proceduresLoadCommand) read() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, path := range c.Paths {
		inside := []string{path}
		if info, err := os.Stat(path); err != nil {
			return nil, err
		} else if info.IsDir() {
			if inside, err = filepath.Glob(filepath.Join(path, "*.json")); err != nil {
				return nil, err
			}
			if len(inside) == 0 {
				return nil, fmt.Errorf("%s has no .json file", path)
			}
		}
		for _, file := range inside {
			name := filepath.Base(file)
			if _, twice := files[name]; twice {
				return nil, fmt.Errorf("%s is given twice: a file is known by its name", name)
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			files[name] = text
		}
	}
	return files, nil
}

type proceduresListCommand struct {
	On      procedure.Date `placeholder:"YYYY-MM-DD" help:"The day asked for; without it today."`
	Shipped bool           `help:"Only those that come with the program; needs no database."`
}

// Run lists a procedure a line: its code, since when it holds, its steps and its name. A step
// that a local rule gives is marked with +.
func (c *proceduresListCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	if c.On == "" {
		c.On = procedure.Date(time.Now().In(casefile.Shanghai).Format(time.DateOnly))
	}
	if !c.On.Valid() {
		return usageError{fmt.Errorf("--on is %q: expected a day, as 2026-09-18", c.On)}
	}
	law := casefile.ShippedLaw()
	if !c.Shipped {
		var err error
		if _, law, err = inForce(ctx, settings, logger); err != nil {
			return err
		}
	}
	for _, p := range law.Catalogue().Procedures(c.On) {
		steps := make([]string, len(p.Steps))
		for i, step := range p.Steps {
			steps[i] = step.Code
			if step.Local {
				steps[i] = "+" + step.Code
			}
		}
		if _, err := fmt.Fprintf(stdout, "%s  since %s  %s  (%s)\n", p.Code, p.EffectiveFrom, p.Name.ZH, strings.Join(steps, " ")); err != nil {
			return err
		}
	}
	return nil
}
