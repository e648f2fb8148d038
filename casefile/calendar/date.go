package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Shanghai is the zone of every day and instant of this package. It has no summer time
// (China's last one ended in 1991).
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a day in Asia/Shanghai, from 0001-01-01 to 9999-12-31. The zero Date is no day.
// Dates compare with ==.
type Date struct {
	// number counts days from 0001-01-01, a Monday, which is 1.
	number int32
}

// NewDate returns the day of that year, month and day of the month. As with time.Date, a
// day that doesn't exist is taken on: 30 February is 1 or 2 March.
func NewDate(year int, month time.Month, day int) Date {
	return Date{int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay) + unixDay}
}

const (
	secondsPerDay = 24 * 60 * 60
	unixDay       = 719163 // the number of 1970-01-01
)

// ParseDate reads a day written YYYY-MM-DD. A day that doesn't exist is an error.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("%q is no day: expected one that exists, written YYYY-MM-DD", text)
	}
	return NewDate(t.Date()), nil
}

// DateOf returns the day on which an instant falls in Asia/Shanghai.
func DateOf(t time.Time) Date { return NewDate(t.In(Shanghai).Date()) }

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d.number == 0 }

// Civil returns year, month and day of the month.
func (d Date) Civil() (year int, month time.Month, day int) { return d.utc().Date() }

// Year returns the year.
func (d Date) Year() int { return d.utc().Year() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.number % 7) }

// AddDays returns the day n calendar days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return Date{d.number + int32(n)} }

// AddMonths returns the corresponding day (对应日) n months later: the same day of the
// month or, where that month has none, its last day (民法典 art 202).
func (d Date) AddMonths(n int) Date {
	year, month, day := d.Civil()
	last := NewDate(year, month+time.Month(n)+1, 0)
	return NewDate(year, month+time.Month(n), min(day, last.dayOfMonth()))
}

// DaysUntil counts the calendar days after d, through other; negative where other is
// earlier.
func (d Date) DaysUntil(other Date) int { return int(other.number - d.number) }

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.number < other.number }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.number > other.number }

// Compare returns -1, 0 or 1 as d is earlier than, the same as or later than other.
func (d Date) Compare(other Date) int { return cmp.Compare(d.number, other.number) }

// Start returns the first instant of the day.
func (d Date) Start() time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, Shanghai)
}

// End returns the last second of the day, 23:59:59.
func (d Date) End() time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 23, 59, 59, 0, Shanghai)
}

// String returns the day as YYYY-MM-DD, and "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText writes the day as YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a day written YYYY-MM-DD; "" is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

func (d Date) dayOfMonth() int { return d.utc().Day() }

func (d Date) weekend() bool {
	day := d.Weekday()
	return day == time.Saturday || day == time.Sunday
}

// utc is the same day's start in UTC, where arithmetic on days needs no zone.
func (d Date) utc() time.Time {
	return time.Unix((int64(d.number)-unixDay)*secondsPerDay, 0).UTC()
}
