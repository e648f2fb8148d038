package guard_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/graphql-go/graphql"

	"github.com/tiaochu/tiaochu/api/guard"
)

// FuzzPrepare checks that nothing sent makes the guard panic, answer slowly, or let
// through what the executor can't run. Its seeds are the attacks and some good queries.
func FuzzPrepare(f *testing.F) {
	for name, a := range attacks() {
		if len(a.query) < 5_000 && len(a.variables) < 5_000 {
			_ = name
			f.Add(a.query, a.variables)
		}
	}
	f.Add("query A($n: Int = 3) { page(first: $n) { edges { node { id ... on Obj { name } } } } }", `{"n": 5}`)
	f.Add("mutation($i: ThingInput!) { save(input: $i) }", `{"i": {"key": "k", "parts": [{"name": "n", "color": "RED"}]}}`)
	f.Add("{ echo(text: \"\"\"块 \\\"\"\" 文\"\"\", color: RED) # 注释\n }", `{}`)
	g, err := guard.New(testSchema(), guard.Limits{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, query, given string) {
		var values map[string]any
		if given != "" {
			d := json.NewDecoder(strings.NewReader(given))
			d.UseNumber()
			if d.Decode(&values) != nil {
				return
			}
		}
		started := time.Now()
		op, refused, err := g.Prepare(guard.Request{Query: query, Variables: values})
		if err != nil {
			t.Fatalf("panicked: %v", err)
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Fatalf("took %v", took)
		}
		if (op == nil) == (len(refused) == 0) {
			t.Fatalf("neither or both of an operation and refusals: %v %v", op, refused)
		}
		for _, e := range refused {
			if e.Code() == "" || e.Message == "" || !utf8.ValidString(e.Message) {
				t.Fatalf("unfit for a client: %+v", e)
			}
		}
		if op == nil {
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		result := graphql.Execute(graphql.ExecuteParams{
			Schema: g.Schema(), AST: op.Document, OperationName: op.Name, Args: op.Variables, Context: ctx,
		})
		if ctx.Err() != nil {
			t.Fatal("the executor did not finish")
		}
		for _, e := range result.Errors {
			if strings.Contains(e.Message, "got invalid value") || strings.Contains(e.Message, "was not provided") {
				t.Fatalf("graphql-go refuses what the guard let through: %s", e.Message)
			}
		}
	})
}
