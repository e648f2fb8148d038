package api

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// frugal asks the identity provider for the same document once in a while only. Whoever
// sends tokens signed with keys that don't exist would otherwise make this server ask the
// issuer for its keys at each of them.
type frugal struct {
	next http.RoundTripper
	now  func() time.Time

	mu   sync.Mutex
	kept map[string]keptAnswer
}

// keptFor is how long an answer is given again: as long, at most, does a rotated key stay
// unknown.
const keptFor = 10 * time.Second

// maxIssuerAnswer bounds what is read of an issuer's answer.
const maxIssuerAnswer = 1 << 20

type keptAnswer struct {
	body   []byte
	status int
	header http.Header
	until  time.Time
}

// issuerError says that the issuer couldn't be asked, or answered that it can't.
type issuerError struct{ cause error }

func (e *issuerError) Error() string { return "ask the issuer: " + e.cause.Error() }
func (e *issuerError) Unwrap() error { return e.cause }

// RoundTrip answers from what it keeps, or asks. It fails with an *issuerError.
func (f *frugal) RoundTrip(request *http.Request) (*http.Response, error) {
	f.mu.Lock()
	answer, ok := f.kept[request.URL.String()]
	f.mu.Unlock()
	if !ok || !f.now().Before(answer.until) {
		var err error
		if answer, err = f.ask(request); err != nil {
			return nil, &issuerError{err}
		}
	}
	return &http.Response{
		Status: http.StatusText(answer.status), StatusCode: answer.status, Header: answer.header.Clone(),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: request,
		Body: io.NopCloser(bytes.NewReader(answer.body)), ContentLength: int64(len(answer.body)),
	}, nil
}

func (f *frugal) ask(request *http.Request) (keptAnswer, error) {
	response, err := f.next.RoundTrip(request)
	if err != nil {
		return keptAnswer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxIssuerAnswer))
	if err != nil {
		return keptAnswer{}, err
	}
	if response.StatusCode >= http.StatusInternalServerError {
		return keptAnswer{}, fmt.Errorf("%s answered %s", request.URL.Host, response.Status)
	}
	answer := keptAnswer{body: body, status: response.StatusCode, header: response.Header, until: f.now().Add(keptFor)}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil {
		f.kept = map[string]keptAnswer{}
	}
	f.kept[request.URL.String()] = answer
	return answer, nil
}
