package transport

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Codes of errors that belong to the protocol rather than to a document; see package guard
// for those.
const (
	CodeUnauthenticated = "UNAUTHENTICATED"
	CodeForbidden       = "FORBIDDEN"
	CodeNotFound        = "NOT_FOUND"
	CodeConflict        = "CONFLICT"
	CodeRateLimited     = "RATE_LIMITED"
	CodeUnavailable     = "UNAVAILABLE"
	CodeInternal        = guard.CodeInternal
)

// Classified is an error as clients are to see it. A zero Code means the error is not one
// that clients may see: they get "internal error" with INTERNAL, the log gets the error.
type Classified struct {
	Code       string
	Message    string         // what the client reads; "" takes the error's own text
	Extensions map[string]any // beside the code; retryAfter (whole seconds) also becomes a header
}

// Stages are how long the parts of one request took once it was read: finding out who asks,
// checking the document, executing it, and encoding and sending the answer.
type Stages struct{ SignIn, Guard, Execute, Encode time.Duration }

// Options configure a handler. Schema is required, and belongs to the handler from then on:
// its resolvers are wrapped in place.
type Options struct {
	Schema graphql.Schema
	Limits guard.Limits

	// Authenticate gives the context that the request is executed in, with whoever asks in
	// it; the loaders of one request belong there too. An error it returns answers the
	// request, with the status of its code (401 for UNAUTHENTICATED). Nil admits everybody.
	Authenticate func(*http.Request) (context.Context, error)

	// Allowance says what the caller of a request may ask for; ctx is that of Authenticate, or the
	// request's own where the sign-in was refused. Nil bounds nobody beyond Limits.
	Allowance func(ctx context.Context, r *http.Request) Allowance

	// Classify says how an error of a resolver or of Authenticate is shown. It gets the
	// error that was returned, found below whatever graphql-go wrapped around it. Nil, or
	// a zero Code, means INTERNAL, or UNAVAILABLE for a context that ended. A guard.Error is
	// shown as it is, without asking.
	Classify func(error) Classified

	// RootObject is the source of the root fields' resolvers.
	RootObject map[string]any

	// Execute runs an operation; nil uses graphql-go's executor. It must return when the
	// context ends.
	Execute func(context.Context, *guard.Operation) *graphql.Result

	// Observe is told, after each operation that was executed over HTTP, where its time went;
	// nil for none. It is for measurements.
	Observe func(Stages)
	// Documents are those that requests may name by documentId, or by extensions.persistedQuery.
	// DocumentsOnly refuses all others; without it, clients may also send a text with its
	// SHA-256 once and name it by that from then on.
	Documents     []Document
	DocumentsOnly bool
	// Origins are those of other sites ("https://board.example.cn") whose pages may ask and
	// connect. Pages of the handler's own origin always may.
	Origins []string
	// Versions answer queries by GET with 304; the zero value sends no ETag.
	Versions Versions

	// Live serves subscriptions; the zero value refuses them.
	Live Live

	Logger hclog.Logger // nil logs nothing

	MaxBody     int64         // bytes of a request body; 1 MiB
	Timeout     time.Duration // of one request; 15 s
	MaxInFlight int           // requests served at once, further ones are UNAVAILABLE; 256
	BodyTimeout time.Duration // for a request's body to come; 10 s
	// WriteTimeout is how long an answer may take to be read; 30 s. Event streams and WebSockets
	// have Live.SlowAfter.
	WriteTimeout time.Duration
	MaxCallers   int              // callers whose budgets are kept, people and addresses each; 65,536
	Now          func() time.Time // for the budgets; time.Now
}

func (o Options) withDefaults() Options {
	o.MaxBody = cmp.Or(o.MaxBody, 1<<20)
	o.Timeout = cmp.Or(o.Timeout, 15*time.Second)
	o.MaxInFlight = cmp.Or(o.MaxInFlight, 256)
	o.BodyTimeout = cmp.Or(o.BodyTimeout, 10*time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, 30*time.Second)
	o.MaxCallers = cmp.Or(o.MaxCallers, 1<<16)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = hclog.NewNullLogger()
	}
	if o.Authenticate == nil {
		o.Authenticate = func(r *http.Request) (context.Context, error) { return r.Context(), nil }
	}
	if o.Classify == nil {
		o.Classify = func(error) Classified { return Classified{} }
	}
	o.Live = o.Live.withDefaults()
	return o
}

func (o Options) validate() error {
	if o.MaxBody < 0 || o.Timeout < 0 || o.MaxInFlight < 0 || o.BodyTimeout < 0 || o.WriteTimeout < 0 || o.MaxCallers < 0 {
		return errors.New("transport: MaxBody, MaxCallers, MaxInFlight and the timeouts must not be negative")
	}
	return nil
}
