package store

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestDaysOfStagesAreThoseOfACountOneByOne(t *testing.T) {
	t.Parallel()
	r := seeded(7)
	stages := make([]histogram, len(casefile.OpenStages))
	for range 200 {
		var spent []daysOfCases
		want := map[casefile.Stage][]int{}
		for range r.IntN(30) {
			stage, cases := 1+r.IntN(len(stages)), 1+r.IntN(3)
			days := []int{r.IntN(40), commonDays - 2 + r.IntN(4), 5000, -1 - r.IntN(3)}[r.IntN(4)]
			spent = append(spent, daysOfCases{int32(stage), int32(days), int64(cases)})
			for range cases {
				want[casefile.OpenStages[stage-1]] = append(want[casefile.OpenStages[stage-1]], days)
			}
			if r.IntN(4) == 0 { // one that was there and was taken off again
				spent = append(spent, daysOfCases{int32(stage), 77, 1}, daysOfCases{int32(stage), 77, -1})
			}
		}
		got := durations(spent, stages)
		require.Len(t, got, len(want))
		for _, d := range got {
			median, p90 := naiveDuration(want[d.Stage])
			require.Equal(t, StageDuration{Stage: d.Stage, Median: median, P90: p90, N: int64(len(want[d.Stage]))}, d)
		}
	}
}

func TestIntegersAreReadAsPostgresSendsThem(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for literal, want := range map[string][]any{
		"{}": nil, "{5}": {int32(5)}, "{-3,NULL,2147483647}": {int32(-3), nil, int32(2147483647)}, "{NULL}": {nil},
	} {
		var raw []byte
		require.NoError(t, s.pool.QueryRow(t.Context(), "select array_send($1::text::integer[])", literal).Scan(&raw))
		var got []any
		require.NoError(t, sentIntegers(raw, func(_ int, n int32, null bool) error {
			if null {
				got = append(got, nil)
			} else {
				got = append(got, n)
			}
			return nil
		}))
		require.Equal(t, want, got, literal)
		for cut := range raw { // broken off anywhere
			require.ErrorIs(t, sentIntegers(raw[:cut], func(int, int32, bool) error { return nil }), errNotIntegers, "%s, %d bytes", literal, cut)
		}
	}
	var wide []byte
	require.NoError(t, s.pool.QueryRow(t.Context(), "select array_send('{7}'::bigint[])").Scan(&wide))
	require.ErrorIs(t, sentIntegers(wide, func(int, int32, bool) error { return nil }), errNotIntegers)
	require.EqualValues(t, 20, binary.BigEndian.Uint32(wide[8:]), "it says that its elements are bigint")
}
