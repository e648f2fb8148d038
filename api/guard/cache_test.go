package guard

import (
	"fmt"
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"
)

func smallGuard(t *testing.T, limits Limits) *Guard {
	t.Helper()
	schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{
		Name: "Query", Fields: graphql.Fields{"a": {Type: graphql.String}},
	})})
	require.NoError(t, err)
	g, err := New(schema, limits)
	require.NoError(t, err)
	return g
}

func TestAValidDocumentIsKeptAndAnInvalidOneIsNot(t *testing.T) {
	t.Parallel()
	g := smallGuard(t, Limits{})
	first, refused := g.check("{ a }")
	require.Empty(t, refused)
	again, refused := g.check("{ a }")
	require.Empty(t, refused)
	require.Same(t, first, again)
	_, refused = g.check("{ b }")
	require.NotEmpty(t, refused)
	documents, _ := g.cache.size()
	require.Equal(t, 1, documents)
}

func TestTheCacheIsBoundedByDocumentsAndByBytes(t *testing.T) {
	t.Parallel()
	byCount := smallGuard(t, Limits{CacheDocuments: 10})
	byBytes := smallGuard(t, Limits{CacheBytes: 100_000})
	for i := range 500 {
		query := fmt.Sprintf("{ a } # %d %s", i, strings.Repeat("x", 2_000))
		for _, g := range []*Guard{byCount, byBytes} {
			_, refused := g.check(query)
			require.Empty(t, refused)
		}
	}
	documents, _ := byCount.cache.size()
	require.Equal(t, 10, documents)
	documents, bytes := byBytes.cache.size()
	require.LessOrEqual(t, bytes, 100_000)
	require.Greater(t, documents, 10)
	_, refused := byBytes.check("{ a } # " + strings.Repeat("x", 40_000))
	require.Empty(t, refused, "a large document is answered")
	after, _ := byBytes.cache.size()
	require.Equal(t, documents, after, "but not kept: it would push out too many others")
}
