package transport

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// sentHeaders are those that a page of an allowed origin may set, shownHeaders those it may read.
const (
	sentHeaders  = "Authorization, Content-Type, Content-Encoding, Accept-Language, If-None-Match, X-Request-Id, Idempotency-Key, Content-Digest, Range, If-Range, GraphQL-Require-Preflight, Apollo-Require-Preflight"
	shownHeaders = "ETag, Retry-After, X-Request-Id, Accept-Ranges, Content-Disposition, Content-Range"
)

// share lets pages of the allowed origins read the answer, and answers their preflights. Nothing
// is said of credentials: browsers keep none for this API, and pages send a token in a header.
func (h *Handler) share(w http.ResponseWriter, r *http.Request) {
	if !h.allowsOrigin(r) {
		return
	}
	header := w.Header()
	header.Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	header.Set("Access-Control-Expose-Headers", shownHeaders)
	if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
		header.Set("Access-Control-Allow-Methods", "GET, POST")
		header.Set("Access-Control-Allow-Headers", sentHeaders)
		header.Set("Access-Control-Max-Age", "600")
	}
}

// allowsOrigin reports whether r names an origin that the operator allows.
func (h *Handler) allowsOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	return origin != "" && slices.ContainsFunc(h.options.Origins, func(allowed string) bool { return strings.EqualFold(allowed, origin) })
}

// sameOrigin reports whether r names no origin, as programs do, or the one that it is sent to.
func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

// crossSite reports whether a page of another site had a browser send r without asking
// first. POST takes application/json alone, which browsers send across sites only after a
// preflight, and that is granted to allowed origins alone. A GET needs no preflight: one that a
// browser marks as coming from elsewhere is refused unless it carries a header that does.
func (h *Handler) crossSite(r *http.Request) bool {
	if r.Method != http.MethodGet || h.allowsOrigin(r) {
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
	return !sameOrigin(r)
}
