package transport

import (
	"runtime"
	"testing"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"
)

func TestASchemaThatNobodyServesAnyMoreIsLetGo(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	func() {
		held := &struct{ behind [1 << 20]byte }{}
		runtime.AddCleanup(held, func(done chan struct{}) { close(done) }, gone)
		resolve := func(graphql.ResolveParams) (any, error) { return int(held.behind[0]), nil }
		schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{
			Name: "Query", Fields: graphql.Fields{"size": {Type: graphql.Int, Resolve: resolve}},
		})})
		require.NoError(t, err)
		wrapResolvers(schema)
		once := schema.QueryType().Fields()["size"].Resolve
		wrapResolvers(schema)
		result, err := once(graphql.ResolveParams{})
		require.NoError(t, err)
		require.Equal(t, 0, result)
	}()
	require.Eventually(t, func() bool {
		runtime.GC()
		select {
		case <-gone:
			return true
		default:
			return false
		}
	}, 20*time.Second, time.Millisecond)
}
