package guard

import (
	"bytes"
	"unicode/utf8"
)

// maxLine bounds the longest stretch of text with nothing ignorable in it, in bytes and
// without what is in strings. graphql-go's syntax errors draw the line they are on character by
// character, in quadratic time.
const maxLine = 8 << 10

// plain is a query's text made safe for graphql-go's lexer, byte for byte as long, so that
// offsets stay: what the lexer ignores (spaces, commas, byte order marks, comments) is
// spaces and newlines, and strings are empty, followed by such; their values stand apart, by
// offset.
//
// That lexer counts characters where it should count bytes and loses its place after a
// comment in Chinese; it overwrites its source in block strings; it does not join the
// halves of a surrogate pair. None of it can happen here.
type plain struct {
	body    []byte
	strings map[int]string
	longest int // bytes of the longest line
	start   int // of the current line
}

// newPlain reads query, which must be UTF-8. It refuses strings that have no end or hold
// what strings can't.
func newPlain(query string) (*plain, []Error) {
	p := &plain{body: []byte(query), strings: map[int]string{}}
	for i := 0; i < len(p.body); {
		switch c := p.body[i]; {
		case c == ' ' || c == '\t' || c == ',' || c == '\n' || c == '\r':
			p.ignored(i, i+1)
			i++
		case c == '#':
			end := i + max(0, bytes.IndexAny(p.body[i:], "\n\r"))
			if end == i {
				end = len(p.body)
			}
			p.ignored(i, end)
			i = end
		case bytes.HasPrefix(p.body[i:], byteOrderMark):
			p.ignored(i, i+len(byteOrderMark))
			i += len(byteOrderMark)
		case c == '"':
			value, end, problem := readString(query, i)
			if problem != "" {
				e := NewError(CodeParseFailed, "syntax error: %s", problem)
				e.Locations = []Location{locate(query, end)}
				return nil, []Error{e}
			}
			p.strings[i] = value
			p.body[i+1] = '"'
			p.ignored(i+2, end)
			i = end
		default:
			i++
		}
	}
	p.longest = max(p.longest, len(p.body)-p.start)
	return p, nil
}

var byteOrderMark = []byte("\ufeff")

// shortLine is how long a line gets before the next ignorable byte ends it, in bytes. Lines
// should not be many either: graphql-go searches for them with a regular expression.
const shortLine = 128

// ignored makes the bytes ones that the lexer skips.
func (p *plain) ignored(from, to int) {
	for i := from; i < to; i++ {
		if i-p.start < shortLine {
			p.body[i] = ' '
			continue
		}
		p.body[i] = '\n'
		p.longest = max(p.longest, i-p.start)
		p.start = i + 1
	}
}

// locate turns a byte offset of the query into a line and a column.
func locate(query string, offset int) Location {
	offset = min(max(offset, 0), len(query))
	line, start := 1, 0
	for i := 0; i < offset; i++ {
		if query[i] == '\n' || query[i] == '\r' && (i+1 >= len(query) || query[i+1] != '\n') {
			line++
			start = i + 1
		}
	}
	return Location{Line: line, Column: utf8.RuneCountInString(query[start:offset]) + 1}
}
