package guard

import (
	"bytes"
	"unicode/utf8"
)

// maxLine bounds the longest stretch of text without anything ignorable in it, in bytes.
// graphql-go's syntax errors draw a line of that length character by character, in
// quadratic time.
const maxLine = 48 << 10

// blank gives the bytes of query with everything the lexer ignores (spaces, commas, byte
// order marks, comments) replaced by newlines, byte for byte, so that offsets stay. It
// also gives the longest stretch left between newlines.
//
// graphql-go's lexer counts characters where it should count bytes and loses its place
// after a comment in Chinese; and one long line makes its error messages dear. Both go
// away when nothing ignorable is left but newlines.
func blank(query string) (body []byte, longest int) {
	body = []byte(query)
	start := 0
	newline := func(i int) {
		longest = max(longest, i-start)
		start = i + 1
		body[i] = '\n'
	}
	for i := 0; i < len(body); {
		switch c := body[i]; {
		case c == ' ' || c == '\t' || c == ',' || c == '\n' || c == '\r':
			newline(i)
			i++
		case c == '#':
			for i < len(body) && body[i] != '\n' && body[i] != '\r' {
				newline(i)
				i++
			}
		case bytes.HasPrefix(body[i:], byteOrderMark):
			for range byteOrderMark {
				newline(i)
				i++
			}
		case c == '"':
			i = afterString(body, i)
		default:
			i++
		}
	}
	return body, max(longest, len(body)-start)
}

var (
	byteOrderMark = []byte("\ufeff")
	tripleQuote   = []byte(`"""`)
)

// afterString gives the offset after the string or block string that begins at i; where it
// has no end, the offset of the line's or text's end.
func afterString(body []byte, i int) int {
	if bytes.HasPrefix(body[i:], tripleQuote) {
		for i += 3; i < len(body); i++ {
			if body[i] == '\\' && bytes.HasPrefix(body[i+1:], tripleQuote) {
				i += 3
			} else if bytes.HasPrefix(body[i:], tripleQuote) {
				return i + 3
			}
		}
		return len(body)
	}
	for i++; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		case '\n', '\r':
			return i
		}
	}
	return len(body)
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
