package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/tests/client"
)

// IdleOptions say what to measure.
type IdleOptions struct {
	Stack
	// Data is the stack's folder, whose size is told.
	Data string
	// Cases is how many open cases wait, Lasting how long the stack is watched, once with
	// none and once with all of them.
	Cases   int
	Lasting time.Duration
	// Restart ends the stack, starts it again and returns where its API is.
	Restart func(context.Context) (url string, err error)
	Out     io.Writer
}

// How long the stack is left alone before it is watched: after its start, and after the cases
// were put in, until a checkpoint (every five minutes) has written them.
const (
	settling         = time.Minute
	settlingAfterAll = 7 * time.Minute
)

// firstCommands is how many cases are asked for their first command.
const firstCommands = 100

// Idle measures what open cases cost that wait for their clocks: the processor time of the
// whole stack against the same stack with none, its memory, Postgres's size, how long it
// takes to start again, and the first command on a case that no worker holds in memory.
func Idle(ctx context.Context, options IdleOptions) error {
	out := options.Out
	empty, err := watch(ctx, out, settling, options.Lasting)
	if err != nil {
		return err
	}
	emptySize, err := folderSize(options.Data)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-24s CPU %.4f cores over %s   memory %d MiB   disk %d MiB\n", "no case", empty, options.Lasting, total(usageByPart()).bytes>>20, emptySize>>20)

	began := time.Now()
	clerk := actor(directory.Development(), "p-530402-center-clerk-1")
	received := time.Now()
	ids, err := plantEach(ctx, options.Record, options.Cases, func(_ int, texts *putAside) []casefile.Command {
		return []casefile.Command{{Actor: clerk, Act: aDispute(texts, received)}}
	})
	if err != nil {
		return err
	}
	planted := time.Since(began)
	began = time.Now()
	if err := startShells(ctx, options.Temporal, options.TaskQueue, ids); err != nil {
		return err
	}
	fmt.Fprintf(out, "%-24s registered in %.0f s, their workflows started in %.0f s\n", fmt.Sprintf("%d open cases", options.Cases),
		planted.Seconds(), time.Since(began).Seconds())
	full, err := watch(ctx, out, settlingAfterAll, options.Lasting)
	if err != nil {
		return err
	}
	size, err := folderSize(options.Data)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-24s CPU %.4f cores over %s   memory %d MiB   disk %d MiB (%.1f KiB a case)\n", "all idle", full, options.Lasting,
		total(usageByPart()).bytes>>20, size>>20, float64(size-emptySize)/1024/float64(options.Cases))
	fmt.Fprintf(out, "%-24s %+.4f cores (bound: 0.01)\n", "what they cost", full-empty)
	half := len(ids) / 2
	if err := firstOnes(ctx, options, ids[:half], options.URL, "first command, evicted"); err != nil {
		return err
	}
	began = time.Now()
	url, err := options.Restart(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-24s %.1f s until the API is ready\n", "ended and started again", time.Since(began).Seconds())
	if err := firstOnes(ctx, options, ids[half:], url, "first command, restarted"); err != nil {
		return err
	}
	if full-empty > 0.01 {
		return fmt.Errorf("%d idle cases cost %.4f cores, more than 0.01", options.Cases, full-empty)
	}
	return nil
}

// watch returns how many cores the stack uses while nobody does anything, and prints which of
// its parts use them.
func watch(ctx context.Context, out io.Writer, leftAlone, lasting time.Duration) (float64, error) {
	if err := wait(ctx, leftAlone); err != nil {
		return 0, err
	}
	before, began := usageByPart(), time.Now()
	if err := wait(ctx, lasting); err != nil {
		return 0, err
	}
	after, elapsed := usageByPart(), time.Since(began)
	printShares(out, before, after, elapsed)
	return (total(after).cpu - total(before).cpu).Seconds() / elapsed.Seconds(), nil
}

// firstOnes accepts cases that have had no command yet, spread over all of them, one after
// the other: no worker holds them in memory.
func firstOnes(ctx context.Context, options IdleOptions, ids []string, url, name string) error {
	token, err := options.SignIn("p-530402-center-clerk-1")
	if err != nil {
		return err
	}
	clerk := client.New(url, "").As(token)
	var took []time.Duration
	for i := range min(firstCommands, len(ids)) {
		id := ids[i*len(ids)/min(firstCommands, len(ids))]
		began := time.Now()
		if _, err := clerk.Mutate(ctx, "acceptCase", map[string]any{
			"clientMutationId": uuid.NewString(), "caseId": schema.GlobalID("Case", id),
		}); err != nil {
			return fmt.Errorf("accept a waiting case: %w", err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	all := Result{Latencies: took}
	fmt.Fprintf(options.Out, "%-24s p50 %.1f ms  p95 %.1f ms  (%d cases)\n", name, ms(all.Percentile(50)), ms(all.Percentile(95)), len(took))
	return nil
}

// folderSize sums the files of the stack's data folder: Postgres with both databases and its
// log, and little else.
func folderSize(folder string) (int64, error) {
	var size int64
	err := filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return ignoreGone(err)
		}
		info, err := entry.Info()
		if err != nil {
			return ignoreGone(err)
		}
		size += info.Size()
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("read the size of %s: %w", folder, err)
	}
	return size, nil
}

// ignoreGone passes over a file that was removed meanwhile, as Postgres does all the time.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
