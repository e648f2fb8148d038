package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	v12 "go.temporal.io/server/schema/postgresql/v12"
	"go.temporal.io/server/tools/common/schema"
	sqltool "go.temporal.io/server/tools/sql"
)

func TestSchemaVersionsAreComparedByTheirNumbers(t *testing.T) {
	t.Parallel()
	require.True(t, olderSchema("1.9", "1.19"))
	require.True(t, olderSchema("0.0", "1.0"))
	require.True(t, olderSchema("1", "1.1"))
	require.False(t, olderSchema("1.19", "1.19"))
	require.False(t, olderSchema("1.20", "1.19"))
	require.False(t, olderSchema("2.0", "1.19"))
}

func TestAnOlderSchemaOfTemporalIsBroughtUpToDate(t *testing.T) {
	t.Parallel()
	ctx := contextOf(t)
	data := filepath.Join(t.TempDir(), "data")
	s := &supervisor{runCommand: runCommand{Data: data, ProductConnections: 5}, logger: hclog.NewNullLogger()}
	var err error
	s.folder, err = openFolder(data)
	require.NoError(t, err)
	t.Cleanup(s.stop)
	require.NoError(t, s.startPostgres(ctx, machineMemory()))
	require.NoError(t, s.cluster.setUpRoles(ctx, 5))
	superuser, err := s.cluster.superuser(ctx, "postgres")
	require.NoError(t, err)
	defer superuser.Close(ctx)
	require.NoError(t, createDatabase(ctx, superuser, storeDatabase.name, temporalRole))
	tool, err := sqltool.NewConnection(s.cluster.temporalStore(storeDatabase.name, 1), toolLogger())
	require.NoError(t, err)
	require.NoError(t, schema.NewSetupSchemaTask(tool, &schema.SetupConfig{InitialVersion: "0.0"}, toolLogger()).Run())
	require.NoError(t, schema.NewUpdateSchemaTask(tool, &schema.UpdateConfig{SchemaName: storeDatabase.schema, TargetVersion: "1.17"}, toolLogger()).Run())
	tool.Close()
	version := func() (version string) {
		connection, err := pgx.Connect(ctx, s.cluster.url(temporalRole, s.cluster.passwords.temporal, storeDatabase.name))
		require.NoError(t, err)
		defer connection.Close(ctx)
		require.NoError(t, connection.QueryRow(ctx, `select curr_version from schema_version`).Scan(&version))
		return version
	}
	require.Equal(t, "1.17", version())
	require.NoError(t, s.cluster.setUpTemporalDatabases(ctx, s.logger))
	require.Equal(t, v12.Version, version())
	s.stop()
	s.folder = nil // stopped already

	startStack(t, data, "--start-timeout="+time.Minute.String())
}
