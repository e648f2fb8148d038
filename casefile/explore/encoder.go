package explore

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// encoder writes an abstract state down, field by field. A field that a state gains is
// written until abstraction.go drops it.
type encoder struct {
	cast  *roster.Roster
	round int
	timed bool
	// alias names the elements of lists by their place among those that count; "gone" are
	// those that don't.
	alias map[string]string
	// draft tells that places are not known yet: elements are written without what they refer
	// to, to be put in order.
	draft bool
	// parts are what each person plays in the case, by where they stand in the state; people
	// the same as one text each.
	parts  map[string][]string
	people map[string]string
}

func (e *encoder) whole(all, left casefile.State, now time.Time, timed bool) string {
	e.round, e.timed = all.Round, timed
	e.nameGone(reflect.ValueOf(all))
	e.draft = true
	e.nameElements(reflect.ValueOf(left), "State")
	e.draft = false
	var out strings.Builder
	e.value(&out, reflect.ValueOf(left), "State", "")
	e.alarms(&out, all, left, now, timed)
	pastParts(all, e.plays)
	e.posts(&out)
	return out.String()
}

// field is a field that counts, with the type's name before its own.
type field struct {
	index int
	name  string
}

var fieldCache sync.Map

// fieldsOf lists the fields of a type that count. Ids are written as places.
func fieldsOf(t reflect.Type) []field {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.([]field)
	}
	var list []field
	for i := range t.NumField() {
		name := t.Name() + "." + t.Field(i).Name
		if !dropped[name] && t.Field(i).Name != "ID" {
			list = append(list, field{i, name})
		}
	}
	fieldCache.Store(t, list)
	return list
}

var (
	instantType   = reflect.TypeFor[time.Time]()
	textType      = reflect.TypeFor[casefile.TextID]()
	elsewhereType = reflect.TypeFor[casefile.Elsewhere]()
)

// value writes what counts of a value; within names the element that it belongs to.
func (e *encoder) value(out *strings.Builder, v reflect.Value, name, within string) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == instantType {
			e.instant(out, v.Interface().(time.Time), name)
			return
		}
		for _, f := range fieldsOf(v.Type()) {
			e.value(out, v.Field(f.index), f.name, within)
		}
	case reflect.Pointer:
		e.pointer(out, v, name, within)
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(e.named(a.String()), e.named(b.String())) })
		for _, key := range keys {
			e.text(out, key.String(), name, within)
			e.value(out, v.MapIndex(key), name, within)
		}
		out.WriteByte(';')
	case reflect.String:
		if v.Type() == textType || v.Type() == elsewhereType {
			flag(out, v.Len() > 0)
			return
		}
		e.text(out, v.String(), name, within)
	case reflect.Bool:
		flag(out, v.Bool())
	case reflect.Int, reflect.Int64:
		e.number(out, v.Int(), name)
	case reflect.Slice:
		for place, i := range e.order(v, name) {
			e.value(out, v.Index(i), name, within+"/"+name+strconv.Itoa(place))
			out.WriteByte(',')
		}
		out.WriteByte(';')
	}
}

// instant writes that there is one. Where time passes, the days count from which a clock that
// may be stopped is counted anew.
func (e *encoder) instant(out *strings.Builder, at time.Time, name string) {
	if e.timed && days[name] && !at.IsZero() {
		out.WriteString(at.In(casefile.Shanghai).Format("0102"))
		return
	}
	flag(out, !at.IsZero())
}

func (e *encoder) number(out *strings.Builder, number int64, name string) {
	if rounds[name] {
		flag(out, number == int64(e.round))
		return
	}
	if bound, ok := most[name]; ok {
		number = min(number, bound)
	}
	out.WriteString(strconv.FormatInt(number, 10))
	out.WriteByte('.')
}

// pointer writes what is there, of a score only whether it calls for a rework.
func (e *encoder) pointer(out *strings.Builder, v reflect.Value, name, within string) {
	if name == "RecordFollowUp.Satisfaction" {
		flag(out, !v.IsNil() && v.Elem().Int() <= 2)
		return
	}
	flag(out, !v.IsNil())
	if !v.IsNil() {
		e.value(out, v.Elem(), name, within)
	}
}

func flag(out *strings.Builder, set bool) {
	if set {
		out.WriteByte('+')
		return
	}
	out.WriteByte('-')
}

// text writes a string: a person by their part, an element by its place.
func (e *encoder) text(out *strings.Builder, text, name, within string) {
	if _, person := e.cast.Person(text); person {
		// Where somebody stands in a set of people is chance.
		if strings.HasPrefix(within, "/"+name) {
			within = ""
		}
		if !e.draft {
			e.plays(text, within+"."+name)
		}
		text = "person"
	}
	out.WriteString(e.named(text))
	out.WriteByte('\x00')
}

func (e *encoder) plays(person, part string) {
	if person != "" && !slices.Contains(e.parts[person], part) {
		e.parts[person] = append(e.parts[person], part)
	}
}

// posts writes who plays what, without telling apart those of the same post.
func (e *encoder) posts(out *strings.Builder) {
	e.people = make(map[string]string, len(e.parts))
	lines := make([]string, 0, len(e.parts))
	for id, parts := range e.parts {
		slices.Sort(parts)
		e.people[id] = strings.Join(parts, ",")
		person, _ := e.cast.Person(id)
		post := ""
		for _, at := range person.Roles {
			post += string(at.Role) + "@" + at.UnitID + " "
		}
		lines = append(lines, post+e.people[id])
	}
	slices.Sort(lines)
	out.WriteString(strings.Join(lines, "\n"))
}
