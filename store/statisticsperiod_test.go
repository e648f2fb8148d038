package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAPeriodIsWholeYearsAndTheMonthsBeside(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 20, 4, 0, 0, 0, time.UTC)
	for _, c := range []struct{ from, to, years, months string }{
		{"2025-01-01", "2025-12-31", "2025 2025", ""},
		{"2024-11-01", "2026-12-31", "2025 2026", "2024-11 2024-12"},
		{"2024-11-01", "2025-12-31", "2025 2025", "2024-11 2024-12"},
		{"2025-01-01", "2026-04-30", "2025 2025", "2026-01 2026-04"},
		{"2025-01-01", "2026-05-20", "2025 2026", ""}, // as far as today
		{"2025-01-01", "2026-05-19", "2025 2025", "2026-01 2026-04"},
		{"2025-02-01", "2025-12-31", "", "2025-02 2025-12"},
		{"2025-01-01", "2025-11-30", "", "2025-01 2025-11"},
		{"2024-12-15", "2026-01-31", "2025 2025", "2026-01 2026-01"},
		{"2023-12-01", "2026-01-31", "2024 2025", "2023-12 2023-12 2026-01 2026-01"},
	} {
		p, err := newPeriod(c.from, c.to, now)
		require.NoError(t, err)
		require.True(t, p.hasWhole())
		years, months := p.years()
		got, beside := "", ""
		if !years.from.IsZero() {
			require.Equal(t, 1, years.from.YearDay())
			require.Equal(t, 1, years.to.YearDay())
			got = years.from.Format("2006") + " " + years.to.Format("2006")
		}
		for _, span := range months {
			if beside != "" {
				beside += " "
			}
			beside += span.from.Format("2006-01") + " " + span.to.Format("2006-01")
		}
		require.Equal(t, c.years, got, "%s to %s", c.from, c.to)
		require.Equal(t, c.months, beside, "%s to %s", c.from, c.to)
	}
}
