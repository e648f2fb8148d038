package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func explain(t *testing.T, arguments ...string) outcome {
	t.Helper()
	return run(t, nil, append([]string{"calendar", "explain"}, arguments...)...)
}

func TestCalendarExplainPrintsTheDueDayAndEveryStep(t *testing.T) {
	t.Parallel()

	got := explain(t, "--from=2026-09-18", "--length=30", "--unit=WORKING_DAYS")
	require.Equal(t, 0, got.code, got.stderr)
	printed := strings.Split(strings.TrimSpace(got.stdout), "\n")
	require.Equal(t, "due 2026-11-05 (Thursday, a working day)", printed[0])
	require.Equal(t, "2026-09-18  the start day is not counted", printed[1])
	require.Contains(t, got.stdout, "\n2026-10-01  1 to 7 October: National Day holiday, not counted\n")
	require.True(t, strings.HasPrefix(printed[len(printed)-1], "2026-11-05  "))
}

func TestCalendarExplainRollsPausesAndExtends(t *testing.T) {
	t.Parallel()

	got := explain(t, "--from=2026-07-14", "--length=30", "--unit=CALENDAR_DAYS", "--roll",
		"--pause=2026-08-01/2026-08-20", "--extend=30", "--language=zh")
	require.Equal(t, 0, got.code, got.stderr)
	require.Contains(t, got.stdout, "届满：2026-10-08（星期四，工作日）\n")
	require.Contains(t, got.stdout, "\n2026-08-01  8月1日至20日 暂停，其间20日不计入\n")
	require.Contains(t, got.stdout, "\n2026-10-02  10月2日（星期五），满60日；最后一日系国庆节放假，顺延\n")

	got = explain(t, "--from=2026-12-24", "--length=30", "--unit=WORKING_DAYS")
	require.Contains(t, got.stdout, ", provisional\n")

	got = explain(t, "--from=2026-09-18T10:30", "--length=72", "--unit=HOURS")
	require.Contains(t, got.stdout, "due 2026-09-21T10:30:00+08:00 (")
}

func TestCalendarExplainCountsWithAFileOfAnotherYear(t *testing.T) {
	t.Parallel()

	next := filepath.Join(t.TempDir(), "2027.json")
	content := `{"year": 2027, "source": "made for a test",
"rest": [
  {"from": "2027-01-01", "to": "2027-01-03", "zh": "元旦", "en": "New Year's Day"},
  {"from": "2027-05-01", "to": "2027-05-05", "zh": "劳动节", "en": "Labour Day"},
  {"from": "2027-10-01", "to": "2027-10-07", "zh": "国庆节", "en": "National Day"}
], "work": [
  {"date": "2027-05-08", "zh": "劳动节", "en": "Labour Day"}]}`
	require.NoError(t, os.WriteFile(next, []byte(content), 0o600))
	arguments := []string{"--from=2026-12-24", "--length=30", "--unit=WORKING_DAYS", "--with=" + next}
	got := explain(t, arguments...)
	require.Equal(t, 0, got.code, got.stderr)
	require.Contains(t, got.stdout, "due 2027-02-05 (Friday, a working day)\n")

	require.NoError(t, os.WriteFile(next, []byte(strings.Replace(content, "2027-05-08", "2027-05-07", 1)), 0o600))
	got = explain(t, arguments...)
	require.Equal(t, exitUsage, got.code)
	require.Contains(t, got.stderr, "2027.json:7: work entry 1: 2027-05-07 is a Friday: expected a make-up working day on a Saturday or Sunday")
	require.Empty(t, got.stdout)
}

func TestCalendarExplainRefusesWhatCannotBeCounted(t *testing.T) {
	t.Parallel()

	for want, change := range map[string][]string{
		`--from: "2026-02-30" is no day: expected one that exists, written YYYY-MM-DD`: {"--from=2026-02-30"},
		"length is 0: expected 1 to 26000 WORKING_DAYS":                                {"--length=0"},
		`--unit must be one of "CALENDAR_DAYS","WORKING_DAYS","MONTHS","HOURS"`:        {"--unit=WEEKS"},
		`--from is "2026-09-18": expected a time, as 2026-09-18T10:30`:                 {"--unit=HOURS"},
		"roll is set for hours":                                       {"--unit=HOURS", "--roll", "--from=2026-09-18T10:30"},
		`--pause is "2026-10-01": expected FROM/TO`:                   {"--pause=2026-10-01"},
		"pauses[0].to is before from":                                 {"--pause=2026-10-02/2026-10-01"},
		"extensions[0].length is 0: expected 1 to 26000 WORKING_DAYS": {"--extend=0"},
		`--language must be one of "en","zh"`:                         {"--language=de"},
		"--with: open":                                                {"--with=/no/such/file.json"},
	} {
		got := explain(t, append([]string{"--from=2026-09-18", "--length=30", "--unit=WORKING_DAYS"}, change...)...)
		require.Equal(t, exitUsage, got.code, want)
		require.Contains(t, got.stderr, want)
		require.Empty(t, got.stdout, want)
	}
}
