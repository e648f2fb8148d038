package bench

import (
	"context"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/store"
)

// MovingDay makes a working day of the coming week free, and worked again, by turns.
type MovingDay struct {
	Day           calendar.Date
	with, without calendar.Year
	free          bool
}

// NewMovingDay takes the next Monday that is worked: ten working days from now span it. Where
// its year is not in force yet, it is loaded with the holidays alone that each year has.
func NewMovingDay(ctx context.Context, record *store.Store) (*MovingDay, error) {
	law, err := record.Law(ctx)
	if err != nil {
		return nil, err
	}
	days := law.CalendarFor("", nil)
	day := calendar.DateOf(time.Now()).AddDays(1)
	for !days.IsWorkingDay(day) || day.Weekday() != time.Monday {
		day = day.AddDays(1)
	}
	for year := days.LastYear() + 1; year <= day.Year(); year++ {
		if _, err := record.LoadCalendar(ctx, bareYear(year), "bench"); err != nil {
			return nil, err
		}
	}
	if law, err = record.Law(ctx); err != nil {
		return nil, err
	}
	years := law.CalendarFor("", nil).Years()
	at := slices.IndexFunc(years, func(y calendar.Year) bool { return y.Number == day.Year() })
	m := &MovingDay{Day: day, with: years[at], without: years[at]}
	m.with.Rest = append(slices.Clone(m.with.Rest), m.DayOff())
	return m, nil
}

// Next is the year to load next: with the day off, without it, and so on.
func (m *MovingDay) Next() calendar.Year {
	m.free = !m.free
	if m.free {
		return m.with
	}
	return m.without
}

// bareYear has the holidays alone that every year must list.
func bareYear(number int) calendar.Year {
	year := calendar.Year{Number: number, Source: "bench"}
	for _, one := range []struct {
		month time.Month
		name  calendar.Words
	}{
		{time.January, calendar.Words{ZH: "元旦", EN: "New Year's Day"}},
		{time.May, calendar.Words{ZH: "劳动节", EN: "Labour Day"}},
		{time.October, calendar.Words{ZH: "国庆节", EN: "National Day"}},
	} {
		day := calendar.NewDate(number, one.month, 1)
		year.Rest = append(year.Rest, calendar.RestDays{From: day, To: day, Name: one.name})
	}
	return year
}

// DayOff is the day as an entry of a year.
func (m *MovingDay) DayOff() calendar.RestDays {
	return calendar.RestDays{From: m.Day, To: m.Day, Name: calendar.Words{ZH: "临时假", EN: "extra day off"}}
}
