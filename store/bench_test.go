package store

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

// BenchmarkAppend stores the texts of a registration and registers it, then adds a note.
func BenchmarkAppend(b *testing.B) {
	s := openStore(b)
	var n atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			command := registering(b, s)
			done := requireAdded(b, s, 0, command)
			requireAdded(b, s, done.Version, noting(b, s, command.CaseID, int(n.Add(1))))
		}
	})
}

// BenchmarkReads reads first pages as a county's manager among 20,000 cases.
func BenchmarkReads(b *testing.B) {
	s := openStore(b)
	fill(b, s, syntheticStates(6, 20_000))
	viewer := viewerOf(b, casefile.RoleManager, "u-530402-center")
	for name, read := range map[string]func() (int, error){
		"newest cases": func() (int, error) {
			page, err := s.Cases(b.Context(), viewer, CaseQuery{Page: Page{First: 50}})
			return len(page.Rows), err
		},
		"cases by due day with total": func() (int, error) {
			page, err := s.Cases(b.Context(), viewer, CaseQuery{Order: DueAtAsc, Page: Page{First: 50}, WantTotal: true})
			return len(page.Rows), err
		},
		"missed deadlines": func() (int, error) {
			page, err := s.Deadlines(b.Context(), viewer, DeadlineQuery{Statuses: []casefile.DeadlineStatus{casefile.ClockMissed}, Page: Page{First: 50}})
			return len(page.Rows), err
		},
		"inbox": func() (int, error) {
			page, err := s.Tasks(b.Context(), viewer, TaskQuery{Page: Page{First: 50}})
			return min(len(page.Rows), 1), err
		},
		"statistics by month": func() (int, error) {
			result, err := s.Statistics(b.Context(), viewer, StatisticsQuery{
				Division: county, From: "2026-01-01", To: "2026-12-31", GroupBy: []StatisticsGroup{ByMonth, ByKind},
			})
			return len(result.Rows), err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				rows, err := read()
				require.NoError(b, err)
				require.Positive(b, rows)
			}
		})
	}
}
