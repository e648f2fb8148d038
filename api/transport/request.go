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
func (h *Handler) read(w http.ResponseWriter, r *http.Request) (posed, *httpError) {
	switch r.Method {
	case http.MethodGet:
		return readURL(r.URL)
	case http.MethodPost:
		return h.readBody(w, r)
	}
	return posed{}, &httpError{status: http.StatusMethodNotAllowed, allow: "GET, POST", message: "use POST, or GET for queries"}
}

func readURL(u *url.URL) (posed, *httpError) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return posed{}, badRequest("the URL's parameters are malformed")
	}
	body := map[string]any{}
	for _, name := range []string{"query", "documentId", "operationName", "variables", "extensions"} {
		text := values[name]
		switch {
		case len(text) == 0:
		case len(text) > 1:
			return posed{}, badRequest("the parameter %s is given more than once", name)
		case name == "query", name == "documentId", name == "operationName":
			body[name] = text[0]
		case text[0] == "":
		default:
			var value any
			if err := decode(strings.NewReader(text[0]), &value); err != nil {
				return posed{}, badRequest("the parameter %s is not JSON: %s", name, err)
			}
			body[name] = value
		}
	}
	return fromParameters(body)
}

func (h *Handler) readBody(w http.ResponseWriter, r *http.Request) (posed, *httpError) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != mediaJSON {
		return posed{}, &httpError{status: http.StatusUnsupportedMediaType, message: "the content type must be application/json"}
	}
	if charset, ok := params["charset"]; ok && !isUTF8(charset) {
		return posed{}, &httpError{status: http.StatusUnsupportedMediaType, message: "the charset must be utf-8"}
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(h.options.BodyTimeout))
	plain, refused := expanded(r, http.MaxBytesReader(w, r.Body, h.options.MaxBody))
	if refused != nil {
		return posed{}, refused
	}
	body, err := io.ReadAll(io.LimitReader(plain, h.options.MaxBody+1))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) || int64(len(body)) > h.options.MaxBody {
		return posed{}, &httpError{status: http.StatusRequestEntityTooLarge, message: fmt.Sprintf("the body is larger than %d bytes", h.options.MaxBody)}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return posed{}, &httpError{status: http.StatusRequestTimeout, message: fmt.Sprintf("the body did not come within %s", h.options.BodyTimeout)}
	}
	if err != nil {
		return posed{}, badRequest("the body could not be read")
	}
	// From here on the server only reads to notice that the client has gone.
	_ = control.SetReadDeadline(time.Time{})
	if !utf8.Valid(body) {
		return posed{}, badRequest("the body is not UTF-8")
	}
	var value any
	if err := decode(bytes.NewReader(body), &value); err != nil {
		return posed{}, badRequest("the body is not JSON: %s", err)
	}
	switch value := value.(type) {
	case map[string]any:
		return fromParameters(value)
	case []any:
		return posed{}, badRequest("a list of requests is not supported: send them one by one")
	}
	return posed{}, badRequest("the body must be a JSON object")
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

// fromParameters checks the shape of the parameters. Null counts as not given. There must be a
// query, or something that names it.
func fromParameters(given map[string]any) (posed, *httpError) {
	var request posed
	var ok bool
	for _, one := range []struct {
		name string
		text *string
	}{{"query", &request.Query}, {"documentId", &request.documentID}, {"operationName", &request.OperationName}} {
		v := given[one.name]
		if v == nil {
			continue
		}
		if *one.text, ok = v.(string); !ok {
			return request, badRequest("the parameter %s must be a string", one.name)
		}
		if *one.text == "" && one.name != "operationName" {
			return request, badRequest("the parameter %s is empty", one.name)
		}
	}
	if v := given["variables"]; v != nil {
		if request.Variables, ok = v.(map[string]any); !ok {
			return request, badRequest("the parameter variables must be an object")
		}
	}
	if v := given["extensions"]; v != nil {
		extensions, ok := v.(map[string]any)
		if !ok {
			return request, badRequest("the parameter extensions must be an object")
		}
		var refused *httpError
		if request.sha256, refused = persistedQuery(extensions); refused != nil {
			return request, refused
		}
	}
	switch {
	case request.documentID != "" && (request.Query != "" || request.sha256 != ""):
		return request, badRequest("the parameter documentId stands for a query: give one of them")
	case request.documentID == "" && request.Query == "" && request.sha256 == "":
		return request, badRequest("the parameter query is missing")
	}
	return request, nil
}
