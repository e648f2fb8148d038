// Package transport serves GraphQL over HTTP, as the GraphQL-over-HTTP specification says:
// it negotiates media types, reads requests, lets package guard check them, executes them
// and maps every error to one with extensions.code. It knows nothing of any schema.
//
// What a resolver may rely on: its context ends at the request's deadline; its panics end
// as an INTERNAL error without their text; its errors reach [Options].Classify however
// graphql-go wrapped them. What it must keep to: the executor is left running when the
// deadline passes, so nothing that is released with the request may be used by resolvers
// without care of its own.
package transport
