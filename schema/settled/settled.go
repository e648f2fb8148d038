// Package settled makes graphql-go safe for concurrent use. The library fills tables of its
// types when they are first asked for, without a lock: two requests filling one at once
// could end the process. The types that every schema shares (introspection, directives,
// built-in scalars) are settled when this package is imported.
package settled

import (
	"errors"
	"fmt"

	"github.com/graphql-go/graphql"
)

func init() {
	shared, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{
		Name: "Query", Fields: graphql.Fields{"nothing": {Type: graphql.String}},
	})})
	if err == nil {
		err = Settle(&shared)
	}
	if err != nil {
		panic("settle the library's own types: " + err.Error())
	}
}

// Settle fills the tables that graphql-go would fill lazily, and without locks, while
// serving. Two requests filling one at once could end the process.
func Settle(schema *graphql.Schema) error {
	if schema.QueryType() == nil {
		return errors.New("no query type")
	}
	for name, t := range schema.TypeMap() {
		switch t := t.(type) {
		case *graphql.Object:
			t.Fields()
			t.Interfaces()
		case *graphql.Interface:
			t.Fields()
			schema.IsPossibleType(t, schema.QueryType())
		case *graphql.Union:
			t.Types()
			schema.IsPossibleType(t, schema.QueryType())
		case *graphql.InputObject:
			t.Fields()
		case *graphql.Enum:
			t.ParseValue("")
			t.Serialize("")
		}
		if err := t.Error(); err != nil {
			return fmt.Errorf("type %s: %w", name, err)
		}
	}
	return nil
}
