package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const soundYear = `{"year": 2027, "source": "made for a test",
"rest": [
  {"from": "2027-01-01", "to": "2027-01-03", "zh": "元旦", "en": "New Year's Day"},
  {"from": "2027-05-01", "to": "2027-05-05", "zh": "劳动节", "en": "Labour Day"},
  {"from": "2027-10-01", "to": "2027-10-07", "zh": "国庆节", "en": "National Day"}
], "work": [
  {"date": "2027-05-08", "zh": "劳动节", "en": "Labour Day"}]}`

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestCalendarLoadRefusesAFaultyFileWithEveryFaultBeforeItLooksForADatabase(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to string
		says     []string
	}{
		"a day twice":               {`"2027-05-08", "zh"`, `"2027-05-02", "zh"`, []string{"year.json:7: work entry 1: 2027-05-02 is listed twice, first in rest entry 2: expected each day once"}},
		"a make-up day on a monday": {`"2027-05-08", "zh"`, `"2027-05-10", "zh"`, []string{"year.json:7: work entry 1: 2027-05-10 is a Monday"}},
		"a day of another year":     {`"to": "2027-01-03"`, `"to": "2028-01-03"`, []string{"year.json:3: rest entry 1"}},
		"no source":                 {`"source": "made for a test",`, "", []string{"source is missing: expected where the days come from"}},
		"several at once":           {`"2027-05-08", "zh"`, `"2027-05-32", "zh": 7, "zh2"`, []string{"work entry 1: date: ", "zh is 7: expected a text", `unknown field "zh2"`}},
		"not a year file at all":    {soundYear, "2027-01-01,元旦", []string{"year.json:1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, soundYear, c.from)
			file := written(t, "year.json", strings.Replace(soundYear, c.from, c.to, 1))
			got := run(t, nil, "calendar", "load", file, "--data="+t.TempDir())
			require.Equal(t, exitUsage, got.code)
			for _, says := range c.says {
				require.Contains(t, got.stderr, says)
			}
		})
	}
	got := run(t, nil, "calendar", "load", written(t, "year.json", soundYear), "--data="+t.TempDir())
	require.Equal(t, exitFailed, got.code)
	require.Contains(t, got.stderr, "no stack runs on")
	got = run(t, nil, "calendar", "load", written(t, "year.json", soundYear), "--rate=0")
	require.Equal(t, exitUsage, got.code)
	require.Contains(t, got.stderr, "--rate is 0: expected")
}

func TestProceduresListsWhatComesWithTheProgramWithoutADatabase(t *testing.T) {
	t.Parallel()
	got := run(t, nil, "procedures", "list", "--shipped", "--on=2026-03-10")
	require.Equal(t, 0, got.code, got.stderr)
	require.Contains(t, got.stdout, "medical-mediation  since 2018-10-01  医疗纠纷人民调解  (handling ")
	got = run(t, nil, "procedures", "list", "--shipped", "--on=2026-02-30")
	require.Equal(t, exitUsage, got.code)
	require.Contains(t, got.stderr, `--on is "2026-02-30": expected a day`)
}
