package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

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
	if plan.Packages > 0 {
		fmt.Fprintf(stdout, "and %d in %d leadership packages\n", plan.PackageDeadlines, plan.Packages)
	}
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

// shownMoves is how many of the clocks that move are listed.
const shownMoves = 10

// describeMoves prints what the year moves, counted by the rules: how many clocks by how many
// days, and those that fall due first.
func describeMoves(ctx context.Context, stdout io.Writer, record *store.Store, plan store.CalendarPlan, now time.Time) error {
	if plan.Deadlines+plan.PackageDeadlines == 0 || plan.Empty() {
		return nil
	}
	byDays := map[int]int{}
	var first []store.ClockMove
	total := 0
	err := record.Moves(ctx, plan, now, func(move store.ClockMove) {
		total++
		days := calendar.DateOf(move.Event.Before).DaysUntil(calendar.DateOf(move.Event.Counted.DueAt))
		byDays[days]++
		first = append(first, move)
		if len(first) > 100*shownMoves {
			first = nearest(first)
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "moves %d of them\n", total)
	for _, days := range slices.Sorted(maps.Keys(byDays)) {
		switch {
		case days > 0:
			fmt.Fprintf(stdout, "  %6d  %d days later\n", byDays[days], days)
		case days < 0:
			fmt.Fprintf(stdout, "  %6d  %d days earlier\n", byDays[days], -days)
		default:
			fmt.Fprintf(stdout, "  %6d  the same day, made final or provisional\n", byDays[days])
		}
	}
	for _, move := range nearest(first) {
		fmt.Fprintf(stdout, "  %s  %s  %s -> %s\n", move.Number, move.Event.Step, calendar.DateOf(move.Event.Before), calendar.DateOf(move.Event.Counted.DueAt))
	}
	return nil
}

// nearest are the moves of the clocks that fall due first.
func nearest(moves []store.ClockMove) []store.ClockMove {
	slices.SortFunc(moves, func(a, b store.ClockMove) int {
		return cmp.Or(a.Event.Before.Compare(b.Event.Before), cmp.Compare(a.Number, b.Number))
	})
	return moves[:min(len(moves), shownMoves)]
}
