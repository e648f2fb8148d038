package store

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Bounds of the decoded cases that are kept in memory.
const (
	keptCases = 20_000
	keptBytes = 64 << 20
	// bytesPerStored is what a byte of a stored state takes when it is decoded, measured generously.
	bytesPerStored = 4
)

// stateCache keeps decoded cases by id, as they were at a hash of their chain: lists are asked
// for again and again, and to read and decode states is most of their work. It knows nothing of
// who may see a case; that is asked of the database each time. What it gives is shared by
// requests and only read.
type stateCache struct {
	mu      sync.Mutex
	entries *simplelru.LRU[string, keptCase]
	bytes   int
}

type keptCase struct {
	row   CaseRow
	bytes int
}

func newStateCache() (*stateCache, error) {
	c := &stateCache{}
	entries, err := simplelru.NewLRU(keptCases, func(_ string, kept keptCase) { c.bytes -= kept.bytes })
	c.entries = entries
	return c, err
}

// at returns a case as of the hash of its newest event.
func (c *stateCache) at(id, chainHash string) (CaseRow, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, ok := c.entries.Get(id)
	return kept.row, ok && kept.row.ChainHash == chainHash
}

// keep keeps a case whose state takes that many bytes where it is stored.
func (c *stateCache) keep(row CaseRow, stored int) {
	row.Cursor, row.EndHeld = Cursor{}, false
	kept := keptCase{row, stored * bytesPerStored}
	if kept.bytes > keptBytes/8 {
		return // one case must not empty the cache
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries.Remove(row.ID) // its bytes go with it
	c.bytes += kept.bytes
	c.entries.Add(row.ID, kept)
	for c.bytes > keptBytes {
		c.entries.RemoveOldest()
	}
}

// size is the number of cases kept and their estimated bytes.
func (c *stateCache) size() (cases, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries.Len(), c.bytes
}
