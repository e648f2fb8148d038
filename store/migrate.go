package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versionTable is where goose notes which migrations ran.
const versionTable = "schema_versions"

// Migrate brings the database at url to the schema of this binary. Several processes may
// call it at once: an advisory lock lets one work while the others wait. A schema newer
// than the binary is a *SchemaVersionError.
func Migrate(ctx context.Context, url string, logger hclog.Logger) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("read the database URL: %w", withoutPassword(err))
	}
	db := stdlib.OpenDB(*config)
	defer func() { _ = db.Close() }()
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if want := schemaVersion(); have > want {
		return &SchemaVersionError{Have: have, Want: want}
	}
	results, err := provider.Up(ctx)
	for _, result := range results {
		if result.Error == nil {
			logger.Info("migrated the database", "version", result.Source.Version, "took", result.Duration)
		}
	}
	if err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

func newProvider(db *sql.DB) (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	versions, err := database.NewStore(database.DialectPostgres, versionTable)
	if err != nil {
		return nil, fmt.Errorf("name the version table: %w", err)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, fmt.Errorf("make the migration lock: %w", err)
	}
	provider, err := goose.NewProvider("", db, dir,
		goose.WithStore(versions), goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return provider, nil
}

// schemaVersion is the number of the newest embedded migration.
func schemaVersion() int64 {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		panic("store: no embedded migrations")
	}
	var newest int64
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			panic("store: a migration without a number: " + name)
		}
		newest = max(newest, version)
	}
	return newest
}

// checkSchema compares the database's schema with the binary's.
func (s *Store) checkSchema(ctx context.Context) error {
	var have int64
	err := s.pool.QueryRow(ctx,
		"select coalesce(max(version_id), 0) from "+versionTable+" where is_applied").Scan(&have)
	if sqlState(err) == "42P01" { // undefined_table: nothing was ever migrated here
		have, err = 0, nil
	}
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if want := schemaVersion(); have != want {
		return &SchemaVersionError{Have: have, Want: want}
	}
	return nil
}

// withoutPassword keeps a parse error from showing the URL with its password.
func withoutPassword(err error) error {
	var parse *pgconn.ParseConfigError
	if errors.As(err, &parse) {
		return errors.New("it is not a valid Postgres connection string")
	}
	return err
}
