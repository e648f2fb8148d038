// Package due runs the short form of the bench in which many cases fall due at once: it
// fails by itself where a case is escalated twice, not at all, or late.
package due

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/tests/machine"
)

func TestCasesDueAtOnceAreEachEscalatedOnceAndTheOldestFirst(t *testing.T) {
	binary := machine.Build(t)
	out, err := exec.CommandContext(t.Context(), binary, "bench", "due",
		"--cases=400", "--within=10s", "--commands=5", "--lasting=6s").CombinedOutput()
	t.Logf("%s", out)
	require.NoError(t, err)
	require.Contains(t, string(out), "each missed and chased once")
}
