package transport

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/api/guard"
)

const mediaStream = "text/event-stream"

// acceptsStream reports whether the client reads graphql-sse, in its mode of one connection
// for each operation.
func acceptsStream(accept []string) bool {
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		media, _, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(media), mediaStream) {
			return true
		}
	}
	return false
}

// stream is an answer as events, each an answer of its own.
type stream struct {
	handler *Handler
	w       http.ResponseWriter
	control *http.ResponseController
	// writing keeps a sign of life from falling into an event.
	writing sync.Mutex
	begun   bool
	broken  bool
}

// serveStream answers an operation, or the errors that it was refused with, as events.
// asked is the context of Authenticate, and ends with the request.
func (h *Handler) serveStream(asked context.Context, w http.ResponseWriter, operation *guard.Operation, refused []guard.Error) {
	ctx, leave := context.WithCancel(asked)
	defer leave()
	entry, room := h.connections.add(leave)
	if !room {
		h.tooMany(w)
		return
	}
	defer h.connections.remove(entry)
	session := h.options.Live.Session(asked)
	if session.Person != "" && !h.connections.signIn(entry, session.Person) {
		limited := guard.NewError(CodeRateLimited, "too many connections of one person")
		h.write(w, mediaJSON, http.StatusTooManyRequests, response{errors: []guard.Error{limited}})
		return
	}
	s := &stream{handler: h, w: w, control: http.NewResponseController(w)}
	defer s.close()
	switch {
	case refused != nil:
	case operation.Type == "subscription" && h.options.Live.Subscribe == nil:
		refused = []guard.Error{guard.NewError(guard.CodeBadUserInput, "subscriptions are not served here")}
	case operation.Type == "subscription":
		if session.Lasts > 0 {
			expiring, cancel := context.WithTimeoutCause(ctx, session.Lasts, errExpired)
			defer cancel()
			ctx = expiring
		}
		_, err := h.follow(ctx, operation, func() { s.open(ctx) }, s.next)
		switch {
		case errors.Is(context.Cause(ctx), errExpired):
			refused = []guard.Error{guard.NewError(CodeUnauthenticated, "%s", errExpired.Error())}
		case ctx.Err() != nil || errors.Is(err, errLeft):
			return // the client has gone, or the server goes: without complete it comes back
		default:
			refused = []guard.Error{h.shown(err, operation)}
		}
	default:
		refused = h.once(ctx, operation, s.next)
	}
	if refused != nil {
		_ = s.next(response{errors: refused})
	}
	_ = s.event("complete", nil)
}

var errExpired = errors.New("the sign-in has expired")

// open sends the headers, so that the client knows that it is told from now on, and begins
// to give signs of life.
func (s *stream) open(ctx context.Context) {
	s.writing.Lock()
	s.begin()
	s.writing.Unlock()
	every := s.handler.options.Live.KeepAlive
	var again *time.Timer
	again = time.AfterFunc(time.Hour, func() {
		if ctx.Err() == nil && s.write([]byte(":\n\n")) == nil {
			again.Reset(every)
		}
	})
	again.Reset(every)
	context.AfterFunc(ctx, func() { again.Stop() })
}

// begin writes the headers once; the caller holds writing.
func (s *stream) begin() {
	if s.begun {
		return
	}
	s.begun = true
	// The server's bound on reading a request would end the stream.
	_ = s.control.SetReadDeadline(time.Time{})
	header := s.w.Header()
	header.Set("Content-Type", mediaStream+"; charset=utf-8")
	header.Set("X-Accel-Buffering", "no") // a proxy must not wait for more
	s.w.WriteHeader(http.StatusOK)
	_ = s.control.Flush()
}

func (s *stream) next(r response) error {
	body, err := r.encode()
	if err != nil {
		if body, err = (response{errors: []guard.Error{s.handler.internal(err, nil)}}).encode(); err != nil {
			return err
		}
	}
	return s.event("next", body)
}

func (s *stream) event(name string, data []byte) error {
	var b bytes.Buffer
	b.WriteString("event: " + name + "\ndata: ")
	b.Write(bytes.TrimRight(data, "\n")) // JSON has no line breaks of its own
	b.WriteString("\n\n")
	return s.write(b.Bytes())
}

// write sends something whole, or breaks the stream: a client that doesn't read is cut off
// and resumes.
func (s *stream) write(text []byte) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.broken {
		return errLeft
	}
	s.begin()
	_ = s.control.SetWriteDeadline(time.Now().Add(3 * s.handler.options.Live.SlowAfter))
	_, err := s.w.Write(text)
	if err == nil {
		err = s.control.Flush()
	}
	s.broken = err != nil
	return err
}

// close lets nothing be written any more: the response ends with the handler.
func (s *stream) close() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.broken = true
	_ = s.control.SetWriteDeadline(time.Time{})
}
