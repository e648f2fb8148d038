package simulate

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func small(cases int) Profile {
	p := DefaultProfile()
	p.Cases, p.Staff.CasesPerCounty = cases, 1500
	return p
}

// lived runs a year and writes its result down.
func lived(t *testing.T, p Profile, seed uint64) (*Result, string) {
	t.Helper()
	result, err := Year(p, rand.New(rand.NewPCG(seed, 0)))
	require.NoError(t, err)
	raw, err := json.Marshal(result)
	require.NoError(t, err)
	return result, string(raw)
}

func TestTheSameSeedGivesTheSameYearByteForByte(t *testing.T) {
	t.Parallel()
	_, one := lived(t, small(1600), 7)
	_, again := lived(t, small(1600), 7)
	_, other := lived(t, small(1600), 8)
	require.Equal(t, one, again)
	require.NotEqual(t, one, other)
}

func TestAYearAddsUp(t *testing.T) {
	t.Parallel()
	r, _ := lived(t, small(1600), 1)
	require.Equal(t, 1600, r.Registered)
	require.Equal(t, 2, r.Counties)
	require.Equal(t, r.Registered, r.Ended+r.Open)
	ends := 0
	for _, end := range r.Ends {
		ends += end.Count
	}
	require.Equal(t, r.Ended, ends)
	require.Positive(t, r.Ended)
	require.GreaterOrEqual(t, r.Timed, r.OnTime)
	require.GreaterOrEqual(t, r.Concluded, r.Timed)
	missed, first := 0, 0
	for _, step := range r.Steps {
		require.LessOrEqual(t, step.Missed, step.Started, step.Step)
		// A petition office forwards in the time in which others accept.
		if step.Step == casefile.StepAcceptance || step.Step == "registration" {
			first += step.Started
		}
		missed += step.Missed
	}
	require.Equal(t, r.Registered, first)
	require.Positive(t, missed)
	for _, load := range r.Load {
		require.LessOrEqual(t, load.Mean, load.Max)
		require.LessOrEqual(t, load.Max, 1.0, "nobody works more than their days have: %v", load)
	}
}

func TestOrdersAreAnsweredAndNoTaskIsDoneWithoutAnAct(t *testing.T) {
	t.Parallel()
	r, _ := lived(t, small(1600), 1)
	for _, step := range r.Steps {
		if step.Step == casefile.StepSupervisionAcknowledgement || step.Step == casefile.StepSupervisionReply {
			require.Positive(t, step.Started)
			require.Less(t, step.Missed, step.Started/2, "with the default staff most are answered in time: %v", step)
		}
	}
	idle := small(1600)
	idle.Staff.Work = append(idle.Staff.Work, Work{Task: casefile.TaskWatchClock, Minutes: 5})
	_, err := Year(idle, rand.New(rand.NewPCG(1, 0)))
	require.ErrorContains(t, err, "nothing is done in this year about a task of the kind WATCH_CLOCK")
}

func TestFewerPeopleAreBusierAndLater(t *testing.T) {
	t.Parallel()
	plenty, few := small(1500), small(1500)
	few.Staff.Posts = append([]Post(nil), few.Staff.Posts...)
	for i, post := range few.Staff.Posts {
		if post.Role == casefile.RoleMediator || post.Role == casefile.RoleInvestigator {
			few.Staff.Posts[i].People = 2
		}
	}
	well, _ := lived(t, plenty, 3)
	badly, _ := lived(t, few, 3)
	onTime := func(r *Result) float64 { return float64(r.OnTime) / float64(r.Timed) }
	require.Greater(t, onTime(well), onTime(badly))
	require.Greater(t, badly.Open, well.Open)
	busy := func(r *Result) float64 {
		sum := 0.0
		for _, load := range r.Load {
			if load.Role == casefile.RoleMediator || load.Role == casefile.RoleInvestigator {
				sum += load.Mean
			}
		}
		return sum
	}
	require.Greater(t, busy(badly), busy(well))
	orders := func(r *Result) int {
		sum := 0
		for _, level := range r.Escalations {
			sum += level.Count
		}
		return sum
	}
	require.Greater(t, orders(badly), orders(well))
}

func TestCasesComeAsTheArrivalsSay(t *testing.T) {
	t.Parallel()
	p := small(1000)
	p.Arrivals.Months = [12]float64{2: 1} // March alone
	p.Arrivals.Kinds = []KindShare{{casefile.Dispute, "", 1}}
	y := &year{
		profile: p, random: rand.New(rand.NewPCG(1, 0)), offices: newOffices(p), time: newWorktime(p, casefile.ShippedLaw()),
	}
	y.plan()
	require.Len(t, y.arrivals, 1000)
	for _, at := range y.arrivals {
		require.Equal(t, time.March, time.Unix(at, 0).In(casefile.Shanghai).Month())
	}
	require.Equal(t, casefile.Dispute, y.registration(y.offices.counties[0]).Kind)
}

func TestAPersonWorksOneTaskAfterTheOtherOnTheirWorkingDays(t *testing.T) {
	t.Parallel()
	p := DefaultProfile()
	p.Staff.Absence = 0
	clock := newWorktime(p, casefile.ShippedLaw())
	at := func(text string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", text, casefile.Shanghai)
		require.NoError(t, err)
		return when
	}
	w := &worker{}
	// Friday 26 September 2025 at three: an hour is left, and Sunday the 28th is worked.
	require.Equal(t, at("2025-09-28 10:00"), clock.do(w, at("2025-09-26 15:00"), 120))
	require.Equal(t, at("2025-09-28 10:30"), clock.do(w, at("2025-09-26 09:00"), 30), "behind what was taken on before")
	// From the evening of the 30th, eight days off.
	require.Equal(t, at("2025-10-09 09:10"), clock.do(w, at("2025-09-30 18:00"), 10))
	require.InDelta(t, 160, w.worked, 0.1)
}

func TestAProfileThatMakesNoYearIsRefused(t *testing.T) {
	t.Parallel()
	for fault, spoil := range map[string]func(*Profile){
		"casesPerCounty": func(p *Profile) { p.Staff.CasesPerCounty = 0 },
		"no day":         func(p *Profile) { p.Arrivals.Weekdays = [7]float64{} },
		"kinds":          func(p *Profile) { p.Arrivals.Kinds = nil },
		"minutesADay":    func(p *Profile) { p.Staff.MinutesADay = 0 },
		"absence":        func(p *Profile) { p.Staff.Absence = 1 },
		"cases is -1":    func(p *Profile) { p.Cases = -1 },
		"CLERK":          func(p *Profile) { p.Staff.Posts = nil },
	} {
		p := small(10)
		spoil(&p)
		_, err := Year(p, rand.New(rand.NewPCG(1, 0)))
		require.ErrorContains(t, err, fault)
	}
}

func TestAQueueGivesTheNextEventFirst(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 0))
	var q queue
	for serial := range 1000 {
		q.push(event{at: int64(random.IntN(50)), serial: serial})
	}
	last := q.pop()
	for len(q) > 0 {
		next := q.pop()
		require.True(t, last.before(next))
		last = next
	}
}
