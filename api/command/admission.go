package command

import "sync"

// admission bounds how many commands are inside per case.
type admission struct {
	limit int
	mu    *sync.Mutex
	in    map[string]int
}

func newAdmission(limit int) admission {
	return admission{limit: limit, mu: &sync.Mutex{}, in: map[string]int{}}
}

// enter takes a place on a case, or says that all are taken.
func (a admission) enter(caseID string) (release func(), ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.in[caseID] >= a.limit {
		return nil, false
	}
	a.in[caseID]++
	return a.release(caseID), true
}

// stay keeps the place of a command that is inside and about to leave, for what it sent.
func (a admission) stay(caseID string) (release func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.in[caseID]++
	return a.release(caseID)
}

func (a admission) release(caseID string) func() {
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.in[caseID]--; a.in[caseID] == 0 {
			delete(a.in, caseID)
		}
	}
}
