package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/directory"
)

// read reads a year file, as an operator would write it.
func readYear(t testing.TB, file string) calendar.Year {
	t.Helper()
	year, err := calendar.ReadYear("year.json", []byte(file))
	require.NoError(t, err)
	return year
}

// correction is the shipped 2026 with one more day off, Friday 9 October, and Saturday 17
// October worked instead.
func correction(t testing.TB) calendar.Year {
	t.Helper()
	for _, year := range calendar.Shipped().Years() {
		if year.Number == 2026 {
			year.Source = "更正通知"
			name := calendar.Words{ZH: "国庆节", EN: "National Day"}
			day := calendar.NewDate(2026, time.October, 9)
			year.Rest = append(year.Rest, calendar.RestDays{From: day, To: day, Name: name})
			year.Work = append(year.Work, calendar.WorkDay{Date: calendar.NewDate(2026, time.October, 17), For: name})
			return year
		}
	}
	require.Fail(t, "2026 is not shipped")
	return calendar.Year{}
}

const year2027 = `{"year": 2027, "source": "国办发明电〔2026〕9号",
	"rest": [{"from": "2027-01-01", "to": "2027-01-03", "zh": "元旦", "en": "New Year's Day"},
		{"from": "2027-05-01", "to": "2027-05-05", "zh": "劳动节", "en": "Labour Day"},
		{"from": "2027-10-01", "to": "2027-10-07", "zh": "国庆节", "en": "National Day"}],
	"work": [{"date": "2027-10-09", "zh": "国庆节", "en": "National Day"}]}`

// torchFestival is a holiday of one prefecture.
const torchFestival = `{"year": 2026, "division": "5304", "source": "州政府通知",
	"rest": [{"from": "2026-10-12", "to": "2026-10-13", "zh": "火把节", "en": "Torch Festival"}], "work": []}`

// zoneFestival are days off of the development zone, whose townships lie in a county by code.
const zoneFestival = `{"year": 2026, "division": "530490", "source": "管委会通知",
	"rest": [{"from": "2026-10-12", "to": "2026-10-13", "zh": "开发区节", "en": "Zone Day"}], "work": []}`

// clocked makes states whose clocks are counted as the shipped calendar says.
func clocked(t testing.TB, seed uint64, n int) []casefile.State {
	t.Helper()
	r := seeded(seed)
	states := make([]casefile.State, n)
	for i := range states {
		states[i] = synthetic(r, i+1)
		states[i].Deadlines = nil
		for d := range r.IntN(3) {
			states[i].Deadlines = append(states[i].Deadlines, clock(t, r, fmt.Sprintf("D%d", d+1)))
		}
	}
	return states
}

var (
	someUnits    = []casefile.DayUnit{casefile.WorkingDays, casefile.WorkingDays, casefile.CalendarDays, casefile.Months, casefile.Hours}
	someStatuses = []casefile.DeadlineStatus{
		casefile.ClockRunning, casefile.ClockRunning, casefile.ClockPaused, casefile.ClockMissed, casefile.ClockMet, casefile.ClockCancelled,
	}
)

func clock(t testing.TB, r *rand.Rand, id string) casefile.Deadline {
	t.Helper()
	d := casefile.Deadline{
		ID: id, Step: "handling", Unit: someUnits[r.IntN(len(someUnits))], Length: 1 + r.IntN(40),
		StartedAt: time.Date(2026, time.August, 1+r.IntN(150), r.IntN(24), 30, 0, 0, casefile.Shanghai).UTC(),
		Status:    someStatuses[r.IntN(len(someStatuses))],
	}
	if d.Unit == casefile.Months {
		d.Length = 1 + r.IntN(3)
	}
	d.Roll = d.Unit != casefile.Hours && r.IntN(3) == 0
	due, err := calendar.Shipped().Due(periodOf(d))
	require.NoError(t, err)
	d.DueAt, d.Provisional = due.At, due.Provisional
	if d.Status == casefile.ClockMissed && r.IntN(2) == 0 {
		d.MetAt = d.DueAt.Add(time.Hour)
	}
	return d
}

func periodOf(d casefile.Deadline) calendar.Period {
	return calendar.Period{From: d.StartedAt, Length: d.Length, Unit: calendar.Unit(d.Unit), Roll: d.Roll}
}

func TestEveryOpenClockThatAYearMovesIsQueuedAndNoneThatItCannotTouch(t *testing.T) {
	t.Parallel()
	for name, year := range map[string]calendar.Year{
		"a published correction": correction(t), "a new year": readYear(t, year2027), "a prefecture's own days": readYear(t, torchFestival),
		"a development zone's own days": readYear(t, zoneFestival),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			states := clocked(t, 7, 600)
			fill(t, s, states)
			plan, err := s.PlanCalendar(t.Context(), year)
			require.NoError(t, err)
			require.Zero(t, count(t, s, "recounts"), "a plan changes nothing")
			require.Zero(t, count(t, s, "calendar_years"))

			loaded, err := s.LoadCalendar(t.Context(), year, "tester")
			require.NoError(t, err)
			require.Equal(t, []any{plan.Cases, plan.Deadlines, plan.Changes}, []any{loaded.Cases, loaded.Deadlines, loaded.Changes})
			ids := make([]string, len(states))
			for i, state := range states {
				ids[i] = state.ID
			}
			queued, err := s.Recomputing(t.Context(), ids)
			require.NoError(t, err)
			require.Len(t, queued, plan.Cases)

			moved, deadlines := 0, 0
			for _, state := range states {
				for _, d := range state.Deadlines {
					inQueue := contains(queued[state.ID], d.ID)
					if inQueue {
						deadlines++
					}
					open := d.Unmet()
					here := casefile.Division(year.Division) == "" || directory.Development().Divisions().Covers(casefile.Division(year.Division), state.Division)
					due, err := plan.After.Due(periodOf(d))
					require.NoError(t, err)
					moves := !due.At.Equal(d.DueAt) || due.Provisional != d.Provisional
					switch {
					case !open || !here || d.Unit != casefile.WorkingDays && !d.Roll:
						require.False(t, inQueue, "%+v", d)
					case moves:
						moved++
						require.True(t, inQueue, "%+v", d)
					case inQueue:
						require.True(t, meets(d, plan.Changes), "%+v", d)
					}
				}
			}
			require.Positive(t, moved)
			require.Equal(t, plan.Deadlines, deadlines)
		})
	}
}

// meets reports whether a clock spans a changed day; one that rolls also looks back over the
// days off before its last day.
func meets(d casefile.Deadline, changes []calendar.Change) bool {
	start, due := calendar.DateOf(d.StartedAt), calendar.DateOf(d.DueAt)
	for _, change := range changes {
		if !change.From.After(due) && change.To.After(start) {
			return true
		}
	}
	return false
}

func contains(list []string, one string) bool {
	for _, s := range list {
		if s == one {
			return true
		}
	}
	return false
}

func TestTheLawInForceIsReadOnceAndAnewWhenAYearIsLoaded(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	shipped, err := s.Law(t.Context())
	require.NoError(t, err)
	require.Zero(t, shipped.Version())
	again, err := s.Law(t.Context())
	require.NoError(t, err)
	require.Same(t, shipped, again)

	friday := calendar.NewDate(2026, time.October, 9)
	require.True(t, shipped.CalendarFor("530402", directory.Development()).IsWorkingDay(friday))
	plan, err := s.LoadCalendar(t.Context(), correction(t), "tester")
	require.NoError(t, err)
	require.EqualValues(t, 1, plan.Law.Version())
	require.NotNil(t, plan.Replaced, "the shipped year")
	corrected, err := s.Law(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 1, corrected.Version())
	require.False(t, corrected.CalendarFor("530402", directory.Development()).IsWorkingDay(friday))
	require.True(t, shipped.CalendarFor("530402", directory.Development()).IsWorkingDay(friday), "the old law stays what it was")

	// An append sees it too, without being told.
	s.law.snapshot.Store(shipped)
	register(t, s)
	require.EqualValues(t, 1, s.law.snapshot.Load().Version())

	same, err := s.LoadCalendar(t.Context(), correction(t), "tester")
	require.NoError(t, err)
	require.True(t, same.Empty())
	require.Equal(t, 1, count(t, s, "calendar_years"), "a year that is in force is not loaded again")

	listed, err := s.LoadedCalendars(t.Context())
	require.NoError(t, err)
	require.Len(t, listed, 1)
	require.Equal(t, "tester", listed[0].LoadedBy)
	require.Equal(t, string(correction(t).File()), string(listed[0].Year.File()))
}

func TestADivisionsYearHoldsThereAlone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	_, err := s.LoadCalendar(t.Context(), readYear(t, torchFestival), "tester")
	require.NoError(t, err)
	law, err := s.Law(t.Context())
	require.NoError(t, err)
	monday := calendar.NewDate(2026, time.October, 12)
	require.False(t, law.CalendarFor("530402001", directory.Development()).IsWorkingDay(monday))
	require.True(t, law.CalendarFor("530103", directory.Development()).IsWorkingDay(monday))
}

func TestYearsThatCannotBeInForceAreRefusedWhole(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	gap := readYear(t, year2027)
	gap.Number = 2029
	for i := range gap.Rest {
		gap.Rest[i].From, gap.Rest[i].To = inYear(gap.Rest[i].From, 2029), inYear(gap.Rest[i].To, 2029)
	}
	gap.Work = nil
	var missing *calendar.MissingYearError
	_, err := s.LoadCalendar(t.Context(), gap, "tester")
	require.ErrorAs(t, err, &missing)
	require.Equal(t, 2027, missing.Year)
	require.ErrorContains(t, err, "year 2028 is missing", "every fault is named")

	local := readYear(t, torchFestival)
	local.Division = "99"
	var unknown *UnknownDivisionError
	_, err = s.PlanCalendar(t.Context(), local)
	require.ErrorAs(t, err, &unknown)
	require.Zero(t, count(t, s, "calendar_years"))
	law, err := s.Law(t.Context())
	require.NoError(t, err)
	require.Zero(t, law.Version())
}

func inYear(d calendar.Date, year int) calendar.Date {
	_, month, day := d.Civil()
	return calendar.NewDate(year, month, day)
}

func TestOneProcessAtATimeTellsTheCases(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	release, alone, err := s.TellAlone(t.Context())
	require.NoError(t, err)
	require.True(t, alone)
	_, second, err := s.TellAlone(t.Context())
	require.NoError(t, err)
	require.False(t, second)
	release()
	again, alone, err := s.TellAlone(t.Context())
	require.NoError(t, err)
	require.True(t, alone)
	again()
}
