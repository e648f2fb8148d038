package calendar

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Calendar tells working days from days off. It never changes; With makes another one. The
// zero Calendar has no year loaded.
type Calendar struct{ loaded *table }

// table holds the loaded years day by day. Outside of it every Monday to Friday is taken
// for a working day.
type table struct {
	years       []Year // by number, the country's before a division's
	first, last Date   // the first and last loaded day
	days        []dayMark
	// worked[i] is how many working days there are since 0001-01-01 through day i.
	worked []int32
	names  []Words
}

type dayMark struct {
	kind dayKind
	name uint16 // in names, for a holiday or a make-up day
}

type dayKind uint8

const (
	plainWorkday dayKind = iota
	plainWeekend
	holiday
	makeUpDay
)

// MissingYearError is a calendar with a hole: periods that cross it could not be counted.
type MissingYearError struct {
	Year int
	// Division is the one whose days are given for a year that the country's calendar
	// lacks; empty where the hole is between two years.
	Division string
}

func (e *MissingYearError) Error() string {
	if e.Division != "" {
		return fmt.Sprintf("division %s has days for %d, but the country's year %d is missing: expected the days of its notice on holidays (节假日安排的通知) first",
			e.Division, e.Year, e.Year)
	}
	return fmt.Sprintf("year %d is missing: expected every year between the first and the last, each by its notice on holidays (节假日安排的通知)", e.Year)
}

// New builds a calendar. The order of years has no meaning. It returns a *YearError for a
// faulty year or one given twice, a *MissingYearError for a hole between the years, and all
// of them, joined, where there are several.
//
// A division's years are laid over the country's, a smaller division's over a larger one's.
// New doesn't know which case lies where: give it those divisions alone that the calendar is
// to be for.
func New(years ...Year) (Calendar, error) {
	if len(years) == 0 {
		return Calendar{}, nil
	}
	sorted := make([]Year, 0, len(years))
	var faults []error
	for _, year := range years {
		for _, fault := range year.faults() {
			faults = append(faults, fault)
		}
		sorted = append(sorted, year.sorted())
	}
	slices.SortFunc(sorted, wider)
	if faults = append(faults, sequence(sorted)...); len(faults) > 0 {
		return Calendar{}, errors.Join(faults...)
	}
	return Calendar{newTable(sorted)}, nil
}

// sequence finds years that are there twice or not at all.
func sequence(sorted []Year) []error {
	var faults []error
	next := 0 // the country's next year
	for i, year := range sorted {
		switch {
		case i > 0 && year.Number == sorted[i-1].Number && year.Division == sorted[i-1].Division:
			faults = append(faults, &YearError{Year: year.Number, Problem: "is given twice: expected each year once, by its notice on holidays (节假日安排的通知)"})
		case year.Division != "":
			if year.Number != next-1 {
				faults = append(faults, &MissingYearError{year.Number, year.Division})
			}
		default:
			for ; next != 0 && next < year.Number; next++ {
				faults = append(faults, &MissingYearError{Year: next})
			}
			next = year.Number + 1
		}
	}
	return faults
}

func newTable(years []Year) *table {
	t := &table{
		years: years,
		first: NewDate(years[0].Number, time.January, 1),
		last:  NewDate(years[len(years)-1].Number, time.December, 31),
	}
	t.days = make([]dayMark, t.first.DaysUntil(t.last)+1)
	for i := range t.days {
		if t.first.AddDays(i).weekend() {
			t.days[i].kind = plainWeekend
		}
	}
	for _, year := range years {
		for _, rest := range year.Rest {
			mark := dayMark{holiday, t.name(rest.Name)}
			for day := rest.From; !day.After(rest.To); day = day.AddDays(1) {
				t.days[t.first.DaysUntil(day)] = mark
			}
		}
		for _, work := range year.Work {
			t.days[t.first.DaysUntil(work.Date)] = dayMark{makeUpDay, t.name(work.For)}
		}
	}
	t.worked = make([]int32, len(t.days))
	count := weekdays(t.first.AddDays(-1))
	for i, day := range t.days {
		if day.kind.worked() {
			count++
		}
		t.worked[i] = count
	}
	return t
}

func (t *table) name(words Words) uint16 {
	at := slices.Index(t.names, words)
	if at < 0 {
		at = len(t.names)
		t.names = append(t.names, words)
	}
	return uint16(at)
}

func (k dayKind) worked() bool { return k == plainWorkday || k == makeUpDay }

// With returns a calendar with these years too. A year replaces the one of the same number
// and division, wholly. Errors are those of New.
func (c Calendar) With(years ...Year) (Calendar, error) {
	all := slices.Clone(years)
	for _, old := range c.Years() {
		replaced := slices.ContainsFunc(years, func(y Year) bool {
			return y.Number == old.Number && y.Division == old.Division
		})
		if !replaced {
			all = append(all, old)
		}
	}
	return New(all...)
}

// Years returns the loaded years, by number, the country's before the divisions'. The
// entries of each are in the order of their days.
func (c Calendar) Years() []Year {
	if c.loaded == nil {
		return nil
	}
	years := make([]Year, 0, len(c.loaded.years))
	for _, year := range c.loaded.years {
		years = append(years, year.sorted())
	}
	return years
}

// FirstYear returns the first loaded year, or 0 where none is loaded.
func (c Calendar) FirstYear() int {
	if c.loaded == nil {
		return 0
	}
	return c.loaded.first.Year()
}

// LastYear returns the last loaded year, past which due days are provisional; 0 where none
// is loaded.
func (c Calendar) LastYear() int {
	if c.loaded == nil {
		return 0
	}
	return c.loaded.last.Year()
}

// Known reports whether the day's year is loaded.
func (c Calendar) Known(d Date) bool {
	return c.loaded != nil && !d.Before(c.loaded.first) && !d.After(c.loaded.last)
}

// IsWorkingDay reports whether a day is worked.
func (c Calendar) IsWorkingDay(d Date) bool { return c.mark(d).kind.worked() }

// NextWorkingDay returns the day itself where it is worked, else the first working day
// after it.
func (c Calendar) NextWorkingDay(d Date) Date { return c.AddWorkingDays(d.AddDays(-1), 1) }

// AddWorkingDays returns the nth working day after d. Where n is not positive, it returns d.
func (c Calendar) AddWorkingDays(d Date, n int) Date {
	if n <= 0 {
		return d
	}
	return c.ranked(c.rank(d) + int32(n))
}

// WorkingDays counts the working days after one day, through another; 0 where the other is
// not later.
func (c Calendar) WorkingDays(after, through Date) int {
	return max(0, int(c.rank(through)-c.rank(after)))
}

func (c Calendar) mark(d Date) dayMark {
	switch {
	case c.Known(d):
		return c.loaded.days[c.loaded.first.DaysUntil(d)]
	case d.weekend():
		return dayMark{kind: plainWeekend}
	}
	return dayMark{}
}

// rank counts the working days since 0001-01-01, through d.
func (c Calendar) rank(d Date) int32 {
	t := c.loaded
	switch {
	case t == nil || d.Before(t.first):
		return weekdays(d)
	case d.After(t.last):
		return weekdays(d) + c.surplus()
	}
	return t.worked[t.first.DaysUntil(d)]
}

// ranked returns the first day whose rank is that.
func (c Calendar) ranked(rank int32) Date {
	t := c.loaded
	switch {
	case t == nil || rank <= weekdays(t.first)-1:
		return weekday(rank)
	case rank > t.worked[len(t.worked)-1]:
		return weekday(rank - c.surplus())
	}
	at, _ := slices.BinarySearch(t.worked, rank)
	return t.first.AddDays(at)
}

// surplus is by how much the loaded years' working days exceed their Mondays to Fridays.
func (c Calendar) surplus() int32 {
	return c.loaded.worked[len(c.loaded.worked)-1] - weekdays(c.loaded.last)
}

// weekdays counts the Mondays to Fridays since 0001-01-01, a Monday, through d.
func weekdays(d Date) int32 { return d.number/7*5 + min(d.number%7, 5) }

// weekday returns the nth Monday to Friday since 0001-01-01.
func weekday(n int32) Date { return Date{(n-1)/5*7 + (n-1)%5 + 1} }
