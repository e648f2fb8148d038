package bench

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// readLap is one side's measured pages.
type readLap struct {
	pages   int
	elapsed time.Duration
	took    []time.Duration // sorted
	// server and postgres are processor time; own is that of this process, clients included.
	server, postgres, own time.Duration
	database              time.Duration
	statements            int64
}

// lapProcesses are whose processor time is counted in a lap: 0 is nobody's.
type lapProcesses struct{ server, postgres int }

// readingLap asks for one page again and again, with some clients at once.
func readingLap(ctx context.Context, clients int, lasting time.Duration, of lapProcesses, times *statementTimes, one func(context.Context) error) (readLap, error) {
	// The first ones open connections and prepare statements.
	warm, within := errgroup.WithContext(ctx)
	for range clients {
		warm.Go(func() error {
			for range 6 {
				if err := one(within); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := warm.Wait(); err != nil {
		return readLap{}, err
	}
	if times != nil {
		if err := times.reset(ctx); err != nil {
			return readLap{}, err
		}
	}
	var result readLap
	var mu sync.Mutex
	server, postgres, own := cpuOf(of.server), cpuBelow(of.postgres), cpuOf(selfPID)
	begin := time.Now()
	group, within := errgroup.WithContext(ctx)
	for range clients {
		group.Go(func() error {
			var took []time.Duration
			for time.Since(begin) < lasting {
				start := time.Now()
				if err := one(within); err != nil {
					return err
				}
				took = append(took, time.Since(start))
			}
			mu.Lock()
			defer mu.Unlock()
			result.took = append(result.took, took...)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return readLap{}, err
	}
	return result.finish(ctx, begin, lapTimes{server, postgres, own}, of, times)
}

// lapTimes are processor times at the beginning of a lap.
type lapTimes struct{ server, postgres, own time.Duration }

// finish takes what the lap took in all.
func (l readLap) finish(ctx context.Context, begin time.Time, before lapTimes, of lapProcesses, times *statementTimes) (readLap, error) {
	l.elapsed = time.Since(begin)
	l.server, l.postgres, l.own = cpuOf(of.server)-before.server, cpuBelow(of.postgres)-before.postgres, cpuOf(selfPID)-before.own
	l.pages = len(l.took)
	slices.Sort(l.took)
	var err error
	if times != nil {
		l.database, l.statements, err = times.spent(ctx)
	}
	return l, err
}

func (l readLap) percentile(p float64) float64 {
	return ms(Result{Latencies: l.took}.Percentile(p))
}

// perPage is milliseconds a page.
func (l readLap) perPage(d time.Duration) float64 { return ms(d) / float64(max(l.pages, 1)) }

func (l readLap) String() string {
	return fmt.Sprintf("p50 %6.2f  p95 %6.2f ms  %6.0f/s  database %5.2f ms in %4.1f statements  processor: server %5.2f, Postgres %5.2f ms",
		l.percentile(50), l.percentile(95), float64(l.pages)/l.elapsed.Seconds(), l.perPage(l.database),
		float64(l.statements)/float64(max(l.pages, 1)), l.perPage(l.server), l.perPage(l.postgres))
}
