package scalar

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// maxExact is the largest float that still tells every integer from its neighbours.
const maxExact = 1 << 53

// Long is a whole number of 64 bits, written as a JSON number; amounts of money in fen. Go
// values: what is parsed is an int64; what is written may be any integer type or a pointer
// to one.
var Long = graphql.NewScalar(graphql.ScalarConfig{
	Name:         "Long",
	Description:  "A whole number between -2^63 and 2^63-1. Amounts of money are in fen.",
	Serialize:    serializeLong,
	ParseValue:   parseLong,
	ParseLiteral: parseLongLiteral,
})

func serializeLong(v any) any {
	if n, ok := v.(json.Number); ok {
		return parseLong(n)
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		if rv.IsNil() {
			return nil
		}
		rv = rv.Elem()
	}
	switch {
	case rv.CanInt():
		return rv.Int()
	case rv.CanUint() && rv.Uint() <= math.MaxInt64:
		return int64(rv.Uint())
	}
	return nil
}

func parseLong(v any) any {
	switch v := v.(type) {
	case int:
		return int64(v)
	case int32:
		return int64(v)
	case int64:
		return v
	case float64:
		if v == math.Trunc(v) && math.Abs(v) <= maxExact {
			return int64(v)
		}
	case json.Number:
		if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return n
		}
		if f, err := v.Float64(); err == nil {
			return parseLong(f)
		}
	}
	return nil
}

func parseLongLiteral(v ast.Value) any {
	if n, ok := v.(*ast.IntValue); ok {
		if i, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			return i
		}
	}
	return nil
}
