package store

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// daySpan is a range of days, both inclusive.
type daySpan struct{ from, to time.Time }

// period is what a table is about, in days of Asia/Shanghai at midnight UTC, both inclusive.
type period struct {
	daySpan
	bounded bool
	// whole are its whole months, from the first day of the first to the first day of the last;
	// none where to is before from. edges are the days beside them.
	whole daySpan
	edges []daySpan
	// today is the day of asking.
	today time.Time
}

// newPeriod splits a period. The month of today, and those to come, are whole as far as today:
// nothing was registered or concluded after it.
func newPeriod(from, to string, now time.Time) (period, error) {
	p := period{bounded: from != "" && to != ""}
	if from == "" {
		from = "0001-01-01"
	}
	if to == "" {
		to = "9999-12-31"
	}
	var err error
	if p.from, err = time.Parse(time.DateOnly, from); err != nil {
		return p, fmt.Errorf("statistics from %q: %w", from, err)
	}
	if p.to, err = time.Parse(time.DateOnly, to); err != nil {
		return p, fmt.Errorf("statistics to %q: %w", to, err)
	}
	today := now.In(casefile.Shanghai)
	p.today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	p.whole = daySpan{monthOf(p.from), monthOf(p.to)}
	if p.from.Day() != 1 {
		p.whole.from = p.whole.from.AddDate(0, 1, 0)
	}
	if p.to.AddDate(0, 0, 1).Day() != 1 && p.to.Before(p.today) {
		p.whole.to = p.whole.to.AddDate(0, -1, 0)
	}
	if p.whole.to.Before(p.whole.from) {
		p.edges = []daySpan{p.daySpan}
		return p, nil
	}
	if p.from.Before(p.whole.from) {
		p.edges = append(p.edges, daySpan{p.from, p.whole.from.AddDate(0, 0, -1)})
	}
	if next := p.whole.to.AddDate(0, 1, 0); !p.to.Before(next) {
		p.edges = append(p.edges, daySpan{next, p.to})
	}
	return p, nil
}

func monthOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// hasWhole reports whether there is a whole month.
func (p period) hasWhole() bool { return !p.whole.to.Before(p.whole.from) }

// years are the whole years of the whole months, from the first day of the first to the first day of the
// last, and the months beside them. The year of today is whole as far as today. Without one, years is zero.
func (p period) years() (years daySpan, months []daySpan) {
	first, last := p.whole.from.Year(), p.whole.to.Year()
	if p.whole.from.Month() != time.January {
		first++
	}
	if p.whole.to.Month() != time.December && p.whole.to.Before(monthOf(p.today)) {
		last--
	}
	if last < first {
		return daySpan{}, []daySpan{p.whole}
	}
	january := func(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }
	if p.whole.from.Before(january(first)) {
		months = append(months, daySpan{p.whole.from, january(first).AddDate(0, -1, 0)})
	}
	if !p.whole.to.Before(january(last + 1)) {
		months = append(months, daySpan{january(last + 1), p.whole.to})
	}
	return daySpan{january(first), january(last)}, months
}

// months are all months of the period, "YYYY-MM"; none of one without bounds.
func (p period) months() []string {
	var months []string
	if !p.bounded {
		return nil
	}
	for month := monthOf(p.from); !month.After(p.to) && len(months) <= MaxStatisticsRows; month = month.AddDate(0, 1, 0) {
		months = append(months, month.Format("2006-01"))
	}
	return months
}
