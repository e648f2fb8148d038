package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Result is one measured run of lives.
type Result struct {
	Name    string
	Clients int
	Lives   int
	Elapsed time.Duration
	// Latencies are those of the timed commands, sorted.
	Latencies []time.Duration
	// CPU is the processor time that every process of the machine's stack spent.
	CPU time.Duration
}

// PerSecond is lives per second.
func (r Result) PerSecond() float64 { return float64(r.Lives) / r.Elapsed.Seconds() }

// Percentile returns the latency below which p percent of the commands stayed.
func (r Result) Percentile(p float64) time.Duration {
	if len(r.Latencies) == 0 {
		return 0
	}
	i := int(float64(len(r.Latencies)) * p / 100)
	return r.Latencies[min(i, len(r.Latencies)-1)]
}

func (r Result) String() string {
	return fmt.Sprintf("%-22s %3d clients  %6.1f lives/s  %7.1f commands/s  p50 %6.1f ms  p95 %6.1f ms  p99 %6.1f ms  CPU %4.2f cores",
		r.Name, r.Clients, r.PerSecond(), float64(len(r.Latencies))/r.Elapsed.Seconds(),
		ms(r.Percentile(50)), ms(r.Percentile(95)), ms(r.Percentile(99)), r.CPU.Seconds()/r.Elapsed.Seconds())
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// life is one case from beginning to end; each command inside goes through timed.
type life func(ctx context.Context, timed func(func() error) error) error

// measure runs lives with that many clients for that long; a life that has begun is
// finished and counts.
func measure(ctx context.Context, name string, clients int, lasting time.Duration, pids []int, one life) (Result, error) {
	result := Result{Name: name, Clients: clients}
	var mu sync.Mutex
	before := processorTime(pids)
	begin := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for range clients {
		group.Go(func() error {
			for time.Since(begin) < lasting {
				var own []time.Duration
				if err := one(ctx, func(command func() error) error {
					start := time.Now()
					err := command()
					own = append(own, time.Since(start))
					return err
				}); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				mu.Lock()
				result.Lives++
				result.Latencies = append(result.Latencies, own...)
				mu.Unlock()
			}
			return nil
		})
	}
	err := group.Wait()
	result.Elapsed = time.Since(begin)
	result.CPU = processorTime(pids) - before
	slices.Sort(result.Latencies)
	return result, err
}

// processorTime sums the user and system time of this process, some others and all below
// them, ended and awaited ones included. On a system without /proc it is zero.
func processorTime(roots []int) time.Duration {
	return cpuOf(descendants(append([]int{selfPID}, roots...)...)...)
}

// cpuBelow is the processor time of a process and all below it; 0 is none.
func cpuBelow(pid int) time.Duration {
	if pid == 0 {
		return 0
	}
	return cpuOf(descendants(pid)...)
}

// cpuOf is the processor time of some processes and of those below them that have ended.
func cpuOf(pids ...int) time.Duration {
	const ticksPerSecond = 100
	var total int64
	for _, pid := range pids {
		fields, ok := processStat(pid)
		if !ok || len(fields) < 15 {
			continue // it ended meanwhile
		}
		for _, field := range fields[11:15] { // utime, stime, cutime, cstime
			n, _ := strconv.ParseInt(field, 10, 64)
			total += n
		}
	}
	return time.Duration(total) * time.Second / ticksPerSecond
}

var selfPID = os.Getpid()

// descendants are processes and all below them, each once.
func descendants(roots ...int) []int {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if fields, ok := processStat(pid); ok {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], pid)
		}
	}
	found := slices.Clone(roots)
	for i := 0; i < len(found); i++ {
		found = append(found, children[found[i]]...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// processStat are the fields of /proc/PID/stat after the name: state, parent, ….
func processStat(pid int) ([]string, bool) {
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return nil, false
	}
	_, rest, ok := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	return fields, ok && len(fields) > 1
}

// timings collects how long something took, from many goroutines.
type timings struct {
	mu   sync.Mutex
	took []time.Duration
}

func (t *timings) time(what func() error) error {
	start := time.Now()
	err := what()
	t.mu.Lock()
	t.took = append(t.took, time.Since(start))
	t.mu.Unlock()
	return err
}

func (t *timings) reset() {
	t.mu.Lock()
	t.took = nil
	t.mu.Unlock()
}

func (t *timings) percentile(p float64) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	slices.Sort(t.took)
	return Result{Latencies: t.took}.Percentile(p)
}
