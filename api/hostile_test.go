package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/schema"
)

// sent is a raw request to a real server, and what must come back.
type sent struct {
	name, body, contentType, token string
	status                         int
	code, says                     string
}

// sendRaw sends a body as it is and returns status, answer and whether the answer has data.
func (o *office) sendRaw(one sent) (status int, got answer) {
	o.t.Helper()
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.server.URL+"/graphql", strings.NewReader(one.body))
	require.NoError(o.t, err)
	request.Header.Set("Accept", "application/graphql-response+json")
	request.Header.Set("Content-Type", one.contentType)
	if one.token != "" {
		request.Header.Set("Authorization", "Bearer "+one.token)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(o.t, err, one.name)
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	require.NoError(o.t, err, one.name)
	require.NoError(o.t, json.Unmarshal(raw, &got), "%s: %s", one.name, raw)
	return response.StatusCode, got
}

func posted(query string, variables map[string]any) string {
	raw, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return string(raw)
}

func TestEveryBadRequestIsAnsweredWithACodeAndTheServerGoesOn(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("hostile")).Case
	o.do(clerk, "registerCase", dispute("hostile-2"))
	type page struct {
		Cases struct{ PageInfo struct{ EndCursor string } }
	}
	cursor := data[page](o, clerk, `{ cases(first: 1) { pageInfo { endCursor } } }`, nil).Cases.PageInfo.EndCursor
	altered := []byte(cursor)
	altered[len(altered)/2] ^= 1
	valid := o.token(clerk)
	signed := func(key []byte, claims jwt.RegisteredClaims) string {
		token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(key)
		require.NoError(t, err)
		return token
	}
	inAnHour := jwt.NewNumericDate(o.now.Add(time.Hour))
	unsigned, err := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.RegisteredClaims{
		Subject: clerk, Audience: jwt.ClaimStrings{"tiaochu"}, ExpiresAt: inAnHour,
	}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	expired, err := api.IssueTokenAt(tokenKey, clerk, o.now.Add(-2*time.Hour), time.Hour)
	require.NoError(t, err)
	const (
		plain   = "application/json"
		viewer  = `{ viewer { person { id } } }`
		byNode  = `query($id: ID!) { node(id: $id) { id } }`
		oneList = `query($first: Int, $after: String) { cases(first: $first, after: $after) { edges { cursor } } }`
	)
	id := func(id string) map[string]any { return map[string]any{"id": id} }
	nothing := sent{status: 200}
	for _, one := range []sent{
		{"malformed JSON", `{"query": "{ viewer`, plain, valid, 400, "BAD_USER_INPUT", "JSON"},
		{"a form", "query=%7Bviewer%7D", "application/x-www-form-urlencoded", valid, 415, "BAD_USER_INPUT", "application/json"},
		{"a file", "--x\r\n", "multipart/form-data; boundary=x", valid, 415, "BAD_USER_INPUT", "application/json"},
		{"a body of 10 MB", posted(viewer, map[string]any{"x": strings.Repeat("x", 10<<20)}), plain, valid, 413, "BAD_USER_INPUT", "1048576"},
		{"variables of another type", posted(oneList, map[string]any{"first": "ten"}), plain, valid, 400, "BAD_USER_INPUT", "first"},
		{"variables beyond 32 bits", posted(oneList, map[string]any{"first": 1 << 40}), plain, valid, 400, "BAD_USER_INPUT", "first"},
		{"an unknown variable type", posted(`query($a: Nope) { __typename }`, nil), plain, valid, 400, "GRAPHQL_VALIDATION_FAILED", "Nope"},
		{"no id", posted(byNode, id("1")), plain, valid, 200, "BAD_USER_INPUT", "id"},
		{"an id with quotes", posted(byNode, id("Case:' or 1=1 --")), plain, valid, 200, "BAD_USER_INPUT", "id"},
		{"first: 0", posted(oneList, map[string]any{"first": 0}), plain, valid, 200, "BAD_USER_INPUT", "first"},
		{"first: 101", posted(oneList, map[string]any{"first": 101}), plain, valid, 200, "BAD_USER_INPUT", "100"},
		{"first: -1", posted(oneList, map[string]any{"first": -1}), plain, valid, 200, "BAD_USER_INPUT", "first"},
		{"an altered cursor", posted(oneList, map[string]any{"first": 5, "after": string(altered)}), plain, valid, 200, "BAD_USER_INPUT", "after"},
		{"another list's cursor", posted(`query($after: String) { inbox(first: 5, after: $after) { edges { cursor } } }`, map[string]any{"after": cursor}), plain, valid, 200, "BAD_USER_INPUT", "after"},
		{"another order's cursor", posted(`query($after: String) { cases(first: 5, after: $after, orderBy: DUE_AT_ASC) { edges { cursor } } }`, map[string]any{"after": cursor}), plain, valid, 200, "BAD_USER_INPUT", "after"},
		{"a cursor of one's own", posted(oneList, map[string]any{"first": 5, "after": base64.StdEncoding.EncodeToString([]byte("cases:x"))}), plain, valid, 200, "BAD_USER_INPUT", "after"},
		{"an expired token", posted(viewer, nil), plain, expired, 401, "UNAUTHENTICATED", "expired"},
		{"an unsigned token", posted(viewer, nil), plain, unsigned, 401, "UNAUTHENTICATED", "not valid"},
		{"a foreign key's token", posted(viewer, nil), plain, signed(bytes.Repeat([]byte{9}, 32), jwt.RegisteredClaims{Subject: clerk, Audience: jwt.ClaimStrings{"tiaochu"}, ExpiresAt: inAnHour}), 401, "UNAUTHENTICATED", "not valid"},
		{"another service's token", posted(viewer, nil), plain, signed(tokenKey, jwt.RegisteredClaims{Subject: clerk, Audience: jwt.ClaimStrings{"mail"}, ExpiresAt: inAnHour}), 401, "UNAUTHENTICATED", "not valid"},
		{"a stranger's token", posted(viewer, nil), plain, signed(tokenKey, jwt.RegisteredClaims{Subject: "p-nobody", Audience: jwt.ClaimStrings{"tiaochu"}, ExpiresAt: inAnHour}), 401, "UNAUTHENTICATED", "not known"},
		{"no token", posted(viewer, nil), plain, "", 200, "UNAUTHENTICATED", "sign in"},
		{"a mutation nested in itself", posted("{ viewer { ...A } } fragment A on Viewer { ...A }", nil), plain, valid, 400, "GRAPHQL_VALIDATION_FAILED", "itself"},
	} {
		status, got := o.sendRaw(one)
		require.Equal(t, one.status, status, "%s: %v", one.name, got.Errors)
		require.Equal(t, one.code, got.code(), one.name)
		require.Contains(t, strings.ToLower(got.Errors[0].Message), strings.ToLower(one.says), one.name)
	}
	// What is not there, or is of another type, is null and no error: nobody learns which.
	for name, absent := range map[string]string{
		"an unknown case":  schema.GlobalID("Case", "00000000-0000-4000-8000-000000000000"),
		"a deadline of it": schema.GlobalID("Deadline", "00000000-0000-4000-8000-000000000000"),
		"a case as person": schema.GlobalID("Person", registered.ID),
	} {
		nothing.name, nothing.body, nothing.contentType, nothing.token = name, posted(byNode, id(absent)), plain, valid
		status, got := o.sendRaw(nothing)
		require.Equal(t, http.StatusOK, status, name)
		require.JSONEq(t, `{"node":null}`, string(got.Data), fmt.Sprint(name, got.Errors))
	}
	require.Empty(t, o.ask(clerk, viewer, nil).Errors, "the server goes on")
}
