package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// telling is how a load tells the cases whose clocks it may move.
type telling struct {
	Rate float64 `default:"50" placeholder:"N" help:"How many cases are told a second at most."`
}

// mostTold is a rate beyond any machine.
const mostTold = 10_000

func (t telling) check() error {
	if t.Rate > 0 && t.Rate <= mostTold {
		return nil
	}
	return usageError{fmt.Errorf("--rate is %v: expected cases a second, above 0 and at most %d", t.Rate, mostTold)}
}

type calendarLoadCommand struct {
	File   string `arg:"" type:"existingfile" help:"The year file: a new year, a published correction of one, or a division's own days (casefile/calendar/data/README.md tells the format)."`
	DryRun bool   `help:"Only show what would change, and how many open clocks that may move."`
	By     string `placeholder:"NAME" help:"Who loads it, for the record; without it the user of this machine."`
	telling
}

// Run shows what a year changes, puts it in force, and has the cases whose clocks it may move
// count them anew, with progress. Cut off, it goes on when it is run again, or with
// `calendar resume`, or in the next worker. Run with a year that is in force already, it only
// goes on. The exit code is 2 for a faulty file, of which nothing was loaded.
func (c *calendarLoadCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	year, err := readYear(c.File)
	if err != nil {
		return err
	}
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	plan, err := record.PlanCalendar(ctx, year)
	if err != nil {
		return asCalendarUsage(err)
	}
	describe(stdout, plan)
	if err := describeMoves(ctx, stdout, record, plan, time.Now()); err != nil {
		return err
	}
	if c.DryRun {
		return nil
	}
	// The place is taken first, so that a worker doesn't begin at its own rate.
	release, alone, err := record.TellAlone(ctx)
	if err != nil {
		return err
	}
	defer release()
	if plan, err = record.LoadCalendar(ctx, year, loader(c.By)); err != nil {
		return asCalendarUsage(err)
	}
	if !plan.Empty() {
		fmt.Fprintf(stdout, "loaded: law version %d\n", plan.Law.Version())
	}
	return c.tell(ctx, settings, record, alone, logger, stdout)
}

type calendarResumeCommand struct {
	telling
}

// Run tells the cases that a load left in the queue.
func (c *calendarResumeCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	release, alone, err := record.TellAlone(ctx)
	if err != nil {
		return err
	}
	defer release()
	return c.tell(ctx, settings, record, alone, logger, stdout)
}

type calendarListCommand struct{}

// Run lists the years in force and where each comes from.
func (*calendarListCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	_, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	loaded, err := record.LoadedCalendars(ctx)
	if err != nil {
		return err
	}
	for _, year := range calendar.Shipped().Years() {
		fmt.Fprintf(stdout, "%s  comes with the program  %s\n", yearName(year), year.Source)
	}
	for _, one := range loaded {
		fmt.Fprintf(stdout, "%s  loaded %s by %s (law version %d)  %s\n", yearName(one.Year),
			one.LoadedAt.In(casefile.Shanghai).Format("2006-01-02 15:04"), one.LoadedBy, one.LawVersion, one.Year.Source)
	}
	return nil
}

// asCalendarUsage marks the faults of whoever wrote the file.
func asCalendarUsage(err error) error {
	var year *calendar.YearError
	var missing *calendar.MissingYearError
	var division *store.UnknownDivisionError
	if errors.As(err, &year) || errors.As(err, &missing) || errors.As(err, &division) {
		return usageError{err}
	}
	return err
}

// loader is who loads something: the name given, or this machine's user.
func loader(given string) string {
	if given != "" {
		return given
	}
	if account, err := user.Current(); err == nil && account.Username != "" {
		return account.Username
	}
	return "uid " + fmt.Sprint(os.Getuid())
}

// inForce reads the directory and the law that the office counts by.
func inForce(ctx context.Context, settings *config.Config, logger hclog.Logger) (*directory.Directory, *casefile.Law, error) {
	_, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return nil, nil, err
	}
	defer record.Close()
	return record.InForce(ctx)
}
