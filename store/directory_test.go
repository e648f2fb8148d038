package store

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func TestTheDirectoryComesBackAsItWasSeeded(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	want := directory.Development()
	got, err := s.Directory(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 1, got.Version)
	require.Equal(t, want.Units(), got.Units())
	require.Equal(t, want.People(), got.People())
	require.Equal(t, want.Systems(), got.Systems())
	zone, ok := got.Division(directory.DevelopmentZone)
	require.True(t, ok)
	wanted, _ := want.Division(directory.DevelopmentZone)
	require.Equal(t, wanted, zone)
}

func TestSeedingAgainChangesNothingAndAChangeIsSeenByEveryProcess(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	entries := directory.DevelopmentEntries()
	first, err := s.Directory(t.Context())
	require.NoError(t, err)
	seed(t, s, entries)
	again, err := s.Directory(t.Context())
	require.NoError(t, err)
	require.Same(t, first, again, "a snapshot is read once")

	entries.People = slices.Clone(entries.People)
	entries.People[0].Name = "新名字"
	entries.People[0].Roles = append(slices.Clone(entries.People[0].Roles), casefile.RoleAt{Role: casefile.RoleAuditor, UnitID: "u-5304-center"})
	seed(t, s, entries)
	changed, err := s.Directory(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 2, changed.Version)
	person, _ := changed.Person(entries.People[0].ID)
	require.Equal(t, "新名字", person.Name)
	require.True(t, person.Holds(casefile.RoleAuditor, "u-5304-center"))

	// An append sees it too, without being told.
	s.directory.snapshot.Store(first)
	register(t, s)
	require.EqualValues(t, 2, s.directory.snapshot.Load().Version)
}
