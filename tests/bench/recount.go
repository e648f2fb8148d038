package bench

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/tiaochu/tiaochu/api/command"
)

// RecountOptions say what to measure.
type RecountOptions struct {
	Stack
	// Cases is how many a load moves, PerSecond at which rates they are told, one load each.
	Cases     int
	PerSecond []float64
	// Commands is how many commands people send a second meanwhile, and Lasting for how long
	// they do so without a load, to compare with.
	Commands float64
	Lasting  time.Duration
	Out      io.Writer
}

// Recount measures loads of a calendar that move the clocks of many cases: how many cases
// count anew a second, and what people's commands over GraphQL take meanwhile, next to what
// they take without. Every load must move every case once, or it is an error.
func Recount(ctx context.Context, options RecountOptions) error {
	pool, err := pgxpool.New(ctx, options.PostgresURL)
	if err != nil {
		return fmt.Errorf("connect to Postgres: %w", err)
	}
	defer pool.Close()
	office, err := signInAll(options.URL, options.SignIn)
	if err != nil {
		return err
	}
	out := options.Out
	fmt.Fprintf(out, "%d petitions in summary handling, 10 working days each; %.0f commands a second by people\n", options.Cases, options.Commands)
	began := time.Now()
	if _, err := Plant(ctx, options.Record, "530402001", options.Cases); err != nil {
		return err
	}
	fmt.Fprintf(out, "%-34s %6.1f s\n", "registered and accepted", time.Since(began).Seconds())

	days, err := NewMovingDay(ctx, options.Record)
	if err != nil {
		return err
	}
	people := paced{office: office, perSecond: options.Commands}
	// A first round warms plans, caches and connections and counts for nothing.
	if _, err := people.during(ctx, func(ctx context.Context) error { return wait(ctx, options.Lasting/4) }); err != nil {
		return err
	}
	// The first load finds no workflow: it starts one for each case, as after an import.
	for i, rate := range append([]float64{options.PerSecond[len(options.PerSecond)-1]}, options.PerSecond...) {
		name := fmt.Sprintf("told at %.0f/s", rate)
		if i == 0 {
			name = fmt.Sprintf("none running yet, told at %.0f/s", rate)
		}
		if err := load(ctx, options, pool, days, people, name, rate); err != nil {
			return err
		}
	}
	return nil
}

// load measures people's commands for a while, then loads the other one of two calendars and
// measures until every case has counted.
func load(ctx context.Context, options RecountOptions, pool *pgxpool.Pool, days *MovingDay, people paced, name string, rate float64) error {
	alone, err := people.during(ctx, func(ctx context.Context) error { return wait(ctx, options.Lasting) })
	if err != nil {
		return err
	}
	fmt.Fprintf(options.Out, "%-34s %s\n", "no load", alone)
	release, isAlone, err := options.Record.TellAlone(ctx)
	if err != nil {
		return err
	}
	defer release()
	if !isAlone {
		return fmt.Errorf("%s: a worker is telling cases already", name)
	}
	before, err := recounted(ctx, pool)
	if err != nil {
		return err
	}
	began := time.Now()
	plan, err := options.Record.LoadCalendar(ctx, days.Next(), "bench")
	if err != nil {
		return err
	}
	loaded := time.Since(began)
	if plan.Cases < options.Cases {
		return fmt.Errorf("%s: the load can move %d cases, expected at least %d", name, plan.Cases, options.Cases)
	}
	began = time.Now()
	meanwhile, err := people.during(ctx, func(ctx context.Context) error {
		return command.Recount(ctx, command.RecountOptions{
			Queue: options.Record, Temporal: options.Temporal, TaskQueue: options.TaskQueue,
			PerSecond: rate, Logger: hclog.NewNullLogger(),
		})
	})
	took := time.Since(began)
	if err != nil {
		return err
	}
	after, err := recounted(ctx, pool)
	if err != nil {
		return err
	}
	if after.all-before.all != plan.Deadlines || after.least-before.least != 1 || after.most-before.most != 1 {
		return fmt.Errorf("%s: %d clocks were recounted, expected each of %d once", name, after.all-before.all, plan.Deadlines)
	}
	fmt.Fprintf(options.Out, "%-34s %s  %6.1f cases/s (%d in %.1f s; the load itself %.2f s)  p95 %.2f of that without\n", name,
		meanwhile, float64(plan.Cases)/took.Seconds(), plan.Cases, took.Seconds(), loaded.Seconds(),
		ms(meanwhile.percentile(95))/ms(alone.percentile(95)))
	return nil
}

// recounts counts the recorded DeadlineRecounted events: all, and of the planted cases the
// least and the most that one has.
type recounts struct{ all, least, most int }

func recounted(ctx context.Context, pool *pgxpool.Pool) (recounts, error) {
	var r recounts
	err := pool.QueryRow(ctx, `select coalesce(sum(n), 0), coalesce(min(n), 0), coalesce(max(n), 0)
		from (select count(e.seq) n from cases c left join events e on e.case_id = c.id and e.type = 'DeadlineRecounted'
			where c.kind = 'PETITION' group by c.id) e`).Scan(&r.all, &r.least, &r.most)
	if err != nil {
		return r, fmt.Errorf("count what was recounted: %w", err)
	}
	return r, nil
}
