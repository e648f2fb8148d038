package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"
)

// Print writes a schema as SDL in one stable order: types, fields, arguments and values by
// name. What every schema has (introspection, built-in scalars, @skip, @include) is left
// out.
func Print(built graphql.Schema) string {
	var types []graphql.Type
	for name, t := range built.TypeMap() {
		if !strings.HasPrefix(name, "__") && !builtIn[name] {
			types = append(types, t)
		}
	}
	slices.SortFunc(types, func(a, b graphql.Type) int { return cmp.Compare(a.Name(), b.Name()) })
	blocks := make([]string, len(types))
	for i, t := range types {
		blocks[i] = printType(t)
	}
	return strings.Join(blocks, "\n")
}

var builtIn = map[string]bool{"String": true, "Int": true, "Float": true, "Boolean": true, "ID": true}

func printType(t graphql.Type) string {
	var out strings.Builder
	out.WriteString(described("", t.Description()))
	switch t := t.(type) {
	case *graphql.Scalar:
		fmt.Fprintf(&out, "scalar %s\n", t.Name())
	case *graphql.Enum:
		fmt.Fprintf(&out, "enum %s {\n", t.Name())
		for _, v := range sortedBy(t.Values(), func(v *graphql.EnumValueDefinition) string { return v.Name }) {
			out.WriteString(described("  ", v.Description))
			fmt.Fprintf(&out, "  %s\n", v.Name)
		}
		out.WriteString("}\n")
	case *graphql.Interface:
		fmt.Fprintf(&out, "interface %s {\n%s}\n", t.Name(), printFields(t.Fields()))
	case *graphql.Object:
		implements := ""
		if interfaces := t.Interfaces(); len(interfaces) > 0 {
			names := each(interfaces, func(i *graphql.Interface) string { return i.Name() })
			slices.Sort(names)
			implements = " implements " + strings.Join(names, " & ")
		}
		fmt.Fprintf(&out, "type %s%s {\n%s}\n", t.Name(), implements, printFields(t.Fields()))
	case *graphql.InputObject:
		fmt.Fprintf(&out, "input %s {\n", t.Name())
		for _, f := range sortedValues(t.Fields(), func(f *graphql.InputObjectField) string { return f.Name() }) {
			out.WriteString(described("  ", f.Description()))
			fmt.Fprintf(&out, "  %s: %s%s\n", f.Name(), f.Type, printDefault(f.Type, f.DefaultValue))
		}
		out.WriteString("}\n")
	}
	return out.String()
}

func printFields(fields graphql.FieldDefinitionMap) string {
	var out strings.Builder
	for _, f := range sortedValues(fields, func(f *graphql.FieldDefinition) string { return f.Name }) {
		out.WriteString(described("  ", f.Description))
		fmt.Fprintf(&out, "  %s", f.Name)
		if len(f.Args) > 0 {
			out.WriteString("(\n")
			for _, a := range sortedBy(f.Args, func(a *graphql.Argument) string { return a.Name() }) {
				out.WriteString(described("    ", a.Description()))
				fmt.Fprintf(&out, "    %s: %s%s\n", a.Name(), a.Type, printDefault(a.Type, a.DefaultValue))
			}
			out.WriteString("  )")
		}
		fmt.Fprintf(&out, ": %s\n", f.Type)
	}
	return out.String()
}

// printDefault writes a default as a literal: enum values bare, everything else as JSON,
// which is SDL for numbers, booleans and short texts.
func printDefault(t graphql.Type, value any) string {
	if value == nil {
		return ""
	}
	if _, isEnum := graphql.GetNamed(t).(*graphql.Enum); isEnum {
		return fmt.Sprintf(" = %v", value)
	}
	literal, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf(" = %q", fmt.Sprint(value))
	}
	return " = " + string(literal)
}

func described(indent, text string) string {
	if text == "" {
		return ""
	}
	return indent + `"""` + "\n" + indent + strings.ReplaceAll(text, `"""`, `\"""`) + "\n" + indent + `"""` + "\n"
}

func sortedBy[T any](values []T, name func(T) string) []T {
	sorted := slices.Clone(values)
	slices.SortFunc(sorted, func(a, b T) int { return cmp.Compare(name(a), name(b)) })
	return sorted
}

func sortedValues[T any](values map[string]T, name func(T) string) []T {
	list := make([]T, 0, len(values))
	for _, v := range values {
		list = append(list, v)
	}
	return sortedBy(list, name)
}
