package guard

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/graphql-go/graphql/language/ast"
)

// readString reads the string or block string that begins at start. It gives its value and
// the offset after it; or a problem, and the offset where that is.
func readString(query string, start int) (value string, end int, problem string) {
	if strings.HasPrefix(query[start:], `"""`) {
		return readBlock(query, start)
	}
	var b strings.Builder
	for i := start + 1; i < len(query); i++ {
		switch c := query[i]; {
		case c == '"':
			return b.String(), i + 1, ""
		case c == '\n' || c == '\r':
			return "", i, "the string has no end on its line"
		case c < 0x20 && c != '\t':
			return "", i, "a string must not hold a control character"
		case c == '\\':
			r, length := readEscape(query[i:])
			if length == 0 {
				return "", i, "the string has an invalid escape sequence"
			}
			b.WriteRune(r)
			i += length - 1
		default:
			b.WriteByte(c)
		}
	}
	return "", len(query), "the string has no end"
}

var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// readEscape reads the escape sequence that s begins with; length is 0 where it is none.
// Two sequences that are halves of one character count as one.
func readEscape(s string) (r rune, length int) {
	if len(s) < 2 {
		return 0, 0
	}
	if r, ok := escapes[s[1]]; ok {
		return r, 2
	}
	high, ok := readUnit(s)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(high) {
		return high, 6
	}
	low, ok := readUnit(s[6:])
	if !ok {
		return 0, 0
	}
	if r = utf16.DecodeRune(high, low); r == '\uFFFD' {
		return 0, 0
	}
	return r, 12
}

// readUnit reads \uXXXX.
func readUnit(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}

func readBlock(query string, start int) (value string, end int, problem string) {
	var b strings.Builder
	for i := start + 3; i < len(query); i++ {
		switch c := query[i]; {
		case strings.HasPrefix(query[i:], `"""`):
			return blockValue(b.String()), i + 3, ""
		case strings.HasPrefix(query[i:], `\"""`):
			b.WriteString(`"""`)
			i += 3
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r':
			return "", i, "a string must not hold a control character"
		default:
			b.WriteByte(c)
		}
	}
	return "", len(query), "the block string has no end"
}

// blockValue takes the common indentation and the blank lines around it from a block
// string, as the GraphQL specification says.
func blockValue(raw string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(raw), "\n")
	common := -1
	for _, line := range lines[1:] {
		if indent := indentation(line); indent < len(line) && (common < 0 || indent < common) {
			common = indent
		}
	}
	for i := 1; i < len(lines) && common > 0; i++ {
		lines[i] = lines[i][min(common, len(lines[i])):]
	}
	for len(lines) > 0 && indentation(lines[0]) == len(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && indentation(lines[len(lines)-1]) == len(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// restore puts the values of the strings into the tree that was parsed from the plain text.
func (p *plain) restore(tree *ast.Document) {
	for _, definition := range tree.Definitions {
		switch definition := definition.(type) {
		case *ast.OperationDefinition:
			for _, v := range definition.VariableDefinitions {
				p.restoreValue(v.DefaultValue)
			}
			p.restoreDirectives(definition.Directives)
			p.restoreSet(definition.SelectionSet)
		case *ast.FragmentDefinition:
			p.restoreDirectives(definition.Directives)
			p.restoreSet(definition.SelectionSet)
		}
	}
}

func (p *plain) restoreSet(set *ast.SelectionSet) {
	if set == nil {
		return
	}
	for _, selection := range set.Selections {
		switch selection := selection.(type) {
		case *ast.Field:
			p.restoreArguments(selection.Arguments)
			p.restoreDirectives(selection.Directives)
			p.restoreSet(selection.SelectionSet)
		case *ast.InlineFragment:
			p.restoreDirectives(selection.Directives)
			p.restoreSet(selection.SelectionSet)
		case *ast.FragmentSpread:
			p.restoreDirectives(selection.Directives)
		}
	}
}

func (p *plain) restoreDirectives(directives []*ast.Directive) {
	for _, d := range directives {
		p.restoreArguments(d.Arguments)
	}
}

func (p *plain) restoreArguments(arguments []*ast.Argument) {
	for _, a := range arguments {
		p.restoreValue(a.Value)
	}
}

func (p *plain) restoreValue(value ast.Value) {
	switch value := value.(type) {
	case *ast.StringValue:
		value.Value = p.strings[value.Loc.Start]
	case *ast.ListValue:
		for _, v := range value.Values {
			p.restoreValue(v)
		}
	case *ast.ObjectValue:
		for _, f := range value.Fields {
			p.restoreValue(f.Value)
		}
	}
}
