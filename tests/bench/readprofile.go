package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/pprof"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/casefile"
)

// Stages are where the time of a request went.
type Stages = transport.Stages

// profile reads the county's first page from the API in this process, behind a wire that counts
// round trips, and prints where the time goes.
func (o ReadOptions) profile(ctx context.Context, pool *pgxpool.Pool) error {
	between, err := openWire(o.PostgresURL)
	if err != nil {
		return err
	}
	defer between.close()
	var mu sync.Mutex
	var sum Stages
	pages := 0
	url, stop, err := o.API(between.through, func(took Stages) {
		mu.Lock()
		defer mu.Unlock()
		pages++
		sum.SignIn += took.SignIn
		sum.Guard += took.Guard
		sum.Execute += took.Execute
		sum.Encode += took.Encode
	})
	if err != nil {
		return err
	}
	defer stop()
	token, err := o.SignIn(officeID(readCounty, casefile.UnitLeadingBody) + "-supervisor1")
	if err != nil {
		return err
	}
	client := newPageClient(url, token)
	one := func(ctx context.Context) error { _, err := client.page(ctx, ""); return err }
	for range 50 {
		if err := one(ctx); err != nil {
			return err
		}
	}
	between.reset()
	mu.Lock()
	pages, sum = 0, Stages{}
	mu.Unlock()
	if o.Profile != "" {
		file, err := os.Create(o.Profile)
		if err != nil {
			return fmt.Errorf("write the processor's profile: %w", err)
		}
		defer func() { _ = file.Close() }()
		if err := pprof.StartCPUProfile(file); err != nil {
			return fmt.Errorf("profile the processor: %w", err)
		}
		defer pprof.StopCPUProfile()
	}
	begin := time.Now()
	for time.Since(begin) < o.Lasting {
		if err := one(ctx); err != nil {
			return err
		}
	}
	elapsed := time.Since(begin)
	trips, waited := between.read()
	decode, err := o.decoding(ctx, pool)
	if err != nil {
		return err
	}
	each := func(d time.Duration) float64 { return ms(d) / float64(pages) }
	inside := sum.SignIn + sum.Guard + sum.Execute + sum.Encode
	fmt.Fprintf(o.Out, "\nthe county's first page, one client, the API in this process: %.2f ms a page, %.1f round trips to Postgres\n",
		each(elapsed), float64(trips)/float64(pages))
	for _, stage := range []struct {
		name string
		took float64
	}{
		{"sign-in and rights", each(sum.SignIn)},
		{"guard: parsed and valid from its cache, variables, cost", each(sum.Guard)},
		{"execution, the loaders' waits and decoding within", each(sum.Execute)},
		{"  waiting for Postgres, sign-in's trip and the wire included", each(waited)},
		{"  decoding the cases' states, timed apart", ms(decode)},
		{"encoding and sending", each(sum.Encode)},
		{"client, HTTP, reading the request and the rest", each(elapsed - inside)},
	} {
		fmt.Fprintf(o.Out, "  %-62s %6.2f ms\n", stage.name, stage.took)
	}
	return nil
}

// decoding is how long the states of one page take to decode.
func (o ReadOptions) decoding(ctx context.Context, pool *pgxpool.Pool) (time.Duration, error) {
	rows, err := pool.Query(ctx, `select state from cases c where county = $1 and confidentiality = 'NORMAL'
		order by registered_at desc, id desc limit $2`, string(readCounty), readPage+1)
	if err != nil {
		return 0, err
	}
	var states [][]byte
	for rows.Next() {
		var state []byte
		if err := rows.Scan(&state); err != nil {
			return 0, err
		}
		states = append(states, state)
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	const times = 50
	begin := time.Now()
	for range times {
		for _, raw := range states {
			var state casefile.State
			if err := json.Unmarshal(raw, &state); err != nil {
				return 0, err
			}
		}
	}
	return time.Since(begin) / times, nil
}
