package faults

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/tests/machine"
)

func TestEverythingKilledAtOnceStartsAgainAtOnceWithItsCases(t *testing.T) {
	binary, data := machine.Build(t), filepath.Join(t.TempDir(), "data")
	first := machine.Start(t, binary, data)
	opened, err := first.SignIn("p-530402-center-clerk-1").Mutate(t.Context(), "registerCase", map[string]any{
		"clientMutationId": "before", "kind": "DISPUTE", "source": "WALK_IN", "division": "530402001",
		"category": "D-NEIGHBOUR", "title": "断电前的案件", "narrative": "通道堵塞",
		"parties": []map[string]any{{"role": "APPLICANT", "name": "李明"}, {"role": "RESPONDENT", "name": "王强"}},
	})
	require.NoError(t, err)
	first.KillEverything()

	second := machine.Start(t, binary, data)
	accepted, err := second.SignIn("p-530402-center-clerk-1").Mutate(t.Context(), "acceptCase",
		map[string]any{"clientMutationId": "after", "caseId": opened.ID})
	require.NoError(t, err)
	require.Equal(t, opened.Number, accepted.Number)
	require.Equal(t, "INVESTIGATION", accepted.Stage)
}
