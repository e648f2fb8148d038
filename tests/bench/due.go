package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	temporalclient "go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// DueOptions say what to measure.
type DueOptions struct {
	Stack
	// Cases is how many fall due Within one time.
	Cases  int
	Within time.Duration
	// Commands is how many commands people send a second, all the while; Lasting is for how
	// long they are measured before anything is due, to compare with.
	Commands float64
	Lasting  time.Duration
	// Patience is how long after the last due instant every case must have been decided.
	Patience time.Duration
	Out      io.Writer
}

// inHours gives the acceptance of disputes two hours, so that the due instants can be chosen
// to the second: clocks in days end at midnight. Clocks in hours have no spread either, so
// all wakes come within the minute.
const inHours = `{
	"code": "dispute-intake", "extends": true, "effectiveFrom": "2011-01-01",
	"steps": [{
		"code": "acceptance", "name": {"zh": "受理", "en": "acceptance"}, "length": 2, "unit": "HOURS",
		"countedFrom": "RECEIVED", "metBy": "ACCEPTED", "owner": "OFFICE",
		"onExpiry": {"effect": "ESCALATE", "designChoice": true},
		"citation": {"law": "bench", "article": "1"}
	}]
}`

const dueAfter = 2 * time.Hour

// toWake is how much time is left between the last nudge and the first due instant.
const toWake = 15 * time.Second

// Due measures what happens when many cases fall due within one minute: each must be missed
// and chased exactly once, and all within Patience. It prints how late they were, how long a
// case waited for a younger one, and what people's commands took meanwhile.
func Due(ctx context.Context, options DueOptions) error {
	pool, err := pgxpool.New(ctx, options.PostgresURL)
	if err != nil {
		return fmt.Errorf("connect to Postgres: %w", err)
	}
	defer pool.Close()
	office, err := signInAll(options.URL, options.SignIn)
	if err != nil {
		return err
	}
	// People's own cases come by the GraphQL API and are accepted at once: only the planted
	// ones fall due.
	if _, err := options.Record.LoadProcedures(ctx, map[string][]byte{"bench.json": []byte(inHours)}, "bench", time.Now()); err != nil {
		return fmt.Errorf("load the clock in hours: %w", err)
	}
	people := paced{office: office, perSecond: options.Commands}
	if _, err := people.during(ctx, func(ctx context.Context) error { return wait(ctx, options.Lasting/3) }); err != nil {
		return err
	}
	alone, err := people.during(ctx, func(ctx context.Context) error { return wait(ctx, options.Lasting) })
	if err != nil {
		return err
	}
	fmt.Fprintf(options.Out, "%-30s %s\n", "nothing due", alone)

	began := time.Now()
	first := began.Add(plantingTime(options.Cases))
	ids, err := plantDue(ctx, options, first)
	if err != nil {
		return err
	}
	if err := startShells(ctx, options.Temporal, options.TaskQueue, ids); err != nil {
		return err
	}
	fmt.Fprintf(options.Out, "%-30s %6.1f s\n", fmt.Sprintf("%d cases registered, started", options.Cases), time.Since(began).Seconds())
	if left := time.Until(first); left < toWake/2 {
		return fmt.Errorf("only %s were left before the first case fell due: too slow a machine for %d cases", left, options.Cases)
	}
	if err := wait(ctx, time.Until(first)); err != nil {
		return err
	}
	last := first.Add(options.Within)
	cpu := processorTime(nil)
	meanwhile, err := people.during(ctx, func(ctx context.Context) error {
		return awaitDecided(ctx, pool, options.Cases, last.Add(options.Patience))
	})
	if err != nil {
		return err
	}
	spent := processorTime(nil) - cpu
	missed, err := readMisses(ctx, pool)
	if err != nil {
		return err
	}
	if err := missed.check(options.Cases); err != nil {
		return err
	}
	fmt.Fprintf(options.Out, "%-30s %s  p95 %.2f of that without\n", fmt.Sprintf("%d due within %s", options.Cases, options.Within),
		meanwhile, ms(meanwhile.percentile(95))/ms(alone.percentile(95)))
	fmt.Fprintf(options.Out, "each missed and chased once; lateness p50 %.1f s  p99 %.1f s  most %.1f s; the last %.1f s after the last due instant\n",
		missed.percentile(50).Seconds(), missed.percentile(99).Seconds(), missed.percentile(100).Seconds(), missed.last().Sub(last).Seconds())
	fmt.Fprintf(options.Out, "longest that a case waited for a younger one: %.1f s (bound: 60); CPU %.2f cores over %.1f s\n",
		missed.overtaken().Seconds(), spent.Seconds()/meanwhile.lasts.Seconds(), meanwhile.lasts.Seconds())
	if missed.overtaken() > time.Minute {
		return fmt.Errorf("a case waited %s for a younger one", missed.overtaken())
	}
	return nil
}

// plantingTime is a generous guess of how long planting and starting take.
func plantingTime(cases int) time.Duration {
	return toWake + time.Duration(cases)*25*time.Millisecond
}

func plantDue(ctx context.Context, options DueOptions, first time.Time) ([]string, error) {
	clerk := actor(directory.Development(), "p-530402-center-clerk-1")
	return plantEach(ctx, options.Record, options.Cases, func(i int, texts *putAside) []casefile.Command {
		due := first.Add(options.Within * time.Duration(i) / time.Duration(options.Cases))
		return []casefile.Command{{Actor: clerk, Act: aDispute(texts, due.Add(-dueAfter))}}
	})
}

// startingAtOnce is how many cases get their workflow at the same time.
const startingAtOnce = 16

// startShells gives cases their workflows, which load the record and wait for their clocks.
func startShells(ctx context.Context, temporal temporalclient.Client, taskQueue string, ids []string) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(startingAtOnce)
	for _, id := range ids {
		group.Go(func() error { return command.Nudge(ctx, temporal, taskQueue, id) })
	}
	return group.Wait()
}

// awaitDecided waits until so many deadlines have been missed, or fails at the last moment.
func awaitDecided(ctx context.Context, pool *pgxpool.Pool, cases int, latest time.Time) error {
	ctx, cancel := context.WithDeadline(ctx, latest)
	defer cancel()
	look := time.NewTicker(500 * time.Millisecond)
	defer look.Stop()
	decided := 0
	for decided < cases {
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d of %d cases were decided by %s", decided, cases, latest.Format(time.TimeOnly))
		case <-look.C:
		}
		if err := pool.QueryRow(ctx, "select count(*) from deadlines where step = 'acceptance' and status = 'MISSED'").Scan(&decided); err != nil {
			return fmt.Errorf("count what was decided: %w", err)
		}
	}
	return nil
}

// miss is when a case was due and when it was decided.
type miss struct{ due, decided time.Time }

type misses struct {
	list []miss // by due instant
	// missed and ordered are the least and the most events that a case has of either.
	missedLeast, missedMost, orderedLeast, orderedMost int
}

func readMisses(ctx context.Context, pool *pgxpool.Pool) (misses, error) {
	var m misses
	rows, err := pool.Query(ctx, "select effective_at, at from events where type = 'DeadlineMissed' order by effective_at")
	if err != nil {
		return m, fmt.Errorf("read the misses: %w", err)
	}
	for rows.Next() {
		var one miss
		if err := rows.Scan(&one.due, &one.decided); err != nil {
			return m, err
		}
		m.list = append(m.list, one)
	}
	if err := rows.Err(); err != nil {
		return m, err
	}
	err = pool.QueryRow(ctx, `
		select min(missed), max(missed), min(ordered), max(ordered) from (
			select count(*) filter (where type = 'DeadlineMissed') missed, count(*) filter (where type = 'SupervisionOrdered') ordered
			from events where case_id in (select case_id from events where type = 'DeadlineMissed') group by case_id) e`).
		Scan(&m.missedLeast, &m.missedMost, &m.orderedLeast, &m.orderedMost)
	if err != nil {
		return m, fmt.Errorf("count misses and orders: %w", err)
	}
	return m, nil
}

func (m misses) check(cases int) error {
	if len(m.list) != cases || m.missedLeast != 1 || m.missedMost != 1 || m.orderedLeast != 1 || m.orderedMost != 1 {
		return fmt.Errorf("%d misses of %d cases; a case was missed %d to %d times and chased %d to %d times: expected each once",
			len(m.list), cases, m.missedLeast, m.missedMost, m.orderedLeast, m.orderedMost)
	}
	return nil
}

func (m misses) percentile(p float64) time.Duration {
	late := make([]time.Duration, len(m.list))
	for i, one := range m.list {
		late[i] = one.decided.Sub(one.due)
	}
	slices.Sort(late)
	return Result{Latencies: late}.Percentile(p)
}

func (m misses) last() time.Time {
	var last time.Time
	for _, one := range m.list {
		if one.decided.After(last) {
			last = one.decided
		}
	}
	return last
}

// overtaken is the longest time between the decision of a case and that of one that was due
// before it, but decided after it.
func (m misses) overtaken() time.Duration {
	var longest time.Duration
	youngerDecided := time.Time{} // the earliest decision among those due later
	for _, one := range slices.Backward(m.list) {
		if !youngerDecided.IsZero() {
			longest = max(longest, one.decided.Sub(youngerDecided))
		}
		if youngerDecided.IsZero() || one.decided.Before(youngerDecided) {
			youngerDecided = one.decided
		}
	}
	return longest
}
