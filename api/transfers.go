package api

import "sync"

// transfers bounds the uploads and downloads of files that are under way in one process.
type transfers struct {
	most, each int

	mu       sync.Mutex
	all      int
	ofPerson map[string]int
}

func newTransfers(most, each int) *transfers {
	return &transfers{most: most, each: each, ofPerson: map[string]int{}}
}

// enter lets one more begin; leave must be called at its end where it did. Where it did not,
// theirs says that the person has too many themselves.
func (t *transfers) enter(personID string) (leave func(), entered, theirs bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.ofPerson[personID] >= t.each:
		return nil, false, true
	case t.all >= t.most:
		return nil, false, false
	}
	t.all++
	t.ofPerson[personID]++
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.all--
		if t.ofPerson[personID]--; t.ofPerson[personID] == 0 {
			delete(t.ofPerson, personID)
		}
	}, true, false
}
