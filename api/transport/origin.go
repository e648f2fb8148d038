package transport

import (
	"net/http"
	"net/url"
)

// crossSite reports whether a page of another site had a browser send r without asking
// first. POST takes application/json alone, which browsers send across sites only after a
// preflight, and that is never granted here. A GET needs no preflight: one that a browser
// marks as coming from elsewhere is refused unless it carries a header that does.
func crossSite(r *http.Request) bool {
	if r.Method != http.MethodGet {
		return false
	}
	for _, header := range []string{"Authorization", "GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "cross-site", "same-site":
		return true
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false // no browser, or a page of this origin
	}
	u, err := url.Parse(origin)
	return err != nil || u.Host != r.Host
}
