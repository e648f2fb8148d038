package transport

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/tiaochu/tiaochu/api/guard"
)

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
	case CodeNotFound:
		return http.StatusNotFound
	case CodeConflict:
		return http.StatusConflict
	case CodeRateLimited:
		return http.StatusTooManyRequests
	case CodeUnavailable:
		return http.StatusServiceUnavailable
	case CodeInternal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// limited says that the caller's budget is spent.
func (h *Handler) limited(w http.ResponseWriter, media string, errs []guard.Error) {
	h.write(w, cmp.Or(media, mediaJSON), http.StatusTooManyRequests, response{errors: errs})
}

func (h *Handler) refuse(w http.ResponseWriter, media string, e *httpError) {
	if e.allow != "" {
		w.Header().Set("Allow", e.allow)
	}
	refused := guard.NewError(cmp.Or(e.code, guard.CodeBadUserInput), "%s", e.message)
	h.write(w, media, e.status, response{errors: []guard.Error{refused}})
}

func (h *Handler) write(w http.ResponseWriter, media string, status int, r response) {
	body, status := h.encode(r, status)
	h.send(w, media, status, r.errors, body)
}

// encode gives the body of an answer, or of the failure to encode it, and its status.
func (h *Handler) encode(r response, status int) ([]byte, int) {
	body, err := r.encode()
	if err != nil {
		status = http.StatusInternalServerError
		failed := response{errors: []guard.Error{h.internal(fmt.Errorf("encode answer: %w", err), nil)}}
		if body, err = failed.encode(); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
	return body, status
}

func (h *Handler) send(w http.ResponseWriter, media string, status int, errs []guard.Error, body []byte) {
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	body, encoding := compressed(w, body)
	if encoding != "" {
		w.Header().Set("Content-Encoding", encoding)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="tiaochu"`)
	}
	for _, e := range errs {
		if after, ok := e.Extensions["retryAfter"]; ok {
			w.Header().Set("Retry-After", fmt.Sprint(after))
		}
	}
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(h.options.WriteTimeout))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may be gone
	if control.Flush() == nil {
		_ = control.SetWriteDeadline(time.Time{}) // the next request on the connection has its own
	}
}

// encode gives the body, in memory of its own: in a buffer that is used again, whoever reads
// slowly could be sent somebody else's answer. A panic in a value's MarshalJSON is an error like
// any other.
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
	if body, err = appendJSON(make([]byte, 0, 4096), out); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return append(body, '\n'), nil
}
