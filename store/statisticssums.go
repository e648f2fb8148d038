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

// bases gives a row m of a case or a change once for each basis that it has a month of.
const bases = ` cross join lateral (values ('REGISTERED_IN', date_trunc('month', m.registered_on)::date),
	('CONCLUDED_IN', date_trunc('month', m.concluded_on)::date)) as b (basis, month)`

// levels gives a sum s of a county once for each level.
const levels = ` cross join lateral (values ('PROVINCE', s.province), ('CITY', coalesce(s.city, s.county)), ('COUNTY', s.county)) as l (level, division)`

// cellGroups gives a sum once for all together, once for its category and once for its unit.
const cellGroups = ` cross join lateral (values ('', ''), (s.category, ''), ('', s.unit)) as g (category, unit)`

// dayGroups gives a sum once for all together and once for its category. By unit the days are
// counted case by case: they would be about as many rows as there are cases.
const dayGroups = ` cross join lateral (values (''), (s.category)) as g (category)`

// dayLevels leaves out the days of counties by category: they would be most of all rows, and a
// county's cases are few enough to be counted one by one.
const dayLevels = " where l.level <> 'COUNTY' or g.category = ''"

// cellLevels leaves of sealed cases the blocks in which they are shown.
const cellLevels = " where not s.sealed or l.level = 'COUNTY' and g.category = '' and g.unit = ''"

// sumsOf builds the statement that adds rows m to the cells. It adds by county first: the
// wider levels are then few.
func sumsOf(rows, weight string) string {
	place := "b.basis, b.month, m.province, m.city, coalesce(m.county, m.division) as county, m.kind, m.category, m.sealed"
	var added []string
	for _, name := range append([]string{"cases"}, figureColumns...) {
		added = append(added, name+" = t."+name+" + excluded."+name)
	}
	columns := strings.Join(append([]string{"cases"}, figureColumns...), ", ")
	return `with m as materialized (` + rows + `),
	figures as (
		select ` + place + `, m.unit, sum(` + weight + `)::bigint as cases, ` + sums(weight+" * ", "m.") + `
		from m` + bases + ` where b.month is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9
	), spent as (
		select ` + place + `, d.stage::integer as stage, d.days, sum(` + weight + `)::bigint as cases
		from m` + bases + ` cross join lateral unnest(m.days) with ordinality as d (days, stage)
		where b.month is not null and d.days is not null and not m.sealed group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
	), days as (
		insert into statistics_days as t (basis, level, division, month, category, kind, stage, days, cases)
		select s.basis, l.level, l.division, s.month, g.category, s.kind, s.stage, s.days, sum(s.cases)::bigint
		from spent s` + levels + dayGroups + dayLevels + ` group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(s.cases) <> 0
		on conflict (basis, level, division, category, month, kind, stage, days) do update set cases = t.cases + excluded.cases
	)
	insert into statistics_cells as t (basis, level, division, month, category, unit, kind, sealed, ` + columns + `)
	select s.basis, l.level, l.division, s.month, g.category, g.unit, s.kind, s.sealed, sum(s.cases)::bigint, ` + sums("", "s.") + `
	from figures s` + levels + cellGroups + cellLevels + ` group by 1, 2, 3, 4, 5, 6, 7, 8
	on conflict (basis, level, division, category, unit, month, kind, sealed) do update set ` + strings.Join(added, ", ")
}

var (
	sumChanges = sumsOf(fmt.Sprintf(`delete from statistics_changes
		where id in (select id from statistics_changes order by id limit %d) returning *`, changesAtOnce), "m.weight")
	sumCases = sumsOf("select * from statistics_cases", "1")
)

// SumStatistics turns changes of cases into sums until none is left, and returns how many
// there were. Answers are right at any time; this makes them fast. Only one process does it at
// a time, others return at once.
func (s *Store) SumStatistics(ctx context.Context) (int, error) {
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
			return total, nil
		}
	}
}

// RecountStatistics makes all sums again from the cases, in one snapshot, beside appends: what
// they change meanwhile stays to be summed.
func (s *Store) RecountStatistics(ctx context.Context) error {
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		// The lock comes in a statement of its own before the snapshot's first: what was summed
		// while waiting for it must be seen. Locking a table takes no snapshot.
		if _, err := tx.Exec(ctx, "lock table statistics_cells, statistics_days in share row exclusive mode"); err != nil {
			return err
		}
		for _, statement := range []string{"set local work_mem = '256MB'", "delete from statistics_cells", "delete from statistics_days", "delete from statistics_changes", sumCases} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count the statistics again: %w", err)
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
