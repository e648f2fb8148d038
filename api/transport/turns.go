package transport

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/api/guard"
)

// longestTurn is how long a query may keep its turn. A page of 50 cases takes a few milliseconds;
// whatever takes longer waits for the database and needs no processor meanwhile.
const longestTurn = 50 * time.Millisecond

// turns has queries answered in the order in which they came, a few at once. Where more than the
// processors can answer run side by side, each takes as long as all of them and some wait twice as
// long as others: with 16 readers on two processors, p95 was 2.1 times p50, and 1.5 times by turns
// (docs/measurements.md, pages of cases).
type turns chan struct{}

// newTurns gives a turn to each processor, and one more for the time that others wait for the
// database.
func newTurns() turns { return make(turns, runtime.GOMAXPROCS(0)+1) }

// take waits for a turn, or for ctx to end: what is executed then ends at once by itself. The turn
// ends with leave, which may be called again, or after longestTurn.
func (t turns) take(ctx context.Context) (leave func()) {
	select {
	case t <- struct{}{}: // whoever waits longest comes first
	case <-ctx.Done():
		return func() {}
	}
	end := sync.OnceFunc(func() { <-t })
	overdue := time.AfterFunc(longestTurn, end)
	return func() {
		overdue.Stop()
		end()
	}
}

// turn waits for the operation's turn, if it is a query. A mutation waits for its case, not for a
// processor.
func (h *Handler) turn(ctx context.Context, operation *guard.Operation) (leave func()) {
	if operation.Type != "query" {
		return func() {}
	}
	return h.turns.take(ctx)
}
