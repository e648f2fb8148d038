package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tiaochu/tiaochu/api/guard"
)

// httpError is a request that is refused before anything is executed: the status is sent
// whatever the media type of the answer.
type httpError struct {
	status  int
	message string
	allow   string // the Allow header, for 405
	code    string // "" is BAD_USER_INPUT
}

func (e *httpError) Error() string { return e.message }

func badRequest(format string, args ...any) *httpError {
	return &httpError{status: http.StatusBadRequest, message: fmt.Sprintf(format, args...)}
}

// read takes the GraphQL request out of r.
func (h *Handler) read(w http.ResponseWriter, r *http.Request) (guard.Request, *httpError) {
	switch r.Method {
	case http.MethodGet:
		return readURL(r.URL)
	case http.MethodPost:
		return h.readBody(w, r)
	}
	return guard.Request{}, &httpError{status: http.StatusMethodNotAllowed, allow: "GET, POST", message: "use POST, or GET for queries"}
}

func readURL(u *url.URL) (guard.Request, *httpError) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return guard.Request{}, badRequest("the URL's parameters are malformed")
	}
	body := map[string]any{}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		text := values[name]
		switch {
		case len(text) == 0:
		case len(text) > 1:
			return guard.Request{}, badRequest("the parameter %s is given more than once", name)
		case name == "query", name == "operationName":
			body[name] = text[0]
		case text[0] == "":
		default:
			var value any
			if err := decode(strings.NewReader(text[0]), &value); err != nil {
				return guard.Request{}, badRequest("the parameter %s is not JSON: %s", name, err)
			}
			body[name] = value
		}
	}
	return fromParameters(body)
}

func (h *Handler) readBody(w http.ResponseWriter, r *http.Request) (guard.Request, *httpError) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != mediaJSON {
		return guard.Request{}, &httpError{status: http.StatusUnsupportedMediaType, message: "the content type must be application/json"}
	}
	if charset, ok := params["charset"]; ok && !isUTF8(charset) {
		return guard.Request{}, &httpError{status: http.StatusUnsupportedMediaType, message: "the charset must be utf-8"}
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return guard.Request{}, &httpError{status: http.StatusUnsupportedMediaType, message: "the body must not be compressed"}
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(h.options.BodyTimeout))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.options.MaxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return guard.Request{}, &httpError{status: http.StatusRequestEntityTooLarge, message: fmt.Sprintf("the body is larger than %d bytes", h.options.MaxBody)}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return guard.Request{}, &httpError{status: http.StatusRequestTimeout, message: fmt.Sprintf("the body did not come within %s", h.options.BodyTimeout)}
	}
	if err != nil {
		return guard.Request{}, badRequest("the body could not be read")
	}
	// From here on the server only reads to notice that the client has gone.
	_ = control.SetReadDeadline(time.Time{})
	if !utf8.Valid(body) {
		return guard.Request{}, badRequest("the body is not UTF-8")
	}
	var value any
	if err := decode(bytes.NewReader(body), &value); err != nil {
		return guard.Request{}, badRequest("the body is not JSON: %s", err)
	}
	switch value := value.(type) {
	case map[string]any:
		return fromParameters(value)
	case []any:
		return guard.Request{}, badRequest("a list of requests is not supported: send them one by one")
	}
	return guard.Request{}, badRequest("the body must be a JSON object")
}

// decode reads exactly one JSON value and keeps numbers as they were written.
func decode(r io.Reader, value *any) error {
	d := json.NewDecoder(r)
	d.UseNumber()
	if err := d.Decode(value); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("it is empty")
		}
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the first value")
	}
	return nil
}

// fromParameters checks the shape of the parameters. Null counts as not given, but for the
// query, which is required.
func fromParameters(given map[string]any) (guard.Request, *httpError) {
	var request guard.Request
	var ok bool
	if given["query"] == nil {
		return request, badRequest("the parameter query is missing")
	}
	if request.Query, ok = given["query"].(string); !ok {
		return request, badRequest("the parameter query must be a string")
	}
	if request.Query == "" {
		return request, badRequest("the parameter query is empty")
	}
	if v := given["operationName"]; v != nil {
		if request.OperationName, ok = v.(string); !ok {
			return request, badRequest("the parameter operationName must be a string")
		}
	}
	if v := given["variables"]; v != nil {
		if request.Variables, ok = v.(map[string]any); !ok {
			return request, badRequest("the parameter variables must be an object")
		}
	}
	if v := given["extensions"]; v != nil {
		if _, ok = v.(map[string]any); !ok {
			return request, badRequest("the parameter extensions must be an object")
		}
	}
	return request, nil
}
