package api_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// examples are the operations of docs/api.md, each with the variables that stand below it.
var examples = regexp.MustCompile("(?s)```graphql\n(.*?)```\n(?:\n```json\n(.*?)```)?")

func TestEveryExampleOfTheAPIPageIsAnswered(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/api.md")
	require.NoError(t, err)
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("page-1")).Case
	o.do(clerk, "registerCase", dispute("page-2"))
	first := data[struct {
		Cases struct{ PageInfo struct{ EndCursor string } }
	}](o, clerk, `{ cases(first: 1, filter: {open: true}, orderBy: REGISTERED_AT_DESC) { pageInfo { endCursor } } }`, nil)
	real := strings.NewReplacer("<case>", registered.ID, "<cursor>", first.Cases.PageInfo.EndCursor)

	found := examples.FindAllStringSubmatch(string(page), -1)
	require.Greater(t, len(found), 9)
	require.Len(t, found, strings.Count(string(page), "```graphql"))
	for _, example := range found {
		text, variables := example[1], map[string]any(nil)
		if example[2] != "" {
			require.NoError(t, json.Unmarshal([]byte(real.Replace(example[2])), &variables), example[2])
		}
		if strings.HasPrefix(text, "subscription") {
			o.connect(clerk).follow("1", text, variables)
			continue
		}
		got := o.ask(clerk, text, variables)
		require.Empty(t, got.Errors, text)
		require.NotContains(t, string(got.Data), `"node":null`, text)
		if strings.HasPrefix(text, "mutation") {
			require.Contains(t, string(got.Data), `"userErrors":[]`, text)
		}
	}
}

func TestTheAPIPageTellsOfEveryCode(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/api.md")
	require.NoError(t, err)
	for _, code := range []string{
		"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT", "UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED",
		"QUERY_TOO_COMPLEX", "UNAVAILABLE", "INTERNAL", "PERSISTED_QUERY_NOT_FOUND", "DOCUMENT_NOT_TRUSTED", "CURSOR_EXPIRED",
	} {
		require.Contains(t, string(page), "`"+code+"`")
	}
	for _, field := range []string{"allowedCommands", "dueThisWeek", "asOf"} {
		require.Contains(t, string(page), field)
	}
}
