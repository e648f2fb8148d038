package guard

import (
	"fmt"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/graphql-go/graphql/language/source"

	"github.com/tiaochu/tiaochu/schema/settled"
)

// Guard checks documents against one schema. It is safe for concurrent use.
type Guard struct {
	schema graphql.Schema
	limits Limits
	means  map[string]int // of the lists of the introspected schema
	rules  []graphql.ValidationRuleFn
	cache  *cache
}

// New makes a guard for the schema; what limits leaves zero takes its default. It fails on
// a schema whose types are broken. Nothing may change the schema afterwards.
func New(schema graphql.Schema, limits Limits) (*Guard, error) {
	g := &Guard{schema: schema, limits: limits.withDefaults()}
	g.rules = fullRules(g.limits.MaxErrors)
	if err := settled.Settle(&g.schema); err != nil {
		return nil, fmt.Errorf("settle schema: %w", err)
	}
	g.means = introspectionMeans(schema)
	var err error
	if g.cache, err = newCache(g.limits.CacheDocuments, g.limits.CacheBytes); err != nil {
		return nil, fmt.Errorf("make document cache: %w", err)
	}
	return g, nil
}

// Schema is the schema to execute with: every table that graphql-go fills while serving
// has been filled, so that concurrent requests only read it.
func (g *Guard) Schema() graphql.Schema { return g.schema }

// Request is what a client asks for. Variables are to be decoded with UseNumber.
type Request struct {
	Query         string
	OperationName string
	Variables     map[string]any
}

// Operation is a request that passed: what the executor may run.
type Operation struct {
	Query      string // the text, for locations
	Document   *ast.Document
	Definition *ast.OperationDefinition
	Name       string         // "" where the operation has none
	Type       string         // "query", "mutation" or "subscription"
	Variables  map[string]any // coerced; see graphql.ExecuteParams.Args
	Cost       int            // estimated values

	document *document
}

// PanicError reports that checking a document panicked: a bug in the schema or a library,
// never the client's fault. The stack is for the log.
type PanicError struct {
	Value any
	Stack []byte
}

// Error gives the panic's value.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Prepare checks the request and gives its operation, or the errors to answer with: at
// most MaxErrors of them, each with a code. err is not nil only where checking itself
// panicked ([*PanicError]); the errors then hold an INTERNAL one.
func (g *Guard) Prepare(r Request) (operation *Operation, refused []Error, err error) {
	defer func() {
		if v := recover(); v != nil {
			operation, refused = nil, []Error{NewError(CodeInternal, "internal error")}
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	document, refused := g.check(r.Query)
	if refused != nil {
		return nil, refused, nil
	}
	definition, refused := document.choose(r.OperationName)
	if refused != nil {
		return nil, refused, nil
	}
	variables, refused := g.variables(definition, r.Variables)
	if refused != nil {
		return nil, refused, nil
	}
	operation = &Operation{
		Query: r.Query, Document: document.tree, Definition: definition,
		Type: definition.Operation, Variables: variables,
		Cost: g.cost(document, definition, variables), document: document,
	}
	if definition.Name != nil {
		operation.Name = definition.Name.Value
	}
	most := g.limits.MaxCost
	if operation.Type == ast.OperationTypeSubscription {
		most = min(most, g.limits.MaxEventCost)
	}
	if operation.Cost > most {
		return nil, []Error{TooExpensive(operation.Cost, most)}, nil
	}
	return operation, nil, nil
}

// Validate checks a text as Prepare does, without variables: what of it depends on them is checked
// when it is asked for.
func (g *Guard) Validate(query string) (refused []Error) {
	_, refused = g.check(query)
	return refused
}

// check gives the document of a text that passes every rule that needs no variables.
func (g *Guard) check(query string) (*document, []Error) {
	if len(query) > g.limits.MaxBytes {
		return nil, tooComplex("the query is longer than %d bytes", g.limits.MaxBytes)
	}
	if d, ok := g.cache.get(query); ok {
		return d, nil
	}
	if !utf8.ValidString(query) {
		return nil, []Error{NewError(CodeParseFailed, "syntax error: the query is not UTF-8")}
	}
	text, refused := newPlain(query)
	if refused != nil {
		return nil, refused
	}
	if text.longest > maxLine {
		return nil, tooComplex("the query has more than %d bytes without a space or line break", maxLine)
	}
	tokens, refused := g.lexical(query, text.body)
	if refused != nil {
		return nil, refused
	}
	tree, err := parser.Parse(parser.ParseParams{
		Source:  &source.Source{Body: text.body, Name: sourceName},
		Options: parser.ParseOptions{NoSource: true},
	})
	if err != nil {
		return nil, []Error{syntaxError(query, err)}
	}
	text.restore(tree)
	d, refused := newDocument(query, tree)
	if refused != nil {
		return nil, refused
	}
	if refused := g.validate(query, d, []graphql.ValidationRuleFn{graphql.NoFragmentCyclesRule}); refused != nil {
		return nil, refused
	}
	if refused := d.expansion(g.limits); refused != nil {
		return nil, refused
	}
	if refused := g.validate(query, d, g.rules); refused != nil {
		return nil, refused
	}
	if refused := g.complexity(d); refused != nil {
		return nil, refused
	}
	g.cache.put(strings.Clone(query), d, tokens)
	return d, nil
}

// choose finds the operation to run.
func (d *document) choose(name string) (*ast.OperationDefinition, []Error) {
	if name == "" {
		if len(d.operations) > 1 {
			return nil, []Error{NewError(CodeBadUserInput, "operationName is required: the query holds %d operations", len(d.operations))}
		}
		return d.operations[0], nil
	}
	for _, operation := range d.operations {
		if operation.Name != nil && operation.Name.Value == name {
			return operation, nil
		}
	}
	return nil, []Error{NewError(CodeBadUserInput, `operationName: the query holds no operation named "%s"`, shorten(name, maxQuoted))}
}
