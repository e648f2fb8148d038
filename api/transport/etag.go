package transport

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Versions lets queries by GET be answered with 304, without being executed, where nothing has
// changed that they would read. A handler without Of sends no ETag.
type Versions struct {
	// Of names the version of all that the signed-in person of ctx would read from now on, and
	// says whether it is as it was at a known version ("" for none; else a text that this or
	// another process of the same build gave out, or any other). Two answers to one request of
	// one person must be equal where the version is the same. "" names nothing: the answer then
	// has no ETag. It is asked before anything is read.
	Of func(ctx context.Context, known string) (version string, unchanged bool, err error)
	// Keep says, of the context of an answer, whether it may be answered for by its version; nil
	// always does.
	Keep func(ctx context.Context) bool
	// Build tells one program from another: their answers may differ over the same record.
	Build string
	// Volatile are fields ("Type.field") whose values change by themselves, as with the clock: an
	// answer with one of them has no ETag.
	Volatile []string
}

// maxETag bounds a version in an ETag, in bytes.
const maxETag = 600

// etag is what a query by GET is known by: digests of all that the request says and of the
// answer, and the version of what it reads.
type etag struct{ request, answer, version string }

func (e etag) String() string { return `W/"` + e.request + "." + e.answer + "." + e.version + `"` }

// current finds the ETag that an answer to r would have now, and whether the client has that
// answer. Where it may have moved, the ETag has the digest of the answer that the client has, or
// none. The zero etag is none.
func (h *Handler) current(ctx context.Context, r *http.Request, media string, asked guard.Request, operation *guard.Operation) (now etag, unchanged bool) {
	versions := h.options.Versions
	if versions.Of == nil || r.Method != http.MethodGet || operation.Type != "query" || h.guard.Selects(operation, h.volatile) {
		return etag{}, false
	}
	person := h.options.Live.Session(ctx).Person
	if person == "" {
		return etag{}, false
	}
	now.request = digestOf(person, media, r.Header.Get("Accept-Language"), versions.Build, operation.Query, asked)
	known := knownAnswer(r.Header.Values("If-None-Match"), now.request)
	version, unchanged, err := versions.Of(ctx, known.version)
	if err != nil {
		h.options.Logger.Debug("an answer goes out without an ETag", "error", err)
		return etag{}, false
	}
	if version == "" || len(version) > maxETag {
		return etag{}, false
	}
	now.version, now.answer = version, known.answer
	return now, unchanged
}

// digestOf tells requests apart whose answers may differ over the same record.
func digestOf(person, media, language, build, query string, asked guard.Request) string {
	// Encoding sorts the variables' names, and keeps their numbers as they were sent.
	text, err := json.Marshal([]any{person, media, language, build, query, asked.OperationName, asked.Variables})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}

// knownAnswer is the answer to this request that the client has, or the zero etag.
func knownAnswer(ifNoneMatch []string, request string) etag {
	for _, tag := range strings.Split(strings.Join(ifNoneMatch, ","), `"`) {
		if rest, ok := strings.CutPrefix(tag, request+"."); ok && len(rest) <= maxETag {
			answer, version, _ := strings.Cut(rest, ".")
			return etag{request, answer, version}
		}
	}
	return etag{}
}

// answered is the ETag of an answer that was made, and whether the client has the same one
// already: what it reads may have moved without a difference to it.
func (e etag) answered(body []byte) (now etag, same bool) {
	sum := sha256.Sum256(body)
	now = e
	now.answer = base64.RawURLEncoding.EncodeToString(sum[:15])
	return now, now.answer == e.answer
}

// headers tell caches to ask each time, and nobody else's cache to keep the answer.
func (e etag) headers(header http.Header) {
	header.Set("ETag", e.String())
	header.Set("Cache-Control", "private, no-cache")
}

// keeps reports whether an answer may be kept under its ETag: whole, without an error.
func (h *Handler) keeps(ctx context.Context, answer response) bool {
	return answer.executed && len(answer.errors) == 0 && (h.options.Versions.Keep == nil || h.options.Versions.Keep(ctx))
}
