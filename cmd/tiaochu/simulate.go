package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strings"

	"github.com/tiaochu/tiaochu/casefile/simulate"
)

type simulateCommand struct {
	Cases    int    `default:"800000" help:"How many cases the year has."`
	Seed     uint64 `default:"1" help:"The same seed gives the same result."`
	Year     int    `default:"2025" help:"Which year, for its days off and make-up days."`
	Arrivals string `type:"path" placeholder:"FILE" help:"JSON that replaces parts of the arrivals of --profile."`
	Staff    string `type:"path" placeholder:"FILE" help:"JSON that replaces parts of the staff of --profile."`
	Profile  bool   `help:"Print the profile in force, as JSON, and stop."`
	JSON     bool   `name:"json" help:"Print the result as JSON."`
}

// Run lives the year and prints what it came to.
func (c *simulateCommand) Run(stdout io.Writer) error {
	profile := simulate.DefaultProfile()
	profile.Cases, profile.Year = c.Cases, c.Year
	if err := overlay("--arrivals", c.Arrivals, &profile.Arrivals); err != nil {
		return usageError{err}
	}
	if err := overlay("--staff", c.Staff, &profile.Staff); err != nil {
		return usageError{err}
	}
	encoder := json.NewEncoder(stdout)
	encoder.SetIndent("", "  ")
	if c.Profile {
		return encoder.Encode(profile)
	}
	// A year makes much that is soon forgotten, and little that stays: collect it less often, but
	// hold no more than about four times what the open cases of the default staff take. Half of that
	// had the collector at work all the time towards the year's end.
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(max(256<<20, int64(c.Cases)<<11))
	result, err := simulate.Year(profile, rand.New(rand.NewPCG(c.Seed, 0))) //nolint:gosec // it must be the same for the same seed
	if err != nil {
		return err
	}
	if c.JSON {
		return encoder.Encode(result)
	}
	printYear(stdout, result)
	return nil
}

// overlay reads JSON over what stands by default. A field that it doesn't know is a mistake.
func overlay(flag, path string, into any) error {
	if path == "" {
		return nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("%s: %w", flag, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%s: %s: %w", flag, path, err)
	}
	return nil
}

func printYear(stdout io.Writer, r *simulate.Result) {
	fmt.Fprintf(stdout, "%d: %d cases, %d counties, %d people; %d commands, %d events\n",
		r.Year, r.Registered, r.Counties, r.People, r.Commands, r.Events)
	fmt.Fprintf(stdout, "on time            %d of %d concluded whose clock ran (%s)\n", r.OnTime, r.Timed, percent(r.OnTime, r.Timed))
	fmt.Fprintf(stdout, "concluded, ended   %d, %d\nopen at year's end %d\n", r.Concluded, r.Ended, r.Open)
	fmt.Fprintf(stdout, "ended as           %s\n", listed(r.Ends))
	fmt.Fprintf(stdout, "escalations        %s\n", listed(r.Escalations))
	fmt.Fprintf(stdout, "tasks in vacant posts %d; refused %s\n", r.Vacant, listed(r.Refused))
	fmt.Fprintf(stdout, "\n%-24s %9s %9s\n", "clock", "started", "missed")
	for _, step := range r.Steps {
		fmt.Fprintf(stdout, "%-24s %9d %9d  %s\n", step.Step, step.Started, step.Missed, percent(step.Missed, step.Started))
	}
	fmt.Fprintf(stdout, "\n%-8s %-16s %-13s %7s %7s %7s %s\n", "level", "unit", "role", "people", "mean", "max", "days of work left")
	for _, load := range r.Load {
		fmt.Fprintf(stdout, "%-8s %-16s %-13s %7d %6.1f%% %6.1f%% %d\n",
			load.Level, load.Kind, load.Role, load.People, 100*load.Mean, 100*load.Max, max(0, load.Backlog))
	}
}

func percent(part, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%.2f%%", 100*float64(part)/float64(of))
}

func listed(counts []simulate.Count) string {
	if len(counts) == 0 {
		return "none"
	}
	parts := make([]string, len(counts))
	for i, count := range counts {
		parts[i] = fmt.Sprintf("%s %d", count.Name, count.Count)
	}
	return strings.Join(parts, ", ")
}
