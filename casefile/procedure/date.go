package procedure

import "time"

// Date is a day in Asia/Shanghai, YYYY-MM-DD; empty is no date. Dates compare as texts.
type Date string

// Valid reports whether the date is a day of the calendar.
func (d Date) Valid() bool {
	day, err := time.Parse(time.DateOnly, string(d))
	return err == nil && day.Format(time.DateOnly) == string(d)
}

// next is the day after a valid date.
func (d Date) next() Date { return d.shifted(1) }

// previous is the day before a valid date.
func (d Date) previous() Date { return d.shifted(-1) }

func (d Date) shifted(days int) Date {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Date(day.AddDate(0, 0, days).Format(time.DateOnly))
}
