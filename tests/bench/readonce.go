package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// onceEach is how many pages are read one after the other, each once: more than a server keeps.
const onceEach = 300

// once reads the province's pages one after the other, each once, so that no server answers
// from what it has kept of them.
func (o ReadOptions) once(ctx context.Context, pool *pgxpool.Pool, times *statementTimes, sides []side) error {
	r := readers()[len(readers())-2]
	token, err := o.SignIn(r.person)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.Out, "%s, %d pages from the first on, each once, one client\n", r.name, onceEach)
	var read readLap
	// The first walk brings the pages into Postgres' memory, for whoever comes first.
	for range 2 {
		if read, err = bareWalk(ctx, pool, r, lapProcesses{0, o.PostgresProcess}, times); err != nil {
			return err
		}
	}
	read.server = read.own // it reads in this process
	fmt.Fprintf(o.Out, "  %-14s %s\n", "bare read", read)
	for _, s := range sides {
		client, after := newPageClient(s.url, token), ""
		walked, err := walkingLap(ctx, s.lapProcesses, times, func(ctx context.Context) (bool, error) {
			raw, err := client.page(ctx, after)
			if err != nil {
				return false, err
			}
			page, err := decodePage(raw)
			if err != nil || !page.Data.Cases.PageInfo.HasNextPage {
				return false, err
			}
			after = *page.Data.Cases.PageInfo.EndCursor
			return true, nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Fprintf(o.Out, "  %-14s %s  of the bare read: database %.2f, p50 %.2f\n", s.name, walked,
			walked.perPage(walked.database)/read.perPage(read.database), walked.percentile(50)/read.percentile(50))
	}
	return nil
}

// bareWalk is the walk of the bare read. Where a page begins it looks up by the number of the case
// before, which is a statement more.
func bareWalk(ctx context.Context, pool *pgxpool.Pool, r reader, of lapProcesses, times *statementTimes) (readLap, error) {
	bare, err := newBareReader(ctx, pool, r, place{page: 1})
	if err != nil {
		return readLap{}, err
	}
	return walkingLap(ctx, of, times, func(ctx context.Context) (bool, error) {
		raw, err := bare.page(ctx)
		if err != nil {
			return false, err
		}
		page, err := decodePage(raw)
		if err != nil || !page.Data.Cases.PageInfo.HasNextPage {
			return false, err
		}
		last := page.Data.Cases.Edges[readPage-1].Node.Number
		bare, err = newBareReader(ctx, pool, r, place{number: last})
		return true, err
	})
}

// walkingLap reads page after page while there are more. What next does between two pages counts
// as its page's.
func walkingLap(ctx context.Context, of lapProcesses, times *statementTimes, next func(context.Context) (more bool, err error)) (readLap, error) {
	var result readLap
	if times != nil {
		if err := times.reset(ctx); err != nil {
			return result, err
		}
	}
	server, postgres, own := cpuOf(of.server), cpuBelow(of.postgres), cpuOf(selfPID)
	begin := time.Now()
	for more := true; more && result.pages < onceEach; result.pages++ {
		start := time.Now()
		var err error
		if more, err = next(ctx); err != nil {
			return result, err
		}
		result.took = append(result.took, time.Since(start))
	}
	return result.finish(ctx, begin, lapTimes{server, postgres, own}, of, times)
}
