package store

import (
	"database/sql"
	"path/filepath"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestSeveralProcessesMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url := storetest.EmptyDatabase(t)
	_, err := Open(t.Context(), Options{URL: url, Keys: FileKeySource(filepath.Join(t.TempDir(), "key"))})
	var version *SchemaVersionError
	require.ErrorAs(t, err, &version)
	require.EqualValues(t, 0, version.Have)
	require.ErrorContains(t, err, "tiaochu migrate")

	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := Migrate(t.Context(), url, hclog.NewNullLogger()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := openAt(t, url, FileKeySource(filepath.Join(t.TempDir(), "key")))
	require.NoError(t, s.Ready(t.Context()))
}

func TestANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	url := storetest.Database(t)
	key := FileKeySource(filepath.Join(t.TempDir(), "key"))
	s := openAt(t, url, key)
	_, err := s.pool.Exec(t.Context(), "insert into schema_versions (version_id, is_applied) values (9999, true)")
	require.NoError(t, err)
	var version *SchemaVersionError
	_, err = Open(t.Context(), Options{URL: url, Keys: key})
	require.ErrorAs(t, err, &version)
	require.ErrorContains(t, err, "use a newer tiaochu")
	require.ErrorAs(t, Migrate(t.Context(), url, hclog.NewNullLogger()), &version)
}

// migrating gives a database and the way to its older schemas.
func migrating(t *testing.T, url string) (*sql.DB, *goose.Provider) {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	db := stdlib.OpenDB(*config)
	t.Cleanup(func() { _ = db.Close() })
	provider, err := newProvider(db)
	require.NoError(t, err)
	return db, provider
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	t.Parallel()
	url := storetest.Database(t)
	db, provider := migrating(t, url)
	_, err := provider.DownTo(t.Context(), 0)
	require.NoError(t, err)
	var left int
	require.NoError(t, db.QueryRowContext(t.Context(),
		"select count(*) from information_schema.tables where table_schema = 'public' and table_name <> 'schema_versions'").Scan(&left))
	require.Zero(t, left)
	_, err = provider.Up(t.Context())
	require.NoError(t, err)
}

func TestOlderRowsLearnTheirPlaceFromTheirCase(t *testing.T) {
	t.Parallel()
	url := storetest.Database(t)
	s := openAt(t, url, FileKeySource(filepath.Join(t.TempDir(), "key")))
	seed(t, s, directory.DevelopmentEntries())
	id := register(t, s).CaseID
	_, err := s.Append(t.Context(), stateOf(t, s, id).Version,
		casefile.Command{CaseID: id, Actor: casefile.System, Act: casefile.PassTime{}}, noon.AddDate(0, 0, 30))
	require.NoError(t, err)
	require.NotEmpty(t, stateOf(t, s, id).Orders)
	_, provider := migrating(t, url)
	_, err = provider.DownTo(t.Context(), 28)
	require.NoError(t, err)
	_, err = provider.Up(t.Context())
	require.NoError(t, err)
	s.pool.Reset() // its statements were planned for the older tables
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
	for _, table := range []string{"deadlines", "supervision_orders"} {
		var rows int
		require.NoError(t, s.pool.QueryRow(t.Context(), "select count(*) from "+table+" where division = $1 and unit = 'u-530402-center'", county).Scan(&rows))
		require.Positive(t, rows, table)
	}
}

func TestEveryColumnIsWrittenAndNothingElse(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for _, described := range []table{
		eventsTable, requestsTable, casesTable, externalIDsTable, grantsTable, exclusionsTable, deadlinesTable, tasksTable, ordersTable,
	} {
		rows, err := s.pool.Query(t.Context(), `
			select column_name || ' ' || case data_type
				when 'timestamp with time zone' then 'timestamptz'
				when 'ARRAY' then case udt_name when '_int4' then 'integer[]' when '_text' then 'text[]' else udt_name end
				else data_type end
			from information_schema.columns
			where table_schema = 'public' and table_name = $1 and column_name not in ('position', 'xid')`, described.name)
		require.NoError(t, err)
		have, err := collectStrings(rows)
		require.NoError(t, err)
		var want []string
		for _, c := range described.columns {
			want = append(want, c.name+" "+c.sqlType)
		}
		require.ElementsMatch(t, want, have, described.name)
	}
}

func TestAURLWithAPasswordIsNotShown(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"postgres://u:hunter2@[::1/db", "postgres://u:hunter2@host:notaport/db"} {
		_, err := Open(t.Context(), Options{URL: url})
		require.Error(t, err)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

func TestNoTwoMigrationsHaveOneNumber(t *testing.T) {
	t.Parallel()
	files, err := migrations.ReadDir("migrations")
	require.NoError(t, err)
	named := map[string]string{}
	for _, file := range files {
		number := file.Name()[:5]
		require.Empty(t, named[number], "%s has the number of another one", file.Name())
		named[number] = file.Name()
	}
}
