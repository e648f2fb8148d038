package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// concluded is a closed petition of a division.
func concluded(seed uint64, division casefile.Division, at time.Time, onTime bool, grade casefile.Confidentiality) casefile.State {
	s := synthetic(seeded(seed), int(seed))
	amount, headcount := int64(1000), 3
	s.Kind, s.Division, s.Confidentiality, s.Exclusions, s.Deadlines = casefile.Petition, division, grade, nil, nil
	s.Stage, s.RegisteredAt, s.ReceivedAt = casefile.StageClosed, at.AddDate(0, 0, -20), at.AddDate(0, 0, -20)
	s.ConcludedAt, s.ClosedAt, s.ConcludedOnTime, s.Headcount = at, at, &onTime, &headcount
	s.Mediations = []casefile.Mediation{{ID: "M1", AgreedAmount: &amount}}
	s.ResponsibleUnitID = "u-" + string(division) + "-center"
	return s
}

func statistics(t testing.TB, s *Store, viewer Viewer, query StatisticsQuery) map[string]Counts {
	t.Helper()
	result, err := s.Statistics(t.Context(), viewer, query)
	require.NoError(t, err)
	require.False(t, result.AsOf.IsZero())
	require.True(t, slices.IsSortedFunc(result.Rows, func(a, b StatisticsRow) int { return slices.Compare(a.Key, b.Key) }))
	cells := map[string]Counts{}
	for _, row := range result.Rows {
		cells[fmt.Sprint(row.Key)] = row.Counts
	}
	return cells
}

func TestStatisticsCountByDayInShanghaiAndByGroup(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	lastOfMarch := time.Date(2026, 3, 31, 23, 59, 59, 0, casefile.Shanghai)
	var states []casefile.State
	for i, c := range []struct {
		division casefile.Division
		at       time.Time
		onTime   bool
	}{
		{"530402001", lastOfMarch, true},
		{"530402001001", lastOfMarch, false},
		{"530402", lastOfMarch.Add(time.Second), true}, // the first of April
		{"530403", lastOfMarch, true},
		{"530103", lastOfMarch, true}, // another city
	} {
		states = append(states, concluded(uint64(i+1), c.division, c.at, c.onTime, casefile.ConfidentialityNormal))
	}
	fill(t, s, states)
	city := viewerOf(t, casefile.RoleManager, "u-5304-center")

	march := StatisticsQuery{Division: "5304", From: "2026-03-01", To: "2026-03-31"}
	require.Equal(t, map[string]Counts{"[]": {
		Registered: 3, Concluded: 3, Closed: 3, People: 9, AgreedAmount: 3000,
	}}, statistics(t, s, city, march))
	table, err := s.Statistics(t.Context(), city, march)
	require.NoError(t, err)
	require.Equal(t, casefile.Share{Numerator: 2, Denominator: 3}, table.Rows[0].Shares["CONCLUDED_ON_TIME"])

	march.To, march.GroupBy = "2026-04-01", []StatisticsGroup{ByDivision, ByMonth}
	cells := statistics(t, s, city, march)
	require.Len(t, cells, 4)
	require.EqualValues(t, 2, cells["[530402 2026-03]"].Registered)
	require.EqualValues(t, 1, cells["[530402 2026-04]"].Registered)
	require.EqualValues(t, 1, cells["[530403 2026-03]"].Registered)
	require.Zero(t, cells["[530403 2026-04]"], "a month without a case has a row too")

	march.Division, march.GroupBy = county, []StatisticsGroup{ByDivision}
	cells = statistics(t, s, city, march)
	require.EqualValues(t, 2, cells["[530402001]"].Registered)
	require.EqualValues(t, 1, cells["[530402]"].Registered, "a case of the county itself stays there")

	march.Basis, march.From, march.To, march.GroupBy = RegisteredIn, "2026-03-11", "2026-03-11", []StatisticsGroup{ByKind, ByUnit}
	cells = statistics(t, s, city, march)
	require.EqualValues(t, 1, cells["[PETITION u-530402001-center]"].Registered)
	require.Len(t, cells, 2)
}

func TestStatisticsAreThoseOfTheViewersScope(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states := syntheticStates(9, 600)
	for i := range states {
		if states[i].Confidentiality == casefile.ConfidentialitySealed {
			states[i].Confidentiality = casefile.ConfidentialityRestricted
		}
	}
	fill(t, s, states)
	dir := directory.Development()
	query := StatisticsQuery{Division: "5304", From: "2026-01-01", To: "2026-12-31", Basis: RegisteredIn}
	for _, who := range []struct {
		role casefile.Role
		unit string
	}{
		{casefile.RoleManager, "u-5304-center"},
		{casefile.RoleAnalyst, "u-5304-center"},
		{casefile.RoleAnalyst, "u-530402-center"},
		{casefile.RoleAuditor, "u-5304-center"},
		{casefile.RoleManager, "u-530402-center"},
		{casefile.RoleGridWorker, "u-530402001001-grid"},
	} {
		people := dir.Holders(who.role, who.unit)
		if len(people) == 0 {
			continue
		}
		want := Counts{}
		for _, state := range states {
			unit, _ := dir.Unit(who.unit)
			counts := who.role == casefile.RoleManager || who.role == casefile.RoleAnalyst
			if counts && dir.Divisions().Covers(unit.Division, state.Division) && dir.Divisions().Covers("5304", state.Division) &&
				!casefile.ExcludesPerson(state.Exclusions, people[0].ID, people[0].Roles, dir) {
				want.Registered++
				if state.Stage.Open() {
					want.Open++
				}
			}
		}
		got := statistics(t, s, NewViewer(dir, people[0]), query)["[]"]
		require.Equal(t, want.Registered, got.Registered, "%v", who)
		require.Equal(t, want.Open, got.Open, "%v", who)
	}
}

func TestFewSealedCasesNeverShowNotEvenAsADifference(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	march := time.Date(2026, 3, 15, 12, 0, 0, 0, casefile.Shanghai)
	var states []casefile.State
	add := func(n int, division casefile.Division, at time.Time, grade casefile.Confidentiality) {
		for range n {
			states = append(states, concluded(uint64(len(states)+1), division, at, true, grade))
		}
	}
	add(10, "530402001", march, casefile.ConfidentialityNormal)
	add(6, "530402001", march, casefile.ConfidentialitySealed) // enough
	add(4, "530403", march, casefile.ConfidentialitySealed)    // too few
	add(4, "530402", march.AddDate(0, 1, 0), casefile.ConfidentialitySealed)
	fill(t, s, states)
	city := viewerOf(t, casefile.RoleManager, "u-5304-center")
	for name, c := range map[string]struct {
		query StatisticsQuery
		want  int64
	}{
		"city, the month":           {StatisticsQuery{Division: "5304", From: "2026-03-01", To: "2026-03-31"}, 16},
		"county, the month":         {StatisticsQuery{Division: "530402", From: "2026-03-01", To: "2026-03-31"}, 16},
		"the other county":          {StatisticsQuery{Division: "530403", From: "2026-03-01", To: "2026-03-31"}, 0},
		"township, the month":       {StatisticsQuery{Division: "530402001", From: "2026-03-01", To: "2026-03-31"}, 10},
		"both months":               {StatisticsQuery{Division: "5304", From: "2026-03-01", To: "2026-04-30"}, 16},
		"a part of the month":       {StatisticsQuery{Division: "5304", From: "2026-03-01", To: "2026-03-30"}, 10},
		"by township":               {StatisticsQuery{Division: "530402", From: "2026-03-01", To: "2026-03-31", GroupBy: []StatisticsGroup{ByDivision}}, 10},
		"by category":               {StatisticsQuery{Division: "5304", From: "2026-03-01", To: "2026-03-31", GroupBy: []StatisticsGroup{ByCategory}}, 10},
		"by county, kind and month": {StatisticsQuery{Division: "5304", From: "2026-03-01", To: "2026-04-30", GroupBy: []StatisticsGroup{ByDivision, ByKind, ByMonth}}, 16},
	} {
		var sum int64
		for _, counts := range statistics(t, s, city, c.query) {
			sum += counts.Registered
		}
		require.Equal(t, c.want, sum, name)
	}
}
