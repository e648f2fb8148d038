package schema

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/graphql-go/graphql"

	"github.com/tiaochu/tiaochu/schema/scalar"
)

// field declares one field of an object: its type is written as in SDL ("[Deadline!]!").
type field struct {
	name, typ, desc string
	args            []argument
	resolve         graphql.FieldResolveFn
}

// argument declares an argument of a field or a field of an input.
type argument struct {
	name, typ, desc string
	fallback        any
}

// arg declares an argument without a default.
func arg(name, typ, desc string) argument { return argument{name: name, typ: typ, desc: desc} }

// or gives an argument its default.
func (a argument) or(fallback any) argument {
	a.fallback = fallback
	return a
}

// get declares a field that is read off its source.
func get[S any](name, typ, desc string, read func(S) any) field {
	return field{name: name, typ: typ, desc: desc, resolve: func(p graphql.ResolveParams) (any, error) {
		source, err := sourceOf[S](p)
		if err != nil {
			return nil, err
		}
		return read(source), nil
	}}
}

// load declares a field that the service answers for its source.
func load[S any](name, typ, desc string, read func(context.Context, S) (any, error)) field {
	return field{name: name, typ: typ, desc: desc, resolve: func(p graphql.ResolveParams) (any, error) {
		source, err := sourceOf[S](p)
		if err != nil {
			return nil, err
		}
		return read(p.Context, source)
	}}
}

// ask declares a field with arguments that the service answers for its source.
func ask[S, A any](
	name, typ, desc string, args []argument, read func(context.Context, S, A) (any, error),
) field {
	return field{name: name, typ: typ, desc: desc, args: args, resolve: func(p graphql.ResolveParams) (any, error) {
		source, err := sourceOf[S](p)
		if err != nil {
			return nil, err
		}
		in, err := decode[A](p.Args)
		if err != nil {
			return nil, err
		}
		return read(p.Context, source, in)
	}}
}

// root declares a field of Query or Mutation, which have no source.
func root[A any](name, typ, desc string, args []argument, read func(context.Context, A) (any, error)) field {
	return field{name: name, typ: typ, desc: desc, args: args, resolve: func(p graphql.ResolveParams) (any, error) {
		in, err := decode[A](p.Args)
		if err != nil {
			return nil, err
		}
		return read(p.Context, in)
	}}
}

// none are the arguments of a field that takes none.
type none struct{}

func sourceOf[S any](p graphql.ResolveParams) (S, error) {
	source, ok := p.Source.(S)
	if !ok {
		return source, fmt.Errorf("field %s.%s: source is %T, not %T", p.Info.ParentType, p.Info.FieldName, p.Source, source)
	}
	return source, nil
}

// decode turns coerced arguments into their Go shape. The arguments have been checked
// against the schema, so an error is a mistake of this package.
func decode[A any](args map[string]any) (A, error) {
	var in A
	if len(args) == 0 || decodeOften(&in, args) {
		return in, nil
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return in, fmt.Errorf("encode arguments: %w", err)
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return in, fmt.Errorf("decode arguments as %T: %w", in, err)
	}
	return in, nil
}

// builder collects named types; types may name each other in any order.
type builder struct {
	service Service
	types   map[string]graphql.Type
	objects []*graphql.Object
	failed  []error
	// resolved are the objects by name, for Node to tell the type of a value.
	resolved map[string]*graphql.Object
}

func newBuilder(service Service) *builder {
	b := &builder{service: service, types: map[string]graphql.Type{
		"String": graphql.String, "Int": graphql.Int, "Float": graphql.Float,
		"Boolean": graphql.Boolean, "ID": graphql.ID,
	}}
	for _, s := range []*graphql.Scalar{scalar.DateTime, scalar.Date, scalar.Division, scalar.Long} {
		b.add(s.Name(), s)
	}
	return b
}

func (b *builder) add(name string, t graphql.Type) {
	if _, twice := b.types[name]; twice {
		b.failed = append(b.failed, fmt.Errorf("type %s is declared twice", name))
	}
	b.types[name] = t
}

// typeOf reads a type expression of SDL. An unknown name is remembered as a failure.
func (b *builder) typeOf(expr string) graphql.Type {
	if inner, ok := strings.CutSuffix(expr, "!"); ok {
		return graphql.NewNonNull(b.typeOf(inner))
	}
	if inner, ok := strings.CutPrefix(expr, "["); ok {
		return graphql.NewList(b.typeOf(strings.TrimSuffix(inner, "]")))
	}
	if t, ok := b.types[expr]; ok {
		return t
	}
	b.failed = append(b.failed, fmt.Errorf("unknown type %q", expr))
	return graphql.String
}

// object declares an object type; where it is a Node, source names the Go type that
// stands behind it.
func (b *builder) object(name, desc string, fields ...field) *graphql.Object {
	return b.define(name, desc, nil, fields)
}

func (b *builder) node(name, desc string, fields ...field) {
	b.define(name, desc, []*graphql.Interface{b.types["Node"].(*graphql.Interface)}, fields)
}

func (b *builder) define(name, desc string, interfaces []*graphql.Interface, fields []field) *graphql.Object {
	object := graphql.NewObject(graphql.ObjectConfig{
		Name: name, Description: desc, Interfaces: interfaces,
		Fields: graphql.FieldsThunk(func() graphql.Fields {
			defined := make(graphql.Fields, len(fields))
			for _, f := range fields {
				if _, twice := defined[f.name]; twice {
					b.failed = append(b.failed, fmt.Errorf("field %s.%s is declared twice", name, f.name))
				}
				defined[f.name] = &graphql.Field{
					Type: b.typeOf(f.typ), Description: f.desc, Args: b.arguments(f.args),
					Resolve: b.leaf(f),
				}
			}
			return defined
		}),
	})
	b.add(name, object)
	b.objects = append(b.objects, object)
	return object
}

// leaf makes the named string types of casefile what graphql-go knows: its enums look
// values up as plain strings. An empty value is null.
func (b *builder) leaf(f field) graphql.FieldResolveFn {
	name := strings.Trim(f.typ, "[]!")
	if _, isEnum := b.types[name].(*graphql.Enum); !isEnum {
		return f.resolve
	}
	return func(p graphql.ResolveParams) (any, error) {
		value, err := f.resolve(p)
		if v := reflect.ValueOf(value); err == nil && v.Kind() == reflect.String {
			return orNull(v.String()), nil
		}
		return value, err
	}
}

func (b *builder) arguments(args []argument) graphql.FieldConfigArgument {
	if len(args) == 0 {
		return nil
	}
	config := make(graphql.FieldConfigArgument, len(args))
	for _, a := range args {
		config[a.name] = &graphql.ArgumentConfig{
			Type: b.typeOf(a.typ), Description: a.desc, DefaultValue: a.fallback,
		}
	}
	return config
}

// input declares an input object.
func (b *builder) input(name, desc string, fields ...argument) {
	b.add(name, graphql.NewInputObject(graphql.InputObjectConfig{
		Name: name, Description: desc,
		Fields: graphql.InputObjectConfigFieldMapThunk(func() graphql.InputObjectConfigFieldMap {
			defined := make(graphql.InputObjectConfigFieldMap, len(fields))
			for _, f := range fields {
				if _, twice := defined[f.name]; twice {
					b.failed = append(b.failed, fmt.Errorf("input field %s.%s is declared twice", name, f.name))
				}
				defined[f.name] = &graphql.InputObjectFieldConfig{
					Type: b.typeOf(f.typ), Description: f.desc, DefaultValue: f.fallback,
				}
			}
			return defined
		}),
	}))
}

// schema puts the declared types together.
func (b *builder) schema(query, mutation, subscription *graphql.Object) (graphql.Schema, error) {
	types := make([]graphql.Type, len(b.objects))
	for i, object := range b.objects {
		types[i] = object
	}
	built, err := graphql.NewSchema(graphql.SchemaConfig{Query: query, Mutation: mutation, Subscription: subscription, Types: types})
	if err := errors.Join(append(b.failed, err)...); err != nil {
		return graphql.Schema{}, fmt.Errorf("build the schema: %w", err)
	}
	// graphql-go fills an enum's lookups at first use, without a lock.
	for _, t := range built.TypeMap() {
		if enum, ok := t.(*graphql.Enum); ok {
			enum.ParseValue("")
			enum.Serialize("")
		}
	}
	return built, nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
