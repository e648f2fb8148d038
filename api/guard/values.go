package guard

import (
	"fmt"
	"reflect"
	"slices"
)

// maxQuoted bounds how much of a value a refusal repeats, in runes.
const maxQuoted = 60

// calling runs a scalar's own function and gives nil where it panics: a custom scalar must
// not end the process.
func calling(f func() any) (result any) {
	defer func() {
		if recover() != nil {
			result = nil
		}
	}()
	return f()
}

func isNil(v any) bool {
	if v == nil {
		return true
	}
	rv := reflect.ValueOf(v)
	return rv.Kind() == reflect.Pointer && rv.IsNil()
}

func sortNames(names []string) { slices.Sort(names) }

func toText(v any) string { return fmt.Sprint(v) }
