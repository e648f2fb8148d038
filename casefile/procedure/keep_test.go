package procedure_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func TestAVersionThatCasesFollowIsOnlyEnded(t *testing.T) {
	t.Parallel()
	const today = "2025-06-15"
	older, err := load(t, stricter)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		from, to string
		on       procedure.Date
		refused  string
	}{
		"the same again":            {on: today},
		"another length":            {`"length": 45`, `"length": 40`, today, "cases follow it"},
		"another first day":         {`"effectiveFrom": "2025-01-01"`, `"effectiveFrom": "2025-02-01"`, today, "cases follow it"},
		"ended from tomorrow":       {`"2025-12-31"`, `"2025-06-15"`, today, ""},
		"ended yesterday":           {`"2025-12-31"`, `"2025-06-14"`, today, ""},
		"ended in the past":         {`"2025-12-31"`, `"2025-06-13"`, today, `effectiveTo is "2025-06-13" and was "2025-12-31": expected neither before 2025-06-14`},
		"revived after its end":     {`"2025-12-31"`, `"2026-12-31"`, "2026-03-01", "expected neither before 2026-02-28"},
		"changed before its start":  {`"length": 45`, `"length": 40`, "2024-12-31", ""},
		"changed on its first day":  {`"length": 45`, `"length": 40`, "2025-01-01", ""},
		"changed on its second day": {`"length": 45`, `"length": 40`, "2025-01-02", "cases follow it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newer, err := load(t, strings.ReplaceAll(stricter, c.from, c.to))
			if c.from == "" {
				newer, err = older, nil
			}
			require.NoError(t, err)
			err = newer.Rewritten(older, c.on)
			if c.refused == "" {
				require.NoError(t, err)
				return
			}
			var faults *procedure.FaultsError
			require.ErrorAs(t, err, &faults)
			require.Len(t, faults.Faults, 1)
			require.ErrorContains(t, err, c.refused)
		})
	}
}
