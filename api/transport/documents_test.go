package transport_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
)

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

const (
	trustedText = "query Hello { hello }"
	touchText   = "mutation Touch { touch }"
)

func trusting(t *testing.T, only bool) fixture {
	t.Helper()
	return newHandler(t, func(o *transport.Options) {
		o.DocumentsOnly = only
		o.Documents = []transport.Document{
			{ID: digest(trustedText), Text: trustedText, File: "a.json"},
			{ID: "touch-1", Text: touchText, File: "a.json"},
		}
	})
}

func TestATrustedDocumentIsAskedForByItsID(t *testing.T) {
	t.Parallel()
	f := trusting(t, false)
	for name, request := range map[string]*http.Request{
		"POST":                   post(fmt.Sprintf(`{"documentId": %q}`, digest(trustedText))),
		"with its prefix":        post(fmt.Sprintf(`{"documentId": "sha256:%s", "operationName": "Hello"}`, digest(trustedText))),
		"GET":                    get(url.Values{"documentId": {digest(trustedText)}}),
		"an Apollo client's":     post(fmt.Sprintf(`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, digest(trustedText))),
		"an Apollo client's GET": get(url.Values{"extensions": {fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":%q}}`, digest(trustedText))}}),
		"as an event stream":     post(fmt.Sprintf(`{"documentId": %q}`, digest(trustedText)), "Accept", "text/event-stream"),
	} {
		res, body := f.ask(t, request)
		require.Equal(t, http.StatusOK, res.StatusCode, "%s: %s", name, body)
		require.Contains(t, body, "你好", name)
	}
	res, _ := f.ask(t, get(url.Values{"documentId": {"touch-1"}}))
	require.Equal(t, http.StatusMethodNotAllowed, res.StatusCode, "a mutation needs POST, named or not")
	res, body := f.ask(t, post(`{"documentId": "touch-1"}`))
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, "touched")

	res, body = f.ask(t, post(`{"documentId": "gone"}`))
	require.Equal(t, http.StatusBadRequest, res.StatusCode)
	require.Contains(t, body, `"code":"PERSISTED_QUERY_NOT_FOUND"`)
	res, body = f.ask(t, post(`{"documentId": "touch-1", "query": "{ hello }"}`))
	require.Equal(t, http.StatusBadRequest, res.StatusCode)
	require.Contains(t, body, "one of them")
}

func TestAnythingElseIsRefusedWhereOnlyTrustedDocumentsAreAnswered(t *testing.T) {
	t.Parallel()
	f := trusting(t, true)
	for name, request := range map[string]*http.Request{
		"a query":                          post(query("{ hello }")),
		"a GET":                            get(url.Values{"query": {"{ hello }"}}),
		"introspection":                    post(query("{ __schema { types { name } } }")),
		"a query of its own with its hash": post(fmt.Sprintf(`{"query": "{ hello }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, digest("{ hello }"))),
	} {
		res, body := f.ask(t, request)
		require.Contains(t, body, `"code":"DOCUMENT_NOT_TRUSTED"`, name)
		require.NotContains(t, body, "你好", name)
		require.LessOrEqual(t, res.StatusCode, 400, name)
	}
	_, body := f.ask(t, post(fmt.Sprintf(`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, digest("{ hello }"))))
	require.Contains(t, body, "PERSISTED_QUERY_NOT_FOUND", "nothing was registered")
	_, body = f.ask(t, post(query(trustedText)))
	require.Contains(t, body, "你好", "a trusted text may be sent whole")
}

func TestAnAutomaticPersistedQueryIsSentOnceAndNamedFromThenOn(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	const text = "query Own { hello }"
	named := func(hash string) *http.Request {
		return post(fmt.Sprintf(`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, hash), "Accept", "application/json")
	}
	res, body := f.ask(t, named(digest(text)))
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, `"message":"PersistedQueryNotFound"`)
	require.Contains(t, body, `"code":"PERSISTED_QUERY_NOT_FOUND"`)

	_, body = f.ask(t, post(fmt.Sprintf(`{"query": "{ root }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, digest(text))))
	require.Contains(t, body, "does not match")
	_, body = f.ask(t, named(digest(text)))
	require.Contains(t, body, "PersistedQueryNotFound", "another text was not taken for it")

	_, body = f.ask(t, post(fmt.Sprintf(`{"query": %q, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, text, digest(text))))
	require.Contains(t, body, "你好")
	_, body = f.ask(t, named(digest(text)))
	require.Contains(t, body, "你好")

	bad := "query Bad { gone }"
	f.ask(t, post(fmt.Sprintf(`{"query": %q, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, bad, digest(bad))))
	_, body = f.ask(t, named(digest(bad)))
	require.Contains(t, body, "PersistedQueryNotFound", "what does not pass is not kept")
	for _, malformed := range []string{`{"version": 2, "sha256Hash": "` + digest(text) + `"}`, `{"version": 1, "sha256Hash": "x"}`, `"x"`, `{}`} {
		res, body := f.ask(t, post(`{"extensions": {"persistedQuery": `+malformed+`}}`))
		require.Equal(t, http.StatusBadRequest, res.StatusCode, malformed)
		require.Contains(t, body, "persistedQuery", malformed)
	}
}

func TestWhatClientsRegisterTakesBoundedMemory(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	text := func(i int) string {
		return fmt.Sprintf("query Q%d { hello } # %s", i, strings.Repeat("x ", 30_000))
	}
	for i := range 300 { // 18 MB
		f.ask(t, post(fmt.Sprintf(`{"query": %q, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, text(i), digest(text(i)))))
	}
	asked := func(i int) string {
		_, body := f.ask(t, post(fmt.Sprintf(`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, digest(text(i)))))
		return body
	}
	require.Contains(t, asked(0), "PersistedQueryNotFound", "the oldest went")
	require.Contains(t, asked(299), "你好")
}

func TestABadTrustedDocumentStopsTheStartByFileIDAndReason(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	for name, c := range map[string]struct {
		documents []transport.Document
		says      string
	}{
		"a field that is gone": {[]transport.Document{{ID: "d1", Text: "{ gone }", File: "app.json"}}, `"gone"`},
		"no GraphQL":           {[]transport.Document{{ID: "d1", Text: "hello", File: "app.json"}}, "yntax"},
		"another text's hash":  {[]transport.Document{{ID: digest("x"), Text: "{ hello }", File: "app.json"}}, "SHA-256"},
		"two texts of one id": {[]transport.Document{
			{ID: "d1", Text: "{ hello }", File: "first.json"}, {ID: "d1", Text: "{ root }", File: "app.json"},
		}, "another text"},
	} {
		_, err := transport.New(transport.Options{Schema: f.Guard().Schema(), Documents: c.documents})
		require.ErrorContains(t, err, c.says, name)
		require.ErrorContains(t, err, "app.json", name)
		require.ErrorContains(t, err, c.documents[0].ID, name)
	}
}

func TestTrustedDocumentsAreReadFromWhatToolsWrite(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	one := write("relay.json", `{"b1": "query B { hello }", "a1": "query A { hello }"}`)
	write("apollo.json", `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "c1", "name": "C", "type": "query", "body": "query C { hello }"}]}`)
	found, err := transport.LoadDocuments(one)
	require.NoError(t, err)
	require.Equal(t, []transport.Document{{"a1", "query A { hello }", one}, {"b1", "query B { hello }", one}}, found)
	found, err = transport.LoadDocuments(folder)
	require.NoError(t, err)
	require.Len(t, found, 3)

	bad := write("bad.json", `["query"]`)
	_, err = transport.LoadDocuments(folder)
	require.ErrorContains(t, err, bad)
	_, err = transport.LoadDocuments(filepath.Join(folder, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = transport.LoadDocuments(t.TempDir())
	require.ErrorContains(t, err, "no .json file")
}
