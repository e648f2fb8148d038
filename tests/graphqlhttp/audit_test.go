// Package graphqlhttp checks the HTTP transport against the audits of npm graphql-http.
package graphqlhttp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
)

// audits is how many the suite holds; fewer would mean that some were not run.
const audits = 61

func TestTheTransportPassesEveryAuditOfGraphQLHTTP(t *testing.T) {
	t.Parallel()
	requireNode(t)
	requirePackages(t)
	server := httptest.NewServer(handler(t))
	defer server.Close()

	var failed []string
	ran := 0
	out := run(t, "node", "audit.mjs", server.URL+"/graphql")
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); ran++ {
		var audit struct{ ID, Name, Status, Reason string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &audit), lines.Text())
		if audit.Status != "ok" {
			failed = append(failed, audit.ID+" "+audit.Name+": "+audit.Status+" "+audit.Reason)
		}
	}
	require.Empty(t, failed, strings.Join(failed, "\n"))
	require.Equal(t, audits, ran, "every audit must have run")
	t.Logf("%d of %d audits passed", ran-len(failed), audits)
}

// A lock file without addresses installs from whichever registry the machine uses; the
// digests make sure that it is the same code.
func TestTheLockFileNamesDigestsAndNoRegistry(t *testing.T) {
	t.Parallel()
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

func handler(t *testing.T) *transport.Handler {
	t.Helper()
	schema, err := graphql.NewSchema(graphql.SchemaConfig{
		Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
			"hello": {Type: graphql.String, Resolve: func(graphql.ResolveParams) (any, error) { return "你好", nil }},
		}}),
		Mutation: graphql.NewObject(graphql.ObjectConfig{Name: "Mutation", Fields: graphql.Fields{
			"greet": {Type: graphql.String},
		}}),
	})
	require.NoError(t, err)
	h, err := transport.New(transport.Options{Schema: schema})
	require.NoError(t, err)
	return h
}

func requireNode(t *testing.T) {
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
}

// requirePackages installs what the lock file names, where the installed packages are not
// those.
func requirePackages(t *testing.T) {
	t.Helper()
	lock, err := os.Stat("package-lock.json")
	require.NoError(t, err)
	installed, err := os.Stat(filepath.Join("node_modules", ".package-lock.json"))
	if err == nil && !installed.ModTime().Before(lock.ModTime()) {
		return
	}
	run(t, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
}

func run(t *testing.T, program string, args ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	require.NoError(t, err, "%s %s: %s", program, strings.Join(args, " "), stderr.String())
	return out
}
