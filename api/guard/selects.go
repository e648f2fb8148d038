package guard

import (
	"fmt"
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// Fields is a set of fields of a schema, by "Type.field".
type Fields map[string]bool

// Fields makes a set of fields that must all be in the schema.
func (g *Guard) Fields(names []string) (Fields, error) {
	set := Fields{}
	for _, name := range names {
		typ, field, _ := strings.Cut(name, ".")
		object, ok := g.schema.Type(typ).(*graphql.Object)
		if !ok || object.Fields()[field] == nil {
			return nil, fmt.Errorf("the schema has no field %q of an object", name)
		}
		set[name] = true
	}
	return set, nil
}

// Selects reports whether the operation asks for one of the fields, on whatever condition.
func (g *Guard) Selects(operation *Operation, fields Fields) bool {
	if len(fields) == 0 {
		return false
	}
	return g.selects(operation.document, operation.Definition.SelectionSet, g.rootType(operation.Definition), fields)
}

func (g *Guard) selects(d *document, set *ast.SelectionSet, parent graphql.Type, fields Fields) bool {
	if set == nil || parent == nil {
		return false
	}
	for _, selection := range set.Selections {
		switch selection := selection.(type) {
		case *ast.Field:
			if g.isOneOf(parent, selection.Name.Value, fields) {
				return true
			}
			definition := definitionOf(parent, selection.Name.Value)
			if definition != nil && g.selects(d, selection.SelectionSet, graphql.GetNamed(definition.Type).(graphql.Type), fields) {
				return true
			}
		case *ast.InlineFragment:
			if g.selects(d, selection.SelectionSet, g.narrowed(selection.TypeCondition, parent), fields) {
				return true
			}
		case *ast.FragmentSpread:
			fragment, known := d.fragments[selection.Name.Value]
			if known && g.selects(d, fragment.SelectionSet, g.narrowed(fragment.TypeCondition, parent), fields) {
				return true
			}
		}
	}
	return false
}

// isOneOf reports whether a field of the set may stand behind a name asked for of parent.
func (g *Guard) isOneOf(parent graphql.Type, name string, fields Fields) bool {
	if fields[parent.Name()+"."+name] {
		return true
	}
	abstract, ok := parent.(graphql.Abstract)
	if !ok {
		return false
	}
	for _, object := range g.schema.PossibleTypes(abstract) {
		if fields[object.Name()+"."+name] {
			return true
		}
	}
	return false
}
