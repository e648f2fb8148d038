package guard_test

import (
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
)

func TestAFieldOfAnInputWithAWeightCostsHoweverItIsGiven(t *testing.T) {
	t.Parallel()
	filter := graphql.NewInputObject(graphql.InputObjectConfig{Name: "Filter", Fields: graphql.InputObjectConfigFieldMap{
		"text": {Type: graphql.String}, "kind": {Type: graphql.String},
	}})
	schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
		"list": {Type: graphql.String, Args: graphql.FieldConfigArgument{"filter": {Type: filter}}},
	}})})
	require.NoError(t, err)
	g, err := guard.New(schema, guard.Limits{Weights: map[string]int{"Filter.text": 700}})
	require.NoError(t, err)
	for query, want := range map[string]int{
		`{ list }`:                                                               1,
		`{ list(filter: {kind: "x"}) }`:                                          1,
		`{ list(filter: {text: "x"}) }`:                                          701,
		`query($t: String) { list(filter: {text: $t}) }`:                         701,
		`query($f: Filter) { list(filter: $f) }`:                                 701,
		`query($g: Filter = {text: "x"}) { list(filter: $g) }`:                   701,
		`query($g: Filter = {kind: "x"}) { list(filter: $g) }`:                   1,
		`{ list ...F } fragment F on Query { list2: list(filter: {text: "x"}) }`: 702,
	} {
		op, refused, err := g.Prepare(guard.Request{Query: query, Variables: map[string]any{"f": map[string]any{"text": "x"}, "t": "x"}})
		require.NoError(t, err)
		require.Empty(t, refused, query)
		require.Equal(t, want, op.Cost, query)
	}
}
