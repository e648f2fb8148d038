package guard

import (
	"errors"
	"regexp"
	"strings"

	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/lexer"
	"github.com/graphql-go/graphql/language/source"
)

// maxName bounds a name, in bytes: suggestions for unknown names compare it with every
// name of the schema, in time proportional to its length.
const maxName = 128

// tally is what one pass of the lexer counts.
type tally struct {
	tokens, depth, deepest, parens  int
	definitions, fragments, spreads int
	directives, aliases             int
	longName                        bool
	previous                        lexer.Token
}

// lexical runs graphql-go's own lexer once over body and refuses what is too big.
func (g *Guard) lexical(query string, body []byte) (tokens int, refused []Error) {
	next := lexer.Lex(&source.Source{Body: body, Name: sourceName})
	var t tally
	for {
		token, err := next(0)
		if err != nil {
			return t.tokens, []Error{syntaxError(query, err)}
		}
		if token.Kind == lexer.EOF {
			return t.tokens, nil
		}
		t.add(token)
		if refused := t.refusal(g.limits); refused != nil {
			return t.tokens, refused
		}
	}
}

func (t *tally) add(token lexer.Token) {
	t.tokens++
	switch token.Kind {
	case lexer.BRACE_L:
		if t.depth == 0 {
			t.definitions++
		}
		t.depth++
	case lexer.BRACKET_L:
		t.depth++
	case lexer.PAREN_L:
		t.depth++
		t.parens++
	case lexer.BRACE_R, lexer.BRACKET_R:
		t.depth--
	case lexer.PAREN_R:
		t.depth--
		t.parens--
	case lexer.AT:
		t.directives++
	case lexer.SPREAD:
		t.spreads++
	case lexer.COLON:
		if t.parens == 0 && t.previous.Kind == lexer.NAME {
			t.aliases++
		}
	case lexer.NAME:
		if t.depth == 0 && token.Value == lexer.FRAGMENT {
			t.fragments++
		}
		t.longName = t.longName || len(token.Value) > maxName
	}
	t.deepest = max(t.deepest, t.depth)
	t.previous = token
}

func (t *tally) refusal(l Limits) []Error {
	for _, bound := range []struct {
		have, most int
		what       string
	}{
		{t.tokens, l.MaxTokens, "tokens"},
		{t.deepest, l.MaxDepth, "levels of nesting"},
		{t.definitions, l.MaxDefinitions, "operations and fragments"},
		{t.fragments, l.MaxFragments, "fragments"},
		{t.spreads, l.MaxSpreads, "fragment spreads"},
		{t.directives, l.MaxDirectives, "directives"},
		{t.aliases, l.MaxAliases, "aliases"},
	} {
		if bound.have > bound.most {
			return tooComplex("the query has more than %d %s", bound.most, bound.what)
		}
	}
	if t.longName {
		return tooComplex("the query has a name longer than %d characters", maxName)
	}
	return nil
}

// sourceName is what graphql-go calls the text in its syntax errors.
const sourceName = "GraphQL"

var syntaxPrefix = regexp.MustCompile(`^Syntax Error ` + sourceName + ` \(\d+:\d+\) `)

// syntaxError rewrites graphql-go's syntax error: without its drawing of the text, with
// the place in the text as it was sent.
func syntaxError(query string, err error) Error {
	description, _, _ := strings.Cut(err.Error(), "\n")
	out := NewError(CodeParseFailed, "syntax error: %s", syntaxPrefix.ReplaceAllString(description, ""))
	var located *gqlerrors.Error
	if errors.As(err, &located) && len(located.Positions) > 0 {
		out.Locations = []Location{locate(query, located.Positions[0])}
	}
	return out
}
