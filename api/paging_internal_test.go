package api

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestACursorIsTheSameHoweverItsPartsAreWritten(t *testing.T) {
	t.Parallel()
	for _, parts := range [][3]string{
		{"", "", ""},
		{"cases:REGISTERED_AT_DESC", "2025-03-02T09:30:00.123456Z", "7ead0000-0000-4000-8000-000000000000"},
		{"feed", "3", "812345/99/0123456789ab"},
		{"units", "", "张三的科室"},
		{"units", `a"b\c`, "<&>\u2028\x7f\n"},
		{"units", "bad\xff", "~"},
	} {
		raw, err := json.Marshal(parts)
		require.NoError(t, err)
		text := cursorText(parts[0], parts[1], parts[2])
		require.Equal(t, base64.RawURLEncoding.EncodeToString(raw), text)
		if parts[1] != "bad\xff" {
			cursor, err := cursorOf(parts[0], "after", &text)
			require.NoError(t, err)
			require.Equal(t, parts[1], cursor.Key)
			require.Equal(t, parts[2], cursor.ID)
		}
	}
}
