package guard

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// variables checks the values given for an operation's variables strictly against their
// types and gives them in the form that graphql-go takes without changing their meaning:
// Int as int, Long and the like as int64, enums by name. Values must have been decoded with
// json.Decoder.UseNumber: a float64 is taken for a number that already lost precision and
// is accepted where it is exact. What the operation does not declare is dropped.
func (g *Guard) variables(operation *ast.OperationDefinition, given map[string]any) (map[string]any, []Error) {
	values := make(map[string]any, len(operation.VariableDefinitions))
	c := coercion{most: g.limits.MaxErrors}
	for _, definition := range operation.VariableDefinitions {
		name := definition.Variable.Name.Value
		c.variable = name
		t := g.inputType(definition.Type)
		if t == nil {
			continue // validation has refused it
		}
		value, present := given[name]
		_, required := t.(*graphql.NonNull)
		switch {
		case !present && !required:
			continue
		case !present:
			c.refuse(place{}, "of type "+t.String()+" is required and was not given")
			continue
		}
		values[name] = c.coerce(t, value, place{})
	}
	if len(c.refused) > 0 {
		return nil, c.refused
	}
	return values, nil
}

// inputType resolves the type that a variable is declared with; nil where there is none.
func (g *Guard) inputType(t ast.Type) graphql.Input {
	switch t := t.(type) {
	case *ast.NonNull:
		if inner := g.inputType(t.Type); inner != nil {
			return graphql.NewNonNull(inner)
		}
	case *ast.List:
		if inner := g.inputType(t.Type); inner != nil {
			return graphql.NewList(inner)
		}
	case *ast.Named:
		found := g.schema.Type(t.Name.Value)
		if found != nil && graphql.IsInputType(found) {
			return found.(graphql.Input)
		}
	}
	return nil
}

// coercion gathers the problems of one request's variables.
type coercion struct {
	variable string
	refused  []Error
	most     int
}

func (c *coercion) refuse(at place, problem string) any {
	if len(c.refused) >= c.most {
		return nil
	}
	subject := `variable "$` + c.variable + `"`
	if at.text != "" {
		subject += `, field "` + at.text + `"`
		if strings.HasPrefix(at.text, "[") {
			subject = `variable "$` + c.variable + `", element ` + at.text
		}
	}
	separator := ": "
	if strings.HasPrefix(problem, "of type ") {
		separator = " "
	}
	e := NewError(CodeBadUserInput, "%s%s%s", subject, separator, problem)
	e.Extensions["variable"] = c.variable
	e.Extensions["field"] = append([]string{c.variable}, at.field...)
	c.refused = append(c.refused, e)
	return nil
}

func (c *coercion) coerce(t graphql.Input, value any, at place) any {
	if len(c.refused) >= c.most {
		return nil
	}
	if required, ok := t.(*graphql.NonNull); ok {
		if value == nil {
			return c.refuse(at, "must not be null: expected "+expectation(required))
		}
		inner, _ := required.OfType.(graphql.Input)
		return c.coerce(inner, value, at)
	}
	if value == nil {
		return nil
	}
	switch t := t.(type) {
	case *graphql.List:
		inner, _ := t.OfType.(graphql.Input)
		items, ok := value.([]any)
		if !ok {
			return []any{c.coerce(inner, value, at)}
		}
		list := make([]any, len(items))
		for i, item := range items {
			list[i] = c.coerce(inner, item, at.index(i))
		}
		return list
	case *graphql.InputObject:
		return c.object(t, value, at)
	default:
		leaf, ok := coerceLeaf(t, value)
		if !ok {
			return c.refuse(at, "expected "+expectation(t)+", got "+quoted(value))
		}
		return leaf
	}
}

func (c *coercion) object(t *graphql.InputObject, value any, at place) any {
	given, ok := value.(map[string]any)
	if !ok {
		return c.refuse(at, "expected "+expectation(t)+", got "+quoted(value))
	}
	fields := t.Fields()
	names := make([]string, 0, len(given))
	for name := range given {
		names = append(names, name)
	}
	slices.Sort(names)
	out := make(map[string]any, len(given))
	for _, name := range names {
		field, known := fields[name]
		if !known {
			c.refuse(at.key(shorten(name, maxQuoted)), t.Name()+" has no such field")
			continue
		}
		out[name] = c.coerce(field.Type, given[name], at.key(name))
	}
	for _, name := range requiredFields(t) {
		if _, present := given[name]; !present {
			c.refuse(at.key(name), "is required and was not given")
		}
	}
	return out
}

// coerceLeaf gives the value of an enum or scalar as graphql-go is to get it.
func coerceLeaf(t graphql.Input, value any) (any, bool) {
	if s, ok := value.(string); ok && (strings.ContainsRune(s, 0) || !utf8.ValidString(s)) {
		return nil, false
	}
	switch t {
	case graphql.String:
		s, ok := value.(string)
		return s, ok
	case graphql.ID:
		if s, ok := value.(string); ok {
			return s, true
		}
		n, ok := whole(value)
		return strconv.FormatInt(n, 10), ok
	case graphql.Boolean:
		b, ok := value.(bool)
		return b, ok
	case graphql.Int:
		n, ok := whole(value)
		return int(n), ok && n >= math.MinInt32 && n <= math.MaxInt32
	case graphql.Float:
		return finite(value)
	}
	switch t := t.(type) {
	case *graphql.Enum:
		name, ok := value.(string)
		return name, ok && !isNil(t.ParseValue(name))
	case *graphql.Scalar:
		if n, ok := value.(json.Number); ok {
			if i, err := n.Int64(); err == nil {
				value = i
			}
		}
		return value, !isNil(calling(func() any { return t.ParseValue(value) }))
	}
	return nil, false
}

// whole gives a number that is whole and fits 64 bits; "1.0" is whole, "1.5" is not.
func whole(value any) (int64, bool) {
	switch v := value.(type) {
	case int:
		return int64(v), true
	case int64:
		return v, true
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n, true
		}
		f, err := v.Float64()
		return int64(f), err == nil && exact(f)
	case float64:
		return int64(v), exact(v)
	}
	return 0, false
}

func exact(f float64) bool { return f == math.Trunc(f) && math.Abs(f) <= 1<<53 }

func finite(value any) (any, bool) {
	switch v := value.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil && !math.IsInf(f, 0)
	case float64:
		return v, !math.IsInf(v, 0) && !math.IsNaN(v)
	}
	return nil, false
}

// quoted is a value as a refusal repeats it.
func quoted(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	case string:
		return strconv.Quote(shorten(v, maxQuoted))
	}
	return shorten(toText(value), maxQuoted)
}
