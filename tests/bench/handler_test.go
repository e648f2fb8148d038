package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
)

// BenchmarkPage is the measured page without HTTP, in this process: the province's first page,
// which is in memory from the second time on, and its pages one after the other, too many to be
// kept.
//
//	go test ./tests/bench -run - -bench Page -benchmem
func BenchmarkPage(b *testing.B) {
	handler, token := loadedHandler(b, 20_000)
	b.Run("again", func(b *testing.B) {
		defer processorOf(b)()
		for b.Loop() {
			handledPage(b, handler, token, "")
		}
	})
	b.Run("for the first time", func(b *testing.B) {
		defer processorOf(b)()
		after := ""
		for b.Loop() {
			page, err := decodePage(handledPage(b, handler, token, after))
			require.NoError(b, err)
			after = ""
			if page.Data.Cases.PageInfo.HasNextPage {
				after = *page.Data.Cases.PageInfo.EndCursor
			}
		}
	})
}

// processorOf reports allocations, and at the end this process's processor time.
func processorOf(b *testing.B) (end func()) {
	b.Helper()
	b.ReportAllocs()
	runtime.GC()
	before := cpuOf(selfPID)
	return func() { b.ReportMetric(ms(cpuOf(selfPID)-before)/float64(b.N), "processor-ms/op") }
}

// loadedHandler is the API over a record with so many cases, and a token of the province's
// supervisor.
func loadedHandler(b *testing.B, cases int) (http.Handler, string) {
	b.Helper()
	record, err := store.Open(b.Context(), store.Options{
		URL: storetest.Database(b), Keys: store.FileKeySource(filepath.Join(b.TempDir(), "key")),
	})
	require.NoError(b, err)
	b.Cleanup(record.Close)
	load := LoadOptions{Cases: cases, Seed: 1, CopyOptions: store.CopyOptions{Events: true, Unsummed: true}}
	_, err = record.SeedDirectory(b.Context(), ProvinceOffices(loadedProfile(load.lives())), false)
	require.NoError(b, err)
	_, err = LoadCases(b.Context(), record, load)
	require.NoError(b, err)
	key := bytes.Repeat([]byte("k"), 32)
	handler, err := api.New(api.Options{
		Store: record, Commander: struct{ api.Commander }{}, TokenKey: key,
		CommandsReady: func(context.Context) error { return nil },
	})
	require.NoError(b, err)
	token, err := api.IssueToken(key, officeID("53", casefile.UnitLeadingBody)+"-supervisor1", 12*time.Hour)
	require.NoError(b, err)
	return handler, token
}

func handledPage(b *testing.B, handler http.Handler, token, after string) []byte {
	b.Helper()
	variables := map[string]any{"first": readPage}
	if after != "" {
		variables["after"] = after
	}
	body, err := json.Marshal(map[string]any{"query": readQuery, "variables": variables})
	require.NoError(b, err)
	request := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	require.Equal(b, http.StatusOK, answer.Code)
	require.Greater(b, answer.Body.Len(), 10_000)
	return answer.Body.Bytes()
}
