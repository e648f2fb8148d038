package api_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/stretchr/testify/require"
)

// edges are the fields of the served schema's object types, by type, as the printed schema has
// them: whatever is added to it is asked for here too.
type edges struct {
	types map[string]*ast.ObjectDefinition
	nodes map[string]bool
}

func servedEdges(t *testing.T) edges {
	t.Helper()
	raw, err := os.ReadFile("../schema/schema.graphql")
	require.NoError(t, err)
	document, err := parser.Parse(parser.ParseParams{Source: string(raw)})
	require.NoError(t, err)
	e := edges{map[string]*ast.ObjectDefinition{}, map[string]bool{}}
	for _, definition := range document.Definitions {
		if object, ok := definition.(*ast.ObjectDefinition); ok {
			e.types[object.Name.Value] = object
			e.nodes[object.Name.Value] = len(object.Interfaces) > 0
		}
	}
	return e
}

// all are the names of the edges, "Type.field". What a mutation or a subscription is called is
// none of them: what it answers with is.
func (e edges) all() []string {
	var names []string
	for typ, object := range e.types {
		if typ == "Mutation" || typ == "Subscription" {
			continue
		}
		for _, field := range object.Fields {
			names = append(names, typ+"."+field.Name.Value)
		}
	}
	return names
}

// ofRoot is what a field of Query, Mutation or Subscription answers with.
func (e edges) ofRoot(root, field string) string {
	for _, f := range e.types[root].Fields {
		if f.Name.Value == field {
			return named(f.Type)
		}
	}
	panic("no " + root + "." + field)
}

func named(t ast.Type) string {
	switch t := t.(type) {
	case *ast.NonNull:
		return named(t.Type)
	case *ast.List:
		return named(t.Type)
	}
	return t.(*ast.Named).Name.Value
}

// given are the arguments of fields that want some.
var given = map[string]string{
	"timeline": "(first: 100)", "Case.asOf": `(at: "2026-03-10T04:00:00Z")`, "Package.cases": "(first: 50)",
}

// everything selects every field of a type; of another type's fields, as deep as asked, and
// below that whether there is something.
func (e edges) everything(typ string, depth int) string {
	var b strings.Builder
	b.WriteString("__typename ")
	for _, field := range e.types[typ].Fields {
		name, of := field.Name.Value, named(field.Type)
		args := given[typ+"."+name]
		if args == "" {
			args = given[name]
		}
		if name == "timeline" && depth < 2 {
			args = "(first: 2)" // whole where the question is about the one case alone
		}
		below := depth - 1
		if typ == "Event" {
			below = -1
		}
		if strings.HasSuffix(of, "Edge") || strings.HasSuffix(of, "Connection") {
			below = depth
		}
		switch _, object := e.types[of]; {
		case !object && of != "Node":
			b.WriteString(name + args + " ")
		case object && below >= 0:
			fmt.Fprintf(&b, "%s%s { %s} ", name, args, e.everything(of, below))
		case object:
			fmt.Fprintf(&b, "%s%s { %s} ", name, args, e.naming(of))
		}
	}
	return b.String()
}

// walkValues calls visit for every value of an answer, with the edge ("Type.field") it stands
// at. Nothing, an empty text and an empty list are no values.
func walkValues(value any, edge string, visit func(edge string, value any)) {
	switch v := value.(type) {
	case nil:
	case map[string]any:
		visit(edge, nil)
		typ, _ := v["__typename"].(string)
		for name, below := range v {
			if name != "__typename" {
				walkValues(below, typ+"."+name, visit)
			}
		}
	case []any:
		for _, below := range v {
			walkValues(below, edge, visit)
		}
	case string:
		if v != "" {
			visit(edge, v)
		}
	default:
		visit(edge, v)
	}
}

// naming selects what tells one thing of a type from another, and what is written in it.
func (e edges) naming(typ string) string {
	names := "__typename "
	for _, field := range e.types[typ].Fields {
		switch field.Name.Value {
		case "id", "number", "title", "name", "field", "text", "masked":
			names += field.Name.Value + " "
		}
	}
	return names
}
