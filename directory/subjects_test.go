package directory_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/directory"
)

func TestAPersonIsFoundByTheSubjectOfTheirToken(t *testing.T) {
	t.Parallel()
	entries := directory.DevelopmentEntries()
	entries.Subjects = []directory.Subject{{Subject: "7f3a", PersonID: "p-530402-center-clerk-1"}}
	d, err := entries.Directory()
	require.NoError(t, err)
	person, ok := d.PersonOfSubject("7f3a")
	require.True(t, ok)
	require.Equal(t, "p-530402-center-clerk-1", person.ID)
	for _, other := range []string{"", "7f3A", "p-530402-center-clerk-1"} {
		_, ok := d.PersonOfSubject(other)
		require.False(t, ok, other)
	}
}

func TestASubjectThatIsNobodysOrTwoPeoplesIsRefusedWithItsRow(t *testing.T) {
	t.Parallel()
	const clerk, manager = "p-530402-center-clerk-1", "p-530402-center-manager-1"
	for reason, subjects := range map[string][]directory.Subject{
		"is empty":            {{Subject: "", PersonID: clerk}},
		"more than 255":       {{Subject: strings.Repeat("s", 256), PersonID: clerk}},
		"is there twice":      {{Subject: "a", PersonID: clerk}, {Subject: "a", PersonID: manager}},
		"unknown person":      {{Subject: "a", PersonID: "nobody"}},
		"is a second subject": {{Subject: "a", PersonID: clerk}, {Subject: "b", PersonID: clerk}},
	} {
		entries := directory.DevelopmentEntries()
		entries.Subjects = subjects
		_, err := entries.Directory()
		var invalid *directory.InvalidError
		require.ErrorAs(t, err, &invalid, reason)
		require.ErrorContains(t, err, reason)
		require.Len(t, invalid.Problems, 1)
		require.Equal(t, len(subjects), invalid.Problems[0].Row)
	}
}
