// Package loader batches the reads of one GraphQL request without timers: the executor
// resolves a whole level before it forces the first thunk of that level, so whatever is
// queued by then belongs together.
package loader

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrNotFound is the error of a key that a batch said nothing about.
var ErrNotFound = errors.New("not found")

// Result is what a batch knows of one key.
type Result[V any] struct {
	Value V
	Err   error
}

// BatchFunc reads many keys in one go; keys are distinct, in the order they were asked for.
// A key without a result is ErrNotFound; an error stands for every key of the batch.
type BatchFunc[K comparable, V any] func(ctx context.Context, keys []K) (map[K]Result[V], error)

// Loader batches and remembers the reads of one request. Make one per request: what it
// remembers was read for one viewer. It is safe for concurrent use.
type Loader[K comparable, V any] struct {
	batch BatchFunc[K, V]
	most  int

	mu     sync.Mutex
	known  map[K]*pending[V]
	queued []K
}

// pending is a key that was asked for. done is closed once result is there.
type pending[V any] struct {
	result Result[V]
	done   chan struct{}
}

// New makes a loader whose batches hold at most maxBatch keys; 0 means no limit.
func New[K comparable, V any](batch BatchFunc[K, V], maxBatch int) *Loader[K, V] {
	return &Loader[K, V]{batch: batch, most: maxBatch, known: map[K]*pending[V]{}}
}

// Load queues key and gives the thunk that a resolver returns. The first thunk forced reads
// everything queued so far, by that thunk's context. A thunk gives (V, error), an untyped
// nil with the error; it does not wait longer than its context.
func (l *Loader[K, V]) Load(ctx context.Context, key K) func() (any, error) {
	p := l.enqueue(key)
	return func() (any, error) {
		value, err := l.wait(ctx, p)
		if err != nil {
			return nil, err
		}
		return value, nil
	}
}

// LoadMany is Load for several keys. Its thunk gives the values as []any in the order of
// keys, with nil for each key that has an error of its own; the whole fails only where a
// batch did.
func (l *Loader[K, V]) LoadMany(ctx context.Context, keys []K) func() (any, error) {
	waiting := make([]*pending[V], len(keys))
	for i, key := range keys {
		waiting[i] = l.enqueue(key)
	}
	return func() (any, error) {
		values := make([]any, len(waiting))
		for i, p := range waiting {
			value, err := l.wait(ctx, p)
			if failed := (*BatchError)(nil); errors.As(err, &failed) || ctx.Err() != nil {
				return nil, err
			}
			if err == nil {
				values[i] = value
			}
		}
		return values, nil
	}
}

// Prime remembers a value that was read by other means, unless the key is known already.
func (l *Loader[K, V]) Prime(key K, value V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.known[key]; known {
		return
	}
	p := &pending[V]{result: Result[V]{Value: value}, done: make(chan struct{})}
	close(p.done)
	l.known[key] = p
}

// Forget drops what is known of key, so that the next Load reads it anew: after a mutation.
// Thunks handed out before keep their value.
func (l *Loader[K, V]) Forget(key K) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p, known := l.known[key]; known && p.finished() {
		delete(l.known, key)
	}
}

// BatchError is the error of every key in a batch that failed as a whole.
type BatchError struct{ Err error }

// Error says that the batch failed, and why.
func (e *BatchError) Error() string { return "load batch: " + e.Err.Error() }

// Unwrap gives the reason.
func (e *BatchError) Unwrap() error { return e.Err }

func (p *pending[V]) finished() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

func (l *Loader[K, V]) enqueue(key K) *pending[V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p, known := l.known[key]; known {
		return p
	}
	p := &pending[V]{done: make(chan struct{})}
	l.known[key] = p
	l.queued = append(l.queued, key)
	return p
}

func (l *Loader[K, V]) wait(ctx context.Context, p *pending[V]) (V, error) {
	if !p.finished() {
		l.flush(ctx)
	}
	select {
	case <-p.done:
		return p.result.Value, p.result.Err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

// flush reads what is queued. Keys that another flush has taken are left to it.
func (l *Loader[K, V]) flush(ctx context.Context) {
	l.mu.Lock()
	keys := l.queued
	l.queued = nil
	waiting := make([]*pending[V], len(keys))
	for i, key := range keys {
		waiting[i] = l.known[key]
	}
	l.mu.Unlock()
	for len(keys) > 0 {
		n := len(keys)
		if l.most > 0 {
			n = min(n, l.most)
		}
		l.read(ctx, keys[:n], waiting[:n])
		keys, waiting = keys[n:], waiting[n:]
	}
}

func (l *Loader[K, V]) read(ctx context.Context, keys []K, waiting []*pending[V]) {
	results, err := l.call(ctx, keys)
	for i, p := range waiting {
		switch result, found := results[keys[i]]; {
		case err != nil:
			p.result.Err = &BatchError{Err: err}
		case !found:
			p.result.Err = ErrNotFound
		default:
			p.result = result
		}
		close(p.done)
	}
}

// call runs the batch and makes a panic in it an error: a thunk that waits for a batch that
// panicked in another one would wait for ever.
func (l *Loader[K, V]) call(ctx context.Context, keys []K) (results map[K]Result[V], err error) {
	defer func() {
		if v := recover(); v != nil {
			results, err = nil, fmt.Errorf("panic: %v", v)
		}
	}()
	return l.batch(ctx, keys)
}
