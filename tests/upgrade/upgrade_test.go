// Package upgrade opens cases with the build of the last commit and goes on with this one,
// on the same data folder.
package upgrade

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/tests/machine"
)

func TestAnUpgradeStrandsNoOpenCase(t *testing.T) {
	root, err := stack.Root()
	require.NoError(t, err)
	now := machine.Build(t)
	before := buildCommit(t, root, lastCommit(t, root))
	data := filepath.Join(t.TempDir(), "data")

	old := machine.Start(t, before, data)
	clerk := old.SignIn("p-530402-center-clerk-1")
	opened, err := clerk.Mutate(t.Context(), "registerCase", map[string]any{
		"clientMutationId": "before", "kind": "DISPUTE", "source": "WALK_IN", "division": "530402001",
		"category": "D-NEIGHBOUR", "title": "升级前的案件", "narrative": "通道堵塞",
		"parties": []map[string]any{{"role": "APPLICANT", "name": "李明"}, {"role": "RESPONDENT", "name": "王强"}},
	})
	require.NoError(t, err)
	old.Stop()

	upgraded := machine.Start(t, now, data)
	clerk, manager := upgraded.SignIn("p-530402-center-clerk-1"), upgraded.SignIn("p-530402-center-manager-1")
	accepted, err := clerk.Mutate(t.Context(), "acceptCase", map[string]any{"clientMutationId": "after", "caseId": opened.ID})
	require.NoError(t, err)
	require.Equal(t, "INVESTIGATION", accepted.Stage)
	require.Equal(t, opened.Number, accepted.Number)
	_, err = manager.Mutate(t.Context(), "assignCase", map[string]any{
		"clientMutationId": "assign", "caseId": opened.ID,
		"personId": schema.GlobalID("Person", "p-530402-center-investigator-1"),
	})
	require.NoError(t, err)
}

// lastCommit is the commit before what this checkout holds: HEAD where something is changed
// but not committed, else the one before it.
func lastCommit(t *testing.T, root string) string {
	t.Helper()
	if git(t, root, "status", "--porcelain", "--untracked-files=no") != "" {
		return git(t, root, "rev-parse", "HEAD")
	}
	if exec.Command("git", "-C", root, "rev-parse", "--verify", "-q", "HEAD~1").Run() != nil {
		t.Skip("SKIPPED: the checkout has no commit before this one to upgrade from")
	}
	return git(t, root, "rev-parse", "HEAD~1")
}

// buildCommit builds both programs of a commit in a worktree of its own.
func buildCommit(t *testing.T, root, commit string) string {
	t.Helper()
	tree := filepath.Join(t.TempDir(), "tree")
	git(t, root, "worktree", "add", "--detach", "-q", tree, commit)
	t.Cleanup(func() { git(t, root, "worktree", "remove", "--force", tree) })
	for folder, arguments := range map[string][]string{
		tree:                            {"-o", "bin/tiaochu", "./cmd/tiaochu"},
		filepath.Join(tree, "embedded"): {"-o", "../bin/tiaochu-embedded", "."},
	} {
		build := exec.Command("go", append([]string{"build", "-trimpath", "-ldflags", "-s -w"}, arguments...)...)
		build.Dir = folder
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		out, err := build.CombinedOutput()
		require.NoError(t, err, "build %s: %s", commit, out)
	}
	return filepath.Join(tree, "bin", "tiaochu")
}

func git(t *testing.T, root string, arguments ...string) string {
	t.Helper()
	out, err := exec.Command("git", append([]string{"-C", root}, arguments...)...).CombinedOutput()
	require.NoError(t, err, "git %s: %s", strings.Join(arguments, " "), out)
	return strings.TrimSpace(string(out))
}
