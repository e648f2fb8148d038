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

func TestADryRunOfADirectoryChangesNothingAndABrokenOneIsRefusedWhole(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	before, err := s.Directory(t.Context())
	require.NoError(t, err)
	more := directory.Entries{
		People:   []casefile.Person{{ID: "p-court", Name: "法院系统", Roles: []casefile.RoleAt{{Role: casefile.RoleIntegration, UnitID: "u-530402-court"}}}},
		Subjects: []directory.Subject{{Subject: "court-530402", PersonID: "p-court"}},
	}
	changed, err := s.SeedDirectory(t.Context(), more, true)
	require.NoError(t, err)
	require.Equal(t, Seeded{Rows: 3}, changed, "a person, a role and a subject")
	same, err := s.Directory(t.Context())
	require.NoError(t, err)
	require.Same(t, before, same)

	broken := more
	broken.Subjects = append(slices.Clone(broken.Subjects), directory.Subject{Subject: "x", PersonID: "nobody"})
	_, err = s.SeedDirectory(t.Context(), broken, false)
	var invalid *directory.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, 2, invalid.Problems[0].Row)

	_, err = s.SeedDirectory(t.Context(), more, false)
	require.NoError(t, err)
	after, err := s.Directory(t.Context())
	require.NoError(t, err)
	person, ok := after.PersonOfSubject("court-530402")
	require.True(t, ok)
	require.Equal(t, "p-court", person.ID)
}

func TestTwoPeopleMayChangeTheirSubjectsOver(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	const one, other = "p-530402-center-clerk-1", "p-530402-center-clerk-2"
	for _, subjects := range [][]directory.Subject{
		{{Subject: "a", PersonID: one}, {Subject: "b", PersonID: other}},
		{{Subject: "b", PersonID: one}, {Subject: "a", PersonID: other}},
		{{Subject: "a", PersonID: one}, {Subject: "c", PersonID: other}},
	} {
		_, err := s.SeedDirectory(t.Context(), directory.Entries{Subjects: subjects}, false)
		require.NoError(t, err)
		d, err := s.Directory(t.Context())
		require.NoError(t, err)
		for _, subject := range subjects {
			person, ok := d.PersonOfSubject(subject.Subject)
			require.True(t, ok)
			require.Equal(t, subject.PersonID, person.ID)
		}
	}
}
