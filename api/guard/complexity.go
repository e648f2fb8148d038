package guard

import (
	"maps"
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// complexity applies the rules that need the types: root fields, introspection depth and
// nesting of fields, for every operation of a valid document. Aliases and directives were
// counted by the lexer.
func (g *Guard) complexity(d *document) []Error {
	for _, operation := range d.operations {
		roots := 0
		d.eachField(operation.SelectionSet, func(*ast.Field) { roots++ })
		if roots > g.limits.MaxRootFields {
			return tooComplex("the operation has more than %d root fields", g.limits.MaxRootFields)
		}
		if refused := d.singleRoot(operation); refused != nil {
			return refused
		}
		deepest, lists := d.depth(operation.SelectionSet, 0, 0)
		if lists > g.limits.MaxIntrospectionLists {
			return tooComplex("the introspection nests lists of types, fields or arguments more than %d deep", g.limits.MaxIntrospectionLists)
		}
		if deepest > g.limits.MaxFieldDepth {
			return tooComplex("the operation nests fields more than %d deep", g.limits.MaxFieldDepth)
		}
	}
	return nil
}

// singleRoot holds a subscription to one root field that is not introspection: it opens one
// stream.
func (d *document) singleRoot(operation *ast.OperationDefinition) []Error {
	if operation.Operation != ast.OperationTypeSubscription {
		return nil
	}
	roots := map[string]bool{}
	meta := false
	d.eachField(operation.SelectionSet, func(f *ast.Field) {
		roots[responseName(f)] = true
		meta = meta || strings.HasPrefix(f.Name.Value, "__")
	})
	if len(roots) == 1 && !meta {
		return nil
	}
	return []Error{NewError(CodeValidationFailed, "a subscription must have exactly one root field, and no introspection there")}
}

// depth gives the nesting of fields outside introspection, and the nesting of the lists
// that lead from type to type within it (a field's type's fields …).
func (d *document) depth(set *ast.SelectionSet, level, lists int) (deepest, mostLists int) {
	deepest, mostLists = level, lists
	d.eachField(set, func(f *ast.Field) {
		var below, belowLists int
		switch f.Name.Value {
		case "__schema", "__type":
			belowLists = d.introspectionLists(f.SelectionSet)
		default:
			below, belowLists = d.depth(f.SelectionSet, level+1, lists)
		}
		deepest, mostLists = max(deepest, below), max(mostLists, belowLists)
	})
	return deepest, mostLists
}

func (d *document) introspectionLists(set *ast.SelectionSet) int {
	most := 0
	d.eachField(set, func(f *ast.Field) {
		own := 0
		switch f.Name.Value {
		case "fields", "interfaces", "possibleTypes", "inputFields":
			own = 1
		}
		most = max(most, own+d.introspectionLists(f.SelectionSet))
	})
	return most
}

// cost estimates how many values the executor will produce for the operation.
func (g *Guard) cost(d *document, operation *ast.OperationDefinition, variables map[string]any) int {
	root := g.rootType(operation)
	if root == nil {
		return 0
	}
	known := maps.Clone(variables)
	for _, definition := range operation.VariableDefinitions {
		name := definition.Variable.Name.Value
		if known[name] != nil {
			continue
		}
		switch value := definition.DefaultValue.(type) {
		case *ast.IntValue:
			known[name] = graphql.Int.ParseLiteral(value)
		case *ast.ObjectValue: // what it holds doesn't matter here
			fields := map[string]any{}
			for _, field := range givenFields(value, nil) {
				fields[field] = true
			}
			known[name] = fields
		}
	}
	return g.costOf(d, operation.SelectionSet, root, known)
}

func (g *Guard) rootType(operation *ast.OperationDefinition) graphql.Type {
	var root *graphql.Object
	switch operation.Operation {
	case ast.OperationTypeQuery:
		root = g.schema.QueryType()
	case ast.OperationTypeMutation:
		root = g.schema.MutationType()
	case ast.OperationTypeSubscription:
		root = g.schema.SubscriptionType()
	}
	if root == nil {
		return nil
	}
	return root
}

func (g *Guard) costOf(d *document, set *ast.SelectionSet, parent graphql.Type, variables map[string]any) int {
	if set == nil {
		return 0
	}
	total := 0
	for _, selection := range set.Selections {
		switch selection := selection.(type) {
		case *ast.Field:
			total = add(total, g.fieldCost(d, selection, parent, variables))
		case *ast.InlineFragment:
			total = add(total, g.costOf(d, selection.SelectionSet, g.narrowed(selection.TypeCondition, parent), variables))
		case *ast.FragmentSpread:
			if fragment, known := d.fragments[selection.Name.Value]; known {
				total = add(total, g.costOf(d, fragment.SelectionSet, g.narrowed(fragment.TypeCondition, parent), variables))
			}
		}
	}
	return total
}

func (g *Guard) narrowed(condition *ast.Named, parent graphql.Type) graphql.Type {
	if condition == nil {
		return parent
	}
	if t := g.schema.Type(condition.Name.Value); t != nil {
		return t
	}
	return parent
}

func (g *Guard) fieldCost(d *document, f *ast.Field, parent graphql.Type, variables map[string]any) int {
	definition := definitionOf(parent, f.Name.Value)
	if definition == nil {
		return 1
	}
	own := 1
	if weight, ok := g.limits.Weights[parent.Name()+"."+definition.Name]; ok {
		own = weight
	}
	own = add(own, g.inputCost(definition, f, variables))
	below := g.costOf(d, f.SelectionSet, graphql.GetNamed(definition.Type).(graphql.Type), variables)
	if definition == graphql.SchemaMetaFieldDef || definition == graphql.TypeMetaFieldDef {
		return add(own, below/introspectionShare)
	}
	return add(own, multiply(g.elements(parent, definition, f, variables), below))
}

// definitionOf is the field's definition; the meta fields are at the root of the schema.
func definitionOf(parent graphql.Type, name string) *graphql.FieldDefinition {
	switch name {
	case graphql.SchemaMetaFieldDef.Name:
		return graphql.SchemaMetaFieldDef
	case graphql.TypeMetaFieldDef.Name:
		return graphql.TypeMetaFieldDef
	case graphql.TypeNameMetaFieldDef.Name:
		return graphql.TypeNameMetaFieldDef
	}
	switch parent := parent.(type) {
	case *graphql.Object:
		return parent.Fields()[name]
	case *graphql.Interface:
		return parent.Fields()[name]
	}
	return nil
}

// introspectionMeans counts how many elements the lists of the introspected schema have in
// the mean, at least 1: the general estimate, multiplied over four levels, would refuse the
// introspection that every client tool asks for.
func introspectionMeans(schema graphql.Schema) map[string]int {
	types := len(schema.TypeMap())
	var fields, args, inputs, values, interfaces, possible int
	for _, t := range schema.TypeMap() {
		switch t := t.(type) {
		case *graphql.Object:
			fields += len(t.Fields())
			interfaces += len(t.Interfaces())
			for _, f := range t.Fields() {
				args += len(f.Args)
			}
		case *graphql.Interface:
			fields += len(t.Fields())
			possible += len(schema.PossibleTypes(t))
		case *graphql.Union:
			possible += len(t.Types())
		case *graphql.InputObject:
			inputs += len(t.Fields())
		case *graphql.Enum:
			values += len(t.Values())
		}
	}
	mean := func(sum, of int) int { return max(1, (sum+of-1)/max(of, 1)) }
	return map[string]int{
		"types": types, "fields": mean(fields, types), "args": mean(args, fields), "inputFields": mean(inputs, types),
		"enumValues": mean(values, types), "interfaces": mean(interfaces, types), "possibleTypes": mean(possible, types),
		"directives": len(schema.Directives()), "locations": 4,
	}
}

// introspectionShare is how many values of the introspected schema count as one: they are
// read from memory.
const introspectionShare = 4

// elements is how many values are expected under the field: the page asked for, the number
// of ids given, or an estimate. The lists inside a connection count once, their page was
// counted with the connection.
func (g *Guard) elements(parent graphql.Type, definition *graphql.FieldDefinition, f *ast.Field, variables map[string]any) int {
	list := isList(definition.Type)
	if strings.HasPrefix(parent.Name(), "__") {
		return max(1, g.means[definition.Name])
	}
	if list && isConnection(parent) {
		return 1
	}
	if n, paged := g.page(definition, f, variables); paged {
		return n
	}
	if !list {
		return 1
	}
	for _, argument := range f.Arguments {
		if n, ok := listLength(argument.Value, variables); ok {
			return n
		}
	}
	return g.limits.ListSize
}

// page is the number of elements asked for by first or last, where the field has either.
func (g *Guard) page(definition *graphql.FieldDefinition, f *ast.Field, variables map[string]any) (n int, paged bool) {
	n = g.limits.DefaultPage
	for _, argument := range definition.Args {
		if argument.Name() != "first" && argument.Name() != "last" {
			continue
		}
		paged = true
		if size, ok := argument.DefaultValue.(int); ok {
			n = g.bounded(size)
		}
	}
	if !paged {
		return 0, false
	}
	asked := 0
	for _, argument := range f.Arguments {
		if name := argument.Name.Value; name != "first" && name != "last" {
			continue
		}
		var size any
		switch v := argument.Value.(type) {
		case *ast.Variable:
			size = variables[v.Name.Value]
		default:
			size = graphql.Int.ParseLiteral(v)
		}
		if size, ok := size.(int); ok {
			asked = max(asked, g.bounded(size))
		}
	}
	if asked > 0 {
		return asked, true
	}
	return n, true
}

// bounded takes a page outside 1 to MaxPage, which the resolver will refuse, for MaxPage.
func (g *Guard) bounded(size int) int {
	if size < 1 || size > g.limits.MaxPage {
		return g.limits.MaxPage
	}
	return size
}

func isList(t graphql.Type) bool {
	if required, ok := t.(*graphql.NonNull); ok {
		t = required.OfType
	}
	_, ok := t.(*graphql.List)
	return ok
}

func isConnection(t graphql.Type) bool {
	object, ok := t.(*graphql.Object)
	return ok && strings.HasSuffix(object.Name(), "Connection") && object.Fields()["pageInfo"] != nil
}

// listLength is the number of elements of a list given as an argument.
func listLength(value ast.Value, variables map[string]any) (int, bool) {
	switch v := value.(type) {
	case *ast.ListValue:
		return len(v.Values), true
	case *ast.Variable:
		list, ok := variables[v.Name.Value].([]any)
		return len(list), ok
	}
	return 0, false
}
