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

	"github.com/google/uuid"
	"github.com/hashicorp/go-hclog"
	"golang.org/x/term"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/importing"
	"github.com/tiaochu/tiaochu/progress"
	"github.com/tiaochu/tiaochu/store"
)

// exitRefused is the exit code of an import that went through and left rows out.
const exitRefused = 3

// rowsRefusedError says that an import went through, but not with every row.
type rowsRefusedError struct {
	refused int
	report  string
}

func (e *rowsRefusedError) Error() string {
	if e.report == "" {
		return fmt.Sprintf("%d rows were refused", e.refused)
	}
	return fmt.Sprintf("%d rows were refused; %s lists them", e.refused, e.report)
}

// ExitCode tells a script that the rest went in.
func (e *rowsRefusedError) ExitCode() int { return exitRefused }

type importCommand struct {
	File     string            `arg:"" type:"existingfile" help:"The spreadsheet: .xlsx, .csv (comma, semicolon or tab; UTF-8, UTF-16 or GB18030)."`
	Division casefile.Division `required:"" placeholder:"CODE" help:"Division of the rows whose region the mapping file doesn't know."`
	Kind     casefile.Kind     `enum:"PETITION" default:"PETITION" help:"What the rows are; only PETITION can be imported."`
	Mapping  string            `type:"existingfile" placeholder:"FILE" help:"JSON file that says what the office's own headers and words mean; described below."`
	System   string            `placeholder:"NAME" help:"Issuing system of the numbers in the file; without it the only one that the importing unit registered."`
	Person   string            `placeholder:"ID" help:"Who imports; without it the first clerk or manager of the division's petition office or centre."`
	Category string            `placeholder:"CODE" help:"Category of rows that name none; without it the list's 其他."`
	Report   string            `type:"path" placeholder:"FILE" help:"Where to list refused rows; without it NAME.report.csv in the current folder."`
	DryRun   bool              `help:"Check every row against the rules and write nothing but the report."`
	Workers  int               `default:"8" placeholder:"N" help:"How many rows are written at the same time."`
}

// Help describes what a file and a mapping file look like.
func (importCommand) Help() string { return importing.Guide() }

// Run imports a file. It may be run again at any time, also after it was cut off: what is in
// the record stays as it is. The exit code is 0 when every row is in the record, 3 when some
// were refused and the others are in, 2 when nothing was begun, 1 when it failed halfway.
func (c *importCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	options, err := c.options(ctx, record)
	if err != nil {
		return asUsage(err)
	}
	temporal, err := dialTemporal(settings, logger)
	if err != nil {
		return err
	}
	defer temporal.Close()
	options.Record = importRecord{record}
	options.Commander = importCommander{command.New(command.Options{
		Temporal:  temporal,
		Record:    record,
		TaskQueue: settings.TaskQueue,
		Timeout:   settings.CommandTimeout,
		Logger:    logger.Named("command"),
	})}

	summary, err := importing.Run(ctx, options)
	if summary.Rows > 0 {
		if _, writeErr := summary.WriteTo(stdout); writeErr != nil {
			err = errors.Join(err, writeErr)
		}
	}
	switch {
	case err != nil:
		return asUsage(err)
	case summary.Refused > 0:
		return &rowsRefusedError{summary.Refused, summary.Report}
	}
	return nil
}

func (c *importCommand) options(ctx context.Context, record *store.Store) (importing.Options, error) {
	var mapping importing.Mapping
	if c.Mapping != "" {
		var err error
		if mapping, err = importing.ReadMapping(c.Mapping); err != nil {
			return importing.Options{}, usageError{err}
		}
	}
	people, law, err := record.InForce(ctx)
	if err != nil {
		return importing.Options{}, err
	}
	actor, err := importing.ActorFor(people, c.Division, c.Person)
	if err != nil {
		return importing.Options{}, err
	}
	system, err := importing.SystemFor(people.Systems(), actor, c.System)
	if err != nil {
		return importing.Options{}, err
	}
	report := c.Report
	if report == "" {
		name := filepath.Base(c.File)
		report = strings.TrimSuffix(name, filepath.Ext(name)) + ".report.csv"
	}
	return importing.Options{
		Path: c.File, Division: c.Division, Category: c.Category, Mapping: mapping, System: system, Actor: actor,
		RunID: "import-" + uuid.NewString(), Report: report, DryRun: c.DryRun, Workers: c.Workers,
		Check: func(cmd casefile.Command) *casefile.Refusal {
			_, err := casefile.Decide(casefile.State{}, cmd, casefile.Rules{Now: time.Now(), Directory: people, Law: law, Number: "-"})
			var refusal *casefile.Refusal
			errors.As(err, &refusal)
			return refusal
		},
		Retry:    passing,
		Progress: progressOn(os.Stderr, progress.Work{Name: "导入 import", Unit: "行/rows"}),
	}, nil
}

// asUsage marks the mistakes of whoever typed the command or made the file.
func asUsage(err error) error {
	var header *importing.HeaderError
	var file *importing.UnsupportedFileError
	if errors.Is(err, importing.ErrOptions) || errors.As(err, &header) || errors.As(err, &file) {
		return usageError{err}
	}
	return err
}

func progressOn(stderr *os.File, work progress.Work) progress.Progress {
	if term.IsTerminal(int(stderr.Fd())) {
		return progress.Bar(stderr, work)
	}
	return progress.Lines(stderr, work, 5*time.Second)
}

// passing says which errors of a command are worth waiting for.
func passing(err error) (after time.Duration, ok bool) {
	var limited *command.RateLimited
	if errors.As(err, &limited) {
		return limited.RetryAfter, true
	}
	var away *command.Unavailable
	return 0, errors.As(err, &away)
}

// importRecord lets an import write to the store.
type importRecord struct{ store *store.Store }

func (r importRecord) Request(ctx context.Context, caseID, requestKey string) (string, bool, error) {
	digest, _, found, err := r.store.Request(ctx, caseID, requestKey)
	return digest, found, err
}

func (r importRecord) PutTexts(ctx context.Context, caseID string, texts []importing.Text) error {
	kept := make([]store.Text, len(texts))
	for i, t := range texts {
		kept[i] = store.Text(t)
	}
	return r.store.PutTexts(ctx, caseID, kept)
}

func (r importRecord) InputDigest(ctx context.Context, caseID string, canonical []byte) (string, error) {
	return r.store.InputDigest(ctx, caseID, canonical)
}

func (r importRecord) ImportEnded(ctx context.Context, commands []casefile.Command, now time.Time) ([]importing.Outcome, error) {
	appended, err := r.store.ImportEnded(ctx, commands, now)
	if err != nil {
		return nil, err
	}
	outcomes := make([]importing.Outcome, len(appended))
	for i, one := range appended {
		outcomes[i] = importing.Outcome{Duplicate: one.Status == store.Duplicate || one.Status == store.Adopt, Refusal: one.Refusal}
	}
	return outcomes, nil
}

// importCommander lets an import register running cases.
type importCommander struct{ sender *command.Sender }

func (c importCommander) Do(ctx context.Context, cmd casefile.Command) (importing.Outcome, error) {
	result, err := c.sender.Do(ctx, cmd)
	return importing.Outcome{Duplicate: result.Duplicate, Refusal: result.Refusal}, err
}
