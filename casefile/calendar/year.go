package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Words is one text in both languages.
type Words struct {
	ZH string
	EN string
}

// Year says which days of one year are free and which weekend days are worked instead: for
// the whole country, as the State Council's notice of that year does, or for one division.
type Year struct {
	// Number is the year, 1949 to 2199.
	Number int
	// Division is the statistical code of the division where these days hold, or empty for
	// the whole country. A division's days are laid over the country's.
	Division string
	// Source says where the days come from: the notice's number, or a package and version.
	Source string
	// Licence is what the source is licensed under, where that matters.
	Licence string
	// Rest are the days off, Work the make-up working days (调休上班). Their order has no
	// meaning. A division's year without any takes back those that it had.
	Rest []RestDays
	Work []WorkDay
}

// RestDays are consecutive days off under one name. They may hold weekend days, as the
// notices do.
type RestDays struct {
	From Date
	To   Date // the last day off
	Name Words
}

// WorkDay is a Saturday or Sunday that is worked in exchange for a day off.
type WorkDay struct {
	Date Date
	// For names the holiday whose day off is made up for.
	For Words
}

const (
	earliestYear   = 1949
	latestYear     = 2199
	longestRest    = 31
	mostEntries    = 366
	longestName    = 40 // characters
	longestSource  = 500
	restEntry      = "rest"
	workEntry      = "work"
	divisionDigits = 15
)

// YearError is a Year that can't be: which entry is wrong, and what was expected.
type YearError struct {
	Year int
	// List is "rest" or "work" and Entry counts from 1 in it; "" and 0 where the year as a
	// whole is wrong.
	List    string
	Entry   int
	Problem string
}

func (e *YearError) Error() string {
	if e.List == "" {
		return fmt.Sprintf("year %d: %s", e.Year, e.Problem)
	}
	return fmt.Sprintf("year %d: %s entry %d: %s", e.Year, e.List, e.Entry, e.Problem)
}

// faults returns everything that is wrong with a year, in the order of its entries.
func (y Year) faults() []*YearError {
	c := yearCheck{year: y, seen: map[Date]string{}}
	if y.Number < earliestYear || y.Number > latestYear {
		c.fault("", 0, "year is %d: expected %d to %d", y.Number, earliestYear, latestYear)
		return c.found
	}
	if entries := len(y.Rest) + len(y.Work); entries > mostEntries {
		c.fault("", 0, "has %d entries: expected at most %d", entries, mostEntries)
		return c.found
	}
	c.head()
	for i, rest := range y.Rest {
		c.rest(i+1, rest)
	}
	for i, work := range y.Work {
		c.work(i+1, work)
	}
	c.statutory()
	return c.found
}

type yearCheck struct {
	year  Year
	seen  map[Date]string // the entry that names a day
	found []*YearError
}

func (c *yearCheck) fault(list string, entry int, format string, values ...any) {
	c.found = append(c.found, &YearError{c.year.Number, list, entry, fmt.Sprintf(format, values...)})
}

func (c *yearCheck) head() {
	if strings.TrimSpace(c.year.Source) == "" {
		c.fault("", 0, "source is missing: expected where the days come from, as the notice's number")
	}
	for _, field := range []struct{ name, text string }{{"source", c.year.Source}, {"licence", c.year.Licence}} {
		if problem := textProblem(field.text, longestSource); problem != "" {
			c.fault("", 0, "%s %s", field.name, problem)
		}
	}
	notDigit := func(r rune) bool { return r < '0' || r > '9' }
	if d := c.year.Division; len(d) > divisionDigits || len(d) == 1 || strings.ContainsFunc(d, notDigit) {
		c.fault("", 0, "division is %q: expected a division's code, of 2 to %d digits, or none for the whole country",
			d, divisionDigits)
	}
	if len(c.year.Rest)+len(c.year.Work) == 0 && c.year.Division == "" {
		c.fault("", 0, "no day is listed: expected the days off and the make-up working days")
	}
}

func (c *yearCheck) rest(entry int, rest RestDays) {
	c.name(restEntry, entry, rest.Name)
	switch {
	case rest.From.IsZero() || rest.To.IsZero():
		c.fault(restEntry, entry, "a day is missing: expected from, and to where it is more than one day")
	case rest.To.Before(rest.From):
		c.fault(restEntry, entry, "ends on %s, before it begins on %s", rest.To, rest.From)
	case rest.From.DaysUntil(rest.To) >= longestRest:
		c.fault(restEntry, entry, "%s to %s are %d days: expected at most %d",
			rest.From, rest.To, rest.From.DaysUntil(rest.To)+1, longestRest)
	case rest.From.Year() != c.year.Number || rest.To.Year() != c.year.Number:
		c.fault(restEntry, entry, "%s to %s: expected days of %d only", rest.From, rest.To, c.year.Number)
	default:
		for day := rest.From; !day.After(rest.To); day = day.AddDays(1) {
			if !c.once(restEntry, entry, day) {
				return
			}
		}
	}
}

func (c *yearCheck) work(entry int, work WorkDay) {
	c.name(workEntry, entry, work.For)
	switch {
	case work.Date.IsZero():
		c.fault(workEntry, entry, "the date is missing")
	case work.Date.Year() != c.year.Number:
		c.fault(workEntry, entry, "%s: expected a day of %d", work.Date, c.year.Number)
	case !work.Date.weekend():
		c.fault(workEntry, entry, "%s is a %s: expected a make-up working day on a Saturday or Sunday, the days that a notice on holidays (节假日安排的通知) exchanges",
			work.Date, work.Date.Weekday())
	default:
		c.once(workEntry, entry, work.Date)
	}
}

func (c *yearCheck) once(list string, entry int, day Date) bool {
	if other, twice := c.seen[day]; twice {
		c.fault(list, entry, "%s is listed twice, first in %s: expected each day once, as a notice on holidays (节假日安排的通知) gives it", day, other)
		return false
	}
	c.seen[day] = fmt.Sprintf("%s entry %d", list, entry)
	return true
}

func (c *yearCheck) name(list string, entry int, name Words) {
	for _, field := range []struct{ name, text string }{{"zh", name.ZH}, {"en", name.EN}} {
		if strings.TrimSpace(field.text) == "" {
			c.fault(list, entry, "%s is missing: expected the holiday's name", field.name)
		} else if problem := textProblem(field.text, longestName); problem != "" {
			c.fault(list, entry, "%s %s", field.name, problem)
		}
	}
}

// statutory finds the holidays that every year has had since 1949 (全国年节及纪念日放假办法): a
// file without them was not finished. A year of faulty entries is not judged.
func (c *yearCheck) statutory() {
	if c.year.Division != "" || len(c.found) > 0 {
		return
	}
	for _, month := range []time.Month{time.January, time.May, time.October} {
		day := NewDate(c.year.Number, month, 1)
		if !strings.HasPrefix(c.seen[day], restEntry) {
			c.fault("", 0, "%s is not among the days off: expected every statutory holiday of the year (全国年节及纪念日放假办法 art 2)", day)
		}
	}
}

func textProblem(text string, longest int) string {
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return fmt.Sprintf("is %q: expected plain text on one line", text)
	case utf8.RuneCountInString(text) > longest:
		return fmt.Sprintf("has %d characters: expected at most %d", utf8.RuneCountInString(text), longest)
	}
	return ""
}

// sorted returns the year with its entries in the order of their days, in slices of its own.
func (y Year) sorted() Year {
	y.Rest, y.Work = slices.Clone(y.Rest), slices.Clone(y.Work)
	slices.SortFunc(y.Rest, func(a, b RestDays) int { return a.From.Compare(b.From) })
	slices.SortFunc(y.Work, func(a, b WorkDay) int { return a.Date.Compare(b.Date) })
	return y
}

// wider orders years by number, and those of one number from the country to the smallest
// division.
func wider(a, b Year) int {
	return cmp.Or(
		cmp.Compare(a.Number, b.Number),
		cmp.Compare(len(a.Division), len(b.Division)),
		cmp.Compare(a.Division, b.Division),
	)
}
