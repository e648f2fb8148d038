// Package node runs npm programs for tests: the packages that a folder's package-lock.json
// names, and nothing else.
package node

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// installing lets the tests of one folder, which may start at once, install one after another.
var installing sync.Mutex

// Install makes sure that Node is there and that the packages of the test's folder are those
// of its package-lock.json. Without Node the test is skipped with a word on what to install;
// where CI is set it fails.
func Install(t *testing.T) {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			message := program + " is missing: install Node.js 20 or newer with npm (on Debian: apt-get install nodejs npm)"
			if os.Getenv("CI") != "" {
				t.Fatal(message)
			}
			t.Skip(message)
		}
	}
	installing.Lock()
	defer installing.Unlock()
	lock, err := os.Stat("package-lock.json")
	require.NoError(t, err)
	installed, err := os.Stat(filepath.Join("node_modules", ".package-lock.json"))
	if err == nil && !installed.ModTime().Before(lock.ModTime()) {
		return
	}
	Run(t, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
}

// Run runs a program to its end and returns what it printed. The test fails with what it
// complained of, where it fails.
func Run(t *testing.T, program string, args ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	require.NoError(t, err, "%s %s: %s", program, strings.Join(args, " "), stderr.String())
	return out
}

// RequireDigests fails where the lock file of the test's folder names a package without its
// digest, or an address: without addresses it installs from whichever registry the machine
// uses, and the digests make sure that it is the same code.
func RequireDigests(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile("package-lock.json")
	require.NoError(t, err)
	var lock struct {
		Packages map[string]struct{ Version, Resolved, Integrity string }
	}
	require.NoError(t, json.Unmarshal(text, &lock))
	for name, p := range lock.Packages {
		if name == "" {
			continue
		}
		require.NotEmpty(t, p.Integrity, name)
		require.Empty(t, p.Resolved, name)
	}
}
