package recounts

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/tests/machine"
)

const hotline = `{
  "code": "hotline-12345",
  "name": {"zh": "12345热线工单", "en": "12345 hotline ticket"},
  "effectiveFrom": "2026-01-01",
  "steps": [{
    "code": "reply", "name": {"zh": "答复", "en": "reply"}, "length": 5, "unit": "WORKING_DAYS",
    "countedFrom": "RECEIVED", "metBy": "REPORTED", "owner": "OFFICE", "onExpiry": {"effect": "ESCALATE"},
    "citation": {"law": "本市12345热线管理办法", "article": "12", "verified": true}
  }]
}`

// refused runs a command that must end with the exit code of a mistake of its user's.
func refused(t *testing.T, m *machine.Machine, arguments ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), m.Binary, append([]string{"--data=" + m.Data}, arguments...)...)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	require.Error(t, command.Run())
	require.Equal(t, 2, command.ProcessState.ExitCode(), said.String())
	return said.String()
}

// tryLaw loads local procedures and faulty files on a running machine.
func tryLaw(t *testing.T, m *machine.Machine) {
	t.Helper()
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	write("hotline.json", hotline)
	require.Contains(t, m.Run("procedures", "load", "--dry-run", folder), "hotline.json is new\nnothing was loaded")
	require.NotContains(t, m.Run("procedures", "list"), "hotline-12345")
	require.Contains(t, m.Run("procedures", "load", folder), "loaded: law version")
	require.Contains(t, m.Run("procedures", "list", "--on=2026-03-10"), "hotline-12345  since 2026-01-01  12345热线工单  (+reply)")

	uncited := write("grid.json", strings.NewReplacer("hotline-12345", "grid-report", `"law": "本市12345热线管理办法", `, "").Replace(hotline))
	require.Contains(t, refused(t, m, "procedures", "load", uncited), "grid.json: step reply: no citation")
	rewritten := write("hotline.json", strings.Replace(hotline, `"length": 5`, `"length": 9`, 1))
	require.Contains(t, refused(t, m, "procedures", "load", rewritten), "hotline.json: hotline-12345 has held since 2026-01-01")

	last := calendar.Shipped().LastYear()
	gap := calendar.Year{Number: last + 3, Source: "made for a test"}
	for _, holiday := range []calendar.Date{
		calendar.NewDate(gap.Number, 1, 1), calendar.NewDate(gap.Number, 5, 1), calendar.NewDate(gap.Number, 10, 1),
	} {
		gap.Rest = append(gap.Rest, calendar.RestDays{From: holiday, To: holiday, Name: calendar.Words{ZH: "节日", EN: "a holiday"}})
	}
	said := refused(t, m, "calendar", "load", write("gap.json", string(gap.File())))
	require.Contains(t, said, "is missing: expected every year between the first and the last")
	local := calendar.Year{Number: last, Division: "99", Source: "made for a test", Rest: []calendar.RestDays{{
		From: calendar.NewDate(last, 6, 1), To: calendar.NewDate(last, 6, 1), Name: calendar.Words{ZH: "节日", EN: "a holiday"},
	}}}
	require.Contains(t, refused(t, m, "calendar", "load", write("local.json", string(local.File()))), `division is "99": expected the code of a division that there is`)
}
