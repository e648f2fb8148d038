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
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/config"
)

type calendarCommand struct {
	Explain calendarExplainCommand `cmd:"" help:"Print when a period ends, and every step of the count."`
	Load    calendarLoadCommand    `cmd:"" help:"Load a new year, a published correction, or a division's own days, and count the clocks anew that it moves."`
	Resume  calendarResumeCommand  `cmd:"" help:"Go on counting clocks anew where a load was cut off."`
	List    calendarListCommand    `cmd:"" help:"List the years in force."`
}

type calendarExplainCommand struct {
	From     string   `required:"" placeholder:"YYYY-MM-DD" help:"Day of the act that the period is counted from; for HOURS its time too, as 2026-09-18T10:30. Shanghai time."`
	Length   int      `required:"" help:"How many units."`
	Unit     string   `required:"" enum:"CALENDAR_DAYS,WORKING_DAYS,MONTHS,HOURS" help:"What is counted: CALENDAR_DAYS, WORKING_DAYS, MONTHS or HOURS."`
	Roll     bool     `help:"Move a last day that is a day off to the next working day."`
	Pause    []string `placeholder:"FROM/TO" help:"A pause, from its first to its last day (for HOURS, from a time to a time). May be repeated."`
	Extend   []int    `help:"An extension by so many units. May be repeated."`
	With     []string `type:"path" placeholder:"FILE" help:"Count with this year file too; it replaces the year of its number. May be repeated."`
	Loaded   bool     `help:"Count with the years that were loaded too, as the office does; needs its database."`
	Division string   `placeholder:"CODE" help:"With --loaded, count as for a case of this division, by its own days where it has some."`
	Language string   `default:"en" enum:"en,zh" help:"Language of the explanation: en or zh."`
}

// Run prints the due day and the steps to it. It counts with the years that come with the
// program and with the files named, and needs neither database nor server unless it is told
// to count with what was loaded there.
func (c *calendarExplainCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	base := calendar.Shipped()
	switch {
	case c.Loaded:
		dir, law, err := inForce(ctx, settings, logger)
		if err != nil {
			return err
		}
		base = law.CalendarFor(casefile.Division(c.Division), dir)
	case c.Division != "":
		return usageError{errors.New("--division: expected --loaded with it, since no division's days come with the program")}
	}
	days, err := c.calendar(base)
	if err != nil {
		return err
	}
	period, err := c.period()
	if err != nil {
		return usageError{err}
	}
	due, steps, err := days.Explain(period)
	if err != nil {
		return usageError{err}
	}
	if _, err := fmt.Fprintln(stdout, c.headline(days, due)); err != nil {
		return err
	}
	for _, step := range steps {
		sentence := step.EN
		if c.Language == "zh" {
			sentence = step.ZH
		}
		if _, err := fmt.Fprintf(stdout, "%s  %s\n", step.Date, sentence); err != nil {
			return err
		}
	}
	return nil
}

// headline is the result on one line: the due day, or for hours the instant.
func (c *calendarExplainCommand) headline(days calendar.Calendar, due calendar.Due) string {
	end, day := due.Day.String(), days.Day(due.Day)
	if calendar.Unit(c.Unit) == calendar.Hours {
		end = due.At.Format(time.RFC3339)
	}
	if c.Language == "zh" {
		line := fmt.Sprintf("届满：%s（%s）", end, day.Why.ZH)
		if due.Provisional {
			line += "，暂定"
		}
		return line
	}
	line := fmt.Sprintf("due %s (%s)", end, day.Why.EN)
	if due.Provisional {
		line += ", provisional"
	}
	return line
}

// readYear reads a year file. A faulty one is its writer's mistake, as a flag would be.
func readYear(path string) (calendar.Year, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return calendar.Year{}, usageError{err}
	}
	year, err := calendar.ReadYear(filepath.Base(path), content)
	if err != nil {
		return calendar.Year{}, usageError{err}
	}
	return year, nil
}

// calendar lays the files over the years.
func (c *calendarExplainCommand) calendar(base calendar.Calendar) (calendar.Calendar, error) {
	var years []calendar.Year
	var faults []error
	for _, path := range c.With {
		year, err := readYear(path)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		years = append(years, year)
	}
	if len(faults) > 0 {
		return calendar.Calendar{}, usageError{fmt.Errorf("--with: %w", errors.Join(faults...))}
	}
	days, err := base.With(years...)
	if err != nil {
		return days, usageError{fmt.Errorf("--with: %w", err)}
	}
	return days, nil
}

func (c *calendarExplainCommand) period() (calendar.Period, error) {
	period := calendar.Period{Length: c.Length, Unit: calendar.Unit(c.Unit), Roll: c.Roll}
	var err error
	if period.From, err = c.instant("--from", c.From); err != nil {
		return period, err
	}
	for _, text := range c.Pause {
		from, to, both := strings.Cut(text, "/")
		if !both {
			return period, fmt.Errorf("--pause is %q: expected FROM/TO, as 2026-10-12/2026-10-20", text)
		}
		var pause calendar.Pause
		if pause.From, err = c.instant("--pause", from); err != nil {
			return period, err
		}
		if pause.To, err = c.instant("--pause", to); err != nil {
			return period, err
		}
		period.Pauses = append(period.Pauses, pause)
	}
	for _, length := range c.Extend {
		period.Extensions = append(period.Extensions, calendar.Extension{Length: length})
	}
	return period, nil
}

// instant reads a day, or for hours a time, in Shanghai.
func (c *calendarExplainCommand) instant(flag, text string) (time.Time, error) {
	if calendar.Unit(c.Unit) != calendar.Hours {
		day, err := calendar.ParseDate(text)
		if err != nil {
			return time.Time{}, fmt.Errorf("%s: %w", flag, err)
		}
		return day.Start(), nil
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if at, err := time.ParseInLocation(layout, text, calendar.Shanghai); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%s is %q: expected a time, as 2026-09-18T10:30, since hours are counted from it", flag, text)
}
