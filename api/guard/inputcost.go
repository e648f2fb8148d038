package guard

import (
	"maps"
	"slices"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// inputCost is what the fields of a field's input objects cost that are given and have a weight.
func (g *Guard) inputCost(definition *graphql.FieldDefinition, f *ast.Field, variables map[string]any) int {
	total := 0
	for _, argument := range f.Arguments {
		i := slices.IndexFunc(definition.Args, func(a *graphql.Argument) bool { return a.Name() == argument.Name.Value })
		if i < 0 {
			continue
		}
		input, ok := graphql.GetNamed(definition.Args[i].Type).(*graphql.InputObject)
		if !ok {
			continue
		}
		for _, name := range givenFields(argument.Value, variables) {
			total = add(total, g.limits.Weights[input.Name()+"."+name])
		}
	}
	return total
}

// givenFields are the names of the fields that an input object has.
func givenFields(value ast.Value, variables map[string]any) []string {
	var names []string
	switch v := value.(type) {
	case *ast.ObjectValue:
		for _, field := range v.Fields {
			names = append(names, field.Name.Value)
		}
	case *ast.Variable:
		if given, ok := variables[v.Name.Value].(map[string]any); ok {
			names = slices.Collect(maps.Keys(given))
		}
	}
	return names
}
