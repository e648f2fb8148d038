package store

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// batcher is a pool, a connection or a transaction.
type batcher interface {
	SendBatch(context.Context, *pgx.Batch) pgx.BatchResults
}

// cache holds the newest snapshot that this process has read of what is read whole and has
// a version.
type cache[T any] struct {
	snapshot atomic.Pointer[T]
}

// at returns the cached snapshot if it has this version, and else reads the newest. A
// caller that holds a connection passes it, so that it doesn't wait for another.
func (c *cache[T]) at(ctx context.Context, db batcher, version int64, versionOf func(*T) int64, read func(context.Context, batcher) (*T, error)) (*T, error) {
	if cached := c.snapshot.Load(); cached != nil && versionOf(cached) == version {
		return cached, nil
	}
	newest, err := read(ctx, db)
	if err != nil {
		return nil, err
	}
	for {
		cached := c.snapshot.Load()
		if cached != nil && versionOf(cached) >= versionOf(newest) {
			return newest, nil
		}
		if c.snapshot.CompareAndSwap(cached, newest) {
			return newest, nil
		}
	}
}
