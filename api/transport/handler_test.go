package transport_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
)

func TestTheAnswerHasTheMediaTypeThatIsAskedFor(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	const response, plain = "application/graphql-response+json; charset=utf-8", "application/json; charset=utf-8"
	for accept, want := range map[string]string{
		"":                                  plain,
		"*/*":                               plain,
		"application/*;q=0.3, text/html":    plain,
		"application/json":                  plain,
		"application/graphql-response+json": response,
		"application/json, application/graphql-response+json":                      response,
		"application/graphql-response+json;q=0.5, application/json":                plain,
		"application/graphql-response+json; charset=utf-8, application/json;q=0.9": response,
		"text/html,application/xhtml+xml,*/*;q=0.8":                                plain,
		"text/html":                                           "",
		"application/graphql-response+json;q=0":               "",
		"application/json; charset=iso-8859-1":                "",
		"nonsense;;;=, application/graphql-response+json;q=1": response,
	} {
		res, body := f.ask(t, post(query("{ hello }"), "Accept", accept))
		if want == "" {
			require.Equal(t, http.StatusNotAcceptable, res.StatusCode, accept)
			continue
		}
		require.Equal(t, http.StatusOK, res.StatusCode, accept)
		require.Equal(t, want, res.Header.Get("Content-Type"), accept)
		require.JSONEq(t, `{"data":{"hello":"你好 <b>"}}`, body)
		require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
	}
}

func TestWhatIsNoGraphQLRequestIsRefusedWithItsStatus(t *testing.T) {
	t.Parallel()
	f := newHandler(t, func(o *transport.Options) { o.MaxBody = 1000 })
	method := func(m string) *http.Request { r := post(query("{ hello }")); r.Method = m; return r }
	for _, c := range []struct {
		name    string
		request *http.Request
		status  int
		message string
	}{
		{"a form", post("query=%7Bhello%7D", "Content-Type", "application/x-www-form-urlencoded"), 415, "application/json"},
		{"text", post(query("{ hello }"), "Content-Type", "text/plain"), 415, "application/json"},
		{"no content type", post(query("{ hello }"), "Content-Type", ""), 415, "application/json"},
		{"another charset", post(query("{ hello }"), "Content-Type", "application/json; charset=gbk"), 415, "utf-8"},
		{"an unknown compression", post(query("{ hello }"), "Content-Encoding", "br"), 415, "gzip"},
		{"PUT", method(http.MethodPut), 405, "POST"},
		{"HEAD", method(http.MethodHead), 405, "POST"},
		{"no body", post(""), 400, "empty"},
		{"broken JSON", post(`{"query": `), 400, "not JSON"},
		{"two bodies", post(query("{ hello }") + "{}"), 400, "follows"},
		{"no UTF-8", post("{\"query\": \"\xff\"}"), 400, "UTF-8"},
		{"a batch", post("[" + query("{ hello }") + "]"), 400, "one by one"},
		{"a string", post(`"{ hello }"`), 400, "object"},
		{"no query", post(`{"operationName": "A"}`), 400, "query is missing"},
		{"a null query", post(`{"query": null}`), 400, "query is missing"},
		{"an empty query", post(`{"query": ""}`), 400, "query is empty"},
		{"a number for a query", post(`{"query": 5}`), 400, "query must be a string"},
		{"a list of variables", post(`{"query": "{ hello }", "variables": []}`), 400, "variables must be an object"},
		{"a number for a name", post(`{"query": "{ hello }", "operationName": 0}`), 400, "operationName must be a string"},
		{"text for extensions", post(`{"query": "{ hello }", "extensions": "x"}`), 400, "extensions must be an object"},
		{"a large body", post(query("{ hello }" + strings.Repeat(" ", 1000))), 413, "1000 bytes"},
		{"deep JSON", post(`{"query": "{ hello }", "variables": ` + strings.Repeat("[", 500)), 400, "not JSON"},
		{"two queries in a URL", get(url.Values{"query": {"{ hello }", "{ root }"}}), 400, "more than once"},
		{"broken variables in a URL", get(url.Values{"query": {"{ hello }"}, "variables": {"{"}}), 400, "variables is not JSON"},
		{"no query in a URL", get(nil), 400, "query is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			res, body := f.ask(t, c.request)
			require.Equal(t, c.status, res.StatusCode, body)
			require.Contains(t, body, c.message)
			require.Contains(t, body, `"code":"BAD_USER_INPUT"`)
			require.NotContains(t, body, `"data"`)
			if c.status == http.StatusMethodNotAllowed {
				require.Equal(t, "GET, POST", res.Header.Get("Allow"))
			}
		})
	}
}

func TestAGetRunsQueriesAndNothingElse(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	res, body := f.ask(t, get(url.Values{"query": {"query($n: Long) { echo(n: $n) }"}, "variables": {`{"n": 9007199254740993}`}}))
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, "9007199254740993", "to the last digit")

	res, body = f.ask(t, get(url.Values{"query": {"query A { root } mutation B { touch }"}, "operationName": {"A"}}))
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.JSONEq(t, `{"data":{"root":"from the root object"}}`, body)

	for _, accept := range []string{"application/json", "application/graphql-response+json"} {
		res, body = f.ask(t, get(url.Values{"query": {"query A { root } mutation B { touch }"}, "operationName": {"B"}}, "Accept", accept))
		require.Equal(t, http.StatusMethodNotAllowed, res.StatusCode)
		require.Equal(t, "POST", res.Header.Get("Allow"))
		require.NotContains(t, body, "touched")
	}
}

func TestASubscriptionIsRefusedOverPlainHTTP(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	res, body := f.ask(t, post(query("subscription { changed }")))
	require.Equal(t, http.StatusBadRequest, res.StatusCode)
	require.Contains(t, body, "subscription")
	require.Contains(t, body, `"code":"BAD_USER_INPUT"`)
}

func TestARequestErrorIs400Or200ByMediaTypeAndHasNoData(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	for body, code := range map[string]string{
		query("{"):        "GRAPHQL_PARSE_FAILED",
		query("{ nope }"): "GRAPHQL_VALIDATION_FAILED",
		query("{ " + strings.Repeat("a: hello ", 100) + "}"):                     "QUERY_TOO_COMPLEX",
		`{"query": "query($n: Long) { echo(n: $n) }", "variables": {"n": "12"}}`: "BAD_USER_INPUT",
		`{"query": "query A { hello }", "operationName": "B"}`:                   "BAD_USER_INPUT",
	} {
		for accept, status := range map[string]int{"application/json": 200, "application/graphql-response+json": 400} {
			res, answer := f.ask(t, post(body, "Accept", accept))
			require.Equal(t, status, res.StatusCode, body)
			require.Contains(t, answer, `"code":"`+code+`"`)
			require.NotContains(t, answer, `"data"`)
		}
	}
}

func TestAPageOfAnotherSiteCanNotAsk(t *testing.T) {
	t.Parallel()
	f := newHandler(t, nil)
	q := url.Values{"query": {"{ hello }"}}
	for _, c := range []struct {
		name    string
		headers []string
		status  int
	}{
		{"curl", nil, 200},
		{"the address bar", []string{"Sec-Fetch-Site", "none"}, 200},
		{"a page of this origin", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"a page of another site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a page of a sister site", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another site in an old browser", []string{"Origin", "https://evil.example"}, 403},
		{"a sandboxed page", []string{"Origin", "null"}, 403},
		{"this origin in an old browser", []string{"Origin", "http://example.com"}, 200},
		{"another site after a preflight", []string{"Sec-Fetch-Site", "cross-site", "Authorization", "Bearer x"}, 200},
		{"another site after a preflight of its own", []string{"Sec-Fetch-Site", "cross-site", "GraphQL-Require-Preflight", "1"}, 200},
	} {
		res, body := f.ask(t, get(q, c.headers...))
		require.Equal(t, c.status, res.StatusCode, c.name)
		if c.status == 403 {
			require.Contains(t, body, `"code":"FORBIDDEN"`)
		}
	}
	preflight := post("")
	preflight.Method = http.MethodOptions
	res, _ := f.ask(t, preflight)
	require.Equal(t, http.StatusNoContent, res.StatusCode)
	require.Empty(t, res.Header.Get("Access-Control-Allow-Origin"), "a preflight is never granted")
}
