package scalar

import (
	"time"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// Date is a day in Asia/Shanghai, YYYY-MM-DD. Go values: what is parsed is that text; what
// is written may be such a text, a type whose String gives it, or a time.Time, whose day
// in Asia/Shanghai is taken (the zero time is null).
var Date = graphql.NewScalar(graphql.ScalarConfig{
	Name:        "Date",
	Description: "A day YYYY-MM-DD, such as \"2026-03-02\". Days are those of Asia/Shanghai.",
	Serialize:   serializeDate,
	ParseValue: func(v any) any {
		if s, ok := v.(string); ok {
			return parseDate(s)
		}
		return nil
	},
	ParseLiteral: func(v ast.Value) any {
		if s, ok := v.(*ast.StringValue); ok {
			return parseDate(s.Value)
		}
		return nil
	},
})

func serializeDate(v any) any {
	switch t := v.(type) {
	case time.Time:
		return day(t)
	case *time.Time:
		if t == nil {
			return nil
		}
		return day(*t)
	}
	if s, ok := text(v); ok {
		return parseDate(s)
	}
	return nil
}

func day(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.In(shanghai).Format(time.DateOnly)
}

func parseDate(s string) any {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Format(time.DateOnly) != s {
		return nil
	}
	return s
}
