package store

import (
	"reflect"

	"github.com/tiaochu/tiaochu/casefile"
)

var textIDType = reflect.TypeFor[casefile.TextID]()

// textsOf lists every text of the events' own case that they name, wherever in their bodies,
// each once. What is marked as standing elsewhere belongs to another case.
func textsOf(events []casefile.Event) []casefile.TextID {
	var found []casefile.TextID
	for _, e := range events {
		if e.BackdatingReason != "" {
			found = append(found, e.BackdatingReason)
		}
		found = appendTexts(found, reflect.ValueOf(e.Body))
	}
	return distinct(found)
}

func appendTexts(found []casefile.TextID, v reflect.Value) []casefile.TextID {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == textIDType && v.Len() > 0 {
			found = append(found, casefile.TextID(v.String()))
		}
	case reflect.Struct:
		if casefile.StandsElsewhere(v) {
			return found
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				found = appendTexts(found, v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			found = appendTexts(found, v.Index(i))
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			found = appendTexts(found, v.Elem())
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			found = appendTexts(found, v.MapIndex(key))
		}
	}
	return found
}
