package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
)

func TestFilesAreForPagesOfAllowedOriginsWithAllTheHeadersThatTheyTake(t *testing.T) {
	t.Parallel()
	const board, stranger = "https://board.example.cn", "https://elsewhere.example.cn"
	o := openWith(t, func(options *api.Options) { options.Origins = []string{board} })
	id := o.do(clerk, "registerCase", dispute("of-a-page")).Case.ID
	listed := func(header string) []string {
		names := strings.Split(strings.ToLower(header), ",")
		for i := range names {
			names[i] = strings.TrimSpace(names[i])
		}
		return names
	}
	preflight := func(origin, path, method, headers string) reply {
		return o.send("", http.MethodOptions, path, map[string]string{
			"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers,
		}, nil)
	}
	sent := o.upload(clerk, id, "scan", "application/pdf", aPDF(5000)).File.DocumentID
	o.do(clerk, "attachDocument", o.on(id, map[string]any{"documentId": sent, "title": "附件"}))
	for path, of := range map[string]struct{ method, headers string }{
		"/files?caseId=" + id: {http.MethodPost, "authorization,content-type,idempotency-key,content-digest,accept-language"},
		"/files/" + sent:      {http.MethodGet, "authorization,range,if-range"},
	} {
		allowed := preflight(board, path, of.method, of.headers)
		require.Equal(t, http.StatusNoContent, allowed.Status)
		require.Equal(t, board, allowed.Header.Get("Access-Control-Allow-Origin"))
		require.Contains(t, allowed.Header.Get("Access-Control-Allow-Methods"), of.method)
		require.Subset(t, listed(allowed.Header.Get("Access-Control-Allow-Headers")), listed(of.headers))
		require.NotEmpty(t, allowed.Header.Get("Access-Control-Max-Age"))
		require.Contains(t, listed(strings.Join(allowed.Header.Values("Vary"), ",")), "origin")
		require.Empty(t, allowed.Header.Get("Access-Control-Allow-Credentials"), "a token is sent in a header; browsers keep nothing for this API")
		refused := preflight(stranger, path, of.method, of.headers)
		require.Empty(t, refused.Header.Get("Access-Control-Allow-Origin"))
		require.Empty(t, refused.Header.Get("Access-Control-Allow-Headers"))
	}

	got := o.send(clerk, http.MethodGet, "/files/"+sent, map[string]string{"Origin": board, "Sec-Fetch-Site": "cross-site", "Range": "bytes=1000-1999"}, nil)
	require.Equal(t, http.StatusPartialContent, got.Status)
	require.Equal(t, aPDF(5000)[1000:2000], got.Body)
	require.Equal(t, board, got.Header.Get("Access-Control-Allow-Origin"))
	exposed := listed(got.Header.Get("Access-Control-Expose-Headers"))
	for _, name := range []string{"ETag", "Content-Range", "Accept-Ranges", "Content-Disposition"} {
		require.NotEmpty(t, got.Header.Get(name), name)
		require.Contains(t, exposed, strings.ToLower(name))
	}
	uploaded := o.send(clerk, http.MethodPost, "/files?caseId="+id, map[string]string{
		"Origin": board, "Sec-Fetch-Site": "cross-site", "Content-Type": "application/pdf", "Idempotency-Key": "of a page",
	}, bytes.NewReader(aPDF(100)))
	require.Equal(t, http.StatusCreated, uploaded.Status)
	require.Equal(t, board, uploaded.Header.Get("Access-Control-Allow-Origin"))
	// A refusal is read by the page too, and one that has no token is refused.
	nobody := o.send("", http.MethodGet, "/files/"+sent, map[string]string{"Origin": board}, nil)
	require.Equal(t, http.StatusUnauthorized, nobody.Status)
	require.Equal(t, board, nobody.Header.Get("Access-Control-Allow-Origin"))
	// A page of another site can't have a browser ask without a preflight, nor read an answer.
	image := o.send("", http.MethodGet, "/files/"+sent, map[string]string{"Origin": stranger, "Sec-Fetch-Site": "cross-site"}, nil)
	require.Equal(t, http.StatusForbidden, image.Status)
	require.Empty(t, image.Header.Get("Access-Control-Allow-Origin"))
}
