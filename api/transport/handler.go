package transport

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Handler answers GraphQL requests. It is an http.Handler, safe for concurrent use.
type Handler struct {
	options  Options
	guard    *guard.Guard
	inFlight chan struct{}
	turns    turns         // of queries that are executed
	reading  chan struct{} // requests whose bodies are under way
	rates    *rates
	volatile guard.Fields
	named    *documents

	connections   *connections
	subscriptions atomic.Int64 // open ones
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
	volatile, err := g.Fields(options.Versions.Volatile)
	if err != nil {
		return nil, fmt.Errorf("transport: volatile fields: %w", err)
	}
	for _, introspection := range []string{"__schema", "__type"} { // its lists come in any order
		volatile[options.Schema.QueryType().Name()+"."+introspection] = true
	}
	named, err := newDocuments(options.Documents, options.DocumentsOnly, g)
	if err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	budgets, err := newRates(options.MaxCallers, options.Now)
	if err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	return &Handler{
		options: options, guard: g, rates: budgets, volatile: volatile, named: named,
		inFlight:    make(chan struct{}, options.MaxInFlight),
		turns:       newTurns(),
		reading:     make(chan struct{}, readingShare*options.MaxInFlight),
		connections: newConnections(options.Live.MaxConnections, options.Live.MaxPerPerson),
	}, nil
}

// Guard is the handler's guard, for other transports of the same schema.
func (h *Handler) Guard() *guard.Guard { return h.guard }

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.share(w, r)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Vary", "Accept, Accept-Encoding, Accept-Language, Authorization, Origin")
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
	if isUpgrade(r) {
		h.serveSocket(w, r)
		return
	}
	if takesGzip(r.Header.Values("Accept-Encoding")) {
		w = &compressing{w}
	}
	if media == "" && !acceptsStream(r.Header.Values("Accept")) {
		h.refuse(w, mediaJSON, &httpError{
			status: http.StatusNotAcceptable, message: "the answer can be " + mediaResponse + ", " + mediaJSON + " or " + mediaStream,
		})
		return
	}
	if h.crossSite(r) {
		h.refuse(w, media, &httpError{
			status: http.StatusForbidden, code: CodeForbidden,
			message: "a page of another site may not ask without a preflight: send POST with application/json",
		})
		return
	}
	// A body that comes slowly takes none of the places in which requests are served.
	finished, room := enter(h.reading)
	if !room {
		h.busy(w, media)
		return
	}
	request, refused := h.read(w, r)
	finished()
	if refused != nil {
		h.refuse(w, cmp.Or(media, mediaJSON), refused)
		return
	}
	finished, room = enter(h.inFlight)
	if !room {
		h.busy(w, media)
		return
	}
	defer finished()
	h.answer(w, r, request, media, finished)
}

// readingShare is how many bodies may be under way for each request that may be served.
const readingShare = 4

// enter takes a place, if there is one, and gives what leaves it again.
func enter(places chan struct{}) (leave func(), room bool) {
	select {
	case places <- struct{}{}:
		return sync.OnceFunc(func() { <-places }), true
	default:
		return nil, false
	}
}

func (h *Handler) busy(w http.ResponseWriter, media string) {
	busy := guard.NewError(CodeUnavailable, "too many requests at once")
	busy.Extensions["retryAfter"] = 1
	h.write(w, cmp.Or(media, mediaJSON), http.StatusServiceUnavailable, response{errors: []guard.Error{busy}})
}

// Subscriptions is how many subscriptions are open: what happens from then on, they are told.
func (h *Handler) Subscriptions() int { return int(h.subscriptions.Load()) }

// Drain sends the clients of open WebSockets and event streams away, to come back to another
// process, takes no new ones, and waits for the last to go until ctx ends. A server calls it
// when it begins to shut down.
func (h *Handler) Drain(ctx context.Context) error {
	if err := h.connections.drain(ctx); err != nil {
		return fmt.Errorf("wait for %d connections to end: %w", h.connections.count(), err)
	}
	return nil
}

// answer answers a request. media is empty where only an event stream is accepted;
// finished says that the request is no longer one of those in flight.
func (h *Handler) answer(w http.ResponseWriter, r *http.Request, request posed, media string, finished func()) {
	started := time.Now()
	var took Stages
	lap := started
	stage := func(of *time.Duration) {
		now := time.Now()
		*of, lap = now.Sub(lap), now
	}
	asked, release, err := h.signIn(r)
	stage(&took.SignIn)
	if err != nil {
		e := h.shown(err, nil)
		h.write(w, cmp.Or(media, mediaJSON), outerStatus(e.Code()), response{errors: []guard.Error{e}})
		return
	}
	defer release()
	ctx, cancel := context.WithTimeout(asked, h.options.Timeout-time.Since(started))
	defer cancel()
	allowed := h.allowance(asked, r)
	operation, errs, limited, err := h.prepare(allowed, request)
	stage(&took.Guard)
	if err != nil {
		h.write(w, cmp.Or(media, mediaJSON), http.StatusInternalServerError, response{errors: []guard.Error{h.internal(err, nil)}})
		return
	}
	switch {
	case limited:
		h.limited(w, media, errs)
		return
	case errs == nil && operation.Type == "mutation" && r.Method == http.MethodGet:
		h.refuse(w, cmp.Or(media, mediaJSON), &httpError{status: http.StatusMethodNotAllowed, allow: "POST", message: "a mutation needs POST"})
		return
	case media == "", errs == nil && operation.Type == "subscription" && h.follows(r):
		if errs == nil {
			if spent := h.pay(allowed, operation); spent != nil {
				h.limited(w, media, []guard.Error{*spent})
				return
			}
		}
		finished()
		h.serveStream(asked, w, operation, errs)
		return
	case errs != nil:
		h.write(w, media, statusOf(media, errs), response{errors: errs})
		return
	case operation.Type == "subscription":
		e := guard.NewError(guard.CodeBadUserInput, "a subscription needs "+subprotocol+" or an answer as "+mediaStream)
		h.write(w, media, statusOf(media, []guard.Error{e}), response{errors: []guard.Error{e}})
		return
	}
	tag, unchanged := h.current(ctx, r, media, request.Request, operation)
	if unchanged {
		tag.headers(w.Header())
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if spent := h.pay(allowed, operation); spent != nil {
		h.limited(w, media, []guard.Error{*spent})
		return
	}
	leave := h.turn(ctx, operation)
	defer leave()
	result := h.run(ctx, operation)
	stage(&took.Execute)
	status := http.StatusOK
	if !result.executed {
		status = statusOf(media, result.errors)
	}
	body, status := h.encode(result, status)
	leave()
	same := false
	if tag.version != "" && status == http.StatusOK && h.keeps(ctx, result) {
		tag, same = tag.answered(body)
		tag.headers(w.Header())
	}
	if same {
		status = http.StatusNotModified
		w.WriteHeader(status)
	} else {
		h.send(w, media, status, result.errors, body)
	}
	stage(&took.Encode)
	if h.options.Observe != nil {
		h.options.Observe(took)
	}
	h.options.Logger.Debug("answered", "operation", operation.Name, "type", operation.Type, "cost", operation.Cost,
		"status", status, "errors", len(result.errors), "took", time.Since(started))
}

// follows reports whether a subscription can be answered as r accepts it.
func (h *Handler) follows(r *http.Request) bool {
	return h.options.Live.Subscribe != nil && acceptsStream(r.Header.Values("Accept"))
}

// signIn finds out who asks, within the time of a request. The context has what Authenticate
// put into it and ends with the request, or by release.
func (h *Handler) signIn(r *http.Request) (asked context.Context, release func(), err error) {
	limited, cancel := context.WithTimeout(r.Context(), h.options.Timeout)
	defer cancel()
	authenticated, err := h.options.Authenticate(r.WithContext(limited))
	if err != nil {
		return nil, nil, h.refusedSignIn(r, err)
	}
	asked, end := context.WithCancel(context.WithoutCancel(authenticated))
	detach := context.AfterFunc(r.Context(), end)
	return asked, func() { detach(); end() }, nil
}

// refusedSignIn is a refusal of Authenticate as it is shown, or that the caller has tried too
// many tokens.
func (h *Handler) refusedSignIn(r *http.Request, err error) guard.Error {
	shown := h.shown(err, nil)
	if shown.Code() != CodeUnauthenticated {
		return shown
	}
	if spent := h.charge(h.allowance(r.Context(), r), refusedSignInCharge); spent != nil {
		return *spent
	}
	return shown
}
