package explore

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// The places by which elements of lists are named instead of their ids.

// idOf returns the id of an element, by which others refer to it.
func idOf(element reflect.Value) string {
	if element.Kind() != reflect.Struct {
		return ""
	}
	if id := element.FieldByName("ID"); id.IsValid() && id.Kind() == reflect.String {
		return id.String()
	}
	return ""
}

// idOfPointed is the id of an element of which there is at most one.
func idOfPointed(v reflect.Value) string {
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return ""
	}
	return idOf(v.Elem())
}

// nameGone gives every element the name of one that doesn't count.
func (e *encoder) nameGone(v reflect.Value) {
	for i := range v.NumField() {
		list := v.Field(i)
		if id := idOfPointed(list); id != "" {
			e.alias[id] = "gone"
		}
		if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		for j := range list.Len() {
			if id := idOf(list.Index(j)); id != "" {
				e.alias[id] = "gone"
			}
			e.nameGone(list.Index(j))
		}
	}
}

// nameElements names those that count by their places.
func (e *encoder) nameElements(v reflect.Value, within string) {
	for _, f := range fieldsOf(v.Type()) {
		list := v.Field(f.index)
		if id := idOfPointed(list); id != "" {
			e.alias[id] = within + "/" + f.name
		}
		if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		for place, i := range e.order(list, f.name) {
			name := within + "/" + f.name + strconv.Itoa(place)
			if id := idOf(list.Index(i)); id != "" {
				e.alias[id] = name
			}
			e.nameElements(list.Index(i), name)
		}
	}
}

// order is that of a list whose order counts; a set is ordered by what is in it.
func (e *encoder) order(list reflect.Value, name string) []int {
	places := make([]int, list.Len())
	for i := range places {
		places[i] = i
	}
	if inOrder[name] || len(places) < 2 {
		return places
	}
	draft := e.draft
	e.draft = true
	keys := make([]string, len(places))
	for i := range places {
		var out strings.Builder
		e.value(&out, list.Index(i), name, "")
		keys[i] = out.String()
	}
	e.draft = draft
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(keys[a], keys[b]) })
	if once[name] {
		places = slices.CompactFunc(places, func(a, b int) bool { return keys[a] == keys[b] })
	}
	return places
}

// named is an id as a place. A window's is made of two.
func (e *encoder) named(text string) string {
	parts := strings.Split(text, ":")
	for i, part := range parts {
		if alias, ok := e.alias[part]; ok && alias != "gone" && e.draft {
			parts[i] = "element"
		} else if ok {
			parts[i] = alias
		}
	}
	return strings.Join(parts, ":")
}
