package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	v12 "go.temporal.io/server/schema/postgresql/v12"
	"go.temporal.io/server/tools/common/schema"
	sqltool "go.temporal.io/server/tools/sql"
)

// temporalDatabase is one of Temporal's two databases and the schema it must have.
type temporalDatabase struct {
	name, schema, version string
}

var (
	storeDatabase      = temporalDatabase{"temporal", "postgresql/v12/temporal", v12.Version}
	visibilityDatabase = temporalDatabase{"temporal_visibility", "postgresql/v12/visibility", v12.VisibilityVersion}
)

// setUpTemporalDatabases makes Temporal's databases where they are missing and brings their schemas
// to the version of the server in this binary.
func (c *cluster) setUpTemporalDatabases(ctx context.Context, logger hclog.Logger) error {
	connection, err := c.superuser(ctx, "postgres")
	if err != nil {
		return err
	}
	defer connection.Close(ctx)
	for _, database := range []temporalDatabase{storeDatabase, visibilityDatabase} {
		exists, err := databaseExists(ctx, connection, database.name)
		if err != nil {
			return err
		}
		if exists {
			err = c.updateSchema(ctx, database, logger)
		} else {
			err = c.createTemporalDatabase(ctx, connection, database)
		}
		if err != nil {
			return fmt.Errorf("temporal's database %s: %w", database.name, err)
		}
	}
	return nil
}

// createTemporalDatabase makes the schema in a database of another name and renames that: a start
// killed half-way leaves a database that the next one throws away.
func (c *cluster) createTemporalDatabase(ctx context.Context, connection *pgx.Conn, database temporalDatabase) error {
	unfinished := database.name + "_unfinished"
	if _, err := connection.Exec(ctx, `drop database if exists `+unfinished+` with (force)`); err != nil {
		return err
	}
	if err := createDatabase(ctx, connection, unfinished, temporalRole); err != nil {
		return err
	}
	target, err := sqltool.NewConnection(c.temporalStore(unfinished, 1), toolLogger())
	if err != nil {
		return err
	}
	err = schema.NewSetupSchemaTask(target, &schema.SetupConfig{InitialVersion: "0.0"}, toolLogger()).Run()
	if err == nil {
		err = schema.NewUpdateSchemaTask(target, &schema.UpdateConfig{SchemaName: database.schema}, toolLogger()).Run()
	}
	if err == nil {
		// The version is kept under the name of its database.
		err = target.Exec(`update schema_version set db_name = $1`, database.name)
	}
	target.Close()
	if err != nil {
		return err
	}
	_, err = connection.Exec(ctx, `alter database `+unfinished+` rename to `+database.name)
	return err
}

// updateSchema brings an older schema up to date. Temporal's own tool can be repeated after it was
// interrupted. A newer schema is left alone: the server judges itself whether it can work with it.
func (c *cluster) updateSchema(ctx context.Context, database temporalDatabase, logger hclog.Logger) error {
	connection, err := pgx.Connect(ctx, c.url(temporalRole, c.passwords.temporal, database.name))
	if err != nil {
		return err
	}
	var version string
	err = connection.QueryRow(ctx, `select curr_version from schema_version where db_name = $1`, database.name).Scan(&version)
	_ = connection.Close(ctx)
	if err != nil {
		return err
	}
	if !olderSchema(version, database.version) {
		return nil
	}
	logger.Info("updating temporal's schema", "database", database.name, "from", version, "to", database.version)
	target, err := sqltool.NewConnection(c.temporalStore(database.name, 1), toolLogger())
	if err != nil {
		return err
	}
	defer target.Close()
	return schema.NewUpdateSchemaTask(target, &schema.UpdateConfig{SchemaName: database.schema}, toolLogger()).Run()
}

// olderSchema compares versions like 1.9 and 1.19 by their numbers.
func olderSchema(version, than string) bool {
	a, b := strings.Split(version, "."), strings.Split(than, ".")
	for i := range b {
		if i >= len(a) {
			return true
		}
		left, _ := strconv.Atoi(a[i])
		right, _ := strconv.Atoi(b[i])
		if left != right {
			return left < right
		}
	}
	return false
}

// temporalStore is how Temporal reaches one of its databases, with a pool of at most so many
// connections, all of which it keeps.
func (c *cluster) temporalStore(database string, connections int) *config.SQL {
	return &config.SQL{
		PluginName:      postgresql.PluginNamePGX,
		User:            temporalRole,
		Password:        c.passwords.temporal,
		ConnectAddr:     fmt.Sprintf("127.0.0.1:%d", c.port),
		ConnectProtocol: "tcp",
		DatabaseName:    database,
		ConnectAttributes: map[string]string{
			"require_auth": "scram-sha-256",
		},
		MaxConns:     connections,
		MaxIdleConns: connections,
	}
}

// toolLogger lets only what went wrong through.
func toolLogger() log.Logger {
	return log.NewZapLogger(log.BuildZapLogger(log.Config{Level: "error"}))
}
