package sampling

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func cases(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("case-%04d", i)
	}
	return ids
}

func TestADrawIsRepeatedExactlyInWhateverOrderItsPopulationComes(t *testing.T) {
	t.Parallel()
	population := cases(400)
	drawn := Draw(population, 50, 7)
	require.Len(t, drawn, 20)
	backwards := slices.Clone(population)
	slices.Reverse(backwards)
	require.Equal(t, drawn, Draw(backwards, 50, 7))
	require.Equal(t, drawn, Draw(append(backwards, population...), 50, 7), "a case counts once")
	require.NotEqual(t, drawn, Draw(population, 50, 8))
	require.Equal(t, cases(400), population, "the population is left alone")
}

// What a seed draws never changes: a draw of years ago is repeated.
func TestTheDrawOfASeedIsThisOneForEver(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"case-0019", "case-0027", "case-0031", "case-0048", "case-0049"}, Draw(cases(50), 100, 2026))
}

func TestADrawTakesItsShareRoundedUpAndAtLeastOne(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ population, perMille, want int }{
		{0, 50, 0}, {1, 1, 1}, {19, 50, 1}, {20, 50, 1}, {21, 50, 2}, {100, 1000, 100}, {10, 0, 0}, {3, 5000, 3},
	} {
		require.Len(t, Draw(cases(one.population), one.perMille, 1), one.want, "%+v", one)
	}
}

func TestEveryCaseIsAboutAsLikelyToBeDrawn(t *testing.T) {
	t.Parallel()
	population := cases(40)
	times := map[string]int{}
	const draws = 4000
	for seed := range uint64(draws) {
		for _, id := range Draw(population, 250, seed) {
			times[id]++
		}
	}
	for _, id := range population {
		require.InDelta(t, draws/4, times[id], 150, id)
	}
}
