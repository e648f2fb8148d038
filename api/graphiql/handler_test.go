package graphiql_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/graphiql"
	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
)

func serve(t *testing.T) *httptest.Server {
	t.Helper()
	page, err := graphiql.New("/graphql")
	require.NoError(t, err)
	schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{
		Name: "Query", Fields: graphql.Fields{
			"whoAmI": {Type: graphql.String, Description: "Who asks.", Resolve: func(p graphql.ResolveParams) (any, error) {
				return p.Context.Value(token{}), nil
			}},
		},
	})})
	require.NoError(t, err)
	api, err := transport.New(transport.Options{Schema: schema, Authenticate: func(r *http.Request) (context.Context, error) {
		text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			return nil, guard.NewError(transport.CodeUnauthenticated, "sign in")
		}
		return context.WithValue(r.Context(), token{}, "持令牌者 "+text), nil
	}})
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle(graphiql.Path, page)
	mux.Handle(graphiql.Path+"/", page)
	mux.Handle("/graphql", api)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

type token struct{}

func TestThePageAndItsFilesAreServedUnderAStrictPolicy(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for path, contentType := range map[string]string{
		"/graphiql": "text/html", "/graphiql/": "text/html", "/graphiql/page.js": "text/javascript", "/graphiql/page.css": "text/css",
		"/graphiql/graphiql.min.js": "text/javascript", "/graphiql/graphiql.min.css": "text/css",
		"/graphiql/react.production.min.js": "text/javascript", "/graphiql/react-dom.production.min.js": "text/javascript",
	} {
		res, err := http.Get(server.URL + path)
		require.NoError(t, err)
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusOK, res.StatusCode, path)
		require.NotEmpty(t, body)
		require.Contains(t, res.Header.Get("Content-Type"), contentType)
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self';")

		again, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		require.NoError(t, err)
		again.Header.Set("If-None-Match", res.Header.Get("ETag"))
		res, err = http.DefaultClient.Do(again)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusNotModified, res.StatusCode)
	}
	for _, path := range []string{"/graphiql/../handler.go", "/graphiql/assets/graphiql.min.js.gz", "/graphiql/nothing"} {
		res, err := http.Get(server.URL + path)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusNotFound, res.StatusCode, path)
	}
}

func TestTheFilesAreThoseThatTheReadmeNames(t *testing.T) {
	t.Parallel()
	server := serve(t)
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, name := range []string{"graphiql.min.js", "graphiql.min.css", "react.production.min.js", "react-dom.production.min.js"} {
		res, err := http.Get(server.URL + "/graphiql/" + name)
		require.NoError(t, err)
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		sum := sha256.Sum256(body)
		require.Contains(t, string(readme), "`"+hex.EncodeToString(sum[:])+"`", name)
	}
}

// TestTheTokenEnteredIsSentAndTheAnswerShown drives the page in a browser, without a
// network but loopback. GRAPHIQL_SCREENSHOT names a file to keep a picture of it in.
func TestTheTokenEnteredIsSentAndTheAnswerShown(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	server := serve(t)
	b.call("Page.navigate", map[string]any{"url": server.URL + "/graphiql"}, nil)
	b.until(`document.querySelector('.graphiql-execute-button') !== null`)
	require.Contains(t, b.eval(`document.getElementById('state').textContent`), "未设置令牌")

	b.eval(`document.getElementById('token').value = 'Bearer abc123'; document.querySelector('#sign-in button').click()`)
	require.Contains(t, b.eval(`document.getElementById('state').textContent`), "已设置令牌")
	require.Equal(t, "abc123", b.eval(`sessionStorage.getItem('tiaochu:token')`))
	require.Equal(t, "0", b.eval(`localStorage.length`), "nothing outlives the tab")
	b.until(`document.querySelector('.graphiql-query-editor .CodeMirror') !== null`)
	b.eval(`document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue('# 我是谁\n{ whoAmI }')`)
	b.eval(`document.querySelector('.graphiql-execute-button').click()`)
	b.until(`(document.querySelector('.result-window')?.innerText ?? '').includes('持令牌者 abc123')`)
	b.eval(`document.querySelector('button[aria-label="Show Documentation Explorer"]').click()`)
	b.until(`document.body.innerText.includes('Root Types')`)
	if file := os.Getenv("GRAPHIQL_SCREENSHOT"); file != "" {
		b.screenshot(file)
	}
	require.Equal(t, "0", b.eval(`document.querySelectorAll(".graphiql-tab").length`), "a new token opens no second tab; a single one is not drawn")
	b.call("Page.reload", nil, nil)
	b.until(`document.getElementById('token')?.value === 'abc123'`)

	origin, err := url.Parse(server.URL)
	require.NoError(t, err)
	for _, event := range b.events {
		switch event.Method {
		case "Network.requestWillBeSent":
			var sent struct{ Request struct{ URL string } }
			require.NoError(t, json.Unmarshal(event.Params, &sent))
			u, err := url.Parse(sent.Request.URL)
			require.NoError(t, err)
			require.True(t, u.Host == origin.Host || u.Scheme == "data" || u.Scheme == "about", "asked for "+sent.Request.URL)
		case "Log.entryAdded", "Runtime.exceptionThrown":
			text := string(event.Params)
			require.NotContains(t, text, "Content Security Policy")
			require.NotEqual(t, "Runtime.exceptionThrown", event.Method, text)
		}
	}
}
