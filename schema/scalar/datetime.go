package scalar

import (
	"regexp"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// shanghai is the zone that instants are written in. It is fixed, so that a machine
// without a zone database shows the same text.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// DateTime is an instant, RFC 3339 with an offset. Go values: time.Time; it is written in
// Asia/Shanghai, and the zero time is null.
var DateTime = graphql.NewScalar(graphql.ScalarConfig{
	Name:        "DateTime",
	Description: "An RFC 3339 instant with an offset, such as \"2026-03-02T09:30:00+08:00\". Answers are written in Asia/Shanghai.",
	Serialize:   serializeDateTime,
	ParseValue: func(v any) any {
		switch v := v.(type) {
		case time.Time:
			return v
		case string:
			return parseDateTime(v)
		}
		return nil
	},
	ParseLiteral: func(v ast.Value) any {
		if s, ok := v.(*ast.StringValue); ok {
			return parseDateTime(s.Value)
		}
		return nil
	},
})

func serializeDateTime(v any) any {
	var t time.Time
	switch v := v.(type) {
	case time.Time:
		t = v
	case *time.Time:
		if v == nil {
			return nil
		}
		t = *v
	default:
		return nil
	}
	if t.IsZero() {
		return nil
	}
	return t.In(shanghai).Format(time.RFC3339Nano)
}

// instant is the shape that time.Parse alone does not insist on: it takes one-digit hours
// and a comma before the fraction too.
var instant = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$`)

func parseDateTime(s string) any {
	if !instant.MatchString(s) {
		return nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	// Go's zero time means "not given" everywhere below, so it can't be given.
	if err != nil || t.IsZero() {
		return nil
	}
	return t
}
