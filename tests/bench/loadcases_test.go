package bench

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Run(m, func(url string) error { return store.Migrate(context.Background(), url, hclog.NewNullLogger()) })
}

func TestLoadedCasesAreWholeAndLieWhereTheirCodesSay(t *testing.T) {
	t.Parallel()
	url := storetest.Database(t)
	record, err := store.Open(t.Context(), store.Options{URL: url, Keys: store.FileKeySource(filepath.Join(t.TempDir(), "key"))})
	require.NoError(t, err)
	t.Cleanup(record.Close)
	_, err = record.SeedDirectory(t.Context(), directory.DevelopmentEntries(), false)
	require.NoError(t, err)
	lives, err := LoadCases(t.Context(), record, LoadOptions{
		Cases: 400, Seed: 7, Lives: 60, CopyOptions: store.CopyOptions{Events: true},
	})
	require.NoError(t, err)
	require.Equal(t, 60, lives)

	db, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close(context.Background()) })
	for name, none := range map[string]string{
		"places":        `select count(*) from cases where province <> '53' or city <> left(division, 4) or county <> left(division, 6) or left(county, 4) <> city`,
		"figures":       `select count(*) from cases c left join statistics_cases s on s.case_id = c.id and s.county = c.county and s.city = c.city and s.division = c.division where s.case_id is null`,
		"states":        `select count(*) from cases where state::jsonb ->> 'id' <> id::text or state::jsonb ->> 'division' <> division or state::jsonb ->> 'number' <> number or (state::jsonb ->> 'version')::integer <> version`,
		"events":        `select count(*) from cases c where version <> (select count(*) from events e where e.case_id = c.id)`,
		"simulated":     `select count(*) from cases where state like '%"9901%'`,
		"open deadline": `select count(*) from deadlines d where not exists (select 1 from cases c where c.id = d.case_id)`,
	} {
		var wrong int
		require.NoError(t, db.QueryRow(t.Context(), none).Scan(&wrong), name)
		require.Zero(t, wrong, name)
	}
	var cases, counties, sealed int64
	require.NoError(t, db.QueryRow(t.Context(), "select count(*), count(distinct county), count(*) filter (where confidentiality = 'SEALED') from cases").
		Scan(&cases, &counties, &sealed))
	require.EqualValues(t, 400, cases)
	require.Greater(t, counties, int64(50))
	manager := directory.Development().Holders(casefile.RoleManager, "u-53-center")[0]
	table, err := record.Statistics(t.Context(), store.NewViewer(directory.Development(), manager), store.StatisticsQuery{
		Division: "53", From: "2025-01-01", To: "2025-12-31", Basis: store.RegisteredIn,
	})
	require.NoError(t, err)
	require.GreaterOrEqual(t, table.Rows[0].Counts.Registered, cases-sealed)
	require.LessOrEqual(t, table.Rows[0].Counts.Registered, cases)
}
