package guard_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/schema/scalar"
)

// testSchema is a small schema with every shape that the guard looks at.
func testSchema() graphql.Schema {
	explosive := graphql.NewScalar(graphql.ScalarConfig{
		Name: "Explosive", Description: "Anything, at a price.",
		Serialize:    func(v any) any { return v },
		ParseValue:   func(any) any { panic("explosive value") },
		ParseLiteral: func(ast.Value) any { panic("explosive literal") },
	})
	color := graphql.NewEnum(graphql.EnumConfig{Name: "Color", Values: graphql.EnumValueConfigMap{
		"RED": {Value: "red"}, "GREEN": {Value: "green"},
	}})
	node := graphql.NewInterface(graphql.InterfaceConfig{
		Name: "Node", Fields: graphql.Fields{"id": {Type: graphql.NewNonNull(graphql.ID)}},
	})
	var obj, connection *graphql.Object
	paged := graphql.FieldConfigArgument{
		"first": {Type: graphql.Int}, "last": {Type: graphql.Int}, "after": {Type: graphql.String},
	}
	obj = graphql.NewObject(graphql.ObjectConfig{
		Name: "Obj", Interfaces: []*graphql.Interface{node},
		IsTypeOf: func(graphql.IsTypeOfParams) bool { return true },
		Fields: graphql.FieldsThunk(func() graphql.Fields {
			return graphql.Fields{
				"id":    {Type: graphql.NewNonNull(graphql.ID)},
				"name":  {Type: graphql.String, Args: graphql.FieldConfigArgument{"x": {Type: graphql.Int}}},
				"color": {Type: color},
				"self":  {Type: obj, Resolve: func(p graphql.ResolveParams) (any, error) { return p.Source, nil }},
				"list":  {Type: graphql.NewList(obj)},
				"page":  {Type: connection, Args: paged},
			}
		}),
	})
	edge := graphql.NewObject(graphql.ObjectConfig{Name: "ObjEdge", Fields: graphql.Fields{
		"cursor": {Type: graphql.String}, "node": {Type: obj},
	}})
	connection = graphql.NewObject(graphql.ObjectConfig{Name: "ObjConnection", Fields: graphql.Fields{
		"edges": {Type: graphql.NewList(graphql.NewNonNull(edge))},
		"pageInfo": {Type: graphql.NewObject(graphql.ObjectConfig{Name: "PageInfo", Fields: graphql.Fields{
			"hasNextPage": {Type: graphql.Boolean},
		}})},
	}})
	part := graphql.NewInputObject(graphql.InputObjectConfig{Name: "PartInput", Fields: graphql.InputObjectConfigFieldMap{
		"name":  {Type: graphql.NewNonNull(graphql.String)},
		"color": {Type: color},
	}})
	input := graphql.NewInputObject(graphql.InputObjectConfig{Name: "ThingInput", Fields: graphql.InputObjectConfigFieldMap{
		"key":      {Type: graphql.NewNonNull(graphql.String)},
		"count":    {Type: graphql.Int},
		"ratio":    {Type: graphql.Float},
		"urgent":   {Type: graphql.Boolean, DefaultValue: false},
		"amount":   {Type: scalar.Long},
		"at":       {Type: scalar.DateTime},
		"on":       {Type: scalar.Date},
		"division": {Type: scalar.Division},
		"color":    {Type: color},
		"ref":      {Type: graphql.ID},
		"parts":    {Type: graphql.NewList(graphql.NewNonNull(part))},
	}})
	query := graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
		"obj":   {Type: obj},
		"node":  {Type: node, Args: graphql.FieldConfigArgument{"id": {Type: graphql.NewNonNull(graphql.ID)}}},
		"nodes": {Type: graphql.NewList(node), Args: graphql.FieldConfigArgument{"ids": {Type: graphql.NewNonNull(graphql.NewList(graphql.NewNonNull(graphql.ID)))}}},
		"page":  {Type: connection, Args: paged},
		"echo": {Type: graphql.String, Args: graphql.FieldConfigArgument{
			"text": {Type: graphql.String}, "count": {Type: graphql.Int}, "numbers": {Type: graphql.NewList(graphql.Int)},
			"color": {Type: color}, "input": {Type: input}, "explosive": {Type: explosive}, "amount": {Type: scalar.Long},
			"division": {Type: scalar.Division},
		}},
	}})
	mutation := graphql.NewObject(graphql.ObjectConfig{Name: "Mutation", Fields: graphql.Fields{
		"save": {Type: graphql.String, Args: graphql.FieldConfigArgument{"input": {Type: graphql.NewNonNull(input)}}},
	}})
	schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: query, Mutation: mutation, Types: []graphql.Type{obj}})
	if err != nil {
		panic(err)
	}
	return schema
}

func newGuard(t testing.TB, limits guard.Limits) *guard.Guard {
	t.Helper()
	g, err := guard.New(testSchema(), limits)
	require.NoError(t, err)
	return g
}

// variables decodes JSON as the transport does.
func variables(t testing.TB, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var values map[string]any
	require.NoError(t, d.Decode(&values))
	return values
}
