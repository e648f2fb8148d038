package recounts

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/bench"
	"github.com/tiaochu/tiaochu/tests/machine"
)

func TestALoadKilledInTheMiddleGoesOnAndMovesEachClockOnce(t *testing.T) {
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	record, err := store.Open(t.Context(), store.Options{
		URL: m.Stack().PostgresURL, Keys: store.FileKeySource(filepath.Join(m.Data, "master.key")),
	})
	require.NoError(t, err)
	defer record.Close()
	const cases = 120
	ids, err := bench.Plant(t.Context(), record, "530402001", cases)
	require.NoError(t, err)
	days, err := bench.NewMovingDay(t.Context(), record)
	require.NoError(t, err)
	before, err := record.Law(t.Context())
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "year.json")
	require.NoError(t, os.WriteFile(file, days.Next().File(), 0o600))

	shown := m.Run("calendar", "load", "--dry-run", file)
	require.Contains(t, shown, days.Day.String()+"  free (Monday, extra day off holiday), was: worked")
	require.Contains(t, shown, "can move 120 open deadlines in 120 cases")
	require.Contains(t, shown, "moves 120 of them")
	after, err := record.Law(t.Context())
	require.NoError(t, err)
	require.Equal(t, before.Version(), after.Version(), "a dry run changes nothing")

	// Slow enough to be killed in the middle.
	load := exec.Command(m.Binary, "--data="+m.Data, "calendar", "load", "--rate=20", "--by=tester", file)
	var said bytes.Buffer
	load.Stdout, load.Stderr = &said, &said
	require.NoError(t, load.Start())
	require.Eventually(t, func() bool {
		left, err := record.QueuedCases(t.Context())
		return err == nil && len(left) > 0 && len(left) < cases-10
	}, time.Minute, 20*time.Millisecond, "%s", &said)
	require.NoError(t, load.Process.Kill())
	_ = load.Wait()
	killed(t, m.Processes().Worker) // and the worker with it
	left, err := record.QueuedCases(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, left)
	require.Contains(t, recomputing(t, m), true)

	m.Run("calendar", "resume", "--rate=200")
	left, err = record.QueuedCases(t.Context())
	require.NoError(t, err)
	require.Empty(t, left)
	require.NotContains(t, recomputing(t, m), true)
	for _, id := range ids {
		events, err := record.Events(t.Context(), id, 0, 1000)
		require.NoError(t, err)
		moved := 0
		for _, event := range events {
			if _, ok := event.Body.(casefile.DeadlineRecounted); ok {
				moved++
			}
		}
		require.Equal(t, 1, moved, "case %s", id)
	}
	require.Contains(t, m.Run("calendar", "load", file), "is in force already")
	require.Contains(t, m.Run("calendar", "list"), "by tester")
	require.Contains(t, m.Run("verify"), "the record is sound")
	explain := []string{"calendar", "explain", "--from=" + days.Day.AddDays(-1).String(), "--length=1", "--unit=WORKING_DAYS"}
	require.NotContains(t, m.Run(explain...), "extra day off")
	require.Contains(t, m.Run(append(explain, "--loaded", "--division=530402001")...), "extra day off holiday, not counted")
	tryLaw(t, m)

	// What no command tells, a worker does.
	_, err = record.LoadCalendar(t.Context(), days.Next(), "tester")
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		left, err := record.QueuedCases(t.Context())
		return err == nil && len(left) == 0
	}, time.Minute, 100*time.Millisecond)
}

func killed(t *testing.T, pid int) {
	t.Helper()
	process, err := os.FindProcess(pid)
	require.NoError(t, err)
	require.NoError(t, process.Kill())
}

// recomputing asks the API which of the next deadlines are being counted anew.
func recomputing(t *testing.T, m *machine.Machine) []bool {
	t.Helper()
	var answer struct {
		Deadlines struct {
			Edges []struct{ Node struct{ Recomputing bool } }
		}
	}
	require.NoError(t, m.SignIn("p-530402-center-manager-1").Do(t.Context(),
		`{ deadlines(first: 100, filter: {status: [RUNNING]}) { edges { node { recomputing provisional explanation { text } } } } }`, nil, &answer))
	require.NotEmpty(t, answer.Deadlines.Edges)
	var all []bool
	for _, edge := range answer.Deadlines.Edges {
		all = append(all, edge.Node.Recomputing)
	}
	return all
}
