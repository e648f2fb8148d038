package guard

import (
	"fmt"
	"strings"
)

// Codes of the refusals, as clients see them in extensions.code.
const (
	CodeParseFailed      = "GRAPHQL_PARSE_FAILED"
	CodeValidationFailed = "GRAPHQL_VALIDATION_FAILED"
	CodeBadUserInput     = "BAD_USER_INPUT"
	CodeTooComplex       = "QUERY_TOO_COMPLEX"
	CodeInternal         = "INTERNAL"
)

// maxMessage bounds a message, in runes: messages quote what was sent.
const maxMessage = 500

// Location is a place in the query text; both count from 1, columns in characters.
type Location struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Error is one entry of a response's errors. Extensions always holds a code.
type Error struct {
	Message    string         `json:"message"`
	Locations  []Location     `json:"locations,omitempty"`
	Path       []any          `json:"path,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

// Error makes an Error usable as a Go error.
func (e Error) Error() string { return e.Message }

// Code is extensions.code, or "" where there is none.
func (e Error) Code() string {
	code, _ := e.Extensions["code"].(string)
	return code
}

// NewError makes an Error with the code and a message shortened to a sensible length.
func NewError(code, format string, args ...any) Error {
	message := format
	if len(args) > 0 {
		message = fmt.Sprintf(format, args...)
	}
	return Error{Message: shorten(message, maxMessage), Extensions: map[string]any{"code": code}}
}

func tooComplex(format string, args ...any) []Error {
	return []Error{NewError(CodeTooComplex, format, args...)}
}

// TooExpensive refuses an operation whose estimated cost is more than the most allowed.
func TooExpensive(cost, most int) Error {
	return NewError(CodeTooComplex, "the operation is estimated to produce %d values, more than %d: ask for smaller pages or fewer lists", cost, most)
}

// shorten cuts s after n runes, marking the cut.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

// withoutSuggestions cuts the schema's names that graphql-go appends to its messages.
func withoutSuggestions(message string) string {
	before, _, _ := strings.Cut(message, " Did you mean ")
	return strings.TrimSpace(before)
}
