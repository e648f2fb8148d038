package guard_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
)

func TestVariablesAreTakenStrictly(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	for _, c := range []struct {
		name, declared, given string
		want                  any
		problem               string // "" where want is taken
		field                 []string
	}{
		{"a whole number", "Int", "12", 12, "", nil},
		{"a whole number with a point", "Int", "12.0", 12, "", nil},
		{"a fraction", "Int", "1.5", nil, `variable "$v": expected Int, a whole number between -2147483648 and 2147483647, got 1.5`, []string{"v"}},
		{"digits in quotes", "Int", `"12"`, nil, `got "12"`, []string{"v"}},
		{"more than 32 bits", "Int", "2147483648", nil, "got 2147483648", []string{"v"}},
		{"true for a number", "Int", "true", nil, "got true", []string{"v"}},
		{"a number for a text", "String", "5", nil, "expected String, a text", []string{"v"}},
		{"a text with a zero", "String", `"a\u0000b"`, nil, "without U+0000", []string{"v"}},
		{"a text for a truth", "Boolean", `"true"`, nil, "expected Boolean, true or false", []string{"v"}},
		{"one for a truth", "Boolean", "1", nil, "expected Boolean", []string{"v"}},
		{"a fraction for a float", "Float", "1.5", 1.5, "", nil},
		{"a whole number for a float", "Float", "2", 2.0, "", nil},
		{"a text for a float", "Float", `"2"`, nil, "expected Float", []string{"v"}},
		{"too large a float", "Float", "1e400", nil, "expected Float", []string{"v"}},
		{"a text for an id", "ID", `"x"`, "x", "", nil},
		{"a number for an id", "ID", "7", "7", "", nil},
		{"a fraction for an id", "ID", "7.5", nil, "expected ID", []string{"v"}},
		{"a list for an id", "ID", `["x"]`, nil, "got a list", []string{"v"}},
		{"an enum's value", "Color", `"RED"`, "RED", "", nil},
		{"no value of the enum", "Color", `"PINK"`, nil, `expected one of Color: GREEN, RED, got "PINK"`, []string{"v"}},
		{"an enum's inner value", "Color", `"red"`, nil, "expected one of Color", []string{"v"}},
		{"the largest long", "Long", "9223372036854775807", int64(math.MaxInt64), "", nil},
		{"more than 64 bits", "Long", "9223372036854775808", nil, "expected Long, a whole number between", []string{"v"}},
		{"an instant", "DateTime", `"2026-03-02T09:30:00+08:00"`, "2026-03-02T09:30:00+08:00", "", nil},
		{"no instant", "DateTime", `"yesterday"`, nil, `expected DateTime, an RFC 3339 instant with an offset, such as "2026-03-02T09:30:00+08:00", got "yesterday"`, []string{"v"}},
		{"a padded division", "Division", `"530400"`, nil, "without trailing zero groups", []string{"v"}},
		{"a missing value", "String!", "", nil, `variable "$v" of type String! is required and was not given`, []string{"v"}},
		{"a null value", "String!", "null", nil, "must not be null", []string{"v"}},
		{"a null where it may be", "String", "null", nil, "", nil},
		{"one for a list", "[Int!]", "3", []any{3}, "", nil},
		{"a list", "[Int!]", "[3, 4]", []any{3, 4}, "", nil},
		{"a null in a list", "[Int!]", "[3, null]", nil, `variable "$v", element [1]: must not be null`, []string{"v", "1"}},
		{"a wrong element", "[Int]", `[3, null, "x"]`, nil, `variable "$v", element [2]: expected Int`, []string{"v", "2"}},
		{
			"an object", "ThingInput", `{"key": "k", "count": 2, "amount": 3, "parts": [{"name": "n"}]}`,
			map[string]any{"key": "k", "count": 2, "amount": int64(3), "parts": []any{map[string]any{"name": "n"}}},
			"", nil,
		},
		{"a text for an object", "ThingInput", `"k"`, nil, `expected an object ThingInput, got "k"`, []string{"v"}},
		{"an unknown field", "ThingInput", `{"key": "k", "nome": 1}`, nil, `variable "$v", field "nome": ThingInput has no such field`, []string{"v", "nome"}},
		{"a missing field", "ThingInput", `{"count": 1}`, nil, `variable "$v", field "key": is required and was not given`, []string{"v", "key"}},
		{"a null field that is required", "ThingInput", `{"key": null}`, nil, `variable "$v", field "key": must not be null`, []string{"v", "key"}},
		{"a missing field deep inside", "ThingInput", `{"key": "k", "parts": [{"name": "n"}, {"color": "RED"}]}`, nil, `variable "$v", field "parts[1].name": is required`, []string{"v", "parts", "1", "name"}},
		{"a wrong value deep inside", "ThingInput", `{"key": "k", "parts": [{"name": "n", "color": 5}]}`, nil, `variable "$v", field "parts[0].color": expected one of Color: GREEN, RED, got 5`, []string{"v", "parts", "0", "color"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			given := "{}"
			if c.given != "" {
				given = `{"v": ` + c.given + `}`
			}
			op, refused, err := g.Prepare(guard.Request{
				Query:     "query($v: " + c.declared + ") { " + useOf(c.declared) + " }",
				Variables: variables(t, given),
			})
			require.NoError(t, err)
			if c.problem == "" {
				require.Empty(t, refused)
				require.Equal(t, c.want, op.Variables["v"])
				return
			}
			require.Len(t, refused, 1)
			require.Equal(t, guard.CodeBadUserInput, refused[0].Code())
			require.Contains(t, refused[0].Message, c.problem)
			require.Equal(t, c.field, refused[0].Extensions["field"])
			require.Equal(t, "v", refused[0].Extensions["variable"])
		})
	}
}

// useOf is a selection that takes $v where its type allows, so that the query is valid.
func useOf(declared string) string {
	argument := map[string]string{
		"Int": "count", "String": "text", "String!": "text", "Color": "color", "ThingInput": "input",
		"Long": "amount", "Division": "division", "[Int]": "numbers", "[Int!]": "numbers",
	}[declared]
	switch declared {
	case "Boolean":
		return `echo(input: {key: "k", urgent: $v})`
	case "Float":
		return `echo(input: {key: "k", ratio: $v})`
	case "ID":
		return `echo(input: {key: "k", ref: $v})`
	case "DateTime":
		return `echo(input: {key: "k", at: $v})`
	}
	return "echo(" + argument + ": $v)"
}

func TestLiteralsAreTakenStrictly(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	for literal, problem := range map[string]string{
		`count: 12`:                           "",
		`count: 3000000000`:                   `argument "count": expected Int, a whole number between -2147483648 and 2147483647, got 3000000000`,
		`count: 1.5`:                          `got 1.5`,
		`count: "12"`:                         `got "12"`,
		`text: 12`:                            `argument "text": expected String`,
		`text: "a\u0000b"`:                    "without U+0000",
		`color: PINK`:                         `argument "color": expected one of Color: GREEN, RED, got PINK`,
		`color: "RED"`:                        `got "RED"`,
		`amount: 9223372036854775807`:         "",
		`amount: "5"`:                         "expected Long",
		`division: "5304"`:                    "",
		`division: 5304`:                      `argument "division": expected Division, a division code of 2, 4, 6, 9, 12 or 15 digits`,
		`numbers: 3`:                          "",
		`numbers: [1, "x"]`:                   `argument "numbers", field "[1]": expected Int`,
		`input: "k"`:                          `argument "input": expected an object ThingInput, got "k"`,
		`input: {count: 1}`:                   `argument "input", field "key": is required and was not given`,
		`input: {key: "k", no: 1}`:            `argument "input", field "no": ThingInput has no such field`,
		`input: {key: "k", on: "2026-02-30"}`: `argument "input", field "on": expected Date, a day YYYY-MM-DD, such as "2026-03-02", got "2026-02-30"`,
		`input: {key: "k", parts: [{name: "n"}, {}]}`:       `argument "input", field "parts[1].name": is required`,
		`input: {key: "k", parts: {name: "n"}}`:             "",
		`input: {key: "k", ratio: 2, ref: 5, urgent: true}`: "",
	} {
		_, refused, err := g.Prepare(guard.Request{Query: "{ echo(" + literal + ") }"})
		require.NoError(t, err)
		if problem == "" {
			require.Empty(t, refused, literal)
			continue
		}
		require.Len(t, refused, 1, literal)
		require.Equal(t, guard.CodeValidationFailed, refused[0].Code())
		require.Contains(t, refused[0].Message, problem)
		require.NotEmpty(t, refused[0].Locations)
	}
}

func TestADefaultOfAVariableMustFitItsType(t *testing.T) {
	t.Parallel()
	g := newGuard(t, guard.Limits{})
	for definition, problem := range map[string]string{
		`$v: Int = 5`:   "",
		`$v: Int = "5"`: `default of variable "$v": expected Int`,
		`$v: Int! = 5`:  `default of variable "$v": a variable of type Int! is required and never takes its default`,
	} {
		_, refused, err := g.Prepare(guard.Request{Query: "query(" + definition + ") { echo(count: $v) }", Variables: variables(t, `{"v": 1}`)})
		require.NoError(t, err)
		if problem == "" {
			require.Empty(t, refused)
			continue
		}
		require.Contains(t, refused[0].Message, problem)
	}
}
