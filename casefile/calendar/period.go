package calendar

import (
	"fmt"
	"slices"
	"time"
)

// Unit is what a period is counted in; the values are those of casefile.DayUnit.
type Unit string

// The units.
const (
	CalendarDays Unit = "CALENDAR_DAYS"
	WorkingDays  Unit = "WORKING_DAYS"
	Months       Unit = "MONTHS"
	Hours        Unit = "HOURS"
)

// longest is how much may be counted of each unit: about 100 years.
var longest = map[Unit]int{CalendarDays: 36600, WorkingDays: 26000, Months: 1200, Hours: 878400}

// Period is what is to be counted.
type Period struct {
	// From is the act that the period is counted from. Its day is not counted (民诉法 art 85,
	// 民法典 art 201); a period in hours runs from the instant itself (民法典 art 201 para 2).
	From time.Time
	// Act names that act in the explanation, as "收到", "received"; it may be empty.
	Act    Words
	Length int // at least 1
	Unit   Unit
	// Roll moves a last day that is a day off to the first working day after it (民诉法 art 85,
	// 民法典 art 203). Where the law doesn't say so, as the 信访工作条例, it stays false. Hours
	// don't roll.
	Roll bool
	// Pauses and Extensions are what was granted. A pause outside the period changes nothing;
	// where pauses overlap, a day is taken out once.
	Pauses     []Pause
	Extensions []Extension
}

// Pause is time that is not counted. For periods in days and months it is whole days: From
// and To are its first and last day, and neither is counted. For hours it is the time from
// From until To. A pause that still goes on has no end, and its period no due day.
type Pause struct {
	From   time.Time
	To     time.Time
	Reason Words // "鉴定", "appraisal"; it may be empty
}

// Extension is a length granted on top. One in the unit of what goes before makes that
// longer; one in another unit is counted on from the day on which that ends, unrolled.
type Extension struct {
	Length int  // at least 1
	Unit   Unit // empty for the period's own; hours go with hours only
	Reason Words
}

// Due is when a period ends.
type Due struct {
	// Day is the last day; an act on it is in time.
	Day Date
	// At is the last second of Day in Asia/Shanghai, 23:59:59; for hours the instant at which
	// the period ends.
	At time.Time
	// Unrolled is the last day before it was rolled forward; Day where it was not.
	Unrolled Date
	// Provisional is true where the result depends on a day whose year is not loaded: another
	// calendar may move it.
	Provisional bool
}

// PeriodError is a Period that can't be counted: which field is wrong, and what was
// expected.
type PeriodError struct {
	Field   string // as "length", "pauses[1].to"
	Problem string
}

func (e *PeriodError) Error() string { return e.Field + " " + e.Problem }

func (p Period) check() error {
	if p.From.IsZero() {
		return &PeriodError{"from", "is missing: expected the instant of the act that the period is counted from"}
	}
	if year := DateOf(p.From).Year(); year < earliestYear || year > latestYear {
		return &PeriodError{"from", fmt.Sprintf("is in %d: expected %d to %d", year, earliestYear, latestYear)}
	}
	if err := checkLength("", p.Length, p.Unit); err != nil {
		return err
	}
	if p.Roll && p.Unit == Hours {
		return &PeriodError{"roll", "is set for hours: expected it for days and months only"}
	}
	for i, pause := range p.Pauses {
		if err := p.checkPause(fmt.Sprintf("pauses[%d].", i), pause); err != nil {
			return err
		}
	}
	for i, extension := range p.Extensions {
		if err := p.checkExtension(fmt.Sprintf("extensions[%d].", i), extension); err != nil {
			return err
		}
	}
	return nil
}

func checkLength(of string, length int, unit Unit) error {
	most, ok := longest[unit]
	if !ok {
		return &PeriodError{of + "unit", fmt.Sprintf("is %q: expected CALENDAR_DAYS, WORKING_DAYS, MONTHS or HOURS", unit)}
	}
	if length < 1 || length > most {
		return &PeriodError{of + "length", fmt.Sprintf("is %d: expected 1 to %d %s", length, most, unit)}
	}
	return nil
}

func (p Period) checkPause(of string, pause Pause) error {
	switch {
	case pause.From.IsZero():
		return &PeriodError{of + "from", "is missing"}
	case pause.To.IsZero():
		return &PeriodError{of + "to", "is missing: a period that is still paused has no due day"}
	case pause.To.Before(pause.From) && (p.Unit == Hours || DateOf(pause.To).Before(DateOf(pause.From))):
		return &PeriodError{of + "to", "is before from"}
	case pause.To.Sub(pause.From) > longestPause:
		return &PeriodError{of + "to", "is more than 100 years after from"}
	}
	return nil
}

const longestPause = 100 * 366 * 24 * time.Hour

func (p Period) checkExtension(of string, extension Extension) error {
	unit := p.unitOf(extension)
	if err := checkLength(of, extension.Length, unit); err != nil {
		return err
	}
	if (unit == Hours) != (p.Unit == Hours) {
		return &PeriodError{of + "unit", fmt.Sprintf("is %s on a period in %s: hours go with hours only", unit, p.Unit)}
	}
	return nil
}

func (p Period) unitOf(extension Extension) Unit {
	if extension.Unit == "" {
		return p.Unit
	}
	return extension.Unit
}

// stretch is a length in one unit: the period, or what an extension in another unit adds.
type stretch struct {
	length int
	unit   Unit
}

// stretches adds the first so many extensions to the period.
func (p Period) stretches(extensions int) []stretch {
	all := []stretch{{p.Length, p.Unit}}
	for _, extension := range p.Extensions[:extensions] {
		last := &all[len(all)-1]
		if unit := p.unitOf(extension); unit == last.unit {
			last.length += extension.Length
		} else {
			all = append(all, stretch{extension.Length, unit})
		}
	}
	return all
}

// stop is one pause in days, with what another one has already taken out left away.
type stop struct {
	from, to Date
	reason   Words
}

// stops returns the pauses after the start, in order and without overlaps.
func (p Period) stops() []stop {
	if len(p.Pauses) == 0 {
		return nil
	}
	stops := make([]stop, 0, len(p.Pauses))
	for _, pause := range p.Pauses {
		stops = append(stops, stop{DateOf(pause.From), DateOf(pause.To), pause.Reason})
	}
	slices.SortStableFunc(stops, func(a, b stop) int { return a.from.Compare(b.from) })
	taken := DateOf(p.From)
	disjoint := stops[:0]
	for _, s := range stops {
		if !s.from.After(taken) {
			s.from = taken.AddDays(1)
		}
		if s.to.Before(s.from) {
			continue
		}
		disjoint = append(disjoint, s)
		taken = s.to
	}
	return disjoint
}
