package transport

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"github.com/tiaochu/tiaochu/api/guard"
)

// subprotocol is the one that is spoken.
const subprotocol = "graphql-transport-ws"

// The codes with which a WebSocket is closed; those from 4400 on are the subprotocol's.
const (
	closeRestart          = websocket.StatusServiceRestart // 1012: come back at once
	closeTryLater         = websocket.StatusTryAgainLater  // 1013
	closeBadMessage       = websocket.StatusCode(4400)
	closeUnauthorized     = websocket.StatusCode(4401) // not signed in, or not any more
	closeForbidden        = websocket.StatusCode(4403) // the rights that it began with were taken away
	closeBadProtocol      = websocket.StatusCode(4406)
	closeTooSlow          = websocket.StatusCode(4408) // no connection_init in time, or answers not read in time
	closeSubscriberExists = websocket.StatusCode(4409)
	closeTooMany          = websocket.StatusCode(4429) // a second connection_init, or too many connections
	closeInternal         = websocket.StatusCode(4500)
)

// socket is one WebSocket that speaks graphql-transport-ws.
type socket struct {
	handler *Handler
	conn    *websocket.Conn
	request *http.Request // the upgrade, with the sign-in of connection_init
	entry   *connection
	ctx     context.Context // ends with the connection
	cancel  context.CancelFunc
	ending  sync.Once
	timers  []*time.Timer
	release func() // lets the sign-in go unwatched; nil before connection_init

	greeted, acknowledged atomic.Bool

	mu      sync.Mutex
	running map[string]context.CancelFunc // by the client's id
	working sync.WaitGroup
}

// isUpgrade reports whether r asks for a WebSocket.
func isUpgrade(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// serveSocket serves a WebSocket until it ends. A page of another origin is refused with
// 403: browsers let any page open a WebSocket.
func (h *Handler) serveSocket(w http.ResponseWriter, r *http.Request) {
	if h.options.Live.Subscribe == nil {
		h.refuse(w, mediaJSON, &httpError{status: http.StatusNotImplemented, message: "subscriptions are not served here"})
		return
	}
	if h.connections.full() {
		h.tooMany(w)
		return
	}
	if !sameOrigin(r) && !h.allowsOrigin(r) {
		h.refuse(w, mediaJSON, &httpError{status: http.StatusForbidden, code: CodeForbidden, message: "pages of this origin may not connect"})
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol}, InsecureSkipVerify: true, // the origin has been looked at
	})
	if err != nil {
		return // answered by Accept
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(h.options.MaxBody)
	s := &socket{handler: h, conn: conn, running: map[string]context.CancelFunc{}}
	// Of the request, whose context is the server's to end, only the values are kept.
	s.ctx, s.cancel = context.WithCancel(context.WithoutCancel(r.Context()))
	defer s.cancel()
	s.request = r.WithContext(s.ctx)
	if conn.Subprotocol() != subprotocol {
		s.end(closeBadProtocol, "speak "+subprotocol)
		return
	}
	entry, room := h.connections.add(func() { go s.end(closeRestart, "the server restarts, connect again") })
	if !room {
		s.end(closeTryLater, "too many connections, or the server is going down")
		return
	}
	s.entry = entry
	defer h.connections.remove(entry)
	s.serve()
}

func (h *Handler) tooMany(w http.ResponseWriter) {
	busy := guard.NewError(CodeUnavailable, "too many connections at once")
	busy.Extensions["retryAfter"] = 5
	h.write(w, mediaJSON, http.StatusServiceUnavailable, response{errors: []guard.Error{busy}})
}

// serve reads messages until the connection ends, then waits for what was begun.
func (s *socket) serve() {
	live := s.handler.options.Live
	s.after(live.InitTimeout, func() {
		if !s.acknowledged.Load() {
			s.end(closeTooSlow, "connection_init did not come in time")
		}
	})
	var pinging *time.Timer
	pinging = time.AfterFunc(time.Hour, func() {
		ctx, cancel := context.WithTimeout(s.ctx, live.KeepAlive)
		defer cancel()
		if s.conn.Ping(ctx) != nil {
			_ = s.conn.CloseNow() // nobody is there
			return
		}
		pinging.Reset(live.KeepAlive)
	})
	pinging.Reset(live.KeepAlive)
	for {
		kind, text, err := s.conn.Read(s.ctx)
		if err != nil {
			break
		}
		if kind != websocket.MessageText {
			go s.end(closeBadMessage, "send text")
			continue
		}
		s.take(text)
	}
	s.cancel()
	if s.release != nil {
		s.release()
	}
	for _, timer := range append(s.timers, pinging) {
		timer.Stop()
	}
	s.working.Wait()
}

// after does something later unless the connection has ended; only the reading goroutine
// calls it.
func (s *socket) after(long time.Duration, what func()) {
	s.timers = append(s.timers, time.AfterFunc(long, what))
}

// end closes the connection with a code. It waits until the client has taken note, a few
// seconds at most, so the reading goroutine calls it in another one.
func (s *socket) end(code websocket.StatusCode, reason string) {
	s.ending.Do(func() {
		_ = s.conn.Close(code, reason)
		s.cancel()
	})
}

// send writes one message. A client that took long to read it is sent away.
func (s *socket) send(m message) error {
	text, err := m.encode()
	if err != nil {
		failed := []guard.Error{s.handler.internal(err, nil)}
		if text, err = (message{kind: "error", id: m.id, payload: failed}).encode(); err != nil {
			return err
		}
	}
	slow := s.handler.options.Live.SlowAfter
	ctx, cancel := context.WithTimeout(s.ctx, 3*slow)
	defer cancel()
	began := time.Now()
	if err := s.conn.Write(ctx, websocket.MessageText, text); err != nil {
		s.cancel() // a broken message can't be followed by another one
		return err
	}
	if time.Since(began) > slow {
		s.end(closeTooSlow, "answers were not read in time: connect again and resume after the last cursor")
		return errLeft
	}
	return nil
}

// begin makes room for an operation; its context ends with complete or the connection.
func (s *socket) begin(id string) (context.Context, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, exists := s.running[id]; exists {
		return nil, errSubscriberExists
	}
	if len(s.running) >= s.handler.options.Live.MaxSubscriptions {
		return nil, errTooManyOperations
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.running[id] = cancel
	s.working.Add(1)
	return ctx, nil
}

var (
	errSubscriberExists  = errors.New("the id is in use")
	errTooManyOperations = errors.New("too many operations on one connection")
)

// finish makes the id free again; it reports whether the operation was still wanted.
func (s *socket) finish(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	cancel, running := s.running[id]
	delete(s.running, id)
	if running {
		cancel()
	}
	return running
}

// operate carries out one operation and ends it with complete or error.
func (s *socket) operate(ctx context.Context, id string, request posed) {
	defer s.working.Done()
	defer func() {
		if v := recover(); v != nil {
			failed := s.handler.internal(&panicError{field: "the transport", value: v, stack: debug.Stack()}, nil)
			s.fail(id, []guard.Error{failed})
		}
	}()
	errs := s.execute(ctx, id, request)
	switch {
	case errs != nil:
		s.fail(id, errs)
	case s.finish(id):
		_ = s.send(message{kind: "complete", id: id})
	}
}

func (s *socket) fail(id string, errs []guard.Error) {
	if s.finish(id) {
		_ = s.send(message{kind: "error", id: id, payload: errs})
	}
}

// execute answers an operation, or returns the errors that end it. Who asks is looked up
// for each: rights may have changed since the connection began.
func (s *socket) execute(ctx context.Context, id string, request posed) []guard.Error {
	h := s.handler
	signedIn, release, err := h.signIn(s.request.WithContext(ctx))
	if err != nil {
		return []guard.Error{h.shown(err, nil)}
	}
	defer release()
	allowed := h.allowance(signedIn, s.request)
	operation, errs, _, err := h.prepare(allowed, request)
	if err != nil {
		return []guard.Error{h.internal(err, nil)}
	}
	if errs != nil {
		return errs
	}
	if spent := h.pay(allowed, operation); spent != nil {
		return []guard.Error{*spent}
	}
	next := func(r response) error { return s.send(message{kind: "next", id: id, payload: r}) }
	if operation.Type != "subscription" {
		return h.once(signedIn, operation, next)
	}
	opening, err := h.follow(signedIn, operation, func() {}, next)
	if ctx.Err() != nil || errors.Is(err, errLeft) {
		return nil // nobody waits for the end
	}
	shown := h.shown(err, operation)
	if !opening {
		switch shown.Code() {
		case CodeUnauthenticated:
			s.end(closeUnauthorized, brief(shown.Message))
		case CodeForbidden:
			s.end(closeForbidden, brief(shown.Message))
		}
	}
	return []guard.Error{shown}
}

// once answers a query or a mutation.
func (h *Handler) once(ctx context.Context, operation *guard.Operation, send func(response) error) []guard.Error {
	select {
	case h.inFlight <- struct{}{}:
		defer func() { <-h.inFlight }()
	default:
		return []guard.Error{guard.NewError(CodeUnavailable, "too many requests at once")}
	}
	ctx, cancel := context.WithTimeout(ctx, h.options.Timeout)
	defer cancel()
	leave := h.turn(ctx, operation)
	answer := h.run(ctx, operation)
	leave()
	if !answer.executed {
		return answer.errors
	}
	_ = send(answer)
	return nil
}

// maxReason is the most that a close frame holds, in bytes.
const maxReason = 123

func brief(text string) string {
	if len(text) <= maxReason {
		return text
	}
	return strings.ToValidUTF8(text[:maxReason], "")
}
