package store

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Bounds of what is kept in memory of decoded cases and of parts of timelines, each.
const (
	keptRows  = 20_000
	keptBytes = 64 << 20
	// bytesPerStored is what a byte that is stored takes when it is decoded, measured generously.
	bytesPerStored = 4
)

// chainCache keeps what was read of cases as they were at a hash of their chain, which tells all
// that the record had of them: lists are asked for again and again, and to read and decode is
// most of their work. It knows nothing of who may see a case; that is asked of the database each
// time. What it gives is shared by requests and only read.
type chainCache[K comparable, V any] struct {
	mu      sync.Mutex
	entries *simplelru.LRU[K, keptAt[V]]
	bytes   int
}

type keptAt[V any] struct {
	chainHash string
	value     V
	bytes     int
}

func newChainCache[K comparable, V any]() *chainCache[K, V] {
	c := &chainCache[K, V]{}
	entries, err := simplelru.NewLRU(keptRows, func(_ K, kept keptAt[V]) { c.bytes -= kept.bytes })
	if err != nil {
		panic("store: a cache of no size") // the size is above
	}
	c.entries = entries
	return c
}

// at returns what was kept as of the hash of the newest event.
func (c *chainCache[K, V]) at(key K, chainHash string) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, found := c.entries.Get(key)
	if !found || kept.chainHash != chainHash {
		return value, false
	}
	return kept.value, true
}

// newest returns what was kept, and as of which hash.
func (c *chainCache[K, V]) newest(key K) (value V, chainHash string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, found := c.entries.Get(key)
	return kept.value, kept.chainHash, found
}

// keep keeps what takes that many bytes where it is stored.
func (c *chainCache[K, V]) keep(key K, chainHash string, value V, stored int) {
	kept := keptAt[V]{chainHash, value, stored * bytesPerStored}
	if kept.bytes > keptBytes/8 {
		return // one must not empty the cache
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries.Remove(key) // its bytes go with it
	c.bytes += kept.bytes
	c.entries.Add(key, kept)
	for c.bytes > keptBytes {
		c.entries.RemoveOldest()
	}
}

// size is the number of entries kept and their estimated bytes.
func (c *chainCache[K, V]) size() (entries, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries.Len(), c.bytes
}
