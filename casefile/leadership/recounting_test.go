package leadership

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// localPlan is a city's own rule: a plan within ten working days.
const localPlan = `{
  "code": "leadership-package", "extends": true, "effectiveFrom": "2026-01-01",
  "steps": [{
    "code": "plan", "name": {"zh": "制定化解方案", "en": "plan"}, "length": 10, "unit": "WORKING_DAYS",
    "countedFrom": "PACKAGE_OPENED", "metBy": "PACKAGE_PLANNED", "owner": "OFFICE", "onExpiry": {"effect": "ESCALATE"},
    "citation": {"law": "本市领导包案办法", "article": "5", "verified": true}
  }]
}`

// locally is the law with the city's own rule, and with further days of March 2026 off.
func locally(t testing.TB, version int64, off ...int) *casefile.Law {
	t.Helper()
	layer, err := procedure.Load(map[string][]byte{"package.json": []byte(localPlan)})
	require.NoError(t, err)
	catalogue, err := procedure.Default().With(layer)
	require.NoError(t, err)
	years := calendar.Shipped().Years()
	for i := range years {
		for _, n := range off {
			if day := calendar.NewDate(2026, time.March, n); years[i].Number == 2026 {
				years[i].Rest = append(years[i].Rest, calendar.RestDays{From: day, To: day, Name: calendar.Words{ZH: "临时假", EN: "extra day off"}})
			}
		}
	}
	law, err := casefile.NewLaw(version, catalogue, years)
	require.NoError(t, err)
	return law
}

func TestACalendarMovesTheClocksOfAPackageThatItCounts(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.law = locally(t, 1)
	terms := mandate()
	terms.DueBy = "2026-04-30"
	l.does("center-manager", OpenPackage{Mandate: terms, CaseIDs: []string{"open"}})
	require.Equal(t, "2026-03-16", day(l.state.clock(StepPlan).DueAt), "ten working days after 2 March")
	review, duty := *l.state.clock(StepReview), *l.state.clock(StepDuty)

	l.law = locally(t, 2, 10)
	require.Equal(t, []string{"DeadlineRecounted"}, l.does("", PassTime{}))
	moved := l.events[len(l.events)-1]
	require.Equal(t, "2026-03-17", day(l.state.clock(StepPlan).DueAt))
	require.Equal(t, int64(2), moved.Body.(DeadlineRecounted).LawVersion)
	require.Contains(t, Sentence(moved, l.dir, casefile.Chinese), "按现行日历，制定化解方案时限由2026-03-16调整为2026-03-17")
	require.Equal(t, []casefile.Deadline{review, duty}, []casefile.Deadline{*l.state.clock(StepReview), *l.state.clock(StepDuty)},
		"a month is a month, and a day that somebody set stays")
	require.Empty(t, l.does("", PassTime{}), "counted once")
}

func TestAClockOfAPackageThatWasMissedByTheOldCalendarRunsAgain(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.law = locally(t, 1)
	l.does("center-manager", OpenPackage{Mandate: mandate(), CaseIDs: []string{"open"}})
	l.passes(time.Date(2026, time.March, 17, 9, 0, 0, 0, casefile.Shanghai))
	require.Equal(t, casefile.ClockMissed, l.state.clock(StepPlan).Status)
	require.Equal(t, casefile.SupervisionOpen, l.state.Orders[0].Status)

	l.law = locally(t, 2, 10, 11)
	require.Equal(t, []string{"DeadlineRecounted", "SupervisionEnded", "DeadlineMet", "DeadlineWarned"}, l.does("", PassTime{}))
	plan := l.state.clock(StepPlan)
	require.Equal(t, []any{"2026-03-18", casefile.ClockRunning}, []any{day(plan.DueAt), plan.Status})
	require.Equal(t, casefile.SupervisionSatisfied, l.state.Orders[0].Status)

	l.law = locally(t, 3)
	l.now = time.Date(2026, time.March, 20, 9, 0, 0, 0, casefile.Shanghai)
	l.does("", PassTime{})
	require.Equal(t, casefile.ClockMissed, l.state.clock(StepPlan).Status, "and is missed again when it has run out")
	require.Len(t, l.state.Orders, 2)
	due := l.state.clock(StepPlan).DueAt
	l.law = locally(t, 4, 10)
	l.does("", PassTime{})
	require.Equal(t, due, l.state.clock(StepPlan).DueAt, "missed by either calendar")
}
