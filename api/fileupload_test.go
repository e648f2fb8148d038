package api_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/store"
)

func TestAFileThatACaseDoesNotTakeIsRefusedByName(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("refused-file")).Case.ID
	query := "/files?caseId=" + id
	good := map[string]string{"Content-Type": "application/pdf", "Idempotency-Key": "key"}
	for name, bad := range map[string]struct {
		path   string
		change map[string]string
		body   []byte
		status int
		code   string
		field  string
		says   string
	}{
		"too large":           {query, nil, aPDF(20<<20 + 1), 413, "BAD_USER_INPUT", "body", "20971520 bytes (20 MiB)"},
		"empty":               {query, nil, nil, 400, "BAD_USER_INPUT", "body", "empty"},
		"a page":              {query, map[string]string{"Content-Type": "text/html"}, []byte("<html>"), 415, "BAD_USER_INPUT", "Content-Type", "application/pdf"},
		"a drawing that runs": {query, map[string]string{"Content-Type": "image/svg+xml"}, []byte("<svg/>"), 415, "BAD_USER_INPUT", "Content-Type", "image/png"},
		"a page as text":      {query, map[string]string{"Content-Type": "text/plain"}, []byte("  <!doctype html><script>"), 415, "BAD_USER_INPUT", "Content-Type", "text/plain"},
		"a page as a paper":   {query, nil, []byte("<html>"), 415, "BAD_USER_INPUT", "Content-Type", "does not begin"},
		"a form":              {query, map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, []byte("--x"), 415, "BAD_USER_INPUT", "Content-Type", "one of"},
		"compressed":          {query, map[string]string{"Content-Encoding": "gzip"}, aPDF(100), 415, "BAD_USER_INPUT", "Content-Encoding", "as it is"},
		"no key":              {query, map[string]string{"Idempotency-Key": ""}, aPDF(100), 400, "BAD_USER_INPUT", "Idempotency-Key", "required"},
		"no case":             {"/files", nil, aPDF(100), 400, "BAD_USER_INPUT", "caseId", "Case"},
		"another thing":       {"/files?caseId=" + person(clerk), nil, aPDF(100), 400, "BAD_USER_INPUT", "caseId", "Person"},
		"a broken digest":     {query, map[string]string{"Content-Digest": "sha-256=x"}, aPDF(100), 400, "BAD_USER_INPUT", "Content-Digest", "BASE64"},
		"another digest":      {query, map[string]string{"Content-Digest": "sha-256=:" + strings.Repeat("A", 43) + "=:"}, aPDF(100), 400, "BAD_USER_INPUT", "Content-Digest", "otherwise"},
	} {
		header := maps.Clone(good)
		maps.Copy(header, bad.change)
		got := o.send(clerk, http.MethodPost, bad.path, header, bytes.NewReader(bad.body))
		require.Equal(t, bad.status, got.Status, "%s: %s", name, got.Body)
		require.Equal(t, bad.code, got.code(), name)
		require.Equal(t, bad.field, got.Errors[0].Extensions["field"], name)
		require.Contains(t, got.Errors[0].Message, bad.says, name)
	}
	// Where the length isn't said beforehand, the bound holds as well.
	streamed := o.send(clerk, http.MethodPost, query, good, io.MultiReader(bytes.NewReader(aPDF(20<<20+1))))
	require.Equal(t, http.StatusRequestEntityTooLarge, streamed.Status)
	require.Zero(t, o.rows("files"), "nothing of all this is left")
	require.Equal(t, http.StatusMethodNotAllowed, o.send(clerk, http.MethodPut, query, good, nil).Status)
	require.Contains(t, o.send(clerk, http.MethodPost, "/files", map[string]string{"Accept-Language": "zh-CN"}, nil).Errors[0].Message, "不是本系统给出的编号")
}

func TestAnUploadThatIsCutOffLeavesNothingToSee(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("cut-off")).Case.ID
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(o.server.URL, "http://"))
	require.NoError(t, err)
	body := aPDF(1 << 20)
	_, err = fmt.Fprintf(connection, "POST /files?caseId=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/pdf\r\nIdempotency-Key: cut\r\nContent-Length: %d\r\n\r\n",
		id, o.token(clerk), len(body))
	require.NoError(t, err)
	_, err = connection.Write(body[:600_000])
	require.NoError(t, err)
	require.Eventually(t, func() bool { return o.rows("file_chunks") == 2 }, 20*time.Second, 10*time.Millisecond, "it is under way")
	require.NoError(t, connection.Close())
	require.Eventually(t, func() bool { return o.rows("files") == 0 }, 20*time.Second, 10*time.Millisecond)
	require.Equal(t, http.StatusCreated, o.upload(clerk, id, "cut", "application/pdf", body).Status, "the same request again")
}

func TestUploadsThatNobodyAttachesAreBounded(t *testing.T) {
	t.Parallel()
	o := openWithFiles(t, api.FileLimits{Unattached: store.UnattachedFiles{Count: 2}})
	id := o.do(clerk, "registerCase", dispute("bounded")).Case.ID
	for n := range 2 {
		require.Equal(t, http.StatusCreated, o.upload(clerk, id, fmt.Sprint(n), "application/pdf", aPDF(100)).Status)
	}
	refused := o.upload(clerk, id, "2", "application/pdf", aPDF(100))
	require.Equal(t, http.StatusTooManyRequests, refused.Status)
	require.Equal(t, "RATE_LIMITED", refused.code())
	require.Equal(t, "60", refused.Header.Get("Retry-After"))
	first := o.upload(clerk, id, "0", "application/pdf", aPDF(100))
	require.Equal(t, http.StatusOK, first.Status)
	o.do(clerk, "attachDocument", o.on(id, map[string]any{"documentId": first.File.DocumentID, "title": "附件"}))
	require.Equal(t, http.StatusCreated, o.upload(clerk, id, "2", "application/pdf", aPDF(100)).Status)
}

func TestAnUploadThatTakesTooLongIsEnded(t *testing.T) {
	t.Parallel()
	o := openWithFiles(t, api.FileLimits{Timeout: 2 * time.Second})
	id := o.do(clerk, "registerCase", dispute("too-slow")).Case.ID
	slow, write := io.Pipe()
	defer func() { _ = write.Close() }()
	go func() { _, _ = write.Write(aPDF(300_000)) }() // and then nothing more
	got := o.send(clerk, http.MethodPost, "/files?caseId="+id, map[string]string{"Content-Type": "application/pdf", "Idempotency-Key": "slow"}, slow)
	require.Equal(t, http.StatusRequestTimeout, got.Status)
	require.Equal(t, "UNAVAILABLE", got.code())
	require.Zero(t, o.rows("files"))
}
