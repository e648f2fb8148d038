package loader_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/loader"
)

var errRefused = errors.New("refused")

// counting is a batch that squares, and remembers what it was asked.
type counting struct {
	mu      sync.Mutex
	batches [][]int
}

func (c *counting) read(_ context.Context, keys []int) (map[int]loader.Result[int], error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batches = append(c.batches, keys)
	results := map[int]loader.Result[int]{}
	for _, key := range keys {
		switch {
		case key == 666:
			return nil, errRefused
		case key == 777:
			panic("batch")
		case key == 13:
			results[key] = loader.Result[int]{Err: errRefused}
		case key >= 0:
			results[key] = loader.Result[int]{Value: key * key}
		}
	}
	return results, nil
}

func TestEverythingQueuedIsReadOnceByTheFirstThunk(t *testing.T) {
	t.Parallel()
	var c counting
	l := loader.New(c.read, 0)
	ctx := t.Context()
	first, second, again, refused, missing := l.Load(ctx, 3), l.Load(ctx, 4), l.Load(ctx, 3), l.Load(ctx, 13), l.Load(ctx, -1)
	for want, thunk := range map[int]func() (any, error){9: first, 16: second} {
		got, err := thunk()
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	got, err := again()
	require.NoError(t, err)
	require.Equal(t, 9, got)
	got, err = refused()
	require.ErrorIs(t, err, errRefused)
	require.Nil(t, got)
	_, err = missing()
	require.ErrorIs(t, err, loader.ErrNotFound)
	require.Equal(t, [][]int{{3, 4, 13, -1}}, c.batches)
}

func TestABatchIsCutToItsSize(t *testing.T) {
	t.Parallel()
	var c counting
	l := loader.New(c.read, 2)
	got, err := l.LoadMany(t.Context(), []int{1, 2, 3, 13, 5})()
	require.NoError(t, err)
	require.Equal(t, []any{1, 4, 9, nil, 25}, got)
	require.Equal(t, [][]int{{1, 2}, {3, 13}, {5}}, c.batches)
}

func TestAFailedBatchFailsEachOfItsKeysAndNoOther(t *testing.T) {
	t.Parallel()
	var c counting
	l := loader.New(c.read, 0)
	for _, bad := range []int{666, 777} {
		one, other := l.Load(t.Context(), bad), l.Load(t.Context(), bad+1)
		_, err := one()
		var failed *loader.BatchError
		require.ErrorAs(t, err, &failed)
		_, err = other()
		require.ErrorAs(t, err, &failed)
	}
	_, err := l.LoadMany(t.Context(), []int{1, 666})()
	require.ErrorIs(t, err, errRefused)
	got, err := l.Load(t.Context(), 5)()
	require.NoError(t, err)
	require.Equal(t, 25, got)
}

func TestAValueCanBePrimedAndForgotten(t *testing.T) {
	t.Parallel()
	var c counting
	l := loader.New(c.read, 0)
	l.Prime(3, 33)
	got, err := l.Load(t.Context(), 3)()
	require.NoError(t, err)
	require.Equal(t, 33, got)
	require.Empty(t, c.batches)
	l.Forget(3)
	got, err = l.Load(t.Context(), 3)()
	require.NoError(t, err)
	require.Equal(t, 9, got)
}

func TestAThunkWaitsNoLongerThanItsContext(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}), make(chan struct{})
	l := loader.New(func(_ context.Context, keys []int) (map[int]loader.Result[int], error) {
		close(entered)
		<-release
		return map[int]loader.Result[int]{keys[0]: {Value: 1}}, nil
	}, 0)
	done := make(chan error)
	go func() { _, err := l.Load(context.Background(), 1)(); done <- err }()
	<-entered
	ctx, cancel := context.WithCancel(t.Context())
	thunk := l.Load(ctx, 1)
	cancel()
	_, err := thunk()
	require.ErrorIs(t, err, context.Canceled)
	close(release)
	require.NoError(t, <-done)
}

func TestManyThunksAtOnceAgree(t *testing.T) {
	t.Parallel()
	var c counting
	l := loader.New(c.read, 7)
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			if got, err := l.Load(t.Context(), i%50+1000)(); err != nil || got != (i%50+1000)*(i%50+1000) {
				t.Errorf("%d: %v %v", i, got, err)
			}
		})
	}
	wg.Wait()
	seen := map[int]bool{}
	for _, batch := range c.batches {
		require.LessOrEqual(t, len(batch), 7)
		for _, key := range batch {
			require.False(t, seen[key], "no key is read twice")
			seen[key] = true
		}
	}
	require.Len(t, seen, 50)
}

// TestTheExecutorMakesOneBatchPerLevel runs a tree through graphql-go: whatever the number
// of nodes, each level is one batch.
func TestTheExecutorMakesOneBatchPerLevel(t *testing.T) {
	t.Parallel()
	var batches [][]string
	read := func(_ context.Context, keys []string) (map[string]loader.Result[[]string], error) {
		batches = append(batches, keys)
		results := map[string]loader.Result[[]string]{}
		for _, key := range keys {
			for i := range 3 {
				children := results[key].Value
				results[key] = loader.Result[[]string]{Value: append(children, fmt.Sprintf("%s.%d", key, i))}
			}
		}
		return results, nil
	}
	type contextKey struct{}
	var node *graphql.Object
	node = graphql.NewObject(graphql.ObjectConfig{Name: "Node", Fields: graphql.FieldsThunk(func() graphql.Fields {
		return graphql.Fields{
			"id": {Type: graphql.String, Resolve: func(p graphql.ResolveParams) (any, error) { return p.Source, nil }},
			"children": {Type: graphql.NewList(node), Resolve: func(p graphql.ResolveParams) (any, error) {
				return p.Context.Value(contextKey{}).(*loader.Loader[string, []string]).Load(p.Context, p.Source.(string)), nil
			}},
		}
	})})
	schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{
		Name: "Query", Fields: graphql.Fields{"root": {Type: node, Resolve: func(graphql.ResolveParams) (any, error) { return "r", nil }}},
	})})
	require.NoError(t, err)
	ctx := context.WithValue(t.Context(), contextKey{}, loader.New(read, 0))
	result := graphql.Do(graphql.Params{Schema: schema, Context: ctx, RequestString: `{ root { children { id children { id children { id } } } } }`})
	require.Empty(t, result.Errors)
	require.Len(t, batches, 3)
	require.Len(t, batches[0], 1)
	require.Len(t, batches[1], 3)
	require.Len(t, batches[2], 9)
}
