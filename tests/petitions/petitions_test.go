// Package petitions imports a real office's spreadsheets, where they are there.
package petitions

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/tests/machine"
)

func TestARealOfficesPetitionsAreImportedOnceAndOnTheClock(t *testing.T) {
	root, err := stack.Root()
	require.NoError(t, err)
	shared := filepath.Join(root, "..", "shared", "data")
	if _, err := os.Stat(shared); err != nil {
		t.Skip("SKIPPED: the folder with the real petitions is not there: ", shared)
	}
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	manager := m.SignIn("p-530402-center-manager-1")

	t.Log(m.Run("import", filepath.Join(shared, "petitions_replied.xlsx"), "--division=530402"))
	var statistics struct {
		Statistics struct {
			Rows []struct {
				Counts     struct{ Registered, Concluded, Closed, Open int64 }
				Indicators []struct {
					Code                   string
					Numerator, Denominator int64
				}
			}
		}
	}
	ask := func() {
		t.Helper()
		require.NoError(t, manager.Do(t.Context(), `{ statistics(input: {division: "530402", from: "2000-01-01", to: "2030-12-31", basis: CONCLUDED_IN, kind: PETITION}) {
			rows { counts { registered concluded closed open } indicators { code numerator denominator } } } }`, nil, &statistics))
		require.Len(t, statistics.Statistics.Rows, 1)
	}
	ask()
	row := statistics.Statistics.Rows[0]
	require.EqualValues(t, 1463, row.Counts.Closed)
	require.EqualValues(t, 1463, row.Counts.Concluded)
	onTime := false
	for _, indicator := range row.Indicators {
		if indicator.Code == "CONCLUDED_ON_TIME" {
			onTime = true
			require.EqualValues(t, 1380, indicator.Numerator)
			require.EqualValues(t, 1463, indicator.Denominator)
		}
	}
	require.True(t, onTime, "CONCLUDED_ON_TIME is told")

	again := m.Run("import", filepath.Join(shared, "petitions_replied.xlsx"), "--division=530402")
	t.Log(again)
	require.Regexp(t, `(?m)\b0 new\b|new\s+0\b`, again)

	// The import of the open petitions is killed in the middle and run again.
	open := []string{"--data=" + m.Data, "import", filepath.Join(shared, "petitions_open.csv"), "--division=530402", "--report=" + filepath.Join(t.TempDir(), "report.csv")}
	cut := exec.Command(m.Binary, open...)
	require.NoError(t, cut.Start())
	require.Eventually(t, func() bool { return count(t, m, `select count(*) from cases where open`) > 300 }, 3*time.Minute, 50*time.Millisecond)
	require.NoError(t, cut.Process.Kill())
	_ = cut.Wait()
	t.Log(m.Run(open[1:]...))
	require.Equal(t, 2142, count(t, m, `select count(*) from cases where open`))
	require.Equal(t, 2142, count(t, m, `select count(*) from cases where open and overdue`), "all are long overdue")
	require.Eventually(t, func() bool {
		return count(t, m, `select count(distinct case_id) from supervision_orders`) == 2142
	}, 5*time.Minute, 200*time.Millisecond, "every overdue case gets its order")
	require.Equal(t, 2142, count(t, m, `select count(*) from supervision_orders`), "and none gets two")

	t.Log(m.Run("verify"))

	var worklist struct {
		Deadlines struct {
			Edges []struct{ Node struct{ DueAt time.Time } }
		}
	}
	require.NoError(t, manager.Do(t.Context(), `{ deadlines(first: 100, filter: {status: [MISSED]}) { edges { node { dueAt } } } }`, nil, &worklist))
	require.Len(t, worklist.Deadlines.Edges, 100)
	for i := 1; i < len(worklist.Deadlines.Edges); i++ {
		require.False(t, worklist.Deadlines.Edges[i].Node.DueAt.Before(worklist.Deadlines.Edges[i-1].Node.DueAt), "sorted by due day")
	}
}

// count asks the record's database of a machine.
func count(t *testing.T, m *machine.Machine, query string) int {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), m.Stack().PostgresURL)
	require.NoError(t, err)
	defer func() { _ = connection.Close(t.Context()) }()
	var n int
	require.NoError(t, connection.QueryRow(t.Context(), query).Scan(&n))
	return n
}
