package importing

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// realFile finds a file of real petitions beside the checkout. They may not be copied into
// the repo, so without them the test skips.
func realFile(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("real data is not here: %v", err)
	}
	return path
}

// decided asks the rules about a command as the first of its case.
func decided(command casefile.Command) ([]casefile.Event, error) {
	return casefile.Decide(casefile.State{}, command, casefile.Rules{
		Now: testNow, Directory: directory.Development(), Number: "530402-P-2026-000001",
	})
}

func importReal(t *testing.T, name string) (*ledger, Summary) {
	t.Helper()
	record := newLedger()
	options := record.options(realFile(t, name))
	options.Report = filepath.Join(t.TempDir(), "report.csv")
	var err error
	options.Actor, err = ActorFor(directory.Development(), directory.DevelopmentCounty, "")
	require.NoError(t, err)
	options.Check = func(command casefile.Command) *casefile.Refusal {
		var refusal *casefile.Refusal
		_, err := decided(command)
		errors.As(err, &refusal)
		return refusal
	}
	summary, err := Run(t.Context(), options)
	require.NoError(t, err)
	if summary.Refused > 0 {
		require.Empty(t, reportOf(t, options.Report))
	}
	return record, summary
}

func TestEveryAnsweredRealPetitionGoesInWithItsRealDates(t *testing.T) {
	t.Parallel()

	for _, name := range []string{"petitions_replied.xlsx", "petitions_replied.csv"} {
		record, summary := importReal(t, name)
		require.Equal(t, 1463, summary.Rows, name)
		require.Equal(t, 1463, summary.Closed, name)
		require.Equal(t, 0, summary.Refused, name)

		within := map[int]int{}
		onTime := 0
		for _, command := range record.commands {
			act := command.Act.(casefile.ImportEnded)
			require.Equal(t, act.Register.ReceivedAt, act.AcceptedAt)
			for _, limit := range []int{15, 30, 60, 90} {
				if days := legalDays(act.AcceptedAt, act.ConcludedAt); days <= limit {
					within[limit]++
				}
			}
			events, err := decided(command)
			require.NoError(t, err)
			require.Equal(t, casefile.CaseClosed{Imported: true}, events[len(events)-1].Body)
			for _, event := range events {
				if concluded, ok := event.Body.(casefile.CaseConcluded); ok && *concluded.OnTime {
					onTime++
				}
			}
		}
		require.Equal(t, 1380, onTime, name)
		require.Equal(t, map[int]int{15: 908, 30: 1218, 60: 1380, 90: 1420}, within, name)
	}
}

// legalDays counts whole calendar days in Shanghai, the start day excluded.
func legalDays(from, to time.Time) int {
	midnight := func(at time.Time) time.Time {
		y, m, d := at.In(casefile.Shanghai).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, casefile.Shanghai)
	}
	return int(midnight(to).Sub(midnight(from)) / (24 * time.Hour))
}

func TestEveryOpenRealPetitionGoesInOpen(t *testing.T) {
	t.Parallel()

	record, summary := importReal(t, "petitions_open.csv")
	require.Equal(t, 2142, summary.Rows)
	require.Equal(t, 2142, summary.Open)
	require.Equal(t, []string{"votes_against", "votes_for"}, summary.Ignored)
	for _, command := range record.commands {
		register := command.Act.(casefile.RegisterCase)
		require.True(t, register.ReceivedAt.Before(testNow.AddDate(-5, 0, 0)), "long overdue")
		require.NotEmpty(t, command.BackdatingReason)
	}
}

func TestTheSpreadsheetAndTheCsvAreTheSamePetitions(t *testing.T) {
	t.Parallel()

	sheet, list := petitionsOf(t, "petitions_replied.xlsx"), petitionsOf(t, "petitions_replied.csv")
	require.Len(t, sheet, 1463)
	require.Len(t, list, 1463)
	changed := 0
	for number, one := range sheet {
		other := list[number]
		if one != other {
			changed++
		}
		// The csv's publisher blotted out telephone numbers; the texts are not shown on failure.
		require.Equal(t, blotted(one), blotted(other), "petition %s differs", number)
	}
	t.Logf("%d of %d rows differ in telephone numbers alone", changed, len(sheet))

	record, _ := importReal(t, "petitions_replied.xlsx")
	summary, err := Run(t.Context(), record.options(realFile(t, "petitions_replied.csv")))
	require.NoError(t, err)
	require.Equal(t, 0, summary.New())
	require.Equal(t, 1463-changed, summary.Existing)
	require.Equal(t, changed, summary.Refused)
}

var digits = regexp.MustCompile(`[0-9０-９]+(?:[-—－][0-9０-９]+)*`)

func blotted(text string) string { return digits.ReplaceAllString(text, "#") }

func petitionsOf(t *testing.T, name string) map[string]string {
	t.Helper()
	source, err := openTable(realFile(t, name), Mapping{})
	require.NoError(t, err)
	defer func() { require.NoError(t, source.close()) }()
	petitions := map[string]string{}
	for {
		row, err := source.next()
		if errors.Is(err, io.EOF) {
			return petitions
		}
		require.NoError(t, err)
		p, problems := source.readPetition(row, defaults{division: "530402", category: "P-OTHER"}, testNow)
		require.Empty(t, problems)
		canonical, err := p.canonical()
		require.NoError(t, err)
		petitions[p.number] = string(canonical)
	}
}
