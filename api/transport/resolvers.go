package transport

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"weak"

	"github.com/graphql-go/graphql"
)

// panicError is a resolver's panic, caught where its stack is still known.
type panicError struct {
	field string
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic in %s: %v", e.field, e.value) }

// wrapped tells the field definitions whose resolvers are wrapped already, so that a second
// handler on the same schema does not wrap them again. It keeps none of them: a resolver holds
// the whole API behind it.
var wrapped sync.Map // of weak.Pointer[graphql.FieldDefinition]

// wrapResolvers makes every resolver, thunk and type resolver of the schema turn panics into
// errors with their stack, and every resolver stop once the request is over: the executor
// goes on after the deadline and should then find nothing to do.
func wrapResolvers(schema graphql.Schema) {
	for _, t := range schema.TypeMap() {
		object, ok := t.(*graphql.Object)
		if !ok || strings.HasPrefix(object.Name(), "__") {
			continue // the types of introspection are shared by every schema of the process
		}
		for name, definition := range object.Fields() {
			if definition.Resolve == nil {
				continue
			}
			known := weak.Make(definition)
			if _, done := wrapped.LoadOrStore(known, struct{}{}); !done {
				runtime.AddCleanup(definition, func(gone weak.Pointer[graphql.FieldDefinition]) { wrapped.Delete(gone) }, known)
				definition.Resolve = wrapResolver(object.Name()+"."+name, definition.Resolve)
			}
		}
	}
}

func wrapResolver(field string, resolve graphql.FieldResolveFn) graphql.FieldResolveFn {
	return func(p graphql.ResolveParams) (result any, err error) {
		if p.Context != nil && p.Context.Err() != nil {
			return nil, p.Context.Err()
		}
		defer catch(field, &result, &err)
		result, err = resolve(p)
		if thunk, ok := result.(func() (any, error)); ok && err == nil {
			return wrapThunk(field, thunk), nil
		}
		return result, err
	}
}

func wrapThunk(field string, thunk func() (any, error)) func() (any, error) {
	return func() (result any, err error) {
		defer catch(field, &result, &err)
		result, err = thunk()
		if inner, ok := result.(func() (any, error)); ok && err == nil {
			return wrapThunk(field, inner), nil
		}
		return result, err
	}
}

func catch(field string, result *any, err *error) {
	if v := recover(); v != nil {
		*result, *err = nil, &panicError{field: field, value: v, stack: debug.Stack()}
	}
}
