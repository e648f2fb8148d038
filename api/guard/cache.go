package guard

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// bytesPerToken is what a token's part of a parsed document takes in memory, measured
// generously.
const bytesPerToken = 400

// entry is a document that passed every rule that depends on its text alone.
type entry struct {
	document *document
	bytes    int
}

// cache keeps valid documents, the least recently used going first, bounded by their
// number and their estimated bytes.
type cache struct {
	mu       sync.Mutex
	entries  *simplelru.LRU[string, entry]
	bytes    int
	maxBytes int
}

func newCache(documents, maxBytes int) (*cache, error) {
	c := &cache{maxBytes: maxBytes}
	entries, err := simplelru.NewLRU(documents, func(_ string, e entry) { c.bytes -= e.bytes })
	c.entries = entries
	return c, err
}

func (c *cache) get(query string) (*document, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries.Get(query)
	return e.document, ok
}

func (c *cache) put(query string, d *document, tokens int) {
	e := entry{document: d, bytes: 2*len(query) + tokens*bytesPerToken}
	if e.bytes > c.maxBytes/8 {
		return // one document must not empty the cache
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries.Contains(query) {
		return
	}
	c.bytes += e.bytes
	c.entries.Add(query, e)
	for c.bytes > c.maxBytes {
		c.entries.RemoveOldest()
	}
}

// size gives the number of documents kept and their estimated bytes.
func (c *cache) size() (documents, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries.Len(), c.bytes
}
