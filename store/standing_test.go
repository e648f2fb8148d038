package store

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestACaseStandsAsTheRecordSaysWhateverIsInMemory(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	viewer := viewerOf(t, casefile.RoleManager, "u-530402-center")
	command := register(t, s)
	for n := range 3 {
		standing, err := s.Standing(t.Context(), command.CaseID, "note-1")
		require.NoError(t, err)
		require.Equal(t, stateOf(t, s, command.CaseID), standing.State)
		require.Equal(t, n > 1, standing.Requested)
		require.NotNil(t, standing.Law)
		require.NotNil(t, standing.Directory)
		// It is in memory from now on, and the record goes on.
		for range 2 {
			row, err := s.Case(t.Context(), viewer, command.CaseID)
			require.NoError(t, err)
			require.Equal(t, standing.State, row.State)
			require.Equal(t, stateHash(t, s, command.CaseID), row.ChainHash)
		}
		requireAdded(t, s, standing.State.Version, noting(t, s, command.CaseID, n))
	}
	digest, err := s.Standing(t.Context(), command.CaseID, "note-1")
	require.NoError(t, err)
	require.Equal(t, "digest", digest.InputDigest)
	for _, nobody := range []string{"00000000-0000-4000-8000-000000000000", "no id"} {
		standing, err := s.Standing(t.Context(), nobody, "note-1")
		require.NoError(t, err)
		require.False(t, standing.State.Exists())
		require.False(t, standing.Requested)
		require.NotNil(t, standing.Law)
	}
}

func TestACaseInMemoryStaysClosedToThoseItIsClosedTo(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	state := synthetic(seeded(3), 1)
	state.Division, state.Confidentiality, state.Exclusions = county, casefile.ConfidentialityNormal, nil
	fill(t, s, []casefile.State{state})
	viewer := viewerOf(t, casefile.RoleManager, "u-530402-center")
	row, err := s.Case(t.Context(), viewer, state.ID)
	require.NoError(t, err)
	require.NotNil(t, row)
	_, err = s.pool.Exec(t.Context(), "insert into case_exclusions values ($1, $2)", state.ID, personKey(viewer.PersonID))
	require.NoError(t, err)
	row, err = s.Case(t.Context(), viewer, state.ID)
	require.NoError(t, err)
	require.Nil(t, row)
	attempts, err := s.AccessAttempts(t.Context(), state.ID)
	require.NoError(t, err)
	require.Len(t, attempts, 1)
	row, err = s.Case(t.Context(), viewerOf(t, casefile.RoleManager, "u-530423-center"), state.ID)
	require.NoError(t, err)
	require.Nil(t, row)
}
