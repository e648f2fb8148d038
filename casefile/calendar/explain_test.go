package calendar_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// lines are the steps as an operator reads them.
func lines(steps []calendar.Step, sentence func(calendar.Step) string) string {
	var out strings.Builder
	for _, step := range steps {
		out.WriteString(step.Date.String() + " " + sentence(step) + "\n")
	}
	return out.String()
}

func zh(s calendar.Step) string { return s.ZH }
func en(s calendar.Step) string { return s.EN }

func TestWorkingDaysAreExplainedToBeCheckedByHand(t *testing.T) {
	t.Parallel()

	_, steps, err := calendar.Shipped().Explain(calendar.Period{
		From: on(t, "2026-09-18").Start(), Act: calendar.Words{ZH: "受理", EN: "accepted"},
		Length: 30, Unit: calendar.WorkingDays,
	})
	require.NoError(t, err)
	require.Equal(t, `2026-09-18 受理之日，不计算在内
2026-09-19 9月19日至24日共6日，除周末1日，计5个工作日（第1日至第5日）
2026-09-20 9月20日（星期日）国庆节调休上班，计入
2026-09-25 9月25日至27日 中秋节放假，不计入
2026-09-28 9月28日至30日，计3个工作日（第6日至第8日）
2026-10-01 10月1日至7日 国庆节放假，不计入
2026-10-08 10月8日至11月5日共29日，除周末7日，计22个工作日（第9日至第30日）
2026-10-10 10月10日（星期六）国庆节调休上班，计入
2026-11-05 11月5日（星期四），满30个工作日；期间至当日24时届满
`, lines(steps, zh))
	require.Equal(t, `2026-09-18 accepted; the start day is not counted
2026-09-19 19 to 24 September: 6 days less 1 day of weekend, 5 working days (days 1 to 5)
2026-09-20 20 September, a Sunday, is worked instead (National Day), counted
2026-09-25 25 to 27 September: Mid-autumn Festival holiday, not counted
2026-09-28 28 to 30 September: 3 working days (days 6 to 8)
2026-10-01 1 to 7 October: National Day holiday, not counted
2026-10-08 8 October to 5 November: 29 days less 7 days of weekend, 22 working days (days 9 to 30)
2026-10-10 10 October, a Saturday, is worked instead (National Day), counted
2026-11-05 5 November, a Thursday: 30 working days; the period ends at midnight
`, lines(steps, en))
}

func TestHolidaysThatAdjoinAreOneStep(t *testing.T) {
	t.Parallel()

	_, steps, err := calendar.Shipped().Explain(calendar.Period{
		From: on(t, "2025-09-29").Start(), Length: 3, Unit: calendar.WorkingDays,
	})
	require.NoError(t, err)
	require.Equal(t, "2025-10-01 10月1日至8日 国庆节、中秋节放假，不计入\n", lines(steps[2:3], zh))
	require.Equal(t, "2025-10-01 1 to 8 October: National Day, Mid-autumn Festival holiday, not counted\n", lines(steps[2:3], en))
}

func TestPausesExtensionsAndRollingAreExplained(t *testing.T) {
	t.Parallel()

	got, steps, err := calendar.Shipped().Explain(calendar.Period{
		From: on(t, "2026-07-14").Start(), Act: calendar.Words{ZH: "收到", EN: "received"},
		Length: 30, Unit: calendar.CalendarDays, Roll: true,
		Pauses:     []calendar.Pause{pause(t, "2026-08-01", "2026-08-20")},
		Extensions: []calendar.Extension{{Length: 30, Reason: calendar.Words{ZH: "案情复杂", EN: "complex"}}},
	})
	require.NoError(t, err)
	require.Equal(t, "2026-10-08", got.Day.String())
	require.Equal(t, `2026-07-14 收到之日，不计算在内
2026-07-15 7月15日至31日共17日，按自然日连续计算（第1日至第17日）
2026-08-01 8月1日至20日 鉴定，暂停，其间20日不计入
2026-08-21 8月21日至10月2日共43日，按自然日连续计算（第18日至第60日）
2026-09-02 本应于9月2日届满；案情复杂，延长30日，共60日
2026-10-02 10月2日（星期五），满60日；最后一日系国庆节放假，顺延
2026-10-08 10月8日（星期四）为其后第一个工作日，期间至当日24时届满
`, lines(steps, zh))
	require.Equal(t, `2026-07-14 received; the start day is not counted
2026-07-15 15 to 31 July: 17 days, rest days counted (days 1 to 17)
2026-08-01 1 to 20 August: appraisal, paused, 20 days not counted
2026-08-21 21 August to 2 October: 43 days, rest days counted (days 18 to 60)
2026-09-02 would have ended on 2 September; complex, extended by 30 days, to 60 days in all
2026-10-02 2 October, a Friday: 60 days; the last day is in the National Day holiday, so it rolls forward
2026-10-08 8 October, a Thursday, is the first working day after it; the period ends at midnight
`, lines(steps, en))
}

func TestADayOffThatDoesNotRollIsSaidToEndThePeriod(t *testing.T) {
	t.Parallel()

	_, steps, err := calendar.Shipped().Explain(calendar.Period{
		From: on(t, "2026-08-03").Start(), Length: 60, Unit: calendar.CalendarDays,
	})
	require.NoError(t, err)
	require.Equal(t, "2026-10-02 10月2日（星期五），满60日；最后一日系国庆节放假，但本期间不顺延，至当日24时届满\n", lines(steps[2:], zh))
	require.Equal(t, "2026-10-02 2 October, a Friday: 60 days; the last day is in the National Day holiday, "+
		"but this period does not roll, and ends at midnight\n", lines(steps[2:], en))
}

func TestMonthsAreExplainedByTheCorrespondingDay(t *testing.T) {
	t.Parallel()

	_, steps, err := calendar.Shipped().Explain(calendar.Period{
		From: on(t, "2025-11-30").Start(), Length: 3, Unit: calendar.Months,
		Pauses: []calendar.Pause{pause(t, "2025-12-01", "2025-12-10")},
	})
	require.NoError(t, err)
	require.Equal(t, `2025-11-30 起算之日，不计算在内
2025-12-01 12月1日至10日 鉴定，暂停，其间10日不计入
2026-02-28 2月28日，满3个月；当月没有对应日，以月末日为准
2026-03-10 3月10日（星期二），满3个月并补回暂停的10日；期间至当日24时届满
`, lines(steps, zh))
	require.Equal(t, `2025-11-30 the start day is not counted
2025-12-01 1 to 10 December: appraisal, paused, 10 days not counted
2026-02-28 28 February: 3 months later; the month has no corresponding day, so its last one
2026-03-10 10 March, a Tuesday: 3 months and 10 days of pause added back; the period ends at midnight
`, lines(steps, en))
}

func TestAProvisionalDueDayIsExplained(t *testing.T) {
	t.Parallel()

	got, steps, err := calendar.Shipped().Explain(calendar.Period{
		From: on(t, "2026-12-25").Start(), Length: 10, Unit: calendar.WorkingDays,
	})
	require.NoError(t, err)
	require.True(t, got.Provisional)
	require.Equal(t, `2026-12-25 起算之日，不计算在内
2026-12-26 12月26日至2027年1月8日共14日，除周末4日，计10个工作日（第1日至第10日）
2027-01-01 2027年的放假安排尚未载入，暂按周末休息推算，届满日为暂定
2027-01-08 1月8日（星期五），满10个工作日；期间至当日24时届满
`, lines(steps, zh))
}

func TestHoursAreExplainedByTheClock(t *testing.T) {
	t.Parallel()

	from := time.Date(2026, 9, 18, 10, 30, 0, 0, calendar.Shanghai)
	_, steps, err := calendar.Shipped().Explain(calendar.Period{
		From: from, Act: calendar.Words{ZH: "受理", EN: "accepted"}, Length: 72, Unit: calendar.Hours,
		Pauses:     []calendar.Pause{{From: from.Add(24 * time.Hour), To: from.Add(30 * time.Hour)}},
		Extensions: []calendar.Extension{{Length: 24}},
	})
	require.NoError(t, err)
	require.Equal(t, `2026-09-18 10:30受理，自此刻起按小时计算
2026-09-19 暂停，自9月19日10:30至9月19日16:30，不计入
2026-09-21 本应于9月21日16:30届满；延长24小时，共96小时
2026-09-22 9月22日16:30，满96小时届满
`, lines(steps, zh))
	require.Equal(t, `2026-09-18 accepted, 10:30; the hours run from here
2026-09-19 paused from 19 September, 10:30 to 19 September, 16:30, not counted
2026-09-21 would have ended on 21 September, 16:30; extended by 24 hours, to 96 hours in all
2026-09-22 22 September, 16:30: 96 hours are over
`, lines(steps, en))
}

var (
	numbers = regexp.MustCompile(`(?:day|days) (\d+)(?: to (\d+))?\)?$`)
	chinese = regexp.MustCompile(`\p{Han}`)
)

func TestExplainingGivesTheSameDayWithNoNumberLeftOut(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		c, p := drawCalendar(t), drawPeriod(t)
		want := due(t, c, p)
		got, steps, err := c.Explain(p)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, calendar.DateOf(p.From), steps[0].Date)
		require.Equal(t, want.Day, steps[len(steps)-1].Date)

		counted, provisional, makeUps := 0, false, 0
		for i, step := range steps {
			require.NotEmpty(t, step.EN)
			require.NotRegexp(t, chinese, strings.NewReplacer("节", "").Replace(step.EN))
			require.Regexp(t, chinese, step.ZH)
			if i > 0 {
				require.False(t, step.Date.Before(steps[i-1].Date), "steps are in order")
			}
			if strings.Contains(step.EN, "provisional") {
				provisional = true
				require.False(t, c.Known(step.Date), "the first day that is not known")
			}
			if strings.Contains(step.EN, "is worked instead") {
				makeUps++
			}
			if match := numbers.FindStringSubmatch(step.EN); match != nil {
				first, err := strconv.Atoi(match[1])
				require.NoError(t, err)
				require.Equal(t, counted+1, first, "%s follows", step.EN)
				counted = first
				if match[2] != "" {
					counted, err = strconv.Atoi(match[2])
					require.NoError(t, err)
				}
			}
		}
		require.Equal(t, want.Provisional, provisional)
		if p.Unit != calendar.Months {
			length := p.Length
			for _, extension := range p.Extensions {
				length += extension.Length
			}
			require.Equal(t, length, counted, "every unit is numbered")
		}
		if p.Unit == calendar.WorkingDays {
			for day := calendar.DateOf(p.From).AddDays(1); !day.After(want.Day); day = day.AddDays(1) {
				if c.Day(day).Kind == calendar.MakeUp && !paused(p, day) {
					makeUps--
				}
			}
			require.Zero(t, makeUps, "every make-up day that counts is told")
		}
	})
}

func BenchmarkExplain(b *testing.B) {
	shipped := calendar.Shipped()
	p := calendar.Period{From: on(b, "2026-01-30").Start(), Length: 60, Unit: calendar.WorkingDays, Roll: true}
	for b.Loop() {
		if _, _, err := shipped.Explain(p); err != nil {
			b.Fatal(err)
		}
	}
}
