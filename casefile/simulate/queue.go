package simulate

// What happens at an instant.
type happening uint8

const (
	rings    happening = iota // a case's clock
	ready                     // a task that may be taken on
	finished                  // a task
)

// event is one thing that will happen.
type event struct {
	at     int64 // seconds, as time.Unix
	serial int   // earlier ones of the same second come first
	kind   happening
	life   *life
	task   string
	worker *worker
}

func (e event) before(other event) bool {
	return e.at < other.at || e.at == other.at && e.serial < other.serial
}

// queue is a heap of events, the next one first.
type queue []event

func (q *queue) push(e event) {
	*q = append(*q, e)
	h := *q
	for i := len(h) - 1; i > 0; {
		above := (i - 1) / 2
		if !h[i].before(h[above]) {
			break
		}
		h[i], h[above] = h[above], h[i]
		i = above
	}
}

func (q *queue) pop() event {
	h := *q
	first := h[0]
	last := len(h) - 1
	h[0] = h[last]
	h[last] = event{}
	h = h[:last]
	for i := 0; ; {
		least := i
		for below := 2*i + 1; below <= 2*i+2 && below < len(h); below++ {
			if h[below].before(h[least]) {
				least = below
			}
		}
		if least == i {
			break
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
	*q = h
	return first
}
