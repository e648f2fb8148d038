package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

func TestAWarningInWorkingDaysComesOnAWorkedDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ why, from, due, warn string }{
		{"three days ahead is 6 October, in the week off that begins on the 1st", "2026-09-24 10:00:00", "2026-10-09", "2026-09-30"},
		{"a week ahead of Thursday is a Thursday", "2026-01-30 09:00:00", "2026-03-19", "2026-03-12"},
		{"a day ahead of Monday 21 September is a Sunday that is worked for the holiday", "2026-09-17 09:00:00", "2026-09-21", "2026-09-20"},
		{"a day ahead of Monday is Sunday; Friday is worked", "2026-06-11 09:00:00", "2026-06-15", "2026-06-12"},
		{"begun on the Friday itself, it is told on the Monday", "2026-06-12 09:00:00", "2026-06-15", "2026-06-15"},
	} {
		days := ShippedLaw().CalendarFor("530402001", city)
		length := days.WorkingDays(calendar.DateOf(shanghai(c.from)), dateOf(t, c.due))
		clock := Deadline{StartedAt: shanghai(c.from), Length: length, Unit: WorkingDays}
		due, err := days.Due(periodOf(clock))
		require.NoError(t, err)
		require.Equal(t, c.due, due.Day.String(), c.why)
		require.Equal(t, c.warn, day(warnAt(clock, due, days)), c.why)
	}
}

func dateOf(t *testing.T, text string) calendar.Date {
	t.Helper()
	date, err := calendar.ParseDate(text)
	require.NoError(t, err)
	return date
}

func TestNoWarningInWorkingDaysFallsOnADayOff(t *testing.T) {
	t.Parallel()
	laws := []*Law{ShippedLaw(), springLaw()}
	rapid.Check(t, func(t *rapid.T) {
		days := laws[rapid.IntRange(0, 1).Draw(t, "law")].CalendarFor("530402001", city)
		from := shanghai("2024-01-01 09:00:00").Add(time.Duration(rapid.IntRange(0, 4*365).Draw(t, "start")) * 24 * time.Hour)
		clock := Deadline{StartedAt: from, Length: rapid.IntRange(1, 260).Draw(t, "length"), Unit: WorkingDays}
		due, err := days.Due(periodOf(clock))
		require.NoError(t, err)
		warn := calendar.DateOf(warnAt(clock, due, days))
		require.True(t, days.IsWorkingDay(warn), "%s, due on %s", warn, due.Day)
		require.False(t, warn.After(due.Day))

		// No worked day lies between the warning and the day on which a clock in calendar days
		// that is due on the same day warns.
		clock.Unit = CalendarDays
		aimed := calendar.DateOf(warnAt(clock, due, days))
		if warn.After(aimed) {
			require.Zero(t, days.WorkingDays(calendar.DateOf(from), aimed), "nothing is worked before it")
			require.Equal(t, 1, days.WorkingDays(aimed, warn))
			return
		}
		require.Zero(t, days.WorkingDays(warn, aimed))
	})
}
