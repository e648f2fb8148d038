package store

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// eventfulCases are n eventful cases, numbered from one.
func eventfulCases(r *rand.Rand, n int) []counted {
	cases := make([]counted, n)
	for i := range cases {
		cases[i] = eventful(r, i+1)
	}
	return cases
}

// eventful makes a case with something of everything that figures count, over some months.
func eventful(r *rand.Rand, n int) counted {
	c := counted{state: synthetic(r, n)}
	s := &c.state
	chance := func(percent int) bool { return r.IntN(100) < percent }
	s.RegisteredAt = time.Date(2025, 11, 1, r.IntN(24), 0, 0, 0, casefile.Shanghai).AddDate(0, 0, r.IntN(150))
	s.ReceivedAt = s.RegisteredAt
	s.Category = []string{"D-NEIGHBOUR", "D-FAMILY", "P-LAND"}[r.IntN(3)]
	s.ConcludedAt, s.ClosedAt, s.ConcludedOnTime, s.Deadlines = time.Time{}, time.Time{}, nil, nil
	if chance(80) {
		s.AcceptedAt = s.RegisteredAt
	}
	s.Deadlines = append(s.Deadlines, casefile.Deadline{
		ID: "D1", Step: "acceptance", Round: 1,
		Status: []casefile.DeadlineStatus{casefile.ClockRunning, casefile.ClockMissed, casefile.ClockMet}[r.IntN(3)],
	})
	handling := casefile.Deadline{ID: "D2", Step: "handling", Round: 1, Status: casefile.ClockRunning, DueAt: noon}
	if chance(30) {
		approved := chance(50)
		handling.Extensions = []casefile.ClockExtension{{Approved: &approved}}
	}
	if chance(40) {
		handling.Status, handling.MissedAt = casefile.ClockMissed, noon
		s.Orders = []casefile.SupervisionOrder{{ID: "U1", DeadlineID: "D2", Status: casefile.SupervisionOpen}}
	}
	if !s.Stage.Open() {
		s.ClosedAt = s.RegisteredAt.AddDate(0, 0, r.IntN(60))
		s.Stage = []casefile.Stage{casefile.StageClosed, casefile.StageClosed, casefile.StageNotAccepted, casefile.StageWithdrawn}[r.IntN(4)]
	}
	if s.Stage == casefile.StageClosed || s.Stage.Open() && chance(30) {
		s.ConcludedAt, handling.MetAt = s.RegisteredAt.AddDate(0, 0, r.IntN(50)), noon
		s.Outcome = []casefile.Outcome{"AGREEMENT_WRITTEN", "AGREEMENT_ORAL", "MEDIATION_FAILED", "SETTLED_BY_PARTIES", "UNFOUNDED"}[r.IntN(5)]
		if chance(80) {
			onTime := chance(70)
			s.ConcludedOnTime = &onTime
		}
	}
	if chance(80) {
		s.Deadlines = append(s.Deadlines, handling)
	}
	if chance(30) {
		headcount := 1 + r.IntN(20)
		s.Headcount = &headcount
	}
	if chance(10) {
		s.Deferral = &casefile.Deferral{ApprovedBy: []string{"", "p-x"}[r.IntN(2)]}
	}
	if chance(50) {
		amount := int64(r.IntN(1e6))
		m := casefile.Mediation{ID: "M1", Outcome: []casefile.MediationOutcome{"AGREEMENT_WRITTEN", "AGREEMENT_ORAL", "FAILED", "WITHDRAWN", ""}[r.IntN(5)], AgreedAmount: &amount}
		if chance(20) {
			m.ReplacedBy = "M2"
		}
		if chance(50) {
			m.Confirmation = &casefile.Confirmation{ID: "J1", RuledAt: noon, Result: []casefile.ConfirmationResult{"CONFIRMED", "REJECTED"}[r.IntN(2)]}
		}
		if chance(60) {
			m.Performance = []casefile.PerformanceDue{{ID: "Y1", DueOn: "2026-03-01"}}
			status := casefile.ClockRunning
			switch r.IntN(3) {
			case 0:
				m.Performed, status = []casefile.PerformanceMade{{PerformanceID: "Y1", At: noon, Complete: true}}, casefile.ClockMet
			case 1:
				status = casefile.ClockMissed
			}
			s.Deadlines = append(s.Deadlines, casefile.Deadline{ID: "D3", Step: "performance", Of: "Y1", Owner: "CITIZEN", Status: status, Round: 1})
		}
		s.Mediations = append(s.Mediations, m)
	}
	for i := range r.IntN(3) {
		f := casefile.FollowUp{ID: fmt.Sprintf("F%d", i+1), Round: 1}
		f.PartyID, f.Result = fmt.Sprintf("P%d", 1+r.IntN(2)), casefile.FollowUpUnreachable
		if chance(80) {
			score := 1 + r.IntN(5)
			f.Result, f.Satisfaction = casefile.FollowUpAnswered, &score
		}
		s.FollowUps = append(s.FollowUps, f)
	}
	for i := range r.IntN(3) {
		x := casefile.Dispatch{ID: fmt.Sprintf("X%d", i+1), ReplyBy: "2026-03-10", Status: casefile.DispatchSent}
		switch r.IntN(3) {
		case 0:
			x.Status, x.RepliedAt = casefile.DispatchAnswered, noon.AddDate(0, 0, r.IntN(5)-2)
		case 1:
			x.Status = casefile.DispatchOverdue
		}
		s.Dispatches = append(s.Dispatches, x)
	}
	if chance(20) {
		s.Links = []casefile.Link{{ID: "L1", Kind: casefile.LinkRepeat, Inverse: chance(50)}}
	}
	if chance(10) {
		c.course.Reworks = 1
	}
	for _, stage := range casefile.OpenStages {
		if chance(40) {
			if c.course.Days == nil {
				c.course.Days = map[casefile.Stage]int{}
			}
			c.course.Days[stage] = r.IntN(30)
		}
	}
	return c
}

// write puts cases into the tables that statistics read, as appends do.
func write(t testing.TB, s *Store, cases []counted) {
	t.Helper()
	for part := range slices.Chunk(cases, 500) {
		batch := &pgx.Batch{}
		w := writing{batch: batch}
		var rows []caseRow
		var exclusions, statistics child
		for _, c := range part {
			rows = append(rows, foldCase(c.state, "", 1))
			exclusions.add(c.state.ID, nil, foldExclusions(c.state), true)
			statistics.add(c.state.ID, nil, foldStatistics(c.state, c.course), true)
		}
		w.rows(upsertCases, rows)
		w.children(replaceExclusions, exclusions)
		w.children(replaceStatistics, statistics)
		require.NoError(t, w.err)
		require.NoError(t, s.pool.SendBatch(t.Context(), batch).Close())
	}
}

func TestStatisticsEqualACountOverTheViewersScope(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	seedOf := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seedOf)
	r := seeded(seedOf)
	cases := eventfulCases(r, 1800)
	write(t, s, cases[:700])
	_, err := s.SumStatistics(t.Context())
	require.NoError(t, err)
	write(t, s, cases[700:1500])
	// Cases go on, some in another place, and some of what changed is not summed yet.
	change := func(from, to int) {
		for i := from; i < to; i++ {
			id := cases[i].state.ID
			cases[i] = eventful(r, i+1)
			cases[i].state.ID = id
		}
		write(t, s, cases[from:to])
	}
	change(300, 600)
	summed, err := s.SumStatistics(t.Context())
	require.NoError(t, err)
	require.Positive(t, summed)
	write(t, s, cases[1500:])
	change(600, 900)
	requireSound(t, s)

	dir := directory.Development()
	for _, who := range []struct {
		role casefile.Role
		unit string
	}{
		{casefile.RoleManager, "u-53-center"},
		{casefile.RoleManager, "u-5304-center"},
		{casefile.RoleAnalyst, "u-5304-center"},
		{casefile.RoleSupervisor, "u-530402-center"},
		{casefile.RoleClerk, "u-530402-center"},
		{casefile.RoleManager, "u-530402001-government"},
		{casefile.RoleLeader, "u-530402-housing"},
		{casefile.RoleAuditor, "u-5304-center"},
		{casefile.RoleGridWorker, "u-530402001001-grid"},
	} {
		people := dir.Holders(who.role, who.unit)
		if len(people) == 0 {
			t.Logf("nobody is %s at %s", who.role, who.unit)
			continue
		}
		for range 40 {
			compareCounts(t, s, dir, people[0], cases, someQuery(r))
		}
	}
	for _, unit := range []string{"u-53-center", "u-5304-center"} {
		person := dir.Holders(casefile.RoleManager, unit)[0]
		for _, query := range queriesOfEveryKeptSum("53") {
			compareCounts(t, s, dir, person, cases, query)
		}
	}
}

// queriesOfEveryKeptSum ask for what each kind of kept sums answers, over periods that begin and end within a
// month, lie within one, or are more than a year.
func queriesOfEveryKeptSum(division casefile.Division) []StatisticsQuery {
	var list []StatisticsQuery
	for _, groups := range [][]StatisticsGroup{
		nil, {ByMonth}, {ByDivision}, {ByCategory}, {ByUnit}, {ByCategory, ByMonth}, {ByUnit, ByMonth}, {ByDivision, ByCategory}, {ByUnit, ByDivision},
	} {
		for _, period := range [][2]string{{"2025-11-12", "2026-03-14"}, {"2026-01-05", "2026-01-25"}, {"2025-10-20", "2026-12-31"}} {
			for _, level := range []casefile.DivisionLevel{"", casefile.LevelProvince, casefile.LevelCounty} {
				if level != "" && !slices.Contains(groups, ByDivision) {
					continue
				}
				list = append(list, StatisticsQuery{
					Division: division, From: period[0], To: period[1], Basis: []StatisticsBasis{RegisteredIn, ConcludedIn}[len(list)%2], Level: level, GroupBy: groups,
				})
			}
		}
	}
	return list
}

var everyGroup = []StatisticsGroup{ByDivision, ByUnit, ByCategory, ByKind, ByMonth}

func someQuery(r *rand.Rand) StatisticsQuery {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	query := StatisticsQuery{
		Division: casefile.Division(pick("53", "5304", "5304", "530402", "530402001", "530402001001", "530403", string(directory.DevelopmentZone))),
		From:     pick("2025-01-01", "2025-11-01", "2025-12-01", "2026-01-01", "2026-01-17", "2026-02-01"),
		To:       pick("2025-12-31", "2026-02-28", "2026-03-14", "2026-03-31", "2199-12-31"),
		Basis:    RegisteredIn, Kind: casefile.Kind(pick("", "", "DISPUTE", "PETITION")),
		Level: casefile.DivisionLevel(pick("", "", "PROVINCE", "CITY", "COUNTY", "TOWNSHIP", "VILLAGE")),
	}
	if r.IntN(2) == 0 {
		query.Basis = ConcludedIn
	}
	for _, i := range r.Perm(len(everyGroup)) {
		if r.IntN(5) < 2 {
			query.GroupBy = append(query.GroupBy, everyGroup[i])
		}
	}
	if query.To < query.From {
		query.To = "2026-03-14"
	}
	if slices.Contains(query.GroupBy, ByMonth) {
		query.To = min(query.To, "2026-06-30")
	}
	return query
}

func compareCounts(t *testing.T, s *Store, dir *directory.Directory, person casefile.Person, cases []counted, query StatisticsQuery) {
	t.Helper()
	viewer := NewViewer(dir, person)
	var shown, sealed []counted
	for _, c := range cases {
		if isCounted(dir, person, c, query) {
			if c.state.Confidentiality == casefile.ConfidentialitySealed {
				sealed = append(sealed, c)
			} else {
				shown = append(shown, c)
			}
		}
	}
	said := fmt.Sprintf("%s asks %+v", person.ID, query)
	table, err := s.Statistics(t.Context(), viewer, query)
	require.NoError(t, err, said)
	durations, err := s.StageDurations(t.Context(), viewer, query)
	require.NoError(t, err, said)
	open, hidden := naively(shown, query), naively(sealed, query)
	seen := map[string]bool{}
	for _, row := range table.Rows {
		key := strings.Join(row.Key, "\x00")
		seen[key] = true
		want, few := open[key], hidden[key]
		empty := &naiveRow{shares: map[casefile.IndicatorCode]casefile.Share{}}
		if want == nil {
			want = empty
		}
		if few == nil {
			few = empty
		}
		between := func(what string, got, least, more int64) {
			require.GreaterOrEqual(t, got, least, "%s: %s %q", said, what, row.Key)
			require.LessOrEqual(t, got, least+more, "%s: %s %q", said, what, row.Key)
			require.False(t, got > least && got-least < hiddenBelow, "%s: %s %q shows %d sealed cases", said, what, row.Key, got-least)
		}
		g, w, f := row.Counts, want.counts, few.counts
		between("registered", g.Registered, w.Registered, f.Registered)
		between("concluded", g.Concluded, w.Concluded, f.Concluded)
		between("closed", g.Closed, w.Closed, f.Closed)
		between("open", g.Open, w.Open, f.Open)
		between("overdue", g.Overdue, w.Overdue, f.Overdue)
		between("deferred", g.Deferred, w.Deferred, f.Deferred)
		require.GreaterOrEqual(t, g.People, w.People, said)
		require.Equal(t, w.AgreedAmount, g.AgreedAmount, said)
		if g.Registered == w.Registered {
			require.Equal(t, w.People, g.People, said)
		}
		for code, share := range row.Shares {
			if strings.HasPrefix(string(code), "PACKAGES") {
				continue
			}
			between(string(code)+" of", share.Denominator, want.shares[code].Denominator, few.shares[code].Denominator)
			between(string(code), share.Numerator, want.shares[code].Numerator, few.shares[code].Numerator)
		}
		require.Len(t, row.Shares, 17)
		stages := map[casefile.Stage]bool{}
		for _, d := range durations[key] {
			stages[d.Stage] = true
			require.Len(t, want.days[d.Stage], int(d.N), said)
			median, p90 := naiveDuration(want.days[d.Stage])
			require.Equal(t, []float64{median, p90}, []float64{d.Median, d.P90}, "%s: %s %q", said, d.Stage, row.Key)
		}
		require.Len(t, stages, len(want.days), said)
	}
	for key := range open {
		require.True(t, seen[key], "%s: no row %q", said, key)
	}
	requireBlocks(t, s, table, open, sealed, query, said)
}

// requireBlocks wants every block of enough sealed cases to be counted where rows are made of
// whole blocks, and none elsewhere.
func requireBlocks(t *testing.T, s *Store, table Statistics, open map[string]*naiveRow, sealed []counted, query StatisticsQuery, said string) {
	t.Helper()
	within, err := s.scope(t.Context(), query.Division)
	require.NoError(t, err)
	whole := strings.HasSuffix(query.From, "-01") && query.To != "2026-03-14" && len(query.Division) <= 6 && len(within) == 1 &&
		!slices.Contains(query.GroupBy, ByUnit) && !slices.Contains(query.GroupBy, ByCategory) &&
		(!slices.Contains(query.GroupBy, ByDivision) || codeLength(query.level()) <= 6)
	blocks := map[string]int64{}
	for _, c := range sealed {
		of := StatisticsQuery{Basis: query.Basis, Level: casefile.LevelCounty, GroupBy: []StatisticsGroup{ByDivision, ByKind, ByMonth}}
		blocks[keyOf(c.state, of)]++
	}
	var want, got int64
	for _, n := range blocks {
		if n >= hiddenBelow && whole {
			want += n
		}
	}
	for _, row := range table.Rows {
		got += row.Counts.Registered
	}
	for _, row := range open {
		got -= row.counts.Registered
	}
	require.Equal(t, want, got, "%s: sealed cases", said)
}

// requireSound wants the sums to be those of the cases. (The cases here have no events.)
func requireSound(t *testing.T, s *Store) {
	t.Helper()
	findings, err := s.verifyStatistics(t.Context())
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestSumsThatWereChangedAreFoundAndMadeAgain(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{
		"update statistics_cells set open = open + 1 where level = 'CITY'",
		"delete from statistics_cells where category = ''",
		"update statistics_days set cases[1] = cases[1] + 1 where stage = 1",
		"delete from statistics_changes",
	} {
		t.Run(damage, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			r := seeded(3)
			var cases []counted
			for i := range 60 {
				cases = append(cases, eventful(r, i+1))
			}
			write(t, s, cases[:40])
			_, err := s.SumStatistics(t.Context())
			require.NoError(t, err)
			write(t, s, cases[40:])
			requireSound(t, s)
			_, err = s.pool.Exec(t.Context(), damage)
			require.NoError(t, err)
			findings, err := s.verifyStatistics(t.Context())
			require.NoError(t, err)
			require.NotEmpty(t, findings)
			require.Equal(t, StatisticsDiffer, findings[0].What)
			require.NoError(t, s.RecountStatistics(t.Context()))
			requireSound(t, s)
		})
	}
}

func TestCasesOlderThanTheFiguresAreCounted(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var ids []string
	for range 3 {
		ids = append(ids, register(t, s).CaseID)
	}
	whole := `select json_agg(to_jsonb(c) order by case_id)::text from statistics_cases c`
	var before, after string
	require.NoError(t, s.pool.QueryRow(t.Context(), whole).Scan(&before))
	_, err := s.pool.Exec(t.Context(), "delete from statistics_cases where case_id <> $1", ids[0])
	require.NoError(t, err)
	_, err = s.pool.Exec(t.Context(), "update statistics_cases set rules = 'older', open = 7 where case_id = $1", ids[0])
	require.NoError(t, err)
	// One goes on before it is counted, and is counted by that.
	requireAdded(t, s, stateOf(t, s, ids[1]).Version, noting(t, s, ids[1], 1))
	var counted int
	require.NoError(t, s.pool.QueryRow(t.Context(), "select count(*) from statistics_cases where case_id = $1", ids[1]).Scan(&counted))
	require.Equal(t, 1, counted)
	require.NoError(t, s.CountUncounted(t.Context()))
	require.NoError(t, s.pool.QueryRow(t.Context(), whole).Scan(&after))
	require.JSONEq(t, before, after)
	requireSound(t, s)
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestAFiguresRowHasEveryColumn(t *testing.T) {
	t.Parallel()
	row := foldStatistics(synthetic(seeded(1), 1), casefile.Course{})[0]
	for _, c := range statisticsTable.columns {
		require.Contains(t, row, c.name)
	}
	require.Len(t, row, len(statisticsTable.columns))
	raw, err := json.Marshal(row["days"])
	require.NoError(t, err)
	require.Equal(t, 9, strings.Count(string(raw), "null"))
}
