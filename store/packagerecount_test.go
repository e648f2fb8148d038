package store

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
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

func planClock(t testing.TB, s *Store, packageID string) casefile.Deadline {
	t.Helper()
	state, err := s.PackageState(t.Context(), packageID)
	require.NoError(t, err)
	for _, d := range state.Deadlines {
		if d.Step == leadership.StepPlan {
			return d
		}
	}
	require.FailNow(t, "no plan is owed")
	return casefile.Deadline{}
}

func TestTheClocksOfAPackageThatAYearMovesAreQueuedAndCountedOnce(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	opened := time.Date(2026, time.September, 28, 9, 0, 0, 0, casefile.Shanghai)
	_, err := s.LoadProcedures(t.Context(), map[string][]byte{"package.json": []byte(localPlan)}, "tester", opened)
	require.NoError(t, err)
	command := opening(t, s, register(t, s).CaseID)
	require.Equal(t, Added, appendPackage(t, s, command, opened).Status)
	joined(t, s, command.PackageID, opened)
	before := planClock(t, s, command.PackageID)

	plan, err := s.PlanCalendar(t.Context(), correction(t))
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{plan.Packages, plan.PackageDeadlines})
	var moves []ClockMove
	require.NoError(t, s.Moves(t.Context(), plan, opened, func(move ClockMove) { moves = append(moves, move) }))
	require.Len(t, moves, 1)
	require.Equal(t, "530402-L-2026-000001", moves[0].Number)
	_, err = s.LoadCalendar(t.Context(), correction(t), "tester")
	require.NoError(t, err)
	queued, err := s.QueuedPackages(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{command.PackageID}, queued)
	cases, err := s.QueuedCases(t.Context())
	require.NoError(t, err)
	require.Empty(t, cases)
	recomputing, err := s.Recomputing(t.Context(), queued)
	require.NoError(t, err)
	require.Equal(t, map[string][]string{command.PackageID: {before.ID}}, recomputing)

	// Another act leaves it in the queue: only passing time counts.
	packageDoes(t, s, command.PackageID, "p-530402-leading-leader-1", leadership.AddPackageCase{CaseID: register(t, s).CaseID}, opened)
	queued, err = s.QueuedPackages(t.Context())
	require.NoError(t, err)
	require.Len(t, queued, 1)
	joined(t, s, command.PackageID, opened)
	packageDoes(t, s, command.PackageID, "", leadership.PassTime{}, opened.Add(time.Hour))
	after := planClock(t, s, command.PackageID)
	require.True(t, after.DueAt.Equal(moves[0].Event.Counted.DueAt))
	require.True(t, after.DueAt.After(before.DueAt))
	queued, err = s.QueuedPackages(t.Context())
	require.NoError(t, err)
	require.Empty(t, queued)
	sound(t, s)
}

func TestNoClockOfAPackageIsCountedWhileTheLawChanges(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := opening(t, s, register(t, s).CaseID)
	tx, err := s.pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), ownLaw, lawLock)
	require.NoError(t, err)
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = s.AppendPackage(short, 0, command, noon)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NoError(t, tx.Rollback(t.Context()))
	require.Equal(t, Added, appendPackage(t, s, command, noon).Status)
}
