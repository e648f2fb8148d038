package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

var nationalDay = calendar.Words{ZH: "国庆节", EN: "National Day"}

// plainYear has the three days that every year has off, and nothing else.
func plainYear(number int) calendar.Year {
	year := calendar.Year{Number: number, Source: "made for a test"}
	for _, month := range []time.Month{time.January, time.May, time.October} {
		day := calendar.NewDate(number, month, 1)
		year.Rest = append(year.Rest, calendar.RestDays{From: day, To: day, Name: nationalDay})
	}
	return year
}

func built(tb testing.TB, years ...calendar.Year) calendar.Calendar {
	tb.Helper()
	c, err := calendar.New(years...)
	require.NoError(tb, err)
	return c
}

func TestTheShippedYearsHaveTheWorkingDaysOfTheNotices(t *testing.T) {
	t.Parallel()

	shipped := calendar.Shipped()
	require.Equal(t, 2024, shipped.FirstYear())
	require.Equal(t, 2026, shipped.LastYear())
	// 2024 and 2025: 366 and 365 days less weekends and days off, plus make-up days, counted
	// by hand from the notices.
	for year, want := range map[int]int{2024: 251, 2025: 248, 2026: 248} {
		eve := calendar.NewDate(year-1, time.December, 31)
		require.Equal(t, want, shipped.WorkingDays(eve, calendar.NewDate(year, time.December, 31)), year)
	}
	for _, year := range shipped.Years() {
		require.Contains(t, year.Source, "chinese-days 1.5.7")
		require.Contains(t, year.Licence, "MIT")
	}
}

func TestADayTellsWhyItIsWorkedOrFree(t *testing.T) {
	t.Parallel()

	shipped := calendar.Shipped()
	for _, c := range []struct {
		day     string
		kind    calendar.DayKind
		working bool
		known   bool
		zh, en  string
	}{
		{"2026-09-18", calendar.Workday, true, true, "星期五，工作日", "Friday, a working day"},
		{"2026-09-19", calendar.Weekend, false, true, "星期六，周末休息", "Saturday, weekend"},
		{"2026-09-20", calendar.MakeUp, true, true, "星期日，国庆节调休上班", "Sunday, worked instead (National Day)"},
		{"2026-10-01", calendar.Holiday, false, true, "星期四，国庆节放假", "Thursday, National Day holiday"},
		{"2025-10-06", calendar.Holiday, false, true, "星期一，中秋节放假", "Monday, Mid-autumn Festival holiday"},
		{"2027-01-01", calendar.Workday, true, false, "星期五，工作日", "Friday, a working day"},
		{"2023-12-31", calendar.Weekend, false, false, "星期日，周末休息", "Sunday, weekend"},
	} {
		got := shipped.Day(on(t, c.day))
		require.Equal(t, c.kind, got.Kind, c.day)
		require.Equal(t, c.working, got.Working, c.day)
		require.Equal(t, c.working, shipped.IsWorkingDay(on(t, c.day)), c.day)
		require.Equal(t, c.known, got.Known, c.day)
		require.Equal(t, calendar.Words{ZH: c.zh, EN: c.en}, got.Why, c.day)
	}
}

func TestACalendarWithoutYearsKnowsWeekendsOnly(t *testing.T) {
	t.Parallel()

	var none calendar.Calendar
	require.Zero(t, none.LastYear())
	require.Empty(t, none.Years())
	require.True(t, none.IsWorkingDay(on(t, "2026-10-01")))
	require.False(t, none.IsWorkingDay(on(t, "2026-10-03")))
	require.Equal(t, "2026-10-08", none.AddWorkingDays(on(t, "2026-10-01"), 5).String())
}

func TestAYearThatComesLaterReplacesTheOneBeforeIt(t *testing.T) {
	t.Parallel()

	corrected := plainYear(2026)
	c, err := calendar.Shipped().With(corrected, plainYear(2027))
	require.NoError(t, err)
	require.Equal(t, 2027, c.LastYear())
	require.Len(t, c.Years(), 4)
	require.True(t, c.IsWorkingDay(on(t, "2026-10-02")))
	require.False(t, calendar.Shipped().IsWorkingDay(on(t, "2026-10-02")), "the old calendar stays")
}

func TestACalendarDoesNotChangeWithTheYearsItWasBuiltFrom(t *testing.T) {
	t.Parallel()

	year := plainYear(2026)
	c := built(t, year)
	year.Rest[0] = calendar.RestDays{}
	c.Years()[0].Rest[0] = calendar.RestDays{}
	require.Equal(t, plainYear(2026).Rest, c.Years()[0].Rest)
	require.False(t, c.IsWorkingDay(on(t, "2026-01-01")))
}

func TestADivisionsDaysAreLaidOverTheCountrys(t *testing.T) {
	t.Parallel()

	torches := calendar.Words{ZH: "火把节", EN: "Torch Festival"}
	local := func(division, day string) calendar.Year {
		return calendar.Year{
			Number: 2026, Division: division, Source: "made for a test",
			Rest: []calendar.RestDays{{From: on(t, day), To: on(t, day), Name: torches}},
		}
	}
	c, err := calendar.Shipped().With(local("5323", "2026-08-06"), local("532301", "2026-09-20"))
	require.NoError(t, err)
	require.Equal(t, torches, c.Day(on(t, "2026-08-06")).Name)
	require.Equal(t, torches, c.Day(on(t, "2026-09-20")).Name, "over a make-up day")
	require.Equal(t, nationalDay, c.Day(on(t, "2026-10-01")).Name)

	_, err = calendar.Shipped().With(func() calendar.Year {
		y := local("5323", "2026-08-06")
		y.Number, y.Rest[0].From, y.Rest[0].To = 2027, on(t, "2027-08-06"), on(t, "2027-08-06")
		return y
	}())
	var missing *calendar.MissingYearError
	require.ErrorAs(t, err, &missing)
	require.Equal(t, calendar.MissingYearError{Year: 2027, Division: "5323"}, *missing)
}

func TestAYearMissingBetweenYearsIsNamed(t *testing.T) {
	t.Parallel()

	_, err := calendar.Shipped().With(plainYear(2029))
	var missing *calendar.MissingYearError
	require.ErrorAs(t, err, &missing)
	require.Equal(t, 2027, missing.Year)
	require.EqualError(t, err, "year 2027 is missing: expected every year between the first and the last, each by its notice on holidays (节假日安排的通知)\n"+
		"year 2028 is missing: expected every year between the first and the last, each by its notice on holidays (节假日安排的通知)")
}

func TestAFaultyYearIsNamed(t *testing.T) {
	t.Parallel()

	_, err := calendar.New(plainYear(2026), plainYear(2026))
	require.EqualError(t, err, "year 2026: is given twice: expected each year once, by its notice on holidays (节假日安排的通知)")

	faulty := plainYear(2026)
	faulty.Work = []calendar.WorkDay{{Date: on(t, "2026-10-09"), For: nationalDay}}
	_, err = calendar.New(faulty)
	var named *calendar.YearError
	require.ErrorAs(t, err, &named)
	require.Equal(t, "work", named.List)
	require.Equal(t, 1, named.Entry)
	require.EqualError(t, err, "year 2026: work entry 1: 2026-10-09 is a Friday: expected a make-up working day on a Saturday or Sunday, the days that a notice on holidays (节假日安排的通知) exchanges")
}

func TestTheOrderOfYearsAndOfTheirDaysHasNoMeaning(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		years := drawYears(t)
		c, err := calendar.New(years...)
		require.NoError(t, err)
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0))
		var shuffled []calendar.Year
		for _, at := range order.Perm(len(years)) {
			year := years[at]
			year.Rest, year.Work = slices.Clone(year.Rest), slices.Clone(year.Work)
			order.Shuffle(len(year.Rest), func(i, j int) { year.Rest[i], year.Rest[j] = year.Rest[j], year.Rest[i] })
			order.Shuffle(len(year.Work), func(i, j int) { year.Work[i], year.Work[j] = year.Work[j], year.Work[i] })
			shuffled = append(shuffled, year)
		}
		other, err := calendar.New(shuffled...)
		require.NoError(t, err)
		require.Equal(t, c.Years(), other.Years())
		require.Empty(t, calendar.Changed(c, other))

		// One by one is the same as all at once, in whatever order leaves no hole.
		oneByOne := calendar.Calendar{}
		for _, year := range c.Years() {
			oneByOne, err = oneByOne.With(year)
			require.NoError(t, err)
		}
		require.Empty(t, calendar.Changed(c, oneByOne))
		backwards := calendar.Calendar{}
		for _, year := range slices.Backward(c.Years()) {
			backwards, err = backwards.With(year)
			require.NoError(t, err)
		}
		require.Empty(t, calendar.Changed(c, backwards))
	})
}

// drawYears draws one to four consecutive years around 2026, each with holidays, make-up days
// and free weekend days anywhere.
func drawYears(t *rapid.T) []calendar.Year {
	first := rapid.IntRange(2024, 2027).Draw(t, "first year")
	var years []calendar.Year
	for i := range rapid.IntRange(1, 4).Draw(t, "years") {
		years = append(years, drawYear(t, first+i))
	}
	return years
}

func drawYear(t *rapid.T, number int) calendar.Year {
	year := plainYear(number)
	taken := map[calendar.Date]bool{}
	for _, rest := range year.Rest {
		taken[rest.From] = true
	}
	last := calendar.NewDate(number, time.December, 31)
	free := func(d calendar.Date) bool { return !taken[d] && !d.After(last) }
	day := func(label string) calendar.Date {
		return calendar.NewDate(number, time.January, 1+rapid.IntRange(0, 364).Draw(t, label))
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "holidays") {
		from := day(fmt.Sprintf("holiday %d", i))
		if !free(from) {
			continue
		}
		to := from
		taken[from] = true
		for range rapid.IntRange(0, 9).Draw(t, "further days") {
			if next := to.AddDays(1); free(next) {
				to = next
				taken[next] = true
			} else {
				break
			}
		}
		name := calendar.Words{ZH: fmt.Sprintf("节%d", i%3), EN: fmt.Sprintf("Holiday %d", i%3)}
		year.Rest = append(year.Rest, calendar.RestDays{From: from, To: to, Name: name})
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "make-up days") {
		at := day(fmt.Sprintf("make-up day %d", i))
		weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
		if weekend && free(at) {
			taken[at] = true
			year.Work = append(year.Work, calendar.WorkDay{Date: at, For: nationalDay})
		}
	}
	return year
}

func BenchmarkAddWorkingDays(b *testing.B) {
	shipped, from := calendar.Shipped(), on(b, "2026-01-30")
	for b.Loop() {
		shipped.AddWorkingDays(from, 60)
	}
}
