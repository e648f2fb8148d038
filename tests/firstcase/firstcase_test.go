// Package firstcase runs the README's first case, word for word, on a real machine.
package firstcase

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/tests/machine"
)

func TestTheReadmesFirstCaseEndsClosedWithItsTimeline(t *testing.T) {
	binary := machine.Build(t)
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "bin"), 0o755))
	require.NoError(t, os.Symlink(binary, filepath.Join(folder, "bin", "tiaochu")))
	m := machine.Start(t, binary, filepath.Join(folder, ".data"))

	root, err := stack.Root()
	require.NoError(t, err)
	for _, readme := range []string{"README.md", "README.zh-CN.md"} {
		t.Run(readme, func(t *testing.T) {
			script := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", firstCase(t, filepath.Join(root, readme)))
			script.Dir = folder
			_, port, err := net.SplitHostPort(strings.TrimPrefix(m.Processes().URL, "http://"))
			require.NoError(t, err)
			script.Env = append(os.Environ(), "URL=http://127.0.0.1:"+port)
			out, err := script.CombinedOutput()
			require.NoError(t, err, "%s", out)
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			last := lines[len(lines)-1]
			require.Contains(t, last, `"stage":"CLOSED"`, "%s", out)
			require.Contains(t, last, `"outcome":"AGREEMENT_WRITTEN"`)
			require.GreaterOrEqual(t, strings.Count(last, `"seq":`), 12, "the timeline is there")
			require.NotContains(t, string(out), `"errors"`)
			require.NotRegexp(t, `"userErrors":\[\{`, string(out), "no step is refused")
		})
	}
}

var block = regexp.MustCompile("(?s)<!-- first-case -->\n```sh\n(.*?)```")

func firstCase(t *testing.T, readme string) string {
	t.Helper()
	text, err := os.ReadFile(readme)
	require.NoError(t, err)
	found := block.FindSubmatch(text)
	require.NotNil(t, found, "%s has a block marked first-case", readme)
	return string(found[1])
}
