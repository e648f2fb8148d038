package compose_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// instruction is one line of the Dockerfile, continuation lines joined.
type instruction struct{ name, rest string }

func dockerfile(t *testing.T) []instruction {
	t.Helper()
	text, err := os.ReadFile(root + "/Dockerfile")
	require.NoError(t, err)
	var all []instruction
	joined := regexp.MustCompile(`\\\r?\n\s*`).ReplaceAllString(string(text), " ")
	for line := range strings.Lines(joined) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			name, rest, _ := strings.Cut(line, " ")
			all = append(all, instruction{strings.ToUpper(name), strings.TrimSpace(rest)})
		}
	}
	return all
}

// lastStage returns the instructions of the image that is shipped.
func lastStage(t *testing.T) []instruction {
	t.Helper()
	var stage []instruction
	for _, i := range dockerfile(t) {
		if i.name == "FROM" {
			stage = nil
		}
		stage = append(stage, i)
	}
	return stage
}

func only(t *testing.T, stage []instruction, name string) string {
	t.Helper()
	var found []string
	for _, i := range stage {
		if i.name == name {
			found = append(found, i.rest)
		}
	}
	require.Len(t, found, 1, name)
	return found[0]
}

// imageSettings are the TIAOCHU_ variables that the image sets itself.
func imageSettings(t *testing.T) map[string]string {
	t.Helper()
	values := map[string]string{}
	for _, pair := range strings.Fields(only(t, lastStage(t), "ENV")) {
		name, value, isPair := strings.Cut(pair, "=")
		require.True(t, isPair, pair)
		values[name] = value
	}
	return values
}

func TestTheImageIsTheBinaryAloneAndNotRoot(t *testing.T) {
	t.Parallel()

	stage := lastStage(t)
	require.Equal(t, "scratch", only(t, stage, "FROM"))
	require.Regexp(t, `^[1-9]\d*:[1-9]\d*$`, only(t, stage, "USER"), "a number, so that engines can see it is not root")
	for _, i := range stage {
		require.NotEqual(t, "RUN", i.name)
		if i.name == "COPY" {
			require.True(t, strings.HasPrefix(i.rest, "--from=build "), "only what was built goes in: COPY %s", i.rest)
		}
	}
	var entrypoint, health []string
	require.NoError(t, json.Unmarshal([]byte(only(t, stage, "ENTRYPOINT")), &entrypoint))
	require.Equal(t, []string{"/tiaochu"}, entrypoint)
	_, command, _ := strings.Cut(only(t, stage, "HEALTHCHECK"), " CMD ")
	require.NoError(t, json.Unmarshal([]byte(command), &health))
	require.Equal(t, []string{"/tiaochu", "health", "api"}, health)
}

func TestTheImageIsBuiltByTheGoOfTheModule(t *testing.T) {
	t.Parallel()

	module, err := os.ReadFile(root + "/go.mod")
	require.NoError(t, err)
	wanted := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)
	require.NotNil(t, wanted)
	for _, i := range dockerfile(t) {
		if i.name == "FROM" && strings.HasPrefix(i.rest, "golang:") {
			require.Regexp(t, `^golang:`+regexp.QuoteMeta(string(wanted[1]))+`\.\d+-[a-z]+ AS build$`, i.rest)
			return
		}
	}
	require.Fail(t, "no stage builds the binary")
}

func TestTheBuildContextHasAllThatTheBinaryNeedsAndNothingOfTheServer(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile(root + "/.dockerignore")
	require.NoError(t, err)
	var ignored []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			ignored = append(ignored, line)
		}
	}
	for _, never := range []string{"embedded", "tests/*", ".data", ".git", ".env"} {
		require.Contains(t, ignored, never)
	}

	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Dir,GoFiles,EmbedFiles,Module", "./cmd/tiaochu")
	list.Dir = root
	output, err := list.Output()
	require.NoError(t, err)
	absolute, err := filepath.Abs(root)
	require.NoError(t, err)

	packages := 0
	for decoder := json.NewDecoder(strings.NewReader(string(output))); decoder.More(); {
		var p struct {
			ImportPath, Dir     string
			GoFiles, EmbedFiles []string
			Module              *struct{ Path string }
		}
		require.NoError(t, decoder.Decode(&p))
		require.False(t, strings.HasPrefix(p.ImportPath, "go.temporal.io/server"), "the product links %s", p.ImportPath)
		if p.Module == nil || p.Module.Path != "github.com/tiaochu/tiaochu" {
			continue
		}
		packages++
		folder, err := filepath.Rel(absolute, p.Dir)
		require.NoError(t, err)
		for _, file := range append(p.GoFiles, p.EmbedFiles...) {
			file = path.Join(filepath.ToSlash(folder), file)
			require.False(t, ignores(ignored, file), "%s is needed to build, but .dockerignore leaves it out", file)
		}
	}
	require.Positive(t, packages)
}

// ignores tells whether the patterns of a .dockerignore leave out the file, by itself or with a
// folder it is in; the last pattern that matches decides. It knows the forms in use there: a path
// from the root with stars, **/ before a name, and ! before what is taken all the same.
func ignores(patterns []string, file string) bool {
	left := false
	parts := strings.Split(file, "/")
	for _, pattern := range patterns {
		taken := strings.HasPrefix(pattern, "!")
		pattern = strings.TrimPrefix(pattern, "!")
		name, anywhere := strings.CutPrefix(pattern, "**/")
		for i := range parts {
			candidate := strings.Join(parts[:i+1], "/")
			if anywhere {
				candidate = parts[i]
			}
			if matched, err := path.Match(name, candidate); err == nil && matched {
				left = !taken
			}
		}
	}
	return left
}

func TestIgnoresReadsPatternsAsDockerDoes(t *testing.T) {
	t.Parallel()

	for file, left := range map[string]bool{
		"embedded/main.go":       true,
		"store/embedded/main.go": false,
		"schema/notes.md":        true,
		"a/testdata/b.json":      true,
		"binary/main.go":         false,
		"tests/faults/kill.go":   true,
		"tests/bench/toy.go":     false,
		"tests/bench/a_test.go":  true,
	} {
		patterns := []string{"embedded", "bin", "tests/*", "!tests/bench", "**/*_test.go", "**/*.md", "**/testdata"}
		require.Equal(t, left, ignores(patterns, file), file)
	}
}
