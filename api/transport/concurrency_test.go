package transport_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
)

// TestManyRequestsAtOnceShareNothingThatIsWritten is for the race detector: graphql-go fills
// tables of its schema while serving, two at once could end the process.
func TestManyRequestsAtOnceShareNothingThatIsWritten(t *testing.T) {
	t.Parallel()
	node := graphql.NewInterface(graphql.InterfaceConfig{Name: "Node", Fields: graphql.Fields{"id": {Type: graphql.ID}}})
	kind := graphql.NewEnum(graphql.EnumConfig{Name: "Kind", Values: graphql.EnumValueConfigMap{"A": {Value: 1}, "B": {Value: 2}}})
	input := graphql.NewInputObject(graphql.InputObjectConfig{Name: "In", Fields: graphql.InputObjectConfigFieldMap{"kind": {Type: kind}}})
	leaf := func(name string) *graphql.Object {
		return graphql.NewObject(graphql.ObjectConfig{
			Name: name, Interfaces: []*graphql.Interface{node},
			IsTypeOf: func(p graphql.IsTypeOfParams) bool { return p.Value == name },
			Fields: graphql.Fields{
				"id":   {Type: graphql.ID, Resolve: func(p graphql.ResolveParams) (any, error) { return p.Source, nil }},
				"kind": {Type: kind, Resolve: func(graphql.ResolveParams) (any, error) { return 2, nil }},
			},
		})
	}
	one, two := leaf("One"), leaf("Two")
	union := graphql.NewUnion(graphql.UnionConfig{Name: "Either", Types: []*graphql.Object{one, two}})
	take := graphql.FieldConfigArgument{"in": {Type: input}}
	schema, err := graphql.NewSchema(graphql.SchemaConfig{
		Types: []graphql.Type{one, two},
		Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
			"node":   {Type: node, Args: take, Resolve: func(graphql.ResolveParams) (any, error) { return "One", nil }},
			"either": {Type: union, Resolve: func(graphql.ResolveParams) (any, error) { return "Two", nil }},
		}}),
	})
	require.NoError(t, err)
	h, err := transport.New(transport.Options{Schema: schema})
	require.NoError(t, err)
	f := fixture{Handler: h}
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			// The number makes each text another one, so that all are validated.
			query := fmt.Sprintf(`query Q%d($in: In) { node(in: $in) { id ... on One { kind } ... on Two { kind } } either { ... on Node { id } ... on Two { kind } } }`, i%32)
			res, body := f.ask(t, post(fmt.Sprintf(`{"query": %q, "variables": {"in": {"kind": "B"}}}`, query)))
			if res.StatusCode != http.StatusOK || body != `{"data":{"either":{"id":"Two","kind":"B"},"node":{"id":"One","kind":"B"}}}` {
				t.Errorf("%d: %s", res.StatusCode, body)
			}
		})
	}
	wg.Wait()
}
