// Package recounts tests what happens to running cases when a calendar is loaded, on the real
// Temporal and Postgres.
package recounts

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/bench"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

func TestMain(m *testing.M) { stacktest.Main(m) }

// quick is a rate that keeps no test waiting.
const quick = 500

func plant(t *testing.T, o *office.Office, division casefile.Division, cases int) []string {
	t.Helper()
	ids, err := bench.Plant(t.Context(), o.Store, division, cases)
	require.NoError(t, err)
	return ids
}

func recount(ctx context.Context, o *office.Office, counted func(int)) error {
	return command.Recount(ctx, command.RecountOptions{
		Queue: o.Store, Temporal: o.Temporal, TaskQueue: o.Place.TaskQueue, PerSecond: quick, Counted: counted, Logger: hclog.NewNullLogger(),
	})
}

// handling is the clock of a planted case.
func handling(t *testing.T, state casefile.State) casefile.Deadline {
	t.Helper()
	for _, d := range state.Deadlines {
		if d.Step == casefile.StepHandling {
			return d
		}
	}
	require.FailNow(t, "the case has no handling clock")
	return casefile.Deadline{}
}

func moves(o *office.Office, caseID string) []casefile.DeadlineRecounted {
	var found []casefile.DeadlineRecounted
	for _, event := range o.Events(caseID) {
		if moved, ok := event.Body.(casefile.DeadlineRecounted); ok {
			found = append(found, moved)
		}
	}
	return found
}

func TestALoadMovesEachClockOnceSaysWhyAndArmsItAnew(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	days, err := bench.NewMovingDay(t.Context(), o.Store)
	require.NoError(t, err)
	ids := plant(t, o, "530402001", 12)
	ordinary := office.NewCaseID()
	o.Do(ordinary, office.Clerk, o.Dispute(ordinary)) // 15 calendar days, which no calendar moves
	before := map[string]casefile.Deadline{}
	for _, id := range ids {
		before[id] = handling(t, o.State(id))
	}

	plan, err := o.Store.LoadCalendar(t.Context(), days.Next(), "tester")
	require.NoError(t, err)
	require.Equal(t, 12, plan.Cases)
	require.Equal(t, 12, plan.Deadlines)
	queued, err := o.Store.Recomputing(t.Context(), append([]string{ordinary}, ids...))
	require.NoError(t, err)
	require.Len(t, queued, 12)
	require.NotContains(t, queued, ordinary)
	counted := 0
	require.NoError(t, recount(t.Context(), o, func(n int) { counted += n }))
	require.Equal(t, 12, counted)
	left, err := o.Store.QueuedCases(t.Context())
	require.NoError(t, err)
	require.Empty(t, left)

	for _, id := range ids {
		was, is := before[id], handling(t, o.State(id))
		due := calendar.DateOf(was.DueAt)
		require.Equal(t, plan.After.AddWorkingDays(calendar.DateOf(was.StartedAt), 10), calendar.DateOf(is.DueAt))
		require.True(t, calendar.DateOf(is.DueAt).After(due))
		moved := moves(o, id)
		require.Len(t, moved, 1)
		require.True(t, moved[0].Before.Equal(was.DueAt))
		require.True(t, moved[0].Counted.DueAt.Equal(is.DueAt))
		require.Equal(t, plan.Law.Version(), moved[0].LawVersion)
		require.Contains(t, explained(is), "临时假放假，不计入")
		require.NotContains(t, explained(was), "临时假")
		requireArmed(t, o, id)
	}
	require.Empty(t, moves(o, ordinary))

	// The day is worked after all: every clock goes back, to an earlier instant than the timer's.
	_, err = o.Store.LoadCalendar(t.Context(), days.Next(), "tester")
	require.NoError(t, err)
	require.NoError(t, recount(t.Context(), o, nil))
	for _, id := range ids {
		require.True(t, handling(t, o.State(id)).DueAt.Equal(before[id].DueAt))
		require.Len(t, moves(o, id), 2)
		requireArmed(t, o, id)
	}
}

func explained(d casefile.Deadline) string {
	text := ""
	for _, step := range d.Explanation {
		text += step.ZH + "\n"
	}
	return text
}

// requireArmed wants the shell to know what the record does, and its last timer to ring when
// the next clock does.
func requireArmed(t *testing.T, o *office.Office, caseID string) {
	t.Helper()
	state := o.State(caseID)
	wake, waits := casefile.NextWake(state)
	require.True(t, waits)
	require.Eventually(t, func() bool {
		return o.Shell(caseID).Version == state.Version && wake.Sub(lastTimer(t, o, caseID)).Abs() < 2*time.Second
	}, 20*time.Second, 50*time.Millisecond, "the case waits for %s, its timer rings at %s", wake, lastTimer(t, o, caseID))
}

func lastTimer(t *testing.T, o *office.Office, caseID string) time.Time {
	t.Helper()
	var rings time.Time
	history := o.Temporal.GetWorkflowHistory(t.Context(), workflows.CaseWorkflowID(caseID), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for history.HasNext() {
		event, err := history.Next()
		require.NoError(t, err)
		if started := event.GetTimerStartedEventAttributes(); started != nil {
			rings = event.GetEventTime().AsTime().Add(started.GetStartToFireTimeout().AsDuration())
		}
	}
	return rings
}

func TestADivisionsOwnDaysMoveItsCasesAlone(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	days, err := bench.NewMovingDay(t.Context(), o.Store)
	require.NoError(t, err)
	here, elsewhere := plant(t, o, "530402001", 4), plant(t, o, "530403", 4)
	plan, err := o.Store.LoadCalendar(t.Context(), calendar.Year{
		Number: days.Day.Year(), Division: "530402", Source: "区政府通知", Rest: []calendar.RestDays{days.DayOff()},
	}, "tester")
	require.NoError(t, err)
	require.Equal(t, 4, plan.Cases)
	require.NoError(t, recount(t.Context(), o, nil))
	for _, id := range here {
		require.Len(t, moves(o, id), 1)
	}
	// It was a mistake: a year without days takes them back.
	plan, err = o.Store.LoadCalendar(t.Context(), calendar.Year{Number: days.Day.Year(), Division: "530402", Source: "区政府撤销通知"}, "tester")
	require.NoError(t, err)
	require.Equal(t, 4, plan.Cases)
	require.NoError(t, recount(t.Context(), o, nil))
	for _, id := range here {
		moved := moves(o, id)
		require.Len(t, moved, 2)
		require.True(t, moved[1].Counted.DueAt.Equal(moved[0].Before))
	}
	// Whoever is nudged for another reason counts too, and finds nothing.
	_, err = command.NudgeAll(t.Context(), o.Temporal, o.Place.TaskQueue, elsewhere, hclog.NewNullLogger())
	require.NoError(t, err)
	for _, id := range elsewhere {
		requireArmed(t, o, id)
		require.Empty(t, moves(o, id))
	}
}

func TestWhatWasCutOffIsCountedByWhoeverGoesOn(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	days, err := bench.NewMovingDay(t.Context(), o.Store)
	require.NoError(t, err)
	ids := plant(t, o, "530402001", 40)
	_, err = o.Store.LoadCalendar(t.Context(), days.Next(), "tester")
	require.NoError(t, err)

	// A rate at which a portion is only a part of the cases.
	cutOff, cut := context.WithCancel(t.Context())
	defer cut()
	err = command.Recount(cutOff, command.RecountOptions{
		Queue: o.Store, Temporal: o.Temporal, TaskQueue: o.Place.TaskQueue, PerSecond: 10,
		Counted: func(n int) {
			if n > 0 {
				cut()
			}
		}, Logger: hclog.NewNullLogger(),
	})
	require.ErrorIs(t, err, context.Canceled)
	left, err := o.Store.QueuedCases(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, left)
	require.Less(t, len(left), len(ids))

	require.NoError(t, recount(t.Context(), o, nil))
	for _, id := range ids {
		require.Len(t, moves(o, id), 1, "told once or twice, moved once")
	}
}

func TestWithoutAWorkerTheCasesWaitInTheQueue(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{NoWorker: true})
	days, err := bench.NewMovingDay(t.Context(), o.Store)
	require.NoError(t, err)
	ids := plant(t, o, "530402001", 3)
	_, err = o.Store.LoadCalendar(t.Context(), days.Next(), "tester")
	require.NoError(t, err)
	var silent *command.SilentError
	require.ErrorAs(t, command.Recount(t.Context(), command.RecountOptions{
		Queue: o.Store, Temporal: o.Temporal, TaskQueue: o.Place.TaskQueue, Patience: 300 * time.Millisecond, Logger: hclog.NewNullLogger(),
	}), &silent)
	require.ElementsMatch(t, ids, silent.CaseIDs)

	o.StartWorker()
	t.Cleanup(o.StopWorker)
	require.NoError(t, recount(t.Context(), o, nil))
	for _, id := range ids {
		require.Len(t, moves(o, id), 1)
	}
}
