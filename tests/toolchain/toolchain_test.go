// Package toolchain runs what front-ends run over the printed schema: relay-compiler,
// graphql-codegen, and graphql-inspector against the last released schema.
package toolchain

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/tests/node"
)

const (
	printed  = "../../schema/schema.graphql"
	released = "../../schema/released.graphql"
)

func TestRelayCompilesItsDocumentsAndTheServerTrustsThem(t *testing.T) {
	node.Install(t)
	require.NoError(t, os.RemoveAll("made"))
	require.NoError(t, os.MkdirAll("made/relay", 0o755))
	require.NoError(t, os.WriteFile("made/persisted.json", []byte("{}"), 0o600))
	node.Run(t, "node", filepath.Join("node_modules", "relay-compiler", "cli.js"))
	made, err := os.ReadFile("made/relay/Board_case.graphql.ts")
	require.NoError(t, err)
	require.Contains(t, string(made), "deadlines")

	documents, err := transport.LoadDocuments("made/persisted.json")
	require.NoError(t, err)
	require.Len(t, documents, 6, "the operations of documents/")
	built, err := schema.New(nil)
	require.NoError(t, err)
	_, err = transport.New(transport.Options{Schema: built, Documents: documents, DocumentsOnly: true})
	require.NoError(t, err)
}

var examples = regexp.MustCompile("(?s)```graphql\n(.*?)```")

func TestCodegenMakesTypesOfTheSchemaAndOfEveryExampleOfTheAPIPage(t *testing.T) {
	node.Install(t)
	page, err := os.ReadFile("../../docs/api.md")
	require.NoError(t, err)
	texts := []string{}
	for _, example := range examples.FindAllStringSubmatch(string(page), -1) {
		texts = append(texts, example[1])
	}
	require.NotEmpty(t, texts)
	raw, err := json.Marshal(texts)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "documents.json")
	require.NoError(t, os.WriteFile(file, raw, 0o600))
	var made struct {
		Problems []string
		Made     string
	}
	require.NoError(t, json.Unmarshal(node.Run(t, "node", "check.mjs", "types", printed, file), &made))
	require.Empty(t, made.Problems)
	for _, name := range []string{"CasesQueryVariables", "NoteMutation", "EventsSubscription", "BoardQuery"} {
		require.Contains(t, made.Made, name)
	}
}

type change struct{ Level, Message, Path string }

func breaking(t *testing.T, from, to string) []change {
	t.Helper()
	var changes, bad []change
	require.NoError(t, json.Unmarshal(node.Run(t, "node", "check.mjs", "compare", from, to), &changes))
	for _, c := range changes {
		if c.Level == "BREAKING" {
			bad = append(bad, c)
		}
	}
	return bad
}

func TestNothingThatWasReleasedIsTakenAway(t *testing.T) {
	node.Install(t)
	require.Empty(t, breaking(t, released, printed), "deprecate it, and keep it for a year: see docs/api.md")
}

func TestABreakingChangeWouldBeSeen(t *testing.T) {
	node.Install(t)
	text, err := os.ReadFile(released)
	require.NoError(t, err)
	for name, replaced := range map[string][2]string{
		"a field taken away":       {"  recomputing: Boolean!\n", "  recomputed: Boolean!\n"},
		"a field that may be null": {"  warned: Boolean!\n", "  warned: Boolean\n"},
		"an argument required":     {"    division: Division\n  ): Event!", "    division: Division!\n  ): Event!"},
	} {
		require.Equal(t, 1, strings.Count(string(text), replaced[0]), name)
		file := filepath.Join(t.TempDir(), "schema.graphql")
		require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(text), replaced[0], replaced[1], 1)), 0o600))
		require.NotEmpty(t, breaking(t, released, file), name)
	}
}

func TestTheLockFileNamesDigestsAndNoRegistry(t *testing.T) {
	t.Parallel()
	node.RequireDigests(t)
}
