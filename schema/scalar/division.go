package scalar

import (
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// divisionLengths maps the digits of a code to the digits of its last group: province,
// city, county, township, village, grid.
var divisionLengths = map[int]int{2: 2, 4: 2, 6: 2, 9: 3, 12: 3, 15: 3}

// Division is an administrative division's statistical code without trailing zeros, or a
// local code of the same shape. Go values: string or a named string type.
var Division = graphql.NewScalar(graphql.ScalarConfig{
	Name: "Division",
	Description: "A division code of 2, 4, 6, 9, 12 or 15 digits without trailing zero groups, such as \"530402\". " +
		"The lengths are province, city, county, township, village and grid; the parent is the prefix.",
	Serialize: func(v any) any {
		if s, ok := text(v); ok && s != "" {
			return s
		}
		return nil
	},
	ParseValue: func(v any) any {
		if s, ok := v.(string); ok && IsDivision(s) {
			return s
		}
		return nil
	},
	ParseLiteral: func(v ast.Value) any {
		if s, ok := v.(*ast.StringValue); ok && IsDivision(s.Value) {
			return s.Value
		}
		return nil
	},
})

// IsDivision reports whether code has the shape of a division code. Whether that division
// exists is another question.
func IsDivision(code string) bool {
	group, ok := divisionLengths[len(code)]
	if !ok {
		return false
	}
	for _, c := range []byte(code) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return strings.Trim(code[len(code)-group:], "0") != ""
}
