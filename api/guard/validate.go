package guard

import (
	"errors"
	"reflect"
	"slices"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/visitor"
)

// fullRules are graphql-go's rules with its lax checks of literals replaced by strict
// ones, each made to stop once there are enough errors to answer with.
func fullRules(maxErrors int) []graphql.ValidationRuleFn {
	lax := []uintptr{
		reflect.ValueOf(graphql.ArgumentsOfCorrectTypeRule).Pointer(),
		reflect.ValueOf(graphql.DefaultValuesOfCorrectTypeRule).Pointer(),
	}
	rules := []graphql.ValidationRuleFn{stopping(strictLiterals, maxErrors)}
	for _, rule := range graphql.SpecifiedRules {
		if !slices.Contains(lax, reflect.ValueOf(rule).Pointer()) {
			rules = append(rules, stopping(rule, maxErrors))
		}
	}
	return rules
}

// stopping makes rule do nothing more once the context holds maxErrors errors.
func stopping(rule graphql.ValidationRuleFn, maxErrors int) graphql.ValidationRuleFn {
	return func(ctx *graphql.ValidationContext) *graphql.ValidationRuleInstance {
		instance := rule(ctx)
		wrap := func(visit visitor.VisitFunc) visitor.VisitFunc {
			if visit == nil {
				return nil
			}
			return func(p visitor.VisitFuncParams) (string, any) {
				if len(ctx.Errors()) >= maxErrors {
					return visitor.ActionBreak, nil
				}
				return visit(p)
			}
		}
		opts := *instance.VisitorOpts
		opts.Enter, opts.Leave = wrap(opts.Enter), wrap(opts.Leave)
		opts.KindFuncMap = make(map[string]visitor.NamedVisitFuncs, len(instance.VisitorOpts.KindFuncMap))
		for kind, funcs := range instance.VisitorOpts.KindFuncMap {
			funcs.Kind, funcs.Enter, funcs.Leave = wrap(funcs.Kind), wrap(funcs.Enter), wrap(funcs.Leave)
			opts.KindFuncMap[kind] = funcs
		}
		return &graphql.ValidationRuleInstance{VisitorOpts: &opts}
	}
}

// validate runs rules over the document and formats at most MaxErrors errors.
func (g *Guard) validate(query string, d *document, rules []graphql.ValidationRuleFn) []Error {
	schema := g.schema // validation writes to its schema; what it writes is already there
	found := graphql.ValidateDocument(&schema, d.tree, rules).Errors
	var refused []Error
	for _, f := range found[:min(len(found), g.limits.MaxErrors)] {
		e := NewError(CodeValidationFailed, "%s", withoutSuggestions(f.Message))
		e.Locations = Locations(query, f)
		refused = append(refused, e)
	}
	return refused
}

// Locations are the places in query that err speaks of. Documents are parsed without their
// text, so that an error costs little; the locations that graphql-go gives are therefore
// wrong and are found again here, from the offsets.
func Locations(query string, err gqlerrors.FormattedError) []Location {
	var located *gqlerrors.Error
	if !errors.As(err.OriginalError(), &located) {
		return nil
	}
	const most = 8
	var places []Location
	for _, offset := range located.Positions[:min(len(located.Positions), most)] {
		places = append(places, locate(query, offset))
	}
	return places
}
