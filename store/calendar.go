package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// CalendarPlan is what a year of the calendar changes, and which open clocks that can move.
type CalendarPlan struct {
	Year calendar.Year
	// Replaced is the year that was in force in its place, loaded or brought along by the
	// program; nil for a new one.
	Replaced *calendar.Year
	// Changes are the days about which the calendar says something else than before, where
	// the year holds.
	Changes []calendar.Change
	// After is the calendar of its division, or of the whole country, with the year.
	After calendar.Calendar
	// Cases have so many Deadlines that may move: those counted in working days whose span
	// meets a changed day, and those that end, or would, by a changed day off and roll.
	Cases, Deadlines int
	// Packages have so many PackageDeadlines that may move.
	Packages, PackageDeadlines int
	// Law is what clocks are counted by once the year is loaded.
	Law *casefile.Law
	// touched are the changed days that can move a clock or settle a provisional one.
	touched []span
	// where is the division with the member townships of a local one; nil is the whole country.
	where []casefile.Division
}

// Empty reports whether loading the year would change nothing.
func (p CalendarPlan) Empty() bool { return p.Replaced != nil && sameYear(*p.Replaced, p.Year) }

// UnknownDivisionError says that there is no division of that code.
type UnknownDivisionError struct{ Division string }

// Error implements error.
func (e *UnknownDivisionError) Error() string {
	return fmt.Sprintf("division is %q: expected the code of a division that there is", e.Division)
}

// PlanCalendar tells what LoadCalendar would do, and changes nothing.
func (s *Store) PlanCalendar(ctx context.Context, year calendar.Year) (CalendarPlan, error) {
	var plan CalendarPlan
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		var err error
		plan, err = s.planCalendar(ctx, tx, year)
		return err
	})
	if err != nil {
		return plan, fmt.Errorf("plan the calendar of %d: %w", year.Number, err)
	}
	return plan, nil
}

// LoadCalendar puts a year in force, in the place of one of the same number and division,
// and queues the clocks that it may move, all or nothing. A year that is in force already
// changes nothing. loadedBy says who did it, for the record. Faults are *calendar.YearError,
// *calendar.MissingYearError, joined where there are several, and *UnknownDivisionError.
func (s *Store) LoadCalendar(ctx context.Context, year calendar.Year, loadedBy string) (CalendarPlan, error) {
	var plan CalendarPlan
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// Clocks counted under the law as it was are there when the plan is made.
		if _, err := tx.Exec(ctx, ownLaw, lawLock); err != nil {
			return err
		}
		var err error
		if plan, err = s.planCalendar(ctx, tx, year); err != nil || plan.Empty() {
			return err
		}
		if _, err := tx.Exec(ctx, "update law_version set version = $1", plan.Law.Version()); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `insert into calendar_years (year, division, law_version, content, loaded_by) values ($1, $2, $3, $4, $5)`,
			year.Number, year.Division, plan.Law.Version(), string(year.File()), loadedBy); err != nil {
			return err
		}
		for _, of := range []clocks{caseClocks, packageClocks} {
			if _, _, err := queueMovable(ctx, tx, of, plan.where, plan.touched, plan.Law.Version()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return plan, fmt.Errorf("load the calendar of %d: %w", year.Number, err)
	}
	return plan, nil
}

func (s *Store) planCalendar(ctx context.Context, tx pgx.Tx, year calendar.Year) (CalendarPlan, error) {
	plan := CalendarPlan{Year: year}
	division := casefile.Division(year.Division)
	var version int64
	if err := tx.QueryRow(ctx, directoryVersion).Scan(&version); err != nil {
		return plan, err
	}
	dir, err := s.directoryAt(ctx, tx, version)
	if err != nil {
		return plan, err
	}
	if division != "" {
		info, known := dir.Division(division)
		if !known {
			return plan, &UnknownDivisionError{year.Division}
		}
		plan.where = append([]casefile.Division{division}, info.Members...)
	}
	loaded, err := readLaidDown(ctx, tx)
	if err != nil {
		return plan, err
	}
	before, err := loaded.law()
	if err != nil {
		return plan, err
	}
	plan.Replaced = find(overlay(calendar.Shipped().Years(), loaded.years), year)
	loaded.years = overlay(loaded.years, []calendar.Year{year})
	loaded.version++
	after, err := loaded.law()
	if err != nil {
		return plan, err
	}
	plan.Law = after
	was, is := before.CalendarFor(division, dir), after.CalendarFor(division, dir)
	plan.Changes, plan.After = calendar.Changed(was, is), is
	plan.touched = touching(was, is, plan.Changes)
	for _, member := range plan.where[min(1, len(plan.where)):] {
		// A township may lie under other days of its own county than the division does.
		was, is := before.CalendarFor(member, dir), after.CalendarFor(member, dir)
		plan.touched = merged(plan.touched, touching(was, is, calendar.Changed(was, is)))
	}
	movable := movableBy(caseClocks, plan.where, plan.touched)
	err = tx.QueryRow(ctx, countMovable+movable.from, movable.args.values...).Scan(&plan.Deadlines, &plan.Cases)
	if err != nil {
		return plan, err
	}
	movable = movableBy(packageClocks, plan.where, plan.touched)
	err = tx.QueryRow(ctx, countMovable+movable.from, movable.args.values...).Scan(&plan.PackageDeadlines, &plan.Packages)
	return plan, err
}

const countMovable = "select count(*), count(distinct t.case_id)"

// clocks are a table of clocks t, and that of their owners c. Packages are few and keep theirs
// in their state alone.
type clocks struct{ table, owners string }

var (
	caseClocks    = clocks{"deadlines", "cases"}
	packageClocks = clocks{`(select p.id as case_id, d->>'id' as id, d->>'status' as status, (d->>'dueAt')::timestamptz as due_at, d as body
		from packages p cross join jsonb_array_elements(p.state->'deadlines') d where p.open)`, "packages"}
)

func sameYear(a, b calendar.Year) bool { return string(a.File()) == string(b.File()) }

// movable are the open clocks that changed days can move, as a from and a where clause over
// clocks t.
type movable struct {
	from string
	args *arguments
}

// longestOff is more days than ever are off together (calendar.RestDays, with weekends): a
// last day rolls no further.
const longestOff = 40

// LoadedCalendar is a year that somebody loaded.
type LoadedCalendar struct {
	Year       calendar.Year
	LawVersion int64
	LoadedAt   time.Time
	LoadedBy   string
}

// LoadedCalendars returns the loaded years in force, by number, the country's before the
// divisions'.
func (s *Store) LoadedCalendars(ctx context.Context) ([]LoadedCalendar, error) {
	rows, err := s.pool.Query(ctx, `select distinct on (year, division) content, law_version, loaded_at, loaded_by
		from calendar_years order by year, division, law_version desc`)
	if err != nil {
		return nil, fmt.Errorf("read the loaded calendars: %w", err)
	}
	loaded, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (LoadedCalendar, error) {
		var one LoadedCalendar
		var content []byte
		if err := row.Scan(&content, &one.LawVersion, &one.LoadedAt, &one.LoadedBy); err != nil {
			return one, err
		}
		var err error
		one.Year, err = calendar.ReadYear("calendar_years", content)
		return one, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the loaded calendars: %w", err)
	}
	return loaded, nil
}

// span is a run of days.
type span struct{ first, last calendar.Date }

// touching are those of the changed days that are worked in one calendar and free in the
// other, or whose year is loaded in one alone. Another name of a holiday moves nothing.
func touching(was, is calendar.Calendar, changes []calendar.Change) []span {
	var spans []span
	for _, change := range changes {
		for day := change.From; !day.After(change.To); day = day.AddDays(1) {
			if !change.Moves && was.Known(day) == is.Known(day) {
				continue
			}
			if end := len(spans) - 1; end >= 0 && spans[end].last.AddDays(1) == day {
				spans[end].last = day
			} else {
				spans = append(spans, span{day, day})
			}
		}
	}
	return spans
}

// merged are the spans of both lists, in the order of their first days.
func merged(spans, more []span) []span {
	for _, days := range more {
		if !slices.Contains(spans, days) {
			spans = append(spans, days)
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.first.Compare(b.first) })
	return spans
}

// movableBy finds the clocks of some divisions, or of the whole country, that changed days can
// move. What is counted in calendar days and doesn't roll, no calendar moves; nor what has
// been met.
func movableBy(of clocks, where []casefile.Division, changed []span) movable {
	first, last := []string{}, []string{}
	for _, days := range changed {
		first, last = append(first, days.first.String()), append(last, days.last.String())
	}
	args := &arguments{}
	days := "unnest(" + args.add(first) + "::text[]::date[], " + args.add(last) + "::text[]::date[]) as changed (first, last)"
	const (
		start = "((t.body->>'startedAt')::timestamptz at time zone 'Asia/Shanghai')::date"
		due   = "(t.due_at at time zone 'Asia/Shanghai')::date"
	)
	var condition strings.Builder
	condition.WriteString(`t.status in ('RUNNING', 'PAUSED', 'MISSED') and t.body->>'metAt' is null
		and (t.body->>'unit' = 'WORKING_DAYS' or t.body->>'roll' = 'true')`)
	if len(changed) > 0 {
		// What ended before the first changed day is left alone, by the index.
		condition.WriteString(" and t.due_at >= " + args.add(changed[0].first.Start()))
	}
	fmt.Fprintf(&condition, ` and exists (select from %s where changed.first <= %s and changed.last > %s
		and (t.body->>'unit' = 'WORKING_DAYS' or changed.last >= %s - %d))`, days, due, start, due, longestOff)
	if where == nil {
		return movable{" from " + of.table + " t where " + condition.String(), args}
	}
	return movable{" from " + of.table + " t join " + of.owners + " c on c.id = t.case_id where " + condition.String() + " and " +
		inDivisions(where, args), args}
}
