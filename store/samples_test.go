package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestADrawIsKeptOnceWithAllThatItTakesToRepeatIt(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	draw := SampleDraw{
		ID: string(NewTextID()), Division: "530402", Month: "2026-10", UnitID: "u-530402-center", Role: casefile.RoleSupervisor,
		Rule: "rule", PerMille: 50, Seed: 1<<64 - 1,
		Population: []string{string(NewTextID()), string(NewTextID())}, DrawnAt: time.Now().UTC().Truncate(time.Microsecond),
	}
	draw.Drawn = draw.Population[:1]
	kept, err := s.KeepDraw(t.Context(), draw)
	require.NoError(t, err)
	kept.DrawnAt = kept.DrawnAt.UTC()
	require.Equal(t, draw, kept)

	again := draw
	again.ID, again.Seed = string(NewTextID()), 7
	stands, err := s.KeepDraw(t.Context(), again)
	require.NoError(t, err)
	require.Equal(t, draw.ID, stands.ID, "another seed is no second chance")
	read, found, err := s.Draw(t.Context(), draw.ID)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, uint64(1<<64-1), read.Seed)
	_, found, err = s.Draw(t.Context(), again.ID)
	require.NoError(t, err)
	require.False(t, found)
}
