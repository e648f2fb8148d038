package guard

import (
	"fmt"
	"strings"

	"github.com/graphql-go/graphql"
)

// expectation says in words what a value of the type must be.
func expectation(t graphql.Type) string {
	switch t := t.(type) {
	case *graphql.NonNull:
		return expectation(t.OfType)
	case *graphql.List:
		return "a list of " + t.OfType.String()
	case *graphql.InputObject:
		return "an object " + t.Name()
	case *graphql.Enum:
		return "one of " + t.Name() + ": " + names(t)
	case *graphql.Scalar:
		if phrase, ok := builtin[t.Name()]; ok {
			return phrase
		}
		sentence, _, _ := strings.Cut(t.Description(), ". ")
		if sentence = strings.TrimSuffix(sentence, "."); sentence == "" {
			return "a " + t.Name()
		}
		return t.Name() + ", " + strings.ToLower(sentence[:1]) + sentence[1:]
	}
	return t.String()
}

var builtin = map[string]string{
	"Int":     "Int, a whole number between -2147483648 and 2147483647",
	"Float":   "Float, a number",
	"String":  "String, a text without U+0000",
	"Boolean": "Boolean, true or false",
	"ID":      "ID, a text or a whole number",
}

// names lists an enum's values, the first of them where they are many.
func names(e *graphql.Enum) string {
	const most = 24
	var list []string
	for _, v := range e.Values() {
		list = append(list, v.Name)
	}
	sortNames(list)
	if len(list) > most {
		return strings.Join(list[:most], ", ") + ", …"
	}
	return strings.Join(list, ", ")
}

// place is where in an input a value stands: "parties[2].name".
type place struct {
	text  string
	field []string
}

func (p place) key(name string) place {
	next := place{text: name, field: append(append([]string{}, p.field...), name)}
	if p.text != "" {
		next.text = p.text + "." + name
	}
	return next
}

func (p place) index(i int) place {
	return place{text: fmt.Sprintf("%s[%d]", p.text, i), field: append(append([]string{}, p.field...), fmt.Sprint(i))}
}
