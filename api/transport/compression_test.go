package transport_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
)

func zipped(t *testing.T, body io.Reader) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.Copy(w, body)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return &b
}

func TestALongAnswerIsCompressedForWhoeverTakesIt(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	const long = "{ __schema { types { name description fields { name } } } }"
	_, plain := f.ask(t, post(query(long)))
	require.Greater(t, len(plain), 2000)
	for _, accept := range []string{"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "*"} {
		res, body := f.ask(t, post(query(long), "Accept-Encoding", accept))
		require.Equal(t, "gzip", res.Header.Get("Content-Encoding"), accept)
		require.Contains(t, res.Header.Get("Vary"), "Accept-Encoding")
		require.Less(t, len(body), len(plain)/2)
	}
	res, _ := f.ask(t, post(query(long), "Accept-Encoding", "gzip"))
	require.NotEmpty(t, res.Header.Get("Content-Length"))

	for accept, text := range map[string]string{"": long, "br": long, "gzip;q=0, *": long, "gzip": "{ hello }"} {
		res, body := f.ask(t, post(query(text), "Accept-Encoding", accept))
		require.Empty(t, res.Header.Get("Content-Encoding"), accept)
		require.True(t, strings.HasPrefix(body, "{"), accept)
	}
	res, body := f.ask(t, post(query(long), "Accept-Encoding", "gzip", "Accept", "text/event-stream"))
	require.Empty(t, res.Header.Get("Content-Encoding"), "an event must not wait in a compressor")
	require.Contains(t, body, "event: next")
}

func TestACompressedAnswerReadsTheSame(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	const long = "{ many { bad } }"
	_, plain := f.ask(t, post(query(long)))
	w := httptest.NewRecorder()
	f.ServeHTTP(w, post(query(long), "Accept-Encoding", "gzip"))
	reader, err := gzip.NewReader(w.Body)
	require.NoError(t, err)
	read, err := io.ReadAll(reader)
	require.NoError(t, err)
	require.Equal(t, plain, strings.TrimSpace(string(read)))
}

func TestABodyMayComeCompressedWithinTheLimitOfItsWholeSize(t *testing.T) {
	t.Parallel()
	f := newHandler(t, func(o *transport.Options) { o.MaxBody = 100_000 })
	send := func(body io.Reader, encoding string) (*http.Response, string) {
		r := post("", "Content-Encoding", encoding)
		r.Body = io.NopCloser(body)
		return f.ask(t, r)
	}
	res, body := send(zipped(t, strings.NewReader(query("{ hello }"))), "gzip")
	require.Equal(t, http.StatusOK, res.StatusCode, body)
	require.Contains(t, body, "你好")

	bomb := zipped(t, io.MultiReader(strings.NewReader(`{"query": "{ hello }", "x": "`), io.LimitReader(zeros{}, 64<<20)))
	require.Less(t, bomb.Len(), 100_000, "small as it comes")
	res, body = send(bomb, "gzip")
	require.Equal(t, http.StatusRequestEntityTooLarge, res.StatusCode)
	require.Contains(t, body, "100000 bytes")
	res, _ = send(strings.NewReader(query("{ hello }")+strings.Repeat(" ", 100_001)), "")
	require.Equal(t, http.StatusRequestEntityTooLarge, res.StatusCode)

	whole := zipped(t, strings.NewReader(query("{ hello }"))).Bytes()
	for name, bad := range map[string][]byte{"no gzip": []byte(query("{ hello }")), "broken off": whole[:len(whole)-6], "empty": nil} {
		res, body := send(bytes.NewReader(bad), "gzip")
		require.Equal(t, http.StatusBadRequest, res.StatusCode, "%s: %s", name, body)
	}
	res, body = send(strings.NewReader(query("{ hello }")), "br")
	require.Equal(t, http.StatusUnsupportedMediaType, res.StatusCode)
	require.Contains(t, body, "gzip")
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}
