// Package api is the HTTP side of Tiaochu: it signs people in, answers the contract of
// package schema from the record, and sends what they ask for to the cases.
//
// It holds no rule of a case and no SQL. Who may see a case is the store's one predicate;
// what may be done, casefile's; api only carries the viewer there and the refusals back.
//
// Sign-in: every query and mutation needs a bearer token. A request without one may only
// ask for __typename and the schema's introspection, so that tools can load the contract;
// a request with a bad one is refused whole. Rights are never in the token: they are read
// from the directory at each request.
package api
