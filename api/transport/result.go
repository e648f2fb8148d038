package transport

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"maps"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"

	"github.com/tiaochu/tiaochu/api/guard"
)

// internalMessage is all that a client learns of an error that is not for it.
const internalMessage = "internal error"

// maxFieldErrors bounds the errors of fields in one answer; how many more there were stands
// in the answer's extensions.
const maxFieldErrors = 200

// response is the body of an answer. Executed tells a response with data, be it null, from
// one to a request that was not executed and has no data entry.
type response struct {
	executed bool
	data     any
	errors   []guard.Error
	dropped  int // errors beyond the cap
}

// run executes the operation and maps its errors. It returns at the context's end at the
// latest.
func (h *Handler) run(ctx context.Context, operation *guard.Operation) response {
	result := h.options.Execute(ctx, operation)
	if ctx.Err() != nil && (result == nil || result.Data == nil) {
		reason, message := "timeout", "the request was not finished within "+h.options.Timeout.String()
		if errors.Is(ctx.Err(), context.Canceled) {
			reason, message = "cancelled", "the request was cancelled"
		}
		return response{errors: []guard.Error{unavailable(reason, message)}}
	}
	if result == nil {
		return response{errors: []guard.Error{h.shown(errors.New("the executor gave no result"), operation)}}
	}
	out := response{executed: true, data: result.Data}
	most := min(len(result.Errors), maxFieldErrors)
	out.dropped = len(result.Errors) - most
	for _, e := range result.Errors[:most] {
		out.errors = append(out.errors, h.shownAt(e, operation))
	}
	return out
}

func (h *Handler) shownAt(e gqlerrors.FormattedError, operation *guard.Operation) guard.Error {
	cause := Cause(e)
	if cause == nil {
		// graphql-go's own: what a resolver gave does not fit the schema. A bug here.
		cause = errors.New(e.Message)
	}
	out := h.shown(cause, operation)
	out.Path = e.Path
	out.Locations = guard.Locations(operation.Query, e)
	return out
}

// shown maps an error to what the client sees. operation is nil before there is one.
func (h *Handler) shown(err error, operation *guard.Operation) guard.Error {
	if refused := (guard.Error{}); errors.As(err, &refused) {
		return refused
	}
	if panicked := (*panicError)(nil); errors.As(err, &panicked) {
		return h.internal(err, operation)
	}
	classified := h.options.Classify(err)
	switch {
	case classified.Code != "" && classified.Code != CodeInternal:
	case errors.Is(err, context.DeadlineExceeded):
		return unavailable("timeout", "the request was not finished in time")
	case errors.Is(err, context.Canceled):
		return unavailable("cancelled", "the request was cancelled")
	default:
		return h.internal(err, operation)
	}
	message := classified.Message
	if message == "" {
		message = err.Error()
	}
	e := guard.NewError(classified.Code, "%s", message)
	maps.Copy(e.Extensions, classified.Extensions)
	e.Extensions["code"] = classified.Code
	return e
}

func unavailable(reason, message string) guard.Error {
	e := guard.NewError(CodeUnavailable, "%s", message)
	e.Extensions["reason"] = reason
	return e
}

// internal logs the error and gives the client nothing of it but a number to quote.
func (h *Handler) internal(err error, operation *guard.Operation) guard.Error {
	incident := newIncident()
	fields := []any{"incident", incident, "error", err.Error()}
	if operation != nil {
		fields = append(fields, "operation", operation.Name, "type", operation.Type)
	}
	if panicked := (*panicError)(nil); errors.As(err, &panicked) {
		fields = append(fields, "stack", string(panicked.stack))
	}
	if panicked := (*guard.PanicError)(nil); errors.As(err, &panicked) {
		fields = append(fields, "stack", string(panicked.Stack))
	}
	h.options.Logger.Error("request failed inside", fields...)
	e := guard.NewError(CodeInternal, internalMessage)
	e.Extensions["incident"] = incident
	return e
}

// newIncident is a random number that ties an answer to its line in the log.
func newIncident() string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// graphqlGo is the default executor.
func graphqlGo(schema graphql.Schema, root map[string]any) func(context.Context, *guard.Operation) *graphql.Result {
	return func(ctx context.Context, operation *guard.Operation) *graphql.Result {
		params := graphql.ExecuteParams{
			Schema: schema, AST: operation.Document, OperationName: operation.Name, Args: operation.Variables, Context: ctx,
		}
		if root != nil {
			params.Root = root
		}
		return graphql.Execute(params)
	}
}
