// Package scalar holds the custom scalars of the GraphQL contract: DateTime, Date,
// Division and Long.
//
// Parsing answers nil for what it does not accept and never panics: graphql-go takes nil
// for "invalid", and a panic there would end the process. The first sentence of each
// description is the noun phrase that a refusal shows after "expected".
package scalar

import "reflect"

// text yields the string behind v: a string, a *string, a named string type or anything
// with String(). ok is false for every other value and for nil pointers.
func text(v any) (s string, ok bool) {
	switch v := v.(type) {
	case nil:
		return "", false
	case string:
		return v, true
	case *string:
		if v == nil {
			return "", false
		}
		return *v, true
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && rv.IsNil() {
		return "", false
	}
	if str, is := v.(interface{ String() string }); is {
		return str.String(), true
	}
	if rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	if rv.Kind() == reflect.String {
		return rv.String(), true
	}
	return "", false
}
