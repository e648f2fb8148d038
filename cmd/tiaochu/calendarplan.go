package main

import (
	"fmt"
	"io"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/store"
)

// shownChanges is how many changes are listed; a whole new year has some thirty.
const shownChanges = 60

// describe prints what a year of the calendar changes and how much that can move.
func describe(stdout io.Writer, plan store.CalendarPlan) {
	switch {
	case plan.Empty():
		fmt.Fprintf(stdout, "%s is in force already, from %s\n", yearName(plan.Year), plan.Year.Source)
		return
	case plan.Replaced == nil:
		fmt.Fprintf(stdout, "%s is new, from %s\n", yearName(plan.Year), plan.Year.Source)
	default:
		fmt.Fprintf(stdout, "%s from %s replaces the one from %s\n", yearName(plan.Year), plan.Year.Source, plan.Replaced.Source)
	}
	shown := 0
	for _, change := range plan.Changes {
		if !change.Moves {
			continue
		}
		if shown++; shown > shownChanges {
			continue
		}
		fmt.Fprintf(stdout, "  %s\n", changed(change, plan))
	}
	if shown > shownChanges {
		fmt.Fprintf(stdout, "  and %d more\n", shown-shownChanges)
	}
	if shown == 0 {
		fmt.Fprintln(stdout, "  no day is worked or free that was not before")
	}
	fmt.Fprintf(stdout, "can move %d open deadlines in %d cases\n", plan.Deadlines, plan.Cases)
}

// changed tells a run of days that are worked now and were free, or the other way round.
func changed(change calendar.Change, plan store.CalendarPlan) string {
	days := change.From.String()
	if change.To != change.From {
		days += " to " + change.To.String()
	}
	first := plan.After.Day(change.From)
	return fmt.Sprintf("%s  %s (%s), was: %s", days, worked(first.Working), first.Why.EN, worked(!first.Working))
}

func worked(working bool) string {
	if working {
		return "worked"
	}
	return "free"
}

func yearName(year calendar.Year) string {
	if year.Division == "" {
		return fmt.Sprintf("%d of the whole country", year.Number)
	}
	return fmt.Sprintf("%d of division %s", year.Number, year.Division)
}
