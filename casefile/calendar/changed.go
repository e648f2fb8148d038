package calendar

// Change is a run of consecutive days about which two calendars differ.
type Change struct {
	From Date
	To   Date // the last such day
	// Moves is true where the days are worked in one calendar and free in the other: they can
	// move a due day. Where it is false, only a name differs, or whether the year is loaded,
	// which can change a period's explanation or end its being provisional.
	Moves bool
}

// Changed returns where two calendars differ, in the order of the days; adjoining runs
// differ in Moves. A period in working days whose days, from the one after its start through
// its due day, meet none of them has the same result in both; so has a period that rolls,
// for the days from its unrolled through its due day.
func Changed(before, after Calendar) []Change {
	first, last := union(before, after)
	if first.IsZero() {
		return nil
	}
	var changes []Change
	for day := first; !day.After(last); day = day.AddDays(1) {
		if before.alike(after, day) {
			continue
		}
		moves := before.IsWorkingDay(day) != after.IsWorkingDay(day)
		if end := len(changes) - 1; end >= 0 && changes[end].To.AddDays(1) == day && changes[end].Moves == moves {
			changes[end].To = day
			continue
		}
		changes = append(changes, Change{day, day, moves})
	}
	return changes
}

// alike reports whether both calendars say the same about a day.
func (c Calendar) alike(other Calendar, d Date) bool {
	mine, theirs := c.mark(d), other.mark(d)
	return mine.kind == theirs.kind && c.Known(d) == other.Known(d) && c.nameOf(mine) == other.nameOf(theirs)
}

// union bounds the loaded years of both calendars.
func union(a, b Calendar) (first, last Date) {
	for _, c := range []Calendar{a, b} {
		if c.loaded == nil {
			continue
		}
		if first.IsZero() || c.loaded.first.Before(first) {
			first = c.loaded.first
		}
		if c.loaded.last.After(last) {
			last = c.loaded.last
		}
	}
	return first, last
}
