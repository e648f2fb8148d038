package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADirectoryFileThatIsNoneIsRefusedWithItsLine(t *testing.T) {
	t.Parallel()
	for expected, text := range map[string]string{
		`line 2: json: unknown field "peple"`:      "{\n\"peple\": []}",
		"line 1: invalid character":                "名单",
		"expected one JSON object, but more":       `{} {}`,
		"line 3: json: cannot unmarshal number in": "{\"people\": [\n{\"id\": \"p\",\n\"name\": 7}]}",
	} {
		file := filepath.Join(t.TempDir(), "office.json")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err := readEntries(file)
		require.ErrorContains(t, err, expected)
	}
}

func TestADirectoryFileHoldsTheListsInLowerCase(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "office.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"people": [{"id": "p", "name": "王静", "roles": [{"role": "CLERK", "unitId": "u"}]}],
		"subjects": [{"subject": "s", "personId": "p"}]}`), 0o600))
	entries, err := readEntries(file)
	require.NoError(t, err)
	require.Equal(t, "王静", entries.People[0].Name)
	require.Equal(t, "p", entries.Subjects[0].PersonID)
}
