package guard

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/kinds"
	"github.com/graphql-go/graphql/language/printer"
	"github.com/graphql-go/graphql/language/visitor"
)

// strictLiterals is the rule that the literals of arguments and the defaults of variables
// fit their types: whole 32-bit numbers for Int, known enum values, all required and no
// unknown fields. Each error names the argument or variable, the field in it, the value
// and what was expected. Variables inside literals are left to the rules on variables.
func strictLiterals(ctx *graphql.ValidationContext) *graphql.ValidationRuleInstance {
	report := func(subject string, value ast.Value, t graphql.Input) {
		for _, p := range literalProblems(nil, t, value, place{}) {
			message := subject
			if p.at.text != "" {
				message += `, field "` + p.at.text + `"`
			}
			ctx.ReportError(gqlerrors.NewError(message+": "+p.text, []ast.Node{p.node}, "", nil, nil, nil))
		}
	}
	return &graphql.ValidationRuleInstance{VisitorOpts: &visitor.VisitorOptions{
		KindFuncMap: map[string]visitor.NamedVisitFuncs{
			kinds.Argument: {Kind: func(p visitor.VisitFuncParams) (string, any) {
				argument, ok := p.Node.(*ast.Argument)
				definition := ctx.Argument()
				if ok && definition != nil && argument.Name != nil && argument.Name.Value == definition.Name() {
					report(`argument "`+definition.Name()+`"`, argument.Value, definition.Type)
				}
				return visitor.ActionSkip, nil
			}},
			kinds.VariableDefinition: {Kind: func(p visitor.VisitFuncParams) (string, any) {
				definition, ok := p.Node.(*ast.VariableDefinition)
				if !ok || definition.DefaultValue == nil {
					return visitor.ActionSkip, nil
				}
				subject := `default of variable "$` + definition.Variable.Name.Value + `"`
				if required, ok := ctx.InputType().(*graphql.NonNull); ok {
					ctx.ReportError(gqlerrors.NewError(subject+": a variable of type "+required.String()+" is required and never takes its default",
						[]ast.Node{definition.DefaultValue}, "", nil, nil, nil))
				}
				if t := ctx.InputType(); t != nil {
					report(subject, definition.DefaultValue, t)
				}
				return visitor.ActionSkip, nil
			}},
		},
	}}
}

type literalProblem struct {
	at   place
	text string
	node ast.Node
}

// maxLiteralProblems bounds the problems reported for one argument.
const maxLiteralProblems = 20

func literalProblems(found []literalProblem, t graphql.Input, value ast.Value, at place) []literalProblem {
	if len(found) >= maxLiteralProblems {
		return found
	}
	wrong := func(text string) []literalProblem {
		return append(found, literalProblem{at: at, text: text, node: value})
	}
	if _, ok := value.(*ast.Variable); ok {
		return found
	}
	switch t := t.(type) {
	case *graphql.NonNull:
		inner, _ := t.OfType.(graphql.Input)
		return literalProblems(found, inner, value, at)
	case *graphql.List:
		inner, _ := t.OfType.(graphql.Input)
		list, ok := value.(*ast.ListValue)
		if !ok {
			return literalProblems(found, inner, value, at)
		}
		for i, item := range list.Values {
			found = literalProblems(found, inner, item, at.index(i))
		}
		return found
	case *graphql.InputObject:
		object, ok := value.(*ast.ObjectValue)
		if !ok {
			return wrong("expected " + expectation(t) + ", got " + printed(value))
		}
		fields := t.Fields()
		given := map[string]bool{}
		for _, f := range object.Fields {
			name := f.Name.Value
			given[name] = true
			field, known := fields[name]
			if !known {
				found = append(found, literalProblem{at: at.key(name), text: t.Name() + " has no such field", node: f})
				continue
			}
			found = literalProblems(found, field.Type, f.Value, at.key(name))
		}
		for _, name := range requiredFields(t) {
			if !given[name] {
				found = append(found, literalProblem{at: at.key(name), text: "is required and was not given", node: value})
			}
		}
		return found
	case *graphql.Enum, *graphql.Scalar:
		if !literalFits(t, value) {
			return wrong("expected " + expectation(t) + ", got " + printed(value))
		}
	}
	return found
}

func literalFits(t graphql.Input, value ast.Value) bool {
	if s, ok := value.(*ast.StringValue); ok && strings.ContainsRune(s.Value, 0) {
		return false
	}
	switch t {
	case graphql.Int:
		n, ok := value.(*ast.IntValue)
		if !ok {
			return false
		}
		i, err := strconv.ParseInt(n.Value, 10, 64)
		return err == nil && i >= math.MinInt32 && i <= math.MaxInt32
	case graphql.Float:
		f, ok := graphql.Float.ParseLiteral(value).(float64)
		return ok && !math.IsInf(f, 0)
	}
	leaf, _ := t.(interface{ ParseLiteral(value ast.Value) any })
	return !isNil(calling(func() any { return leaf.ParseLiteral(value) }))
}

// requiredFields are the names of the fields that must be given, in order.
func requiredFields(t *graphql.InputObject) []string {
	var required []string
	for name, field := range t.Fields() {
		if _, ok := field.Type.(*graphql.NonNull); ok && field.DefaultValue == nil {
			required = append(required, name)
		}
	}
	slices.Sort(required)
	return required
}

// printed is a literal as a refusal quotes it. A composite is not spelled out: printing
// nested lists takes graphql-go time that grows with the square of their depth.
func printed(value ast.Value) string {
	switch v := value.(type) {
	case *ast.ListValue:
		return "a list"
	case *ast.ObjectValue:
		return "an object"
	case *ast.StringValue:
		return strconv.Quote(shorten(v.Value, maxQuoted))
	}
	return shorten(toText(printer.Print(value)), maxQuoted)
}
