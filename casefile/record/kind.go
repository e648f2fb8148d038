package record

import (
	"encoding/json"
	"fmt"
)

// Kind is one concrete type of a family F under its lasting name. The bodies of a case's
// events are such a family, and the acts that can be asked of it.
type Kind[F any] struct {
	name   string
	decode func([]byte) (F, error)
	is     func(F) bool
}

// KindOf is the kind of the type T, which belongs to the family F.
func KindOf[T, F any](name string) Kind[F] {
	return Kind[F]{
		name: name,
		decode: func(raw []byte) (F, error) {
			var value T
			var none F
			if err := json.Unmarshal(raw, &value); err != nil {
				return none, err
			}
			return any(value).(F), nil
		},
		is: func(value F) bool { _, ok := any(value).(T); return ok },
	}
}

// Name is what values of the kind are stored and sent under.
func (k Kind[F]) Name() string { return k.name }

// Decode reads a value of the kind back from its JSON.
func (k Kind[F]) Decode(raw []byte) (F, error) {
	value, err := k.decode(raw)
	if err != nil {
		return value, fmt.Errorf("decode %s: %w", k.name, err)
	}
	return value, nil
}

// Is tells a value of the kind, as Decode gives it, from anything else of its name, such as a
// pointer to one.
func (k Kind[F]) Is(value F) bool { return k.is(value) }

// ByName gathers the kinds of all topics by their names. Two of one name are a mistake in the
// program: it panics.
func ByName[K interface{ Name() string }](topics ...[]K) map[string]K {
	named := map[string]K{}
	for _, kinds := range topics {
		for _, kind := range kinds {
			if _, twice := named[kind.Name()]; twice {
				panic("two of the name " + kind.Name())
			}
			named[kind.Name()] = kind
		}
	}
	return named
}
