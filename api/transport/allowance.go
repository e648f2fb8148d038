package transport

import (
	"context"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Allowance is what one caller may ask for. Cost is the guard's estimate of how many values an
// operation produces.
type Allowance struct {
	// Caller tells callers apart: a person, or an address where nobody is signed in.
	Caller string
	// Anonymous says that nobody is signed in. Such callers are remembered apart, so that many
	// addresses can't make the handler forget what people have spent.
	Anonymous bool
	// MaxCost bounds one operation; 0 leaves it to Options.Limits.
	MaxCost int
	// PerMinute is the cost that the caller may spend in a minute, Burst of it at once; a
	// PerMinute of 0 is no bound. A Burst below MaxCost counts as MaxCost.
	PerMinute, Burst int
}

const (
	// leastCharge is what any request costs, whatever becomes of it.
	leastCharge = 10
	// refusedSignInCharge is what a bad token costs the address that sent it.
	refusedSignInCharge = 200
)

// rates are the budgets of callers, as far as one process has seen them.
type rates struct {
	people, addresses *buckets
}

func newRates(callers int, now func() time.Time) (*rates, error) {
	people, err := newBuckets(callers, now)
	if err != nil {
		return nil, err
	}
	addresses, err := newBuckets(callers, now)
	return &rates{people, addresses}, err
}

// spend takes a cost from the caller's budget, or says how long to wait for it.
func (r *rates) spend(a Allowance, cost int) (wait time.Duration) {
	if a.PerMinute <= 0 {
		return 0
	}
	if a.Anonymous {
		return r.addresses.spend(a, cost)
	}
	return r.people.spend(a, cost)
}

// buckets hold one token bucket for each caller, the least recently seen going first. Who comes
// back after that begins with a full one.
type buckets struct {
	now func() time.Time

	mu      sync.Mutex
	callers *simplelru.LRU[string, *rate.Limiter]
}

func newBuckets(most int, now func() time.Time) (*buckets, error) {
	callers, err := simplelru.NewLRU[string, *rate.Limiter](most, nil)
	return &buckets{now: now, callers: callers}, err
}

func (b *buckets) spend(a Allowance, cost int) (wait time.Duration) {
	limit, burst := rate.Limit(float64(a.PerMinute)/60), max(a.Burst, a.MaxCost, leastCharge)
	b.mu.Lock()
	defer b.mu.Unlock()
	bucket, known := b.callers.Get(a.Caller)
	now := b.now()
	switch {
	case !known:
		bucket = rate.NewLimiter(limit, burst)
		b.callers.Add(a.Caller, bucket)
	case bucket.Limit() != limit || bucket.Burst() != burst: // roles or settings have changed
		bucket.SetLimitAt(now, limit)
		bucket.SetBurstAt(now, burst)
	}
	reserved := bucket.ReserveN(now, min(cost, burst))
	if wait = reserved.DelayFrom(now); wait > 0 {
		reserved.CancelAt(now)
	}
	return wait
}

// allowance is what the caller of r may ask for; ctx is that of Authenticate.
func (h *Handler) allowance(ctx context.Context, r *http.Request) Allowance {
	if h.options.Allowance == nil {
		return Allowance{}
	}
	return h.options.Allowance(ctx, r)
}

// charge takes a cost from the caller's budget; the error says that it is spent.
func (h *Handler) charge(a Allowance, cost int) *guard.Error {
	wait := h.rates.spend(a, cost)
	if wait == 0 {
		return nil
	}
	limited := guard.NewError(CodeRateLimited, "too much was asked for in a short time, try again later")
	limited.Extensions["retryAfter"] = int(math.Ceil(wait.Seconds()))
	return &limited
}

// prepare checks a request of a caller. limited is set where their budget is spent; refused are
// all the errors to answer with, that one included. What is prepared is to be paid for before it
// is executed.
func (h *Handler) prepare(a Allowance, named posed) (operation *guard.Operation, refused []guard.Error, limited bool, err error) {
	if spent := h.charge(a, leastCharge); spent != nil {
		return nil, []guard.Error{*spent}, true, nil
	}
	request, unknown := h.named.resolve(named)
	if unknown != nil {
		return nil, []guard.Error{*unknown}, false, nil
	}
	operation, refused, err = h.guard.Prepare(request)
	if err != nil || refused != nil {
		return nil, refused, false, err
	}
	h.named.keep(named)
	if a.MaxCost > 0 && operation.Cost > a.MaxCost {
		return nil, []guard.Error{guard.TooExpensive(operation.Cost, a.MaxCost)}, false, nil
	}
	return operation, nil, false, nil
}

// pay takes the cost of executing an operation, beyond that of having asked for it.
func (h *Handler) pay(a Allowance, operation *guard.Operation) *guard.Error {
	return h.charge(a, max(0, operation.Cost-leastCharge))
}
