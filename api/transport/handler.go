package transport

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Handler answers GraphQL requests. It is an http.Handler, safe for concurrent use.
type Handler struct {
	options  Options
	guard    *guard.Guard
	inFlight chan struct{}
}

// New makes a handler. It fails on a broken schema or negative limits.
func New(options Options) (*Handler, error) {
	if err := options.validate(); err != nil {
		return nil, err
	}
	options = options.withDefaults()
	g, err := guard.New(options.Schema, options.Limits)
	if err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	wrapResolvers(g.Schema())
	if options.Execute == nil {
		options.Execute = graphqlGo(g.Schema(), options.RootObject)
	}
	return &Handler{
		options: options, guard: g,
		inFlight: make(chan struct{}, options.MaxInFlight),
	}, nil
}

// Guard is the handler's guard, for other transports of the same schema.
func (h *Handler) Guard() *guard.Guard { return h.guard }

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Vary", "Accept")
	media := negotiate(r.Header.Values("Accept"))
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler { //nolint:errorlint // a panic value, compared as net/http does
				panic(v)
			}
			failed := h.internal(&panicError{field: "the transport", value: v, stack: debug.Stack()}, nil)
			h.write(w, cmp.Or(media, mediaJSON), http.StatusInternalServerError, response{errors: []guard.Error{failed}})
		}
	}()
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if media == "" {
		h.refuse(w, mediaJSON, &httpError{
			status: http.StatusNotAcceptable, message: "the answer can be " + mediaResponse + " or " + mediaJSON,
		})
		return
	}
	if crossSite(r) {
		h.refuse(w, media, &httpError{
			status: http.StatusForbidden, code: CodeForbidden,
			message: "a page of another site may not ask without a preflight: send POST with application/json",
		})
		return
	}
	select {
	case h.inFlight <- struct{}{}:
		defer func() { <-h.inFlight }()
	default:
		busy := guard.NewError(CodeUnavailable, "too many requests at once")
		busy.Extensions["retryAfter"] = 1
		h.write(w, media, http.StatusServiceUnavailable, response{errors: []guard.Error{busy}})
		return
	}
	h.answer(w, r, media)
}

func (h *Handler) answer(w http.ResponseWriter, r *http.Request, media string) {
	started := time.Now()
	request, refused := h.read(w, r)
	if refused != nil {
		h.refuse(w, media, refused)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.options.Timeout)
	defer cancel()
	deadline, _ := ctx.Deadline()
	ctx, err := h.options.Authenticate(r.WithContext(ctx))
	if err != nil {
		e := h.shown(err, nil)
		h.write(w, media, outerStatus(e.Code()), response{errors: []guard.Error{e}})
		return
	}
	ctx, cancelAuthenticated := context.WithDeadline(ctx, deadline) // whatever Authenticate made of it
	defer cancelAuthenticated()
	operation, errs, err := h.guard.Prepare(request)
	if err != nil {
		h.write(w, media, http.StatusInternalServerError, response{errors: []guard.Error{h.internal(err, nil)}})
		return
	}
	if errs != nil {
		h.write(w, media, statusOf(media, errs), response{errors: errs})
		return
	}
	switch {
	case operation.Type == "subscription":
		e := guard.NewError(guard.CodeBadUserInput, "a subscription can not be answered over plain HTTP")
		h.write(w, media, statusOf(media, []guard.Error{e}), response{errors: []guard.Error{e}})
		return
	case operation.Type != "query" && r.Method == http.MethodGet:
		h.refuse(w, media, &httpError{status: http.StatusMethodNotAllowed, allow: "POST", message: "a " + operation.Type + " needs POST"})
		return
	}
	result := h.run(ctx, operation)
	status := http.StatusOK
	if !result.executed {
		status = statusOf(media, result.errors)
	}
	h.write(w, media, status, result)
	h.options.Logger.Debug("answered", "operation", operation.Name, "type", operation.Type, "cost", operation.Cost,
		"status", status, "errors", len(result.errors), "took", time.Since(started))
}

// statusOf is the status of a response without data. Under application/json it is 200, for
// a client of that type takes any other status for a failure of the connection.
func statusOf(media string, errs []guard.Error) int {
	if media == mediaJSON {
		return http.StatusOK
	}
	switch errs[0].Code() {
	case CodeUnavailable:
		return http.StatusServiceUnavailable
	case CodeInternal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// outerStatus is the status of a request that was refused before it was looked at.
func outerStatus(code string) int {
	switch code {
	case CodeUnauthenticated:
		return http.StatusUnauthorized
	case CodeForbidden:
		return http.StatusForbidden
	case CodeRateLimited:
		return http.StatusTooManyRequests
	case CodeUnavailable:
		return http.StatusServiceUnavailable
	case CodeInternal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

func (h *Handler) refuse(w http.ResponseWriter, media string, e *httpError) {
	if e.allow != "" {
		w.Header().Set("Allow", e.allow)
	}
	refused := guard.NewError(cmp.Or(e.code, guard.CodeBadUserInput), "%s", e.message)
	h.write(w, media, e.status, response{errors: []guard.Error{refused}})
}

func (h *Handler) write(w http.ResponseWriter, media string, status int, r response) {
	body, err := r.encode()
	if err != nil {
		status = http.StatusInternalServerError
		failed := response{errors: []guard.Error{h.internal(fmt.Errorf("encode answer: %w", err), nil)}}
		if body, err = failed.encode(); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="tiaochu"`)
	}
	for _, e := range r.errors {
		if after, ok := e.Extensions["retryAfter"]; ok {
			w.Header().Set("Retry-After", fmt.Sprint(after))
		}
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // JSON by encoding/json, sent as JSON with nosniff; the client may be gone
}

// encode gives the body. A panic in a value's MarshalJSON is an error like any other.
func (r response) encode() (body []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			body, err = nil, &panicError{field: "the answer", value: v, stack: debug.Stack()}
		}
	}()
	out := map[string]any{}
	if r.executed {
		out["data"] = r.data
	}
	if len(r.errors) > 0 {
		out["errors"] = r.errors
	}
	if r.dropped > 0 {
		out["extensions"] = map[string]any{"errorsNotShown": r.dropped}
	}
	if len(out) == 0 {
		return nil, errors.New("an answer without data and errors")
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return b.Bytes(), nil
}
