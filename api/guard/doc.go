// Package guard stands before the GraphQL executor: nothing reaches it that could exhaust
// the process, and what does reach it has been checked strictly.
//
// graphql-go can be killed by seventy bytes (a fragment cycle overflows the stack, which
// no recover catches), and takes seconds over documents of a few kilobytes. So a document
// passes these steps, each cheap because of the ones before it:
//
//	bytes → one lexer pass (tokens, nesting, names, aliases, directives, spreads)
//	      → parse → definitions → NoFragmentCyclesRule alone → expanded size
//	      → full validation → aliases, root fields, introspection depth
//	      → variables, coerced strictly → cost
//
// Everything up to the variables depends on the text alone and is cached; variables and
// cost are per request. Refusals are [Error] values ready for the response.
package guard
