package durability

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
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
