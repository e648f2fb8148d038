package durability

import (
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

func TestACaseGoesOnFromTheRecordAfterTheRecordWasRestoredFromABackup(t *testing.T) {
	t.Parallel()
	place := stacktest.Shared(t)
	o := office.Open(t, place, office.Options{})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))

	// The backup is taken now; the acceptance comes after it and is lost with the restore.
	backup := backUp(t, o)
	o.Do(id, office.Clerk, casefile.AcceptCase{})
	require.Equal(t, casefile.StageInvestigation, o.Shell(id).Stage)
	o.Restore(backup)
	require.Equal(t, casefile.StageAcceptance, o.State(id).Stage)

	o.Do(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "恢复后继续")})
	require.Equal(t, casefile.StateDigest(o.State(id)), casefile.StateDigest(o.Shell(id)), "the shell took the record over")
	o.Do(id, office.Clerk, casefile.AcceptCase{})
	require.Equal(t, casefile.StageInvestigation, o.State(id).Stage)
}

// backUp copies the office's database and returns the URL of the copy.
func backUp(t *testing.T, o *office.Office) string {
	t.Helper()
	o.StopWorker()
	o.Store.Close()
	config, err := pgx.ParseConfig(o.Place.PostgresURL)
	require.NoError(t, err)
	admin, err := o.Place.Stack.SuperuserURL("postgres")
	require.NoError(t, err)
	connection, err := pgx.Connect(t.Context(), admin)
	require.NoError(t, err)
	defer func() { _ = connection.Close(t.Context()) }()
	copied := config.Database + "_backup"
	_, err = connection.Exec(t.Context(), "create database "+copied+" template "+config.Database+" owner tiaochu")
	require.NoError(t, err)
	url, err := o.Place.Stack.WithDatabase(copied)
	require.NoError(t, err)
	o.Restore(o.Place.PostgresURL)
	return url
}

func TestACaseWhoseWorkflowIsGoneGoesOnWithItsNextCommandOrNudge(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	commanded, nudged := office.NewCaseID(), office.NewCaseID()
	for _, id := range []string{commanded, nudged} {
		o.Do(id, office.Clerk, o.Dispute(id))
		require.NoError(t, o.Temporal.TerminateWorkflow(t.Context(), workflows.CaseWorkflowID(id), "", "by an operator"))
	}

	o.Do(commanded, office.Clerk, casefile.AcceptCase{})
	require.Equal(t, casefile.StateDigest(o.State(commanded)), casefile.StateDigest(o.Shell(commanded)))

	reached, err := command.NudgeAll(t.Context(), o.Temporal, o.Place.TaskQueue, []string{nudged}, hclog.NewNullLogger())
	require.NoError(t, err)
	require.Equal(t, 1, reached)
	require.Equal(t, casefile.StateDigest(o.State(nudged)), casefile.StateDigest(o.Shell(nudged)), "its clocks are armed again")
}
