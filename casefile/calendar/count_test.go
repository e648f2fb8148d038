package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// checking is a test, a property or a benchmark.
type checking interface {
	require.TestingT
	Helper()
}

func due(t checking, c calendar.Calendar, p calendar.Period) calendar.Due {
	t.Helper()
	got, err := c.Due(p)
	require.NoError(t, err)
	return got
}

func pause(tb testing.TB, from, to string) calendar.Pause {
	tb.Helper()
	return calendar.Pause{
		From: on(tb, from).Start(), To: on(tb, to).Start(),
		Reason: calendar.Words{ZH: "鉴定", EN: "appraisal"},
	}
}

// The examples were counted out from the State Council's notice for 2026.
func TestKnownPeriodsEndOnTheirDays(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		length         int
		unit           calendar.Unit
		from           string
		unrolled, want string
	}{
		{30, calendar.WorkingDays, "2026-09-18", "2026-11-05", "2026-11-05"},
		{30, calendar.WorkingDays, "2026-01-30", "2026-03-19", "2026-03-19"},
		{5, calendar.WorkingDays, "2026-09-17", "2026-09-23", "2026-09-23"}, // Sunday 20 is worked
		{5, calendar.WorkingDays, "2026-09-24", "2026-10-09", "2026-10-09"},
		{15, calendar.WorkingDays, "2026-04-20", "2026-05-13", "2026-05-13"},
		{60, calendar.CalendarDays, "2026-08-03", "2026-10-02", "2026-10-08"},
		{15, calendar.CalendarDays, "2026-02-05", "2026-02-20", "2026-02-24"},
		{30, calendar.CalendarDays, "2026-01-23", "2026-02-22", "2026-02-24"},
	} {
		name := fmt.Sprintf("%d %s from %s", c.length, c.unit, c.from)
		p := calendar.Period{From: on(t, c.from).Start(), Length: c.length, Unit: c.unit, Roll: true}
		got := due(t, calendar.Shipped(), p)
		require.Equal(t, c.want, got.Day.String(), name)
		require.Equal(t, c.unrolled, got.Unrolled.String(), name)
		require.Equal(t, c.want+"T23:59:59+08:00", got.At.Format(time.RFC3339), name)
		require.False(t, got.Provisional, name)

		p.Roll = false
		require.Equal(t, c.unrolled, due(t, calendar.Shipped(), p).Day.String(), "unrolled, %s", name)
	}
}

func TestTheHourOfTheStartDoesNotMatterToDays(t *testing.T) {
	t.Parallel()

	p := calendar.Period{Length: 5, Unit: calendar.WorkingDays}
	for _, from := range []time.Time{
		on(t, "2026-09-17").Start(), on(t, "2026-09-17").End(),
		time.Date(2026, 9, 16, 16, 0, 0, 0, time.UTC), // midnight in Shanghai
	} {
		p.From = from
		require.Equal(t, "2026-09-23", due(t, calendar.Shipped(), p).Day.String())
	}
}

func TestALastDayRollsOntoAMakeUpWorkingDay(t *testing.T) {
	t.Parallel()

	p := calendar.Period{From: on(t, "2026-09-04").Start(), Length: 15, Unit: calendar.CalendarDays, Roll: true}
	got := due(t, calendar.Shipped(), p)
	require.Equal(t, "2026-09-19", got.Unrolled.String(), "a Saturday")
	require.Equal(t, "2026-09-20", got.Day.String(), "a Sunday that is worked")
}

func TestHoursRunFromTheInstantThroughNightsAndHolidays(t *testing.T) {
	t.Parallel()

	from := time.Date(2026, 9, 30, 10, 30, 0, 0, calendar.Shanghai)
	p := calendar.Period{From: from, Length: 72, Unit: calendar.Hours}
	got := due(t, calendar.Shipped(), p)
	require.Equal(t, "2026-10-03T10:30:00+08:00", got.At.Format(time.RFC3339))
	require.Equal(t, "2026-10-03", got.Day.String())
	require.Equal(t, got.Day, got.Unrolled)
	require.False(t, got.Provisional)

	p.Pauses = []calendar.Pause{
		{From: from.Add(50 * time.Hour), To: from.Add(60 * time.Hour)},
		{From: from.Add(-2 * time.Hour), To: from.Add(time.Hour)},        // its first two hours are before the start
		{From: from.Add(55 * time.Hour), To: from.Add(62 * time.Hour)},   // five of these are paused already
		{From: from.Add(500 * time.Hour), To: from.Add(501 * time.Hour)}, // after the end
	}
	p.Extensions = []calendar.Extension{{Length: 24}}
	require.Equal(t, from.Add((72+24+1+10+2)*time.Hour), due(t, calendar.Shipped(), p).At)
}

func TestPausesAreAddedBackInTheClocksOwnUnit(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct {
		period calendar.Period
		pauses []calendar.Pause
		want   string
	}{
		"working days over Spring Festival: 7 of the 16 days are worked": {
			calendar.Period{From: on(t, "2026-01-30").Start(), Length: 30, Unit: calendar.WorkingDays},
			[]calendar.Pause{pause(t, "2026-02-11", "2026-02-26")},
			"2026-03-30", // 19 March and 7 working days; Saturday 14 February is one of the seven
		},
		"calendar days": {
			calendar.Period{From: on(t, "2026-03-02").Start(), Length: 60, Unit: calendar.CalendarDays},
			[]calendar.Pause{pause(t, "2026-03-10", "2026-03-19")},
			"2026-05-11",
		},
		"a pause of one day": {
			calendar.Period{From: on(t, "2026-03-02").Start(), Length: 60, Unit: calendar.CalendarDays},
			[]calendar.Pause{pause(t, "2026-03-10", "2026-03-10")},
			"2026-05-02",
		},
		"months: the days are added to the corresponding day": {
			calendar.Period{From: on(t, "2026-01-31").Start(), Length: 1, Unit: calendar.Months},
			[]calendar.Pause{pause(t, "2026-02-02", "2026-02-11")},
			"2026-03-10",
		},
		"a pause that begins on the last day": {
			calendar.Period{From: on(t, "2026-03-02").Start(), Length: 10, Unit: calendar.CalendarDays},
			[]calendar.Pause{pause(t, "2026-03-12", "2026-03-20")},
			"2026-03-21",
		},
		"a pause after the last day": {
			calendar.Period{From: on(t, "2026-03-02").Start(), Length: 10, Unit: calendar.CalendarDays},
			[]calendar.Pause{pause(t, "2026-03-13", "2026-03-20")},
			"2026-03-12",
		},
		"a pause that an earlier one brings into the period": {
			calendar.Period{From: on(t, "2026-03-02").Start(), Length: 10, Unit: calendar.CalendarDays},
			[]calendar.Pause{pause(t, "2026-03-13", "2026-03-14"), pause(t, "2026-03-05", "2026-03-05")},
			"2026-03-15",
		},
		"a pause from before the start": {
			calendar.Period{From: on(t, "2026-03-02").Start(), Length: 10, Unit: calendar.CalendarDays},
			[]calendar.Pause{pause(t, "2026-02-20", "2026-03-04")},
			"2026-03-14",
		},
		"overlapping pauses": {
			calendar.Period{From: on(t, "2026-03-02").Start(), Length: 10, Unit: calendar.CalendarDays},
			[]calendar.Pause{pause(t, "2026-03-05", "2026-03-08"), pause(t, "2026-03-07", "2026-03-09"), pause(t, "2026-03-06", "2026-03-06")},
			"2026-03-17",
		},
		"a rolled day inside a pause": {
			calendar.Period{From: on(t, "2026-08-03").Start(), Length: 60, Unit: calendar.CalendarDays, Roll: true},
			[]calendar.Pause{pause(t, "2026-10-05", "2026-10-17")},
			"2026-10-19",
		},
	} {
		c.period.Pauses = c.pauses
		require.Equal(t, c.want, due(t, calendar.Shipped(), c.period).Day.String(), name)
	}
}

func TestExtensionsMakeThePeriodLonger(t *testing.T) {
	t.Parallel()

	p := calendar.Period{From: on(t, "2026-08-03").Start(), Length: 60, Unit: calendar.CalendarDays, Roll: true}
	p.Extensions = []calendar.Extension{{Length: 30}}
	require.Equal(t, "2026-11-02", due(t, calendar.Shipped(), p).Day.String(), "90 days end on Sunday 1 November")

	p = calendar.Period{From: on(t, "2026-08-31").Start(), Length: 3, Unit: calendar.Months}
	p.Extensions = []calendar.Extension{{Length: 1}}
	require.Equal(t, "2026-12-31", due(t, calendar.Shipped(), p).Day.String(), "four months, not one after 30 November")

	p = calendar.Period{From: on(t, "2026-08-03").Start(), Length: 60, Unit: calendar.CalendarDays, Roll: true}
	p.Extensions = []calendar.Extension{{Length: 5, Unit: calendar.WorkingDays}}
	require.Equal(t, "2026-10-13", due(t, calendar.Shipped(), p).Day.String(), "counted on from 2 October, unrolled")
}

func TestAResultIsProvisionalWhereItNeedsAYearThatIsNotLoaded(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		from   string
		length int
		unit   calendar.Unit
		roll   bool
		want   bool
	}{
		{"2026-12-24", 5, calendar.WorkingDays, false, false}, // ends on 31 December
		{"2026-12-24", 6, calendar.WorkingDays, false, true},
		{"2026-12-24", 30, calendar.CalendarDays, false, false}, // no day off is asked about
		{"2026-12-24", 30, calendar.CalendarDays, true, true},
		{"2026-12-24", 5, calendar.CalendarDays, true, false},
		{"2026-12-24", 2, calendar.Months, false, false},
		{"2026-12-24", 2, calendar.Months, true, true},
		{"2026-12-24", 900, calendar.Hours, false, false},
		{"2023-12-25", 30, calendar.WorkingDays, false, true}, // begins before the first year
		{"2023-12-31", 30, calendar.WorkingDays, false, false},
	} {
		p := calendar.Period{From: on(t, c.from).Start(), Length: c.length, Unit: c.unit, Roll: c.roll}
		require.Equal(t, c.want, due(t, calendar.Shipped(), p).Provisional, "%+v", c)
	}
}

func TestAPeriodThatCannotBeCountedIsRefusedWithItsField(t *testing.T) {
	t.Parallel()

	good := calendar.Period{From: on(t, "2026-08-03").Start(), Length: 60, Unit: calendar.CalendarDays}
	for want, spoil := range map[string]func(p *calendar.Period){
		"from is missing: expected the instant of the act that the period is counted from": func(p *calendar.Period) { p.From = time.Time{} },
		"from is in 1066: expected 1949 to 2199":                                           func(p *calendar.Period) { p.From = time.Date(1066, 10, 14, 0, 0, 0, 0, calendar.Shanghai) },
		"length is 0: expected 1 to 36600 CALENDAR_DAYS":                                   func(p *calendar.Period) { p.Length = 0 },
		"length is -5: expected 1 to 36600 CALENDAR_DAYS":                                  func(p *calendar.Period) { p.Length = -5 },
		"length is 1201: expected 1 to 1200 MONTHS":                                        func(p *calendar.Period) { p.Length, p.Unit = 1201, calendar.Months },
		`unit is "WEEKS": expected CALENDAR_DAYS, WORKING_DAYS, MONTHS or HOURS`:           func(p *calendar.Period) { p.Unit = "WEEKS" },
		"roll is set for hours: expected it for days and months only":                      func(p *calendar.Period) { p.Unit, p.Roll = calendar.Hours, true },
		"pauses[0].from is missing":                                                        func(p *calendar.Period) { p.Pauses = []calendar.Pause{{}} },
		"pauses[1].to is before from": func(p *calendar.Period) {
			p.Pauses = []calendar.Pause{pause(t, "2026-08-05", "2026-08-05"), pause(t, "2026-08-05", "2026-08-04")}
		},
		"pauses[0].to is missing: a period that is still paused has no due day": func(p *calendar.Period) {
			p.Pauses = []calendar.Pause{{From: on(t, "2026-08-05").Start()}}
		},
		"pauses[0].to is more than 100 years after from": func(p *calendar.Period) {
			p.Pauses = []calendar.Pause{pause(t, "2026-08-05", "2150-08-05")}
		},
		"extensions[0].length is 0: expected 1 to 36600 CALENDAR_DAYS": func(p *calendar.Period) {
			p.Extensions = []calendar.Extension{{}}
		},
		"extensions[0].unit is HOURS on a period in CALENDAR_DAYS: hours go with hours only": func(p *calendar.Period) {
			p.Extensions = []calendar.Extension{{Length: 1, Unit: calendar.Hours}}
		},
	} {
		p := good
		spoil(&p)
		_, err := calendar.Shipped().Due(p)
		var fault *calendar.PeriodError
		require.ErrorAs(t, err, &fault, want)
		require.EqualError(t, err, want)
		_, _, err = calendar.Shipped().Explain(p)
		require.EqualError(t, err, want)
	}
}

// drawPeriod draws a period in days or months, with or without pauses and extensions.
func drawPeriod(t *rapid.T) calendar.Period {
	start := calendar.NewDate(2023, time.July, 1+rapid.IntRange(0, 2000).Draw(t, "start"))
	p := calendar.Period{
		From: start.Start(),
		Unit: rapid.SampledFrom([]calendar.Unit{calendar.CalendarDays, calendar.WorkingDays, calendar.Months}).Draw(t, "unit"),
		Roll: rapid.Bool().Draw(t, "roll"),
	}
	p.Length = rapid.IntRange(1, map[calendar.Unit]int{calendar.CalendarDays: 90, calendar.WorkingDays: 60, calendar.Months: 12}[p.Unit]).Draw(t, "length")
	for i := range rapid.IntRange(0, 3).Draw(t, "pauses") {
		from := start.AddDays(rapid.IntRange(-10, 120).Draw(t, fmt.Sprintf("pause %d", i)))
		to := from.AddDays(rapid.IntRange(0, 40).Draw(t, fmt.Sprintf("length of pause %d", i)))
		p.Pauses = append(p.Pauses, calendar.Pause{From: from.Start(), To: to.End()})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "extensions") {
		p.Extensions = append(p.Extensions, calendar.Extension{Length: rapid.IntRange(1, 30).Draw(t, fmt.Sprintf("extension %d", i))})
	}
	return p
}

func drawCalendar(t *rapid.T) calendar.Calendar {
	c, err := calendar.New(drawYears(t)...)
	require.NoError(t, err)
	return c
}

func paused(p calendar.Period, day calendar.Date) bool {
	for _, pause := range p.Pauses {
		if !day.Before(calendar.DateOf(pause.From)) && !day.After(calendar.DateOf(pause.To)) {
			return true
		}
	}
	return false
}

// byHand counts a period as a clerk with a wall calendar does: one day after the other.
func byHand(c calendar.Calendar, p calendar.Period) (unrolled, rolled calendar.Date) {
	start := calendar.DateOf(p.From)
	length := p.Length
	for _, extension := range p.Extensions {
		length += extension.Length
	}
	if p.Unit == calendar.Months {
		length = start.DaysUntil(start.AddMonths(length))
	}
	day := start
	for length > 0 {
		day = day.AddDays(1)
		if !paused(p, day) && (p.Unit != calendar.WorkingDays || c.IsWorkingDay(day)) {
			length--
		}
	}
	unrolled = day
	for p.Roll && (!c.IsWorkingDay(day) || paused(p, day)) {
		day = day.AddDays(1)
	}
	return unrolled, day
}

func TestEveryPeriodEndsWhereCountingDayByDayEnds(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		c, p := drawCalendar(t), drawPeriod(t)
		got := due(t, c, p)
		unrolled, rolled := byHand(c, p)
		require.Equal(t, unrolled.String(), got.Unrolled.String())
		require.Equal(t, rolled.String(), got.Day.String())
		require.Equal(t, rolled.End(), got.At)
		if p.Roll {
			require.True(t, c.IsWorkingDay(got.Day), "a rolled day is worked")
		}
	})
}

func TestTheWorkingDaysUpToTheDueDayAreTheLength(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		start := calendar.NewDate(2022, time.January, 1+rapid.IntRange(0, 4000).Draw(t, "start"))
		length := rapid.IntRange(1, 400).Draw(t, "length")
		end := c.AddWorkingDays(start, length)
		require.Equal(t, length, c.WorkingDays(start, end))
		require.True(t, c.IsWorkingDay(end))

		counted := 0
		for day := start.AddDays(1); !day.After(end); day = day.AddDays(1) {
			if c.IsWorkingDay(day) {
				counted++
			}
		}
		require.Equal(t, length, counted)
		require.Equal(t, start, c.AddWorkingDays(start, 0))
		require.Zero(t, c.WorkingDays(end, start))
	})
}

func TestAPauseOfSoManyDaysMovesTheDueDayByThem(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		c, p := drawCalendar(t), drawPeriod(t)
		p.Pauses, p.Roll = nil, false
		start, before := calendar.DateOf(p.From), due(t, c, p).Day
		from := start.AddDays(rapid.IntRange(1, start.DaysUntil(before)).Draw(t, "from"))
		to := from.AddDays(rapid.IntRange(0, 30).Draw(t, "days"))
		p.Pauses = []calendar.Pause{{From: from.Start(), To: to.Start()}}
		after := due(t, c, p).Day
		if p.Unit == calendar.WorkingDays {
			require.Equal(t, c.AddWorkingDays(before, c.WorkingDays(from.AddDays(-1), to)), after)
		} else {
			require.Equal(t, before.AddDays(from.DaysUntil(to)+1), after)
		}
	})
}

func TestMoreNeverEndsEarlier(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		c, p := drawCalendar(t), drawPeriod(t)
		before := due(t, c, p)

		longer := p
		longer.Length++
		require.False(t, due(t, c, longer).Day.Before(before.Day), "longer")
		require.True(t, due(t, c, longer).Unrolled.After(before.Unrolled), "longer, unrolled")
		if p.Unit != calendar.Months || len(p.Pauses) == 0 {
			// In months a later start can leave a pause behind and keep its corresponding day:
			// then it ends earlier, and rightly.
			later := p
			later.From = calendar.DateOf(p.From).AddDays(1).Start()
			require.False(t, due(t, c, later).Day.Before(before.Day), "a later start")
		}
		extended := p
		extended.Extensions = append(extended.Extensions[:len(p.Extensions):len(p.Extensions)], calendar.Extension{Length: 1})
		require.True(t, due(t, c, extended).Unrolled.After(before.Unrolled), "an extension")
		rolled := p
		rolled.Roll = true
		require.False(t, due(t, c, rolled).Day.Before(before.Unrolled), "rolled")
	})
}

func TestTheOrderOfPausesHasNoMeaning(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		c, p := drawCalendar(t), drawPeriod(t)
		other := p
		other.Pauses = rapid.Permutation(p.Pauses).Draw(t, "pauses")
		require.Equal(t, due(t, c, p), due(t, c, other))
	})
}

func BenchmarkDue(b *testing.B) {
	shipped := calendar.Shipped()
	p := calendar.Period{From: on(b, "2026-01-30").Start(), Length: 60, Unit: calendar.WorkingDays, Roll: true}
	for b.Loop() {
		if _, err := shipped.Due(p); err != nil {
			b.Fatal(err)
		}
	}
}
