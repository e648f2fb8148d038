// Package graphqlhttp checks the HTTP transport against the audits of npm graphql-http.
package graphqlhttp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/tests/node"
)

// audits is how many the suite holds; fewer would mean that some were not run.
const audits = 61

func TestTheTransportPassesEveryAuditOfGraphQLHTTP(t *testing.T) {
	t.Parallel()
	node.Install(t)
	server := httptest.NewServer(handler(t))
	defer server.Close()

	var failed []string
	ran := 0
	out := node.Run(t, "node", "audit.mjs", server.URL+"/graphql")
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); ran++ {
		var audit struct{ ID, Name, Status, Reason string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &audit), lines.Text())
		if audit.Status != "ok" {
			failed = append(failed, audit.ID+" "+audit.Name+": "+audit.Status+" "+audit.Reason)
		}
	}
	require.Empty(t, failed, strings.Join(failed, "\n"))
	require.Equal(t, audits, ran, "every audit must have run")
	t.Logf("%d of %d audits passed", ran-len(failed), audits)
}

func TestTheLockFileNamesDigestsAndNoRegistry(t *testing.T) {
	t.Parallel()
	node.RequireDigests(t)
}

func handler(t *testing.T) *transport.Handler {
	t.Helper()
	schema, err := graphql.NewSchema(graphql.SchemaConfig{
		Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
			"hello": {Type: graphql.String, Resolve: func(graphql.ResolveParams) (any, error) { return "你好", nil }},
		}}),
		Mutation: graphql.NewObject(graphql.ObjectConfig{Name: "Mutation", Fields: graphql.Fields{
			"greet": {Type: graphql.String},
		}}),
	})
	require.NoError(t, err)
	h, err := transport.New(transport.Options{Schema: schema})
	require.NoError(t, err)
	return h
}
