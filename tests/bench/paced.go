package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"github.com/tiaochu/tiaochu/tests/client"
)

// paced is people who send commands at a steady rate, however long each takes, as an office
// does: not as fast as they are answered.
type paced struct {
	office    *benchOffice
	perSecond float64
}

// pacedClients is how many commands may wait for their answers at once.
const pacedClients = 32

// lap is what their commands took meanwhile.
type lap struct {
	took  []time.Duration // sorted
	lasts time.Duration
	// again counts commands that were answered UNAVAILABLE and sent again; what they took
	// includes that.
	again int
}

func (l lap) percentile(p float64) time.Duration { return Result{Latencies: l.took}.Percentile(p) }

func (l lap) String() string {
	line := fmt.Sprintf("mutations %5.1f/s  p50 %6.1f ms  p95 %6.1f ms  p99 %6.1f ms",
		float64(len(l.took))/l.lasts.Seconds(), ms(l.percentile(50)), ms(l.percentile(95)), ms(l.percentile(99)))
	if l.again > 0 {
		line += fmt.Sprintf("  (%d sent again)", l.again)
	}
	return line
}

// during measures people's commands while something else goes on, until that ends.
func (p paced) during(ctx context.Context, what func(context.Context) error) (lap, error) {
	working, stop := context.WithCancel(ctx)
	defer stop()
	limit := rate.NewLimiter(rate.Limit(p.perSecond), 1)
	var mu sync.Mutex
	var took []time.Duration
	again := 0
	began := time.Now()
	group, together := errgroup.WithContext(working)
	for range pacedClients {
		group.Go(func() error {
			for {
				err := p.office.life(together, func(command func() error) error {
					if err := limit.Wait(together); err != nil {
						return err
					}
					start := time.Now()
					err := command()
					for ; unavailable(err) && together.Err() == nil; err = command() {
						mu.Lock()
						again++
						mu.Unlock()
					}
					if err != nil {
						return err
					}
					mu.Lock()
					defer mu.Unlock()
					took = append(took, time.Since(start))
					return nil
				})
				if working.Err() != nil {
					return nil // it is over
				}
				if err != nil {
					return err
				}
			}
		})
	}
	group.Go(func() error {
		defer stop()
		return what(together)
	})
	err := group.Wait()
	measured := lap{lasts: time.Since(began)}
	mu.Lock()
	defer mu.Unlock()
	measured.took, measured.again = took, again
	slices.Sort(measured.took)
	if err == nil && len(measured.took) == 0 {
		err = errors.New("no command was answered meanwhile")
	}
	return measured, err
}

// unavailable reports whether the same command is to be sent again.
func unavailable(err error) bool {
	var answered client.Errors
	return errors.As(err, &answered) && len(answered) > 0 && answered[0].Code() == "UNAVAILABLE"
}

// wait waits so long, or until ctx ends.
func wait(ctx context.Context, long time.Duration) error {
	over := time.NewTimer(long)
	defer over.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-over.C:
		return nil
	}
}
