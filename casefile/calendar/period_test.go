package calendar_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
)

func TestUnitsAndZoneAreThoseOfTheCasefile(t *testing.T) {
	t.Parallel()

	for ours, theirs := range map[calendar.Unit]casefile.DayUnit{
		calendar.CalendarDays: casefile.CalendarDays, calendar.WorkingDays: casefile.WorkingDays,
		calendar.Months: casefile.Months, calendar.Hours: casefile.Hours,
	} {
		require.Equal(t, string(theirs), string(ours))
	}
	require.Equal(t, casefile.Shanghai.String(), calendar.Shanghai.String())
	midnight := on(t, "2026-06-01").Start()
	require.True(t, midnight.In(casefile.Shanghai).Equal(midnight))
	require.Equal(t, midnight.Format("15:04 -0700"), midnight.In(casefile.Shanghai).Format("15:04 -0700"))
}
