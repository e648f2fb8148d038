package explore

import (
	"cmp"
	"encoding/binary"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// encoder writes an abstract state down, field by field.
type encoder struct {
	state casefile.State
	cast  *roster.Roster
	out   []byte
	// alias names the elements of lists by their place among those that count.
	alias map[string]string
	// parts are what each person plays in the case, by where they stand in the state.
	parts map[string]string
}

func (e *encoder) whole(now time.Time) {
	v := reflect.ValueOf(e.state)
	for _, field := range fieldsOf(v.Type()) {
		e.nameElements(v.Field(field.index), field)
	}
	e.value(v, "State")
	e.alarms(now)
	e.people()
}

func (e *encoder) word(text string) { e.out = append(append(e.out, text...), 0) }

// field is a field that counts, with the type's name before its own.
type field struct {
	index int
	name  string
	gone  func(casefile.State, any) bool
	// id tells that the elements of the list have ids, by which others refer to them.
	id bool
}

var fieldCache sync.Map

// fieldsOf lists the fields of a type that count. Ids are written as places, by nameElements.
func fieldsOf(t reflect.Type) []field {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.([]field)
	}
	var list []field
	for i := range t.NumField() {
		name := t.Name() + "." + t.Field(i).Name
		if dropped[name] || t.Field(i).Name == "ID" {
			continue
		}
		f := field{index: i, name: name, gone: spent[name]}
		if inner := t.Field(i).Type; inner.Kind() == reflect.Slice && inner.Elem().Kind() == reflect.Struct {
			id, ok := inner.Elem().FieldByName("ID")
			f.id = ok && id.Type.Kind() == reflect.String
		}
		list = append(list, f)
	}
	fieldCache.Store(t, list)
	return list
}

func (e *encoder) nameElements(list reflect.Value, of field) {
	if !of.id {
		return
	}
	count := 0
	for i := range list.Len() {
		element := list.Index(i)
		id := element.FieldByName("ID").String()
		if of.gone != nil && of.gone(e.state, element.Interface()) {
			e.alias[id] = of.name + "-"
			continue
		}
		e.alias[id] = of.name + strconv.Itoa(count)
		count++
	}
}

var (
	instantType = reflect.TypeFor[time.Time]()
	textType    = reflect.TypeFor[casefile.TextID]()
)

func (e *encoder) value(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == instantType {
			e.flag(!v.IsZero())
			return
		}
		for _, f := range fieldsOf(v.Type()) {
			if v.Field(f.index).Kind() == reflect.Slice {
				e.list(v.Field(f.index), f)
			} else {
				e.value(v.Field(f.index), f.name)
			}
		}
	case reflect.Pointer:
		e.pointer(v, name)
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, key := range keys {
			e.text(key.String(), name)
			e.value(v.MapIndex(key), name)
		}
		e.word(";")
	case reflect.String:
		if v.Type() == textType {
			e.flag(v.Len() > 0)
			return
		}
		e.text(v.String(), name)
	case reflect.Bool:
		e.flag(v.Bool())
	case reflect.Int, reflect.Int64:
		e.out = binary.AppendVarint(e.out, v.Int())
	case reflect.Slice:
		e.list(v, field{name: name})
	}
}

// pointer writes what is there, of a score only whether it calls for a rework.
func (e *encoder) pointer(v reflect.Value, name string) {
	if name == "RecordFollowUp.Satisfaction" {
		e.flag(!v.IsNil() && v.Elem().Int() <= 2)
		return
	}
	e.flag(!v.IsNil())
	if !v.IsNil() {
		e.value(v.Elem(), name)
	}
}

func (e *encoder) flag(set bool) {
	if set {
		e.out = append(e.out, '+')
		return
	}
	e.out = append(e.out, '-')
}

// list writes what is not spent. A list of people is a set: it matters who is in it.
func (e *encoder) list(v reflect.Value, of field) {
	for i := range v.Len() {
		element := v.Index(i)
		if of.gone != nil && of.gone(e.state, element.Interface()) {
			continue
		}
		if element.Kind() == reflect.String && e.isPerson(element.String()) {
			e.plays(element.String(), of.name)
			continue
		}
		e.value(element, of.name)
	}
	e.word(";")
}

func (e *encoder) isPerson(text string) bool {
	_, person := e.cast.Person(text)
	return person
}

// text writes a string: a person by their part, an element by its place.
func (e *encoder) text(text, name string) {
	if text != "" && e.isPerson(text) {
		e.plays(text, name+strconv.Itoa(len(e.out)))
		text = "person"
	}
	if alias, ok := e.alias[text]; ok {
		text = alias
	}
	e.word(text)
}

func (e *encoder) plays(person, part string) { e.parts[person] += part + "," }

// alarms writes the order in which the running clocks ring, and whether the next rings
// within a day.
func (e *encoder) alarms(now time.Time) {
	type alarm struct {
		at   time.Time
		name string
	}
	var alarms []alarm
	for _, d := range e.state.Deadlines {
		if !d.Running() {
			continue
		}
		if !d.Warned && d.OfOffice() && d.WarnAt.Before(d.End()) {
			alarms = append(alarms, alarm{d.WarnAt, e.alias[d.ID] + "w"})
		}
		alarms = append(alarms, alarm{d.End(), e.alias[d.ID]})
	}
	slices.SortStableFunc(alarms, func(a, b alarm) int { return a.at.Compare(b.at) })
	for _, a := range alarms {
		e.word(a.name)
	}
	next, runs := casefile.NextWake(e.state)
	e.flag(runs && next.Sub(now) <= oneDay)
}

const oneDay = 24 * time.Hour

// people writes who plays what, without telling apart those of the same post.
func (e *encoder) people() {
	var players []string
	for id, parts := range e.parts {
		person, _ := e.cast.Person(id)
		post := ""
		for _, at := range person.Roles {
			post += string(at.Role) + "@" + at.UnitID + " "
		}
		players = append(players, post+parts)
	}
	slices.Sort(players)
	for _, player := range players {
		e.word(player)
	}
}
