package store

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/directory"
)

// zoneOf is the development zone with other member townships, for a record with the first ones.
func zoneOf(t testing.TB, members ...casefile.Division) directory.Entries {
	t.Helper()
	i := slices.IndexFunc(directory.DevelopmentEntries().Local, func(d casefile.DivisionInfo) bool { return d.Code == directory.DevelopmentZone })
	zone := directory.DevelopmentEntries().Local[i]
	require.Equal(t, []casefile.Division{"530402006", "530402009"}, zone.Members)
	left := directory.Entries{}
	for _, member := range zone.Members {
		if slices.Contains(members, member) {
			continue
		}
		// Its centre is chased by the county's again.
		centre, ok := directory.Development().Unit("u-" + string(member) + "-center")
		require.True(t, ok)
		centre.SupervisingUnitID = "u-530402-center"
		left.Units = append(left.Units, centre)
	}
	zone.Members = members
	left.Local = []casefile.DivisionInfo{zone}
	return left
}

func TestATownshipThatJoinsOrLeavesAZoneHasItsClocksCountedByTheDaysThatHoldThere(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	now := time.Date(2026, time.October, 8, 9, 0, 0, 0, casefile.Shanghai)
	_, err := s.LoadCalendar(t.Context(), readYear(t, zoneFestival), "tester")
	require.NoError(t, err)
	stays, leaves, joins := summaryAt(t, s, "530402006", now), summaryAt(t, s, "530402009", now), summaryAt(t, s, "530402001", now)
	outside := summaryAt(t, s, "530402002", now)
	within, without := handlingClock(t, s, stays).DueAt, handlingClock(t, s, outside).DueAt
	require.Equal(t, []time.Time{within, without}, []time.Time{handlingClock(t, s, leaves).DueAt, handlingClock(t, s, joins).DueAt})
	require.Equal(t, 2, calendar.DateOf(without).DaysUntil(calendar.DateOf(within)), "the zone has two days off more")

	changed := zoneOf(t, "530402001", "530402006")
	expected := Seeded{Rows: 2, Queued: Queued{Cases: 2, Deadlines: 2}}
	foretold, err := s.SeedDirectory(t.Context(), changed, true)
	require.NoError(t, err)
	require.Equal(t, expected, foretold)
	require.Zero(t, count(t, s, "recounts"), "a dry run changes nothing")

	done, err := s.SeedDirectory(t.Context(), changed, false)
	require.NoError(t, err)
	require.Equal(t, expected, done)
	queued, err := s.QueuedCases(t.Context())
	require.NoError(t, err)
	require.ElementsMatch(t, []string{leaves, joins}, queued)
	waiting, err := s.Recomputing(t.Context(), []string{leaves, joins, stays})
	require.NoError(t, err)
	require.Len(t, waiting, 2)

	again, err := s.SeedDirectory(t.Context(), changed, false)
	require.NoError(t, err)
	require.Zero(t, again, "the same members move nothing")
	for _, id := range []string{stays, leaves, joins, outside} {
		passTime(t, s, id, now)
	}
	require.Equal(t, []time.Time{within, without, within, without}, []time.Time{
		handlingClock(t, s, stays).DueAt, handlingClock(t, s, leaves).DueAt, handlingClock(t, s, joins).DueAt, handlingClock(t, s, outside).DueAt,
	})
	require.Contains(t, stepsOf(handlingClock(t, s, joins)), "Zone Day")
	require.NotContains(t, stepsOf(handlingClock(t, s, leaves)), "Zone Day")
	require.Zero(t, count(t, s, "recounts"))
	sound(t, s)
}

func TestMembersOfAZoneWithoutDaysOfItsOwnMoveNoClock(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	now := time.Date(2026, time.October, 8, 9, 0, 0, 0, casefile.Shanghai)
	summaryAt(t, s, "530402009", now)
	done, err := s.SeedDirectory(t.Context(), zoneOf(t, "530402006"), false)
	require.NoError(t, err)
	require.Equal(t, Seeded{Rows: 2}, done)
	require.Zero(t, count(t, s, "recounts"))
}

func TestAPackageOfTheZoneItselfKeepsItsDaysWhenATownshipLeaves(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	opened := time.Date(2026, time.October, 8, 9, 0, 0, 0, casefile.Shanghai)
	_, err := s.LoadProcedures(t.Context(), map[string][]byte{"package.json": []byte(localPlan)}, "tester", opened)
	require.NoError(t, err)
	_, err = s.LoadCalendar(t.Context(), readYear(t, zoneFestival), "tester")
	require.NoError(t, err)
	command := opening(t, s, summaryAt(t, s, "530402006", opened))
	act := command.Act.(leadership.OpenPackage)
	act.LeaderID, act.ResponsibleUnitID, act.TeamIDs = "p-530490-leading-leader-1", "u-530490-center", nil
	command.Act, command.Actor = act, personAs(t, "p-530490-leading-leader-1")
	require.Equal(t, Added, appendPackage(t, s, command, opened).Status)

	done, err := s.SeedDirectory(t.Context(), zoneOf(t, "530402009"), false)
	require.NoError(t, err)
	require.Equal(t, Queued{Cases: 1, Deadlines: 1}, done.Queued, "a package of the zone itself keeps its days, a case of the township doesn't")
}

// A command decided while the members change is counted by the old ones or the new, and is found
// by whoever looks for what they move.
func TestNoClockFallsBetweenTwoMembershipsOfAZone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	now := time.Date(2026, time.October, 8, 9, 0, 0, 0, casefile.Shanghai)
	_, err := s.LoadCalendar(t.Context(), readYear(t, zoneFestival), "tester")
	require.NoError(t, err)
	within := handlingClock(t, s, summaryAt(t, s, "530402006", now)).DueAt
	wider, seeded := zoneOf(t, "530402001", "530402006", "530402009"), make(chan error, 1)
	go func() {
		_, err := s.SeedDirectory(t.Context(), wider, false)
		seeded <- err
	}()
	var ids []string
	for range 8 {
		ids = append(ids, summaryAt(t, s, "530402001", now))
	}
	require.NoError(t, <-seeded)
	queued, err := s.QueuedCases(t.Context())
	require.NoError(t, err)
	for _, id := range ids {
		if slices.Contains(queued, id) {
			passTime(t, s, id, now)
		}
		require.True(t, within.Equal(handlingClock(t, s, id).DueAt))
	}
}
