package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

func TestChangedNamesTheDaysOnWhichCalendarsDiffer(t *testing.T) {
	t.Parallel()

	shipped := calendar.Shipped()
	require.Empty(t, calendar.Changed(shipped, shipped))
	require.Empty(t, calendar.Changed(calendar.Calendar{}, calendar.Calendar{}))

	// A correction: 10 October is not worked after all, and the holiday is a day longer.
	corrected := shipped.Years()[2]
	last := len(corrected.Rest) - 1
	corrected.Rest[last].To = on(t, "2026-10-08")
	corrected.Work = corrected.Work[:len(corrected.Work)-1]
	c, err := shipped.With(corrected)
	require.NoError(t, err)
	want := []calendar.Change{
		{From: on(t, "2026-10-08"), To: on(t, "2026-10-08"), Moves: true},
		{From: on(t, "2026-10-10"), To: on(t, "2026-10-10"), Moves: true},
	}
	require.Equal(t, want, calendar.Changed(shipped, c))
	require.Equal(t, want, calendar.Changed(c, shipped))
}

func TestANewYearChangesAllItsDaysAndMovesByThoseOff(t *testing.T) {
	t.Parallel()

	c, err := calendar.Shipped().With(plainYear(2027))
	require.NoError(t, err)
	require.Equal(t, []calendar.Change{
		{From: on(t, "2027-01-01"), To: on(t, "2027-01-01"), Moves: true},
		{From: on(t, "2027-01-02"), To: on(t, "2027-09-30")}, // 1 May is a Saturday anyway
		{From: on(t, "2027-10-01"), To: on(t, "2027-10-01"), Moves: true},
		{From: on(t, "2027-10-02"), To: on(t, "2027-12-31")},
	}, calendar.Changed(calendar.Shipped(), c))
}

func TestAPeriodWhoseDaysDoNotChangeHasTheSameResult(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		before := drawCalendar(t)
		year := drawYear(t, rapid.IntRange(before.FirstYear()-1, before.LastYear()+1).Draw(t, "changed year"))
		after, err := before.With(year)
		require.NoError(t, err)
		p := drawPeriod(t)
		old, now := due(t, before, p), due(t, after, p)

		from, asked := calendar.DateOf(p.From).AddDays(1), true
		if p.Unit != calendar.WorkingDays {
			from, asked = old.Unrolled, p.Roll
		}
		meets, moves := false, false
		for _, change := range calendar.Changed(before, after) {
			if asked && !change.From.After(old.Day) && !change.To.Before(from) {
				meets, moves = true, moves || change.Moves
			}
		}
		if !meets {
			require.Equal(t, old, now)
		}
		if !moves {
			require.Equal(t, old.Day, now.Day)
		}
	})
}

func TestChangedAgreesWithEveryDay(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		before, after := drawCalendar(t), drawCalendar(t)
		moved := map[calendar.Date]bool{}
		for _, change := range calendar.Changed(before, after) {
			for day := change.From; !day.After(change.To); day = day.AddDays(1) {
				if _, twice := moved[day]; twice {
					t.Fatalf("%s is told twice", day)
				}
				moved[day] = change.Moves
			}
		}
		for day := calendar.NewDate(2023, time.January, 1); day.Year() < 2032; day = day.AddDays(1) {
			moves, told := moved[day]
			if told != (before.Day(day) != after.Day(day)) || moves != (before.IsWorkingDay(day) != after.IsWorkingDay(day)) {
				t.Fatalf("%s: told %v, moves %v: %+v, %+v", day, told, moves, before.Day(day), after.Day(day))
			}
		}
	})
}
