package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/directory"
)

// Queued counts what waits to be counted anew after a change of the directory or the law.
type Queued struct {
	// Cases have so many Deadlines, and Packages so many PackageDeadlines, that may move.
	Cases, Deadlines, Packages, PackageDeadlines int
}

// queueMembers queues the open clocks of the townships that a local division gained or lost and
// that its days off, or working days, may move: by the directory its year counts their cases too.
// It wants the lock of the law, and counts by the law in force.
func queueMembers(ctx context.Context, tx pgx.Tx, before, after directory.Entries) (Queued, error) {
	var queued Queued
	moved := movedMembers(before.Local, after.Local)
	if len(moved) == 0 {
		return queued, nil
	}
	was, err := before.Directory()
	if err != nil {
		return queued, err
	}
	is, err := after.Directory()
	if err != nil {
		return queued, err
	}
	loaded, err := readLaidDown(ctx, tx)
	if err != nil {
		return queued, err
	}
	law, err := loaded.law()
	if err != nil {
		return queued, err
	}
	for _, member := range moved {
		old, fresh := law.CalendarFor(member, was), law.CalendarFor(member, is)
		touched := touching(old, fresh, calendar.Changed(old, fresh))
		if len(touched) == 0 {
			continue
		}
		// A village may have days of its own on top: what changes for it changes for its township.
		cases, clocks, err := queueMovable(ctx, tx, caseClocks, []casefile.Division{member}, touched, law.Version())
		if err != nil {
			return queued, err
		}
		packages, packageClocks, err := queueMovable(ctx, tx, packageClocks, []casefile.Division{member}, touched, law.Version())
		if err != nil {
			return queued, err
		}
		queued.Cases, queued.Deadlines = queued.Cases+cases, queued.Deadlines+clocks
		queued.Packages, queued.PackageDeadlines = queued.Packages+packages, queued.PackageDeadlines+packageClocks
	}
	return queued, nil
}

// movedMembers are the divisions that belong to a local one before or after, and not both; in
// the order of their codes.
func movedMembers(before, after []casefile.DivisionInfo) []casefile.Division {
	members := func(local []casefile.DivisionInfo) map[[2]casefile.Division]bool {
		set := map[[2]casefile.Division]bool{}
		for _, division := range local {
			for _, member := range division.Members {
				set[[2]casefile.Division{division.Code, member}] = true
			}
		}
		return set
	}
	had, has := members(before), members(after)
	var moved []casefile.Division
	for _, pair := range [][2]map[[2]casefile.Division]bool{{had, has}, {has, had}} {
		for member := range pair[0] {
			if !pair[1][member] {
				moved = append(moved, member[1])
			}
		}
	}
	slices.Sort(moved)
	return slices.Compact(moved)
}

// queueMovable puts the open clocks of some divisions, or of the whole country, that changed days
// can move into the queue, to be counted under a law of at least that version. It returns how many
// they are, and of how many cases or packages.
func queueMovable(ctx context.Context, tx pgx.Tx, of clocks, where []casefile.Division, changed []span, version int64) (owners, deadlines int, err error) {
	movable := movableBy(of, where, changed)
	err = tx.QueryRow(ctx, `with queued as (
			insert into recounts (case_id, deadline_id, due_at, package, law_version)
			select t.case_id, t.id, t.due_at, `+movable.args.add(of == packageClocks)+", "+movable.args.add(version)+movable.from+`
			on conflict (case_id, deadline_id) do update set law_version = excluded.law_version, due_at = excluded.due_at
			returning case_id)
		select count(distinct case_id), count(*) from queued`, movable.args.values...).Scan(&owners, &deadlines)
	return owners, deadlines, err
}
