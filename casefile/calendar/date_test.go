package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// on reads a day, written YYYY-MM-DD.
func on(tb testing.TB, text string) calendar.Date {
	tb.Helper()
	date, err := calendar.ParseDate(text)
	require.NoError(tb, err)
	return date
}

func TestDatesAgreeWithTheClockOfTheStandardLibrary(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(
			time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 30, 0, 0, 0, 0, time.UTC).Unix(),
		).Draw(t, "seconds")
		at := time.Unix(seconds, 0).In(calendar.Shanghai)
		date := calendar.DateOf(at)

		require.Equal(t, at.Format(time.DateOnly), date.String())
		require.Equal(t, at.Weekday(), date.Weekday())
		require.Equal(t, at.Year(), date.Year())
		require.False(t, at.Before(date.Start()))
		require.False(t, at.After(date.End()))
		require.Equal(t, 24*time.Hour-time.Second, date.End().Sub(date.Start()))
		parsed, err := calendar.ParseDate(date.String())
		require.NoError(t, err)
		require.Equal(t, date, parsed)

		days := rapid.IntRange(-400, 400).Draw(t, "days")
		year, month, day := at.Date()
		require.Equal(t, calendar.NewDate(year, month, day+days), date.AddDays(days))
		require.Equal(t, days, date.DaysUntil(date.AddDays(days)))
	})
}

func TestMonthsEndOnTheCorrespondingDayOrTheLastOfTheMonth(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-15", 1, "2026-02-15"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2026-10-31", 1, "2026-11-30"},
		{"2026-11-30", 1, "2026-12-30"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-02-28", 1, "2026-03-28"},
	} {
		require.Equal(t, c.want, on(t, c.from).AddMonths(c.months).String(), "%s + %d", c.from, c.months)
	}
}

func TestADayThatDoesNotExistIsNotRead(t *testing.T) {
	t.Parallel()

	for _, text := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026/01/01", "0000-01-01", "2026-01-01 ", "二〇二六"} {
		_, err := calendar.ParseDate(text)
		require.ErrorContains(t, err, "expected one that exists, written YYYY-MM-DD", text)
	}
}

func TestADayBelongsToShanghaiWhereverTheInstantWasWritten(t *testing.T) {
	t.Parallel()

	require.Equal(t, "2026-09-19", calendar.DateOf(time.Date(2026, 9, 18, 16, 0, 0, 0, time.UTC)).String())
	require.Equal(t, "2026-09-18", calendar.DateOf(time.Date(2026, 9, 18, 15, 59, 59, 0, time.UTC)).String())
}

func TestADateIsATextInJSON(t *testing.T) {
	t.Parallel()

	type holder struct{ A, B calendar.Date }
	written, err := json.Marshal(holder{A: on(t, "2026-10-01")})
	require.NoError(t, err)
	require.JSONEq(t, `{"A":"2026-10-01","B":""}`, string(written))
	var read holder
	require.NoError(t, json.Unmarshal(written, &read))
	require.Equal(t, holder{A: on(t, "2026-10-01")}, read)
	require.Error(t, json.Unmarshal([]byte(`{"A":"2026-02-30"}`), &read))
}
