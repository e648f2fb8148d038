package directory_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// The counts are those of the statistics of 2023-06-30: counties, townships, villages.
func TestThePublishedTreeIsWhole(t *testing.T) {
	t.Parallel()
	count := func(root casefile.Division) [3]int {
		levels := map[casefile.DivisionLevel]int{}
		for division := range directory.Divisions().Under(root) {
			require.False(t, division.Local)
			levels[division.Code.Level()]++
		}
		return [3]int{levels[casefile.LevelCounty], levels[casefile.LevelTownship], levels[casefile.LevelVillage]}
	}
	for _, published := range []struct {
		code   casefile.Division
		name   string
		counts [3]int
	}{
		{"53", "云南省", [3]int{129, 1461, 14888}},
		{"52", "贵州省", [3]int{88, 1510, 17964}},
		{"5301", "昆明市", [3]int{14, 150, 1738}},
		{"5303", "曲靖市", [3]int{9, 137, 1688}},
		{"5304", "玉溪市", [3]int{9, 76, 718}},
		{"5201", "贵阳市", [3]int{10, 146, 1629}},
	} {
		division, ok := directory.Divisions().Find(published.code)
		require.True(t, ok)
		require.Equal(t, published.name, division.Name)
		require.Equal(t, published.counts, count(published.code), published.name)
	}
	require.Equal(t, 36067, directory.Divisions().Len())
}

func TestThePublishedTextIsTheOneItsReadmeNames(t *testing.T) {
	t.Parallel()
	digest := sha256.New()
	for division := range directory.Divisions().All() {
		_, err := fmt.Fprintf(digest, "%s,%s\n", division.Code, division.Name)
		require.NoError(t, err)
	}
	require.Equal(t, "0e50b86f15a19cdc3615a75c8b684f59b1edb38479961969774d7684ebaf633d", fmt.Sprintf("%x", digest.Sum(nil)))
}
