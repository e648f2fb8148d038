package casefile

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func shanghai(value string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", value, Shanghai)
	if err != nil {
		panic(err)
	}
	return at
}

// calendarDays is a step of so many days from an instant on.
func calendarDays(days int) clockRule {
	return clockRule{step: procedure.Step{
		Code: "step", Length: days, Unit: procedure.CalendarDays, CountedFrom: procedure.EventReceived,
		Citation: procedure.Citation{DesignChoice: true},
	}}
}

func TestADeadlineEndsWithItsLastDayInShanghai(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from      string
		days      int
		due, warn string
	}{
		{"2026-03-03 09:30:00", 15, "2026-03-18 23:59:59", "2026-03-15 00:00:00"},
		{"2026-03-03 00:00:00", 15, "2026-03-18 23:59:59", "2026-03-15 00:00:00"},
		{"2026-03-03 23:59:59", 15, "2026-03-18 23:59:59", "2026-03-15 00:00:00"},
		{"2026-03-03 09:30:00", 5, "2026-03-08 23:59:59", "2026-03-07 00:00:00"},
		{"2026-08-03 12:00:00", 60, "2026-10-02 23:59:59", "2026-09-25 00:00:00"}, // not rolled over the holiday
		{"2024-01-31 12:00:00", 30, "2024-03-01 23:59:59", "2024-02-23 00:00:00"}, // a leap year
	} {
		d := &deciding{state: State{ID: "case-1"}, rules: Rules{Now: start, Directory: city}, now: start}
		d.startClock(calendarDays(c.days), shanghai(c.from))
		clock := d.state.Deadlines[0]
		require.Equal(t, Instant(shanghai(c.due)), clock.DueAt)
		require.Equal(t, Instant(shanghai(c.warn)), clock.WarnAt)
		require.True(t, clock.OnTime(shanghai(c.due)))
		require.True(t, clock.OnTime(shanghai(c.due).Add(time.Second-1)))
		require.False(t, clock.OnTime(shanghai(c.due).Add(time.Second)))
		require.Equal(t, c.from[:10], clock.Explanation[0].Date)
		require.Equal(t, c.due[:10], clock.Explanation[len(clock.Explanation)-1].Date)
		for _, step := range clock.Explanation {
			require.NotEmpty(t, step.ZH)
			require.NotEmpty(t, step.EN)
		}
	}
	hours := Deadline{Unit: Hours, DueAt: start}
	require.False(t, hours.OnTime(start))
}

func TestTheLawsClocksAreToldFromTheChosenOnes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		act                  RegisterCase
		acceptance, handling bool
		days                 int
	}{
		"a dispute":    {aDispute(), false, false, 1},
		"an appeal":    {aPetition(Appeal), true, true, 60},
		"a suggestion": {aPetition(Suggestion), true, false, 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := registered(t, "center-clerk1", c.act)
			l.later(48 * time.Hour)
			l.does("center-clerk1", AcceptCase{}, effective(l.now.Add(-24*time.Hour)))
			acceptance, handling := l.state.Deadlines[0], l.state.Deadlines[1]
			require.Equal(t, c.acceptance, acceptance.Statutory)
			require.Equal(t, c.acceptance, acceptance.Citation.Verified)
			require.Equal(t, 15, acceptance.Length)
			require.Equal(t, l.state.ReceivedAt, acceptance.StartedAt)
			require.Equal(t, ClockMet, acceptance.Status)
			require.Equal(t, "CaseAccepted", acceptance.MetBy)
			require.Equal(t, l.state.AcceptedAt, acceptance.MetAt)
			require.Equal(t, c.handling, handling.Statutory)
			require.Equal(t, c.handling, handling.Citation.Verified)
			require.Equal(t, c.days, handling.Length)
			require.Equal(t, l.state.AcceptedAt, handling.StartedAt, "handling counts from the legal date of acceptance")
		})
	}
}

func TestAClockWarnsAndIsMissedOnceWithOneOrder(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	clock := l.state.Deadlines[0]
	wait := spread("case-1", CalendarDays)

	wake, ok := NextWake(l.state)
	require.True(t, ok)
	require.Equal(t, clock.WarnAt.Add(wait), wake)
	l.now = wake.Add(-time.Second)
	require.Empty(t, l.does("", PassTime{}))
	l.now = wake
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineWarned"}, l.types(events))
	require.Equal(t, System, events[0].Actor)
	require.Empty(t, l.does("", PassTime{}))

	wake, _ = NextWake(l.state)
	require.Equal(t, clock.End().Add(wait), wake)
	l.now = wake.Add(-time.Second)
	require.Empty(t, l.does("", PassTime{}))
	l.now = wake
	events = l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.types(events))
	require.Equal(t, clock.DueAt, events[0].EffectiveAt, "dated when it was due")
	require.Equal(t, SupervisionOrder{
		ID: "U1", DeadlineID: "D1", Level: LevelCity, Status: SupervisionOpen, IssuedByUnitID: "city-center",
		AddresseeUnitID: "center", OpenedAt: Instant(wake),
	}, l.state.Orders[0])
	require.Empty(t, l.does("", PassTime{}))
	wake, ok = NextWake(l.state)
	require.True(t, ok)
	require.Equal(t, l.state.owedClockOf("U1").WarnAt.Add(wait), wake, "the order has a clock of its own")

	l.does("center-clerk1", AcceptCase{}) // late, and still met
	require.Equal(t, ClockMissed, l.state.Deadlines[0].Status)
	require.Equal(t, "CaseAccepted", l.state.Deadlines[0].MetBy)
	require.False(t, l.state.Deadlines[0].Unmet())
	require.Len(t, l.state.Orders, 1)
}

func TestACaseTakenDownLateIsMissedWithoutAWarning(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.does("petition-clerk1", changed(aPetition(Appeal), func(r *RegisterCase) { r.ReceivedAt = shanghai("2019-07-19 18:19:54") }), because("import"))
	wake, ok := NextWake(l.state)
	require.True(t, ok)
	require.True(t, wake.Before(l.now))
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.types(events))
	require.Equal(t, Instant(shanghai("2019-08-03 23:59:59")), l.state.Deadlines[0].MissedAt)
	require.Equal(t, "city-petition", l.state.Orders[0].IssuedByUnitID)
}

func TestALateActMissesItsClockBeforeItMeetsIt(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.now = l.state.Deadlines[0].End() // due, and not yet decided: within the spread
	events := l.does("center-clerk1", AcceptCase{})
	require.Equal(t, []string{"CaseAccepted", "DeadlineMissed", "SupervisionOrdered", "DeadlineStarted", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	require.Equal(t, RoleSystem, events[1].Actor.Role)
	require.Equal(t, "center-clerk1", events[4].Actor.PersonID)
}

func TestAnActWithItsLegalDateInTimeMeetsAClockThatHasRunOut(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.now = l.state.Deadlines[0].End().Add(time.Hour)
	events := l.does("center-clerk1", AcceptCase{}, effective(l.now.Add(-2*time.Hour)))
	require.Equal(t, []string{"CaseAccepted", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	require.Equal(t, ClockMet, l.state.Deadlines[0].Status)
}

func TestALateConclusionIsLate(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-clerk2")
	l.does("center-clerk2", ConcludeInvestigation{Facts: "f", Path: PathClose})
	l.later(40 * 24 * time.Hour)
	l.does("", PassTime{})
	require.Equal(t, ClockMissed, l.state.clock(StepHandling).Status)
	l.does("center-clerk2", RequestClosure{Outcome: OutcomeUnfounded, Summary: "s"})
	require.False(t, *l.state.ConcludedOnTime)
	require.Equal(t, SupervisionOpen, l.state.Orders[0].Status)
	l.does("center-leader1", VerifyClosure{})
	l.does("center-clerk1", satisfied("P1"))
	l.does("center-clerk1", satisfied("P2"))
	require.Equal(t, SupervisionSatisfied, l.state.Orders[0].Status)
}

func TestAClockThatRanOutBeforeTheEndIsMissedAndNotCancelled(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpLetter, Request: "r", Reason: "r"})
	l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.later(30 * 24 * time.Hour)
	events := l.does("center-manager1", VerifyClosure{})
	require.Equal(t, []string{"EndVerified", "DeadlineMissed", "SupervisionOrdered", "DeadlineStarted", "SupervisionClosed", "DeadlineCancelled", "CaseEnded", "DeadlineStarted"}, l.types(events))
	require.Equal(t, SupervisionSatisfied, l.state.Orders[0].Status)
}

func TestALateDeclineThatIsRejectedStaysMissed(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.later(30 * 24 * time.Hour)
	l.does("", PassTime{})
	l.does("center-clerk1", DeclineCase{Reason: DeclineOther, Explanation: "e", GoTo: "g"})
	l.does("center-manager1", RejectClosure{Reason: "r"})
	require.Equal(t, ClockMissed, l.state.Deadlines[0].Status)
	require.True(t, l.state.Deadlines[0].Unmet())
	l.does("", PassTime{})
	require.Equal(t, 1, missesOf(l, "D1"), "nothing is missed twice")
}

func TestAClockResumedAfterItsDueDayIsMissedAtOnce(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", DeclineCase{Reason: DeclineOther, Explanation: "e", GoTo: "g"})
	l.later(30 * 24 * time.Hour)
	require.Empty(t, l.does("", PassTime{}))
	l.does("center-manager1", RejectClosure{Reason: "r"})
	wake, ok := NextWake(l.state)
	require.True(t, ok)
	require.True(t, wake.Before(l.now))
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted"}, l.types(l.does("", PassTime{})))
}

func TestTheOldestDeadlineIsDecidedFirst(t *testing.T) {
	t.Parallel()
	late, early := Deadline{ID: "D1", DueAt: start.AddDate(0, 0, 2), Status: ClockRunning, Warned: true}, Deadline{ID: "D2", DueAt: start, Status: ClockRunning, Warned: true}
	s := State{ID: "case-1", Version: 1, Stage: StageInvestigation, ResponsibleUnitID: "center", Division: "530402", Round: 1, Deadlines: []Deadline{late, early}}
	events, err := Decide(s, Command{CaseID: "case-1", Actor: System, Act: PassTime{}}, Rules{Now: start.AddDate(0, 1, 0), Directory: city})
	require.NoError(t, err)
	require.Equal(t, DeadlineMissed{DeadlineID: "D2"}, events[0].Body)
	require.Equal(t, DeadlineMissed{DeadlineID: "D1"}, events[3].Body)
}

func TestTheSpreadIsSteadyAndAtMostTenMinutes(t *testing.T) {
	t.Parallel()
	seen := map[time.Duration]bool{}
	for i := range 5000 {
		id := fmt.Sprintf("case-%d", i)
		wait := spread(id, CalendarDays)
		require.Equal(t, wait, spread(id, CalendarDays))
		require.GreaterOrEqual(t, wait, time.Duration(0))
		require.LessOrEqual(t, wait, 10*time.Minute)
		require.Zero(t, spread(id, Hours))
		seen[wait] = true
	}
	require.Greater(t, len(seen), 500)
}

func TestTheSupervisorIsTheNextFreeUnitUpward(t *testing.T) {
	t.Parallel()
	supervisor := func(unit string, exclusions ...Exclusion) string {
		d := &deciding{state: State{ResponsibleUnitID: unit, Division: "530402", Exclusions: exclusions}, rules: Rules{Directory: city}}
		above, _ := d.supervisorOf(unit, anyUnit)
		return above.ID
	}
	require.Equal(t, "center", supervisor("bureau"))
	require.Equal(t, "city-center", supervisor("center"))
	require.Equal(t, "city-leading", supervisor("city-center"))
	require.Equal(t, "city-center", supervisor("city-leading"), "the top is chased by its own division's centre")
	require.Equal(t, "city-center", supervisor("bureau", Exclusion{MembersOf: "center"}), "the accused unit is told nothing")
	require.Equal(t, "center", supervisor("gone"), "a unit that is no more is chased in its division")
}

func missesOf(l *life, deadlineID string) int {
	misses := 0
	for _, event := range l.events {
		if missed, ok := event.Body.(DeadlineMissed); ok && missed.DeadlineID == deadlineID {
			misses++
		}
	}
	return misses
}
