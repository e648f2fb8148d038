package faults

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/tests/machine"
)

// A Temporal that stands still is worse than one that died: nobody starts it again, and whoever asks
// it waits.
func TestPeopleGoOnWhileTemporalStandsStill(t *testing.T) {
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	clerk, manager := m.SignIn("p-530402-center-clerk-1"), m.SignIn("p-530402-center-manager-1")
	dispute := func(key string) map[string]any {
		return map[string]any{
			"clientMutationId": key, "kind": "DISPUTE", "source": "WALK_IN", "division": "530402001",
			"category": "D-NEIGHBOUR", "title": "通道纠纷", "narrative": "通道堵塞",
			"parties": []map[string]any{{"role": "APPLICANT", "name": "李明"}, {"role": "RESPONDENT", "name": "王强"}},
		}
	}
	before, err := clerk.Mutate(t.Context(), "registerCase", dispute("before"))
	require.NoError(t, err)

	temporal := m.Stack().PIDs.Temporal
	require.NoError(t, syscall.Kill(temporal, syscall.SIGSTOP))
	goesOn := func() { _ = syscall.Kill(temporal, syscall.SIGCONT) }
	t.Cleanup(goesOn)
	accepted, err := clerk.Mutate(t.Context(), "acceptCase", map[string]any{"clientMutationId": "accept", "caseId": before.ID})
	require.NoError(t, err)
	require.Equal(t, "INVESTIGATION", accepted.Stage)
	opened, err := clerk.Mutate(t.Context(), "registerCase", dispute("meanwhile"))
	require.NoError(t, err)
	require.NotEmpty(t, opened.Number)
	_, err = manager.Mutate(t.Context(), "assignCase", map[string]any{
		"clientMutationId": "assign", "caseId": before.ID, "personId": schema.GlobalID("Person", "p-530402-center-investigator-1"),
	})
	require.NoError(t, err)

	conn, err := pgx.Connect(t.Context(), m.Stack().PostgresURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	unheard := func() (count int) {
		require.NoError(t, conn.QueryRow(t.Context(), "select count(*) from unheard").Scan(&count))
		return count
	}
	require.Equal(t, 3, unheard())
	// The API that owes it to the workflows dies too: a worker tells them.
	killed(t, "API", m.Processes().API)
	goesOn()
	require.Eventually(t, func() bool { return unheard() == 0 }, 2*time.Minute, 200*time.Millisecond)
	for _, id := range []string{before.ID, opened.ID} {
		_, err = clerk.Mutate(t.Context(), "addNote", map[string]any{"clientMutationId": "note-" + id, "caseId": id, "text": "照常办理"})
		require.NoError(t, err)
	}
	require.Contains(t, m.Run("verify"), "the record is sound")
}
