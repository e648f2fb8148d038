// Package graphiql serves GraphiQL, the page to try the GraphQL API on, from files in the
// binary: it works without a network, under a strict content security policy.
package graphiql

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"strings"
)

// Path is where the handler must be mounted, with and without a trailing slash.
const Path = "/graphiql"

//go:embed assets/*.gz page.css page.js page.html
var files embed.FS

// policy lets the page run its own scripts and talk to its own origin, and nothing else.
// Styles may stand in the document: the editor sets widths and positions so.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; img-src 'self' data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

type asset struct {
	contentType string
	plain, gzip []byte
	etag        string
}

// New makes the handler of the page and its files. endpoint is the path of the GraphQL API
// on the same origin, such as "/graphql".
func New(endpoint string) (http.Handler, error) {
	assets := map[string]asset{}
	for _, name := range []string{"graphiql.min.js", "graphiql.min.css", "react.production.min.js", "react-dom.production.min.js"} {
		compressed, err := files.ReadFile("assets/" + name + ".gz")
		if err != nil {
			return nil, fmt.Errorf("graphiql: %w", err)
		}
		plain, err := expand(compressed)
		if err != nil {
			return nil, fmt.Errorf("graphiql: expand %s: %w", name, err)
		}
		assets[name] = newAsset(name, plain, compressed)
	}
	for _, name := range []string{"page.css", "page.js"} {
		plain, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("graphiql: %w", err)
		}
		assets[name] = newAsset(name, plain, nil)
	}
	page, err := template.ParseFS(files, "page.html")
	if err != nil {
		return nil, fmt.Errorf("graphiql: %w", err)
	}
	var document bytes.Buffer
	if err := page.Execute(&document, endpoint); err != nil {
		return nil, fmt.Errorf("graphiql: %w", err)
	}
	assets[""] = newAsset("page.html", document.Bytes(), nil)
	return serve(assets), nil
}

func newAsset(name string, plain, compressed []byte) asset {
	sum := sha256.Sum256(plain)
	contentType := map[string]string{
		".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8",
	}[path.Ext(name)]
	return asset{contentType: contentType, plain: plain, gzip: compressed, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
}

func expand(compressed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func serve(assets map[string]asset) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		a, ok := assets[strings.Trim(strings.TrimPrefix(r.URL.Path, Path), "/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "use GET", http.StatusMethodNotAllowed)
			return
		}
		header.Set("Content-Security-Policy", policy)
		header.Set("Content-Type", a.contentType)
		header.Set("Cache-Control", "no-cache") // ask again, by ETag
		header.Set("ETag", a.etag)
		header.Add("Vary", "Accept-Encoding")
		if r.Header.Get("If-None-Match") == a.etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		body := a.plain
		if a.gzip != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			header.Set("Content-Encoding", "gzip")
			body = a.gzip
		}
		header.Set("Content-Length", fmt.Sprint(len(body)))
		if r.Method != http.MethodHead {
			_, _ = w.Write(body) // the browser may be gone
		}
	})
}
