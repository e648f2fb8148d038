package simulate

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestTheLivesOfAYearAreThoseThatItCounts(t *testing.T) {
	t.Parallel()
	year, _ := lived(t, small(300), 5)
	lives, err := Lives(small(300), rand.New(rand.NewPCG(5, 0)))
	require.NoError(t, err)
	require.Len(t, lives, year.Registered)
	events, ended := 0, 0
	for _, life := range lives {
		events += len(life.Events)
		state := casefile.Fold(life.CaseID, life.Events)
		require.Equal(t, len(life.Events), state.Version)
		if !state.Stage.Open() {
			ended++
		}
	}
	require.Equal(t, year.Events, events)
	require.Equal(t, year.Ended, ended)
}
