package bench

import (
	"context"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/apitest"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestPagesOverTheAPIHaveTheRowsOfABareRead(t *testing.T) {
	t.Parallel()
	ctx, url := t.Context(), storetest.Database(t)
	record, err := store.Open(ctx, store.Options{URL: url, Keys: store.FileKeySource(filepath.Join(t.TempDir(), "key"))})
	require.NoError(t, err)
	t.Cleanup(record.Close)
	const lives = 60
	for _, entries := range []directory.Entries{directory.DevelopmentEntries(), ProvinceOffices(loadedProfile(lives))} {
		_, err = record.SeedDirectory(ctx, entries, false)
		require.NoError(t, err)
	}
	_, err = LoadCases(ctx, record, LoadOptions{
		Cases: 2000, Seed: 3, Lives: lives, Within: readCounty, CopyOptions: store.CopyOptions{Events: true},
	})
	require.NoError(t, err)
	key := []byte("a signing key of the test, 32 bytes and more")
	handler, err := api.New(api.Options{
		Store: record, Commander: &apitest.Commander{Store: record, Now: time.Now}, TokenKey: key,
		CommandsReady: func(context.Context) error { return nil },
	})
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	pool, err := pgxpool.New(ctx, url)
	require.NoError(t, err)
	t.Cleanup(pool.Close)

	compared, err := CompareReads(ctx, server.URL, func(personID string) (string, error) {
		return api.IssueToken(key, personID, time.Hour)
	}, pool, 1, 2, 3, 1000)
	require.NoError(t, err)
	require.Greater(t, compared, 500)
	var shown, known int
	require.NoError(t, pool.QueryRow(ctx, `select count(*), count(p.id) from cases c left join people p on p.id = c.handler_id
		where c.handler_id is not null`).Scan(&shown, &known))
	require.Equal(t, shown, known, "every handler is in the directory")
}
