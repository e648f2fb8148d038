// Package schema is the GraphQL contract of Tiaochu on graphql-go: its types, fields,
// arguments and enum values with their descriptions, the Go shapes of inputs and answers,
// and the printed schema.graphql beside it.
//
// Resolvers here only project what they are given. What must be read, checked or decided
// is asked of a [Service], which the package api implements. Enum values and their
// labels come from the package casefile, so that contract, events and columns cannot
// drift apart.
//
// A field that a permission or a loader decides is nullable, so that one refused edge
// never blanks a page. Fields that need a load answer a [Later]; graphql-go forces these
// level by level, so everything one level wants is read in one batch.
package schema
