package importing

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestAMappingFileIsRead(t *testing.T) {
	t.Parallel()

	path := filepath.Join(t.TempDir(), "mapping.json")
	require.NoError(t, os.WriteFile(path, []byte("\ufeff"+`{
		"sheet": "台账", "columns": {"来件号": "external_id", "电话": "ignore"}, "divisions": {"高新区": "530402"},
		"categories": {"城建": "P-URBAN"}, "types": {"投诉": "APPEAL"}, "sources": {"留言板": "ONLINE"},
		"type": "SUGGESTION", "source": "LETTER"}`), 0o600))
	mapping, err := ReadMapping(path)
	require.NoError(t, err)
	require.Equal(t, FieldNumber, mapping.Columns["来件号"])
	require.Equal(t, casefile.Division("530402"), mapping.Divisions["高新区"])
	require.Equal(t, casefile.Suggestion, mapping.Type)
	require.Equal(t, casefile.SourceLetter, mapping.Source)
}

func TestAFaultyMappingIsRefusedWithWhatIsWrong(t *testing.T) {
	t.Parallel()

	for raw, message := range map[string]string{
		``:                                "EOF",
		`{"column": {}}`:                  `unknown field "column"`,
		`{} {}`:                           "more than one",
		`{"columns": {"时间": "submited"}}`: `unknown field "submited"; the fields are external_id, submitted_at`,
		`{"columns": {"—": "title"}}`:     "a header needs letters",
		`{"columns": {"a b": "title", "ab": "body"}}`: "are the same header",
		`{"divisions": {"高新区": "5304"}, "type": "x"}`: `unknown type "x"`,
		`{"divisions": {"高新区": "53040"}}`:             `"53040" is not a division code`,
		`{"types": {"投诉": "COMPLAINT"}}`:              `unknown "COMPLAINT"`,
		`{"sources": {"信": "MAIL"}}`:                  `unknown "MAIL"`,
		`{"source": "MAIL"}`:                          `unknown source "MAIL"`,
	} {
		_, err := parseMapping([]byte(raw))
		require.ErrorContains(t, err, message, raw)
	}
	_, err := ReadMapping(filepath.Join(t.TempDir(), "none.json"))
	require.ErrorIs(t, err, os.ErrNotExist)
}
