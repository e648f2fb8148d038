package transport

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// compressFrom is the least size of an answer that is compressed, in bytes.
const compressFrom = 1 << 10

// compressing is the writer of a request that takes gzip. Only whole answers are compressed: an
// event of a stream must not wait in a compressor.
//
// An attacker who can put text into an answer and watch its compressed size learns secrets in it
// only where a browser sends the victim's sign-in along by itself. Here it never does: tokens
// come in a header that pages set, no cookie is read, and no answer holds a token.
type compressing struct{ http.ResponseWriter }

// Unwrap lets http.ResponseController reach the connection.
func (c *compressing) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// takesGzip reports whether the client reads gzip.
func takesGzip(acceptEncoding []string) bool {
	best := map[string]float64{}
	for _, part := range strings.Split(strings.Join(acceptEncoding, ","), ",") {
		coding, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		quality := 1.0
		if q, ok := params["q"]; ok {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		best[coding] = quality
	}
	if quality, named := best["gzip"]; named {
		return quality > 0
	}
	return best["*"] > 0
}

var gzipWriters = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is one of the package's own
	}
	return w
}}

// compressed gives a body as it is sent, and its Content-Encoding.
func compressed(w http.ResponseWriter, body []byte) (sent []byte, encoding string) {
	if _, takes := w.(*compressing); !takes || len(body) < compressFrom {
		return body, ""
	}
	writer, _ := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(writer)
	var small bytes.Buffer
	writer.Reset(&small)
	if _, err := writer.Write(body); err != nil {
		return body, ""
	}
	if err := writer.Close(); err != nil || small.Len() >= len(body) {
		return body, ""
	}
	return small.Bytes(), "gzip"
}

// expanded is a request's body as it was before the client compressed it. What is read of it is
// bounded by the reader: a small body may hold gigabytes.
func expanded(r *http.Request, body io.Reader) (io.Reader, *httpError) {
	switch encoding := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
		return body, nil
	case "gzip":
		reader, err := gzip.NewReader(body)
		if err != nil {
			return nil, badRequest("the body is not gzip")
		}
		return reader, nil
	default:
		return nil, &httpError{status: http.StatusUnsupportedMediaType, message: fmt.Sprintf("the body may be compressed by gzip, not by %.20q", encoding)}
	}
}
