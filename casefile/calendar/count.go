package calendar

import (
	"slices"
	"time"
)

// Due returns when a period ends. A period that can't be counted is a *PeriodError.
func (c Calendar) Due(p Period) (Due, error) {
	if err := p.check(); err != nil {
		return Due{}, err
	}
	return c.due(p, len(p.Extensions), nil), nil
}

// telling is told what is counted, in order; a nil one is not.
type telling interface {
	// counted tells that the days from one to another were gone through, and how many of them
	// count, in the stretch that this is part of.
	counted(s stretch, from, to Date, units int)
	// stopped tells of a pause, and how many of its days would have counted.
	stopped(s stretch, pause stop, units int)
	// corresponding tells the day on which so many months after a day end.
	corresponding(s stretch, after, day Date)
	// suspended tells of a pause of a period in hours.
	suspended(from, to time.Time, reason Words)
}

// due counts a period with the first so many of its extensions.
func (c Calendar) due(p Period, extensions int, tell telling) Due {
	if p.Unit == Hours {
		return hoursDue(p, extensions, tell)
	}
	day, stops := DateOf(p.From), p.stops()
	start := day
	onWorkingDays := false
	for _, s := range p.stretches(extensions) {
		onWorkingDays = onWorkingDays || s.unit == WorkingDays
		day = c.advance(day, s, stops, tell)
	}
	due := Due{Day: day, Unrolled: day}
	if p.Roll {
		due.Day = c.roll(day, stops)
	}
	due.At = due.Day.End()
	due.Provisional = onWorkingDays && !c.knownThrough(start, day) ||
		p.Roll && !c.knownThrough(day.AddDays(-1), due.Day)
	return due
}

// advance returns the last day of a stretch that begins after a day: the pauses' days are
// not counted, so that they are added back in the stretch's own unit. Months are the days to
// the corresponding day.
func (c Calendar) advance(after Date, s stretch, stops []stop, tell telling) Date {
	left := s.length
	if s.unit == Months {
		end := after.AddMonths(s.length)
		left = after.DaysUntil(end)
		if tell != nil {
			tell.corresponding(s, after, end)
		}
	}
	for _, pause := range stops {
		if !pause.to.After(after) {
			continue
		}
		if !pause.from.After(after) {
			pause.from = after.AddDays(1)
		}
		before := pause.from.AddDays(-1)
		units := c.units(s.unit, after, before)
		if units >= left {
			break
		}
		if tell != nil {
			tell.counted(s, after.AddDays(1), before, units)
			tell.stopped(s, pause, c.units(s.unit, before, pause.to))
		}
		left -= units
		after = pause.to
	}
	end := after.AddDays(left)
	if s.unit == WorkingDays {
		end = c.AddWorkingDays(after, left)
	}
	if tell != nil {
		tell.counted(s, after.AddDays(1), end, left)
	}
	return end
}

func (c Calendar) units(unit Unit, after, through Date) int {
	if unit == WorkingDays {
		return c.WorkingDays(after, through)
	}
	return after.DaysUntil(through)
}

// roll returns the first working day from a day on. It passes a pause over too: what is
// suspended doesn't end.
func (c Calendar) roll(day Date, stops []stop) Date {
	for {
		next := c.NextWorkingDay(day)
		for _, pause := range stops {
			if !next.Before(pause.from) && !next.After(pause.to) {
				next = pause.to.AddDays(1)
			}
		}
		if next == day {
			return day
		}
		day = next
	}
}

// knownThrough reports whether every day after one day, through another, is loaded.
func (c Calendar) knownThrough(after, through Date) bool {
	return c.Known(after.AddDays(1)) && c.Known(through)
}

// hoursDue counts the hours of the clock, without the time of the pauses.
func hoursDue(p Period, extensions int, tell telling) Due {
	pauses := slices.Clone(p.Pauses)
	slices.SortStableFunc(pauses, func(a, b Pause) int { return a.From.Compare(b.From) })
	at, left := p.From, time.Duration(p.stretches(extensions)[0].length)*time.Hour
	for _, pause := range pauses {
		if pause.From.Before(at) {
			pause.From = at
		}
		if !pause.To.After(pause.From) {
			continue
		}
		run := pause.From.Sub(at)
		if run >= left {
			break
		}
		if tell != nil {
			tell.suspended(pause.From, pause.To, pause.Reason)
		}
		left -= run
		at = pause.To
	}
	at = at.Add(left).In(Shanghai)
	return Due{Day: DateOf(at), At: at, Unrolled: DateOf(at)}
}
