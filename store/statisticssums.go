package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// sumLock lets one process at a time turn changes into sums.
const sumLock = 7230154011

// changesAtOnce is how many changes are summed in one transaction.
const changesAtOnce = 20_000

// addDays joins the numbers of days of a row with those of another.
const addDays = `(select coalesce(array_agg(h.days order by h.days), '{}'), coalesce(array_agg(h.cases order by h.days), '{}')
	from (select u.days, sum(u.cases)::integer as cases
		from (select * from unnest(t.days, t.cases) union all select * from unnest(excluded.days, excluded.cases)) u (days, cases)
		group by u.days having sum(u.cases) <> 0) h)`

// sumsOf builds the statement that adds rows m to the sums, in their order: what is read together
// lies together.
func sumsOf(with, rows, weight string) string {
	added := make([]string, 0, len(figureColumns)+1)
	for _, name := range append([]string{"cases"}, figureColumns...) {
		added = append(added, name+" = t."+name+" + excluded."+name)
	}
	columns := strings.Join(append([]string{"cases"}, figureColumns...), ", ")
	return "with " + with + `days as (
		insert into statistics_days as t (` + daysKey + `, days, cases)
		select ` + daysKey + `, array_agg(days order by days), array_agg(cases order by days) from (
			select ` + daysKey + `, days, sum(cases)::integer as cases from (` + daysOf(rows, weight) + `) a
			group by ` + daysKey + `, days having sum(cases) <> 0) h
		group by ` + daysKey + ` order by ` + daysKey + `
		on conflict (` + daysKey + `) do update set (days, cases) = ` + addDays + `
	)
	insert into statistics_cells as t (` + cellKey + `, ` + columns + `)
	select ` + cellKey + `, sum(a.cases)::bigint, ` + sums("", "a.") + ` from (` + cellsOf(rows, weight) + `) a
	group by ` + cellKey + ` order by ` + cellKey + `
	on conflict (` + cellKey + `) do update set ` + strings.Join(added, ", ")
}

var (
	sumChanges = sumsOf(fmt.Sprintf(`gone as materialized (delete from statistics_changes
		where id in (select id from statistics_changes order by id limit %d) returning *), `, changesAtOnce), "gone", "m.weight")
	sumCases = sumsOf("", "statistics_cases", "1")
)

// SumStatistics turns changes of cases into sums until none is left, and returns how many
// there were. Where the sums have still to be made, it makes them of all cases. Answers are right at any
// time; this makes them fast. Only one process does it at a time, others return at once.
func (s *Store) SumStatistics(ctx context.Context) (int, error) {
	made, err := s.sumsMade(ctx)
	if err == nil && !made {
		err = s.recount(ctx, true)
	}
	if err != nil {
		return 0, err
	}
	total := 0
	for {
		summed := 0
		err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
			var mine bool
			if err := tx.QueryRow(ctx, "select pg_try_advisory_xact_lock($1)", sumLock).Scan(&mine); err != nil || !mine {
				return err
			}
			if err := tx.QueryRow(ctx, "select count(*) from (select 1 from statistics_changes limit $1) c", changesAtOnce).Scan(&summed); err != nil || summed == 0 {
				return err
			}
			_, err := tx.Exec(ctx, sumChanges)
			return err
		})
		total += summed
		if err != nil {
			return total, fmt.Errorf("sum the statistics: %w", err)
		}
		if summed < changesAtOnce {
			return total, s.giveBackChanges(ctx)
		}
	}
}

// emptiedBytes is the size from which the emptied pages of summed changes are given back. Every table of a
// wide division reads them.
const emptiedBytes = 512 << 10

// emptiedEvery is how often they may be: what a long transaction still sees can't be.
const emptiedEvery = time.Minute

// giveBackChanges gives the pages back that summed changes left empty. It waits for nobody and keeps no append
// waiting: where the table's end is in use, it is left for another time.
func (s *Store) giveBackChanges(ctx context.Context) error {
	var bytes int64
	if err := s.pool.QueryRow(ctx, "select pg_relation_size('statistics_changes')").Scan(&bytes); err != nil {
		return fmt.Errorf("measure the changes of statistics: %w", err)
	}
	now := time.Now().UnixNano()
	if last := s.gaveBack.Load(); bytes < emptiedBytes || now-last < emptiedEvery.Nanoseconds() || !s.gaveBack.CompareAndSwap(last, now) {
		return nil
	}
	if _, err := s.pool.Exec(ctx, "vacuum (index_cleanup on, truncate on) statistics_changes"); err != nil {
		return fmt.Errorf("give back the pages of summed changes: %w", err)
	}
	return nil
}

// sumEvery is how often changes are summed.
const sumEvery = 5 * time.Second

// KeepStatistics counts every case that is not counted by the rules in force, and then sums
// what changes, until ctx ends. It may run in any number of processes.
func (s *Store) KeepStatistics(ctx context.Context) {
	counted := false
	s.countingAll.Store(true)
	ticks := time.NewTicker(sumEvery)
	defer ticks.Stop()
	for ctx.Err() == nil {
		var err error
		if !counted {
			err = s.CountUncounted(ctx)
			counted = err == nil
			s.countingAll.Store(!counted)
		}
		if err == nil {
			_, err = s.SumStatistics(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.logger.Warn("the statistics could not be summed; answers are right, but slower", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-ticks.C:
		}
	}
}
