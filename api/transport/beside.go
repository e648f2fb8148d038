package transport

import (
	"cmp"
	"context"
	"net/http"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Admit signs in a request that is no GraphQL, as ServeHTTP does, and charges its caller with a
// cost. The context ends with the request, or by release. The error is for Refuse.
func (h *Handler) Admit(r *http.Request, cost int) (asked context.Context, release func(), err error) {
	if h.crossSite(r) {
		return nil, nil, guard.NewError(CodeForbidden, "a page of another site may not ask without a preflight")
	}
	asked, release, err = h.signIn(r)
	if err != nil {
		return nil, nil, err
	}
	if spent := h.charge(h.allowance(asked, r), cost); spent != nil {
		release()
		return nil, nil, *spent
	}
	return asked, release, nil
}

// Refuse answers a request that is no GraphQL in the shape in which GraphQL's are refused. A
// status of 0 is that of the error's code.
func (h *Handler) Refuse(w http.ResponseWriter, status int, err error) {
	e := h.shown(err, nil)
	h.write(w, mediaJSON, cmp.Or(status, outerStatus(e.Code())), response{errors: []guard.Error{e}})
}

// Shared lets pages of the allowed origins use a handler that is no GraphQL, and answers their
// preflights.
func (h *Handler) Shared(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		h.share(w, r)
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
