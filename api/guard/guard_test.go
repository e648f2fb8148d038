package guard_test

import (
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
)

func TestAnOrdinaryQueryPassesAndRuns(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	op, refused, err := g.Prepare(guard.Request{
		Query:         "query A($n: Int) { page(first: $n) { edges { node { id name } } } }\nquery B { obj { id } }",
		OperationName: "A",
		Variables:     variables(t, `{"n": 5, "unused": 1}`),
	})
	require.NoError(t, err)
	require.Empty(t, refused)
	require.Equal(t, "A", op.Name)
	require.Equal(t, "query", op.Type)
	require.Equal(t, map[string]any{"n": 5}, op.Variables)
	require.Equal(t, 1+5*(1+1+2), op.Cost, "the page of 5 counts edges, node and two fields for each element")
	result := graphql.Execute(graphql.ExecuteParams{Schema: g.Schema(), AST: op.Document, OperationName: op.Name, Args: op.Variables})
	require.Empty(t, result.Errors)
}

func TestCommentsInChineseDoNotConfuseTheLexer(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	for _, query := range []string{
		"# 查询一个案件，包括当事人\nquery { # 字段\n obj { id # 编号\n name } }",
		"\ufeff{ obj { id } }",
		"{ echo(text: \"中文 # 不是注释, \\\" 引号\") }",
		"{ echo(text: \"\"\"块 \\\"\"\" # 文本\"\"\") }",
	} {
		_, refused, err := g.Prepare(guard.Request{Query: query})
		require.NoError(t, err)
		require.Empty(t, refused, query)
	}
}

func TestATextLiteralReachesTheResolverAsItWasSent(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	var got any
	schema := g.Schema()
	schema.QueryType().Fields()["echo"].Resolve = func(p graphql.ResolveParams) (any, error) {
		got = p.Args["text"]
		return nil, nil
	}
	for literal, want := range map[string]string{
		`"a, b # c"`:                 "a, b # c",
		`"\u4e2d\"文"`:                `中"文`,
		`"""one, "two" # three"""`:   `one, "two" # three`,
		`"""quote \""" inside"""`:    `quote """ inside`,
		"\"\"\"\n  甲\n    乙\n\"\"\"": "甲\n  乙",
	} {
		op, refused, err := g.Prepare(guard.Request{Query: "{ echo(text: " + literal + ") }"})
		require.NoError(t, err)
		require.Empty(t, refused, literal)
		graphql.Execute(graphql.ExecuteParams{Schema: schema, AST: op.Document, Args: op.Variables})
		require.Equal(t, want, got)
	}
}

func TestEveryRefusalHasItsCodeAndPlace(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	for _, c := range []struct {
		name, query, operation, code, message string
		at                                    *guard.Location
	}{
		{"broken text", "{ obj { id }", "", guard.CodeParseFailed, "syntax error: Expected Name, found EOF", &guard.Location{Line: 1, Column: 13}},
		{"a broken second line", "{ obj\n # 注释\n  { id ? } }", "", guard.CodeParseFailed, "syntax error: Unexpected character", &guard.Location{Line: 3, Column: 8}},
		{"no UTF-8", "{ obj { \xff } }", "", guard.CodeParseFailed, "not UTF-8", nil},
		{"half a character", `{ echo(text: "\ud83d") }`, "", guard.CodeParseFailed, "invalid escape", &guard.Location{Line: 1, Column: 15}},
		{"a string over two lines", "{ echo(text: \"a\nb\") }", "", guard.CodeParseFailed, "no end on its line", &guard.Location{Line: 1, Column: 16}},
		{"a control character", "{ echo(text: \"文\x07\") }", "", guard.CodeParseFailed, "control character", &guard.Location{Line: 1, Column: 16}},
		{"nothing", "", "", guard.CodeValidationFailed, "no operation", nil},
		{"only a comment", "# nothing", "", guard.CodeValidationFailed, "no operation", nil},
		{"an unknown field", "{ obj {\n nome } }", "", guard.CodeValidationFailed, `Cannot query field "nome" on type "Obj".`, &guard.Location{Line: 2, Column: 2}},
		{"a schema definition", "type A { a: Int } { obj { id } }", "", guard.CodeValidationFailed, "can not be executed", &guard.Location{Line: 1, Column: 1}},
		{"two fragments of one name", "{ obj { ...A } } fragment A on Obj { id } fragment A on Obj { ...A }", "", guard.CodeValidationFailed, `one fragment named "A"`, &guard.Location{Line: 1, Column: 43}},
		{"an unknown operation", "query A { obj { id } }", "B", guard.CodeBadUserInput, `operationName: the query holds no operation named "B"`, nil},
		{"two operations and no choice", "query A { obj { id } } query B { obj { id } }", "", guard.CodeBadUserInput, "operationName is required", nil},
		{"a null literal", "{ echo(text: null) }", "", guard.CodeParseFailed, `Unexpected Name "null"`, &guard.Location{Line: 1, Column: 14}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			op, refused, err := g.Prepare(guard.Request{Query: c.query, OperationName: c.operation})
			require.NoError(t, err)
			require.Nil(t, op)
			require.NotEmpty(t, refused)
			require.Equal(t, c.code, refused[0].Code())
			require.Contains(t, refused[0].Message, c.message)
			require.NotContains(t, refused[0].Message, "Did you mean")
			if c.at != nil {
				require.Equal(t, []guard.Location{*c.at}, refused[0].Locations)
			}
		})
	}
}

func TestNoMoreErrorsAreAnsweredThanTheLimit(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{MaxErrors: 7})
	_, refused, err := g.Prepare(guard.Request{Query: "{ " + strings.Repeat("nope ", 40) + "}"})
	require.NoError(t, err)
	require.Len(t, refused, 7)
	_, refused, err = g.Prepare(guard.Request{
		Query:     "query($n: [Int!]) { echo(numbers: $n) }",
		Variables: variables(t, `{"n": [`+strings.Repeat(`"x",`, 50)+`1]}`),
	})
	require.NoError(t, err)
	require.Len(t, refused, 7)
}

// TestTheIntrospectionOfEveryClientToolPasses uses graphql-js's query, with and without
// fragments written out.
func TestTheIntrospectionOfEveryClientToolPasses(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	typeRef := strings.Repeat("kind name ofType { ", 9) + "kind name" + strings.Repeat(" }", 9)
	value := "name description type { " + typeRef + " } defaultValue"
	full := "kind name description fields(includeDeprecated: true) { name description args { " + value + " } type { " + typeRef +
		" } isDeprecated deprecationReason } inputFields { " + value + " } interfaces { " + typeRef + " } enumValues(includeDeprecated: true)" +
		" { name description isDeprecated deprecationReason } possibleTypes { " + typeRef + " }"
	head := "query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name } "
	for name, query := range map[string]string{
		"written out": head + "types { " + full + " } directives { name description locations args { " + value + " } } } }",
		"with fragments": head + "types { ...FullType } directives { name description locations args { ...InputValue } } } } " +
			"fragment FullType on __Type { " + strings.ReplaceAll(strings.ReplaceAll(full, value, "...InputValue"), typeRef, "...TypeRef") +
			" } fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue } fragment TypeRef on __Type { " + typeRef + " }",
	} {
		op, refused, err := g.Prepare(guard.Request{Query: query})
		require.NoError(t, err)
		require.Empty(t, refused, name)
		twice, refused, err := g.Prepare(guard.Request{Query: strings.Replace(query, "{ __schema", "{ a: __schema { types { name } } __schema", 1)})
		require.NoError(t, err)
		require.Empty(t, refused, name)
		require.Greater(t, twice.Cost, op.Cost, "introspection has its cost")
	}
}

func TestDearOperationsAreRefused(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{Weights: map[string]int{"Query.obj": 60_000}})
	for name, query := range map[string]string{
		"pages of pages":             "{ page(first: 100) { edges { node { page(first: 100) { edges { node { id name color self { id } } } } } } } }",
		"a page without a size":      "{ page { edges { node { page { edges { node { page { edges { node { id name color self { id } } } } } } } } } } }",
		"lists of lists":             "{ nodes(ids: [1]) { ...on Obj { list { list { list { list { list { id } } } } } } } }",
		"a heavy field":              "{ obj { id } }",
		"a fragment in every branch": "{ page(first: 100) { edges { node { a: page(first: 100) { ...P } b: page(first: 100) { ...P } } } } } fragment P on ObjConnection { edges { node { id name color } } }",
	} {
		_, refused, err := g.Prepare(guard.Request{Query: query})
		require.NoError(t, err)
		require.Len(t, refused, 1, name)
		require.Equal(t, guard.CodeTooComplex, refused[0].Code(), name)
	}
}

func TestIntrospectionMayNotRunInCircles(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	_, refused, err := g.Prepare(guard.Request{Query: "{ __type(name: \"Obj\") { fields { type { ...T } } } } fragment T on __Type { fields { type { interfaces { name } } } }"})
	require.NoError(t, err)
	require.Equal(t, guard.CodeTooComplex, refused[0].Code())
	require.Contains(t, refused[0].Message, "introspection")
}

func TestAPageSizeGivenAsAVariableCounts(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{MaxCost: 300})
	query := "query($n: Int = 3) { page(first: $n) { edges { node { id } } } }"
	for given, fits := range map[string]bool{`{}`: true, `{"n": 50}`: true, `{"n": 100}`: false, `{"n": 100000}`: false, `{"n": -1}`: false} {
		_, refused, err := g.Prepare(guard.Request{Query: query, Variables: variables(t, given)})
		require.NoError(t, err)
		require.Equal(t, fits, refused == nil, given)
	}
}

func TestASchemaWithoutQueriesIsRefused(t *testing.T) {
	t.Parallel()
	_, err := guard.New(graphql.Schema{}, guard.Limits{})
	require.ErrorContains(t, err, "no query type")
}
