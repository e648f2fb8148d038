package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADivisionKnowsItsLevelAndWhatLiesBelowIt(t *testing.T) {
	t.Parallel()
	grid := Division("530402001001001")
	for i, want := range []Division{"53", "5304", "530402", "530402001", "530402001001", grid} {
		require.Equal(t, want, grid.At(DivisionLevels[i]))
		require.Equal(t, DivisionLevels[i], want.Level())
		require.True(t, want.Contains(grid))
		require.True(t, want.Valid())
	}
	require.Equal(t, Division("530402001001"), grid.Parent())
	require.Empty(t, Division("53").Parent())
	require.Empty(t, Division("530").Parent())
	require.Empty(t, Division("53").At(LevelCity))
	require.Empty(t, grid.At("CONTINENT"))
	require.False(t, Division("5a").Valid())
	require.False(t, Division("530").Valid())
	require.False(t, Division("").Contains(grid))
}

func TestALocalDivisionHoldsItsMembers(t *testing.T) {
	t.Parallel()
	require.True(t, lies(city, "530402002001", "530490"))
	require.True(t, lies(city, "530490", "530490"))
	require.False(t, lies(city, "530402001", "530490"))
	require.False(t, lies(city, "530402001", ""))
	require.False(t, lies(city, "530402001", "11"))
	require.Equal(t, Division("5304"), village("5304"))
}
