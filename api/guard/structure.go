package guard

import (
	"math"

	"github.com/graphql-go/graphql/language/ast"
)

// document is a parsed text with its definitions by kind.
type document struct {
	tree       *ast.Document
	operations []*ast.OperationDefinition
	fragments  map[string]*ast.FragmentDefinition
}

// newDocument refuses what is no operation or fragment, and two fragments of one name:
// the cycle rule looks at the first of them, execution takes the last.
func newDocument(query string, tree *ast.Document) (*document, []Error) {
	d := &document{tree: tree, fragments: map[string]*ast.FragmentDefinition{}}
	for _, definition := range tree.Definitions {
		switch definition := definition.(type) {
		case *ast.OperationDefinition:
			d.operations = append(d.operations, definition)
		case *ast.FragmentDefinition:
			name := definition.Name.Value
			if _, twice := d.fragments[name]; twice {
				e := NewError(CodeValidationFailed, `there can only be one fragment named "%s"`, name)
				e.Locations = []Location{locate(query, definition.Loc.Start)}
				return nil, []Error{e}
			}
			d.fragments[name] = definition
		default:
			e := NewError(CodeValidationFailed, "a %s can not be executed: only operations and fragments can", definition.GetKind())
			if loc := definition.GetLoc(); loc != nil {
				e.Locations = []Location{locate(query, loc.Start)}
			}
			return nil, []Error{e}
		}
	}
	if len(d.operations) == 0 {
		return nil, []Error{NewError(CodeValidationFailed, "the query holds no operation")}
	}
	return d, nil
}

// expansion bounds, before full validation, how many selections the document has with its
// fragments written out, and how many fields fall together under one response name:
// graphql-go compares fields pairwise, once for every way to reach them, so both decide
// how long its validation takes. The fragments must be free of cycles.
func (d *document) expansion(l Limits) []Error {
	sizes := map[string]int{}
	total := 0
	for _, fragment := range d.fragments {
		total = add(total, d.size(fragment.SelectionSet, sizes))
	}
	for _, operation := range d.operations {
		total = add(total, d.size(operation.SelectionSet, sizes))
	}
	if total > l.MaxExpanded {
		return tooComplex("the query selects more than %d fields once its fragments are written out", l.MaxExpanded)
	}
	for _, definition := range d.tree.Definitions {
		if d.merged([]*ast.SelectionSet{definition.(interface{ GetSelectionSet() *ast.SelectionSet }).GetSelectionSet()}) > l.MaxMerged {
			return tooComplex("the query selects a field more than %d times in one place", l.MaxMerged)
		}
	}
	return nil
}

// size counts the selections under set with fragments written out.
func (d *document) size(set *ast.SelectionSet, sizes map[string]int) int {
	if set == nil {
		return 0
	}
	total := 0
	for _, selection := range set.Selections {
		total = add(total, 1)
		switch selection := selection.(type) {
		case *ast.Field:
			total = add(total, d.size(selection.SelectionSet, sizes))
		case *ast.InlineFragment:
			total = add(total, d.size(selection.SelectionSet, sizes))
		case *ast.FragmentSpread:
			name := selection.Name.Value
			fragment, known := d.fragments[name]
			if !known {
				continue
			}
			if _, done := sizes[name]; !done {
				sizes[name] = d.size(fragment.SelectionSet, sizes)
			}
			total = add(total, sizes[name])
		}
	}
	return total
}

// merged gives the largest number of fields that share a response name at one place when
// the sets are merged, at any depth.
func (d *document) merged(sets []*ast.SelectionSet) int {
	under := map[string][]*ast.Field{}
	for _, set := range sets {
		d.eachField(set, func(f *ast.Field) { under[responseName(f)] = append(under[responseName(f)], f) })
	}
	most := 0
	for _, fields := range under {
		most = max(most, len(fields))
		var below []*ast.SelectionSet
		for _, f := range fields {
			if f.SelectionSet != nil {
				below = append(below, f.SelectionSet)
			}
		}
		if len(below) > 0 {
			most = max(most, d.merged(below))
		}
	}
	return most
}

// eachField visits the fields of set, those in its fragments included.
func (d *document) eachField(set *ast.SelectionSet, visit func(*ast.Field)) {
	if set == nil {
		return
	}
	for _, selection := range set.Selections {
		switch selection := selection.(type) {
		case *ast.Field:
			visit(selection)
		case *ast.InlineFragment:
			d.eachField(selection.SelectionSet, visit)
		case *ast.FragmentSpread:
			if fragment, known := d.fragments[selection.Name.Value]; known {
				d.eachField(fragment.SelectionSet, visit)
			}
		}
	}
}

func responseName(f *ast.Field) string {
	if f.Alias != nil && f.Alias.Value != "" {
		return f.Alias.Value
	}
	return f.Name.Value
}

// add is a sum that stops at the largest int instead of wrapping.
func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

// multiply is a product of two numbers not below 0 that stops at the largest int.
func multiply(a, b int) int {
	if a != 0 && b > math.MaxInt/a {
		return math.MaxInt
	}
	return a * b
}
