package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func TestSummedChangesLeaveNoEmptiedPages(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	r := seeded(11)
	cases := eventfulCases(r, 1900)
	write(t, s, cases)
	size := func() (bytes int64) {
		require.NoError(t, s.pool.QueryRow(t.Context(), "select pg_relation_size('statistics_changes')").Scan(&bytes))
		return bytes
	}
	require.Greater(t, size(), int64(emptiedBytes))
	summed, err := s.SumStatistics(t.Context())
	require.NoError(t, err)
	require.Equal(t, len(cases), summed)
	require.Zero(t, size())
	requireSound(t, s)

	// Not again within the minute, whoever sums: what a long transaction sees could not be given back.
	for i := range 1000 { // each is taken off and added
		id := cases[i].state.ID
		cases[i] = eventful(r, i+1)
		cases[i].state.ID = id
	}
	write(t, s, cases[:1000])
	_, err = s.SumStatistics(t.Context())
	require.NoError(t, err)
	require.Positive(t, size())
	s.gaveBack.Add(-emptiedEvery.Nanoseconds())
	_, err = s.SumStatistics(t.Context())
	require.NoError(t, err)
	require.Zero(t, size())
}

func TestPagesOfSummedChangesAreNotGivenBackWhileSomebodyReadsThem(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	r := seeded(12)
	cases := eventfulCases(r, 2000)
	write(t, s, cases)
	reader, err := s.pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = reader.Rollback(t.Context()) }()
	changes := func() (n int) {
		require.NoError(t, reader.QueryRow(t.Context(), "select count(*) from statistics_changes").Scan(&n))
		return n
	}
	_, err = reader.Exec(t.Context(), "set transaction isolation level repeatable read")
	require.NoError(t, err)
	require.Equal(t, len(cases), changes())
	_, err = s.SumStatistics(t.Context())
	require.NoError(t, err)
	require.Equal(t, len(cases), changes(), "its snapshot is older")
	require.NoError(t, reader.Commit(t.Context()))
}

func TestUntilSumsAreMadeEverythingIsCountedCaseByCase(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	seedOf := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seedOf)
	r := seeded(seedOf)
	cases := eventfulCases(r, 400)
	write(t, s, cases[:300])
	// As a migration leaves it.
	_, err := s.pool.Exec(t.Context(), "truncate statistics_summed, statistics_changes, statistics_cells, statistics_days")
	require.NoError(t, err)
	write(t, s, cases[300:])
	dir := directory.Development()
	person := dir.Holders(casefile.RoleManager, "u-5304-center")[0]
	compare := func() {
		for range 25 {
			compareCounts(t, s, dir, person, cases, someQuery(r))
		}
	}
	made, err := s.sumsMade(t.Context())
	require.NoError(t, err)
	require.False(t, made)
	compare()
	requireSound(t, s)

	summed, err := s.SumStatistics(t.Context())
	require.NoError(t, err)
	require.Zero(t, summed, "the changes are in what was made of all cases")
	made, err = s.sumsMade(t.Context())
	require.NoError(t, err)
	require.True(t, made)
	var spans int
	require.NoError(t, s.pool.QueryRow(t.Context(), "select count(distinct span) from statistics_days").Scan(&spans))
	require.Equal(t, 3, spans)
	compare()
	requireSound(t, s)
}
