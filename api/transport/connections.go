package transport

import (
	"context"
	"sync"
)

// connections are the open WebSockets and event streams of a handler.
type connections struct {
	most, mostPerPerson int

	mu       sync.Mutex
	open     map[*connection]struct{}
	people   map[string]int
	draining bool
	gone     sync.WaitGroup
}

// connection is one of them.
type connection struct {
	person string
	// leave ends it with word that the server goes away; it does not wait.
	leave func()
}

func newConnections(most, mostPerPerson int) *connections {
	return &connections{most: most, mostPerPerson: mostPerPerson, open: map[*connection]struct{}{}, people: map[string]int{}}
}

// add takes a connection in unless there are too many, or the handler drains.
func (c *connections) add(leave func()) (*connection, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.draining || len(c.open) >= c.most {
		return nil, false
	}
	one := &connection{leave: leave}
	c.open[one] = struct{}{}
	c.gone.Add(1)
	return one, true
}

// signIn says whose a connection is, unless that person has too many.
func (c *connections) signIn(one *connection, person string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.people[person] >= c.mostPerPerson {
		return false
	}
	c.people[person]++
	one.person = person
	return true
}

func (c *connections) remove(one *connection) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.open, one)
	if one.person != "" {
		if c.people[one.person]--; c.people[one.person] == 0 {
			delete(c.people, one.person)
		}
	}
	c.gone.Done()
}

// drain sends everybody away, takes nobody in any more, and waits for the last to go until
// ctx ends.
func (c *connections) drain(ctx context.Context) error {
	c.mu.Lock()
	c.draining = true
	for one := range c.open {
		one.leave()
	}
	c.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		c.gone.Wait()
		close(gone)
	}()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// full reports whether add would refuse now.
func (c *connections) full() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.draining || len(c.open) >= c.most
}

// count is how many are open.
func (c *connections) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.open)
}
