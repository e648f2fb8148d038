package bench

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// StatisticsOptions say what to measure.
type StatisticsOptions struct {
	Record      *store.Store
	PostgresURL string
	Load        LoadOptions
	Loaded      bool // before, with its sums
	// AfterLoad is called once the cases are there, where they weren't; it may be nil.
	AfterLoad func() error
	// Times is how often each table is asked for, Plain how often it is counted in SQL beside, which takes
	// long, and Appends how many cases are registered and accepted for each measurement of appends.
	Times, Plain, Appends int
	Out                   io.Writer
}

// Statistics measures tables at every level of the division tree over many cases, each next
// to a plain count over the narrow rows in SQL, and what appends take with and without the
// noting of changes.
func Statistics(ctx context.Context, options StatisticsOptions) error {
	pool, err := pgxpool.New(ctx, options.PostgresURL)
	if err != nil {
		return fmt.Errorf("connect to Postgres: %w", err)
	}
	defer pool.Close()
	out := options.Out
	if !options.Loaded {
		began := time.Now()
		lives, err := LoadCases(ctx, options.Record, options.Load)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%d cases, copies of %d lives, copied and summed in %.0f s\n", options.Load.Cases, lives, time.Since(began).Seconds())
		if options.AfterLoad != nil {
			if err := options.AfterLoad(); err != nil {
				return err
			}
		}
	} else if _, err := options.Record.SumStatistics(ctx); err != nil { // what a run before, or a migration, left to be summed
		return err
	}
	for _, table := range []string{"statistics_cases", "statistics_cells", "statistics_days"} {
		var rows, bytes int64
		if err := pool.QueryRow(ctx, "select count(*), pg_total_relation_size('"+table+"') from "+table).Scan(&rows, &bytes); err != nil {
			return fmt.Errorf("measure %s: %w", table, err)
		}
		fmt.Fprintf(out, "%-18s %9d rows %6d MB\n", table, rows, bytes>>20)
	}
	fmt.Fprintf(out, "\nms, p50 / p95 of %d; rows of the table; counts and indicators; days per stage; a plain count in SQL (of %d)\n", options.Times, options.Plain)
	for _, level := range measuredLevels {
		for _, asked := range measuredTables {
			if err := options.measure(ctx, pool, level, asked); err != nil {
				return err
			}
		}
	}
	return options.appends(ctx, pool)
}

// measuredLevels are divisions of each level, and who asks there.
var measuredLevels = []struct {
	division casefile.Division
	column   string
	unit     string
}{
	{"53", "province", "u-53-center"},
	{"5304", "city", "u-5304-center"},
	{"530402", "county", "u-530402-center"},
	{"530402001", "township", "u-530402-center"},
	{"530402001001", "village", "u-530402-center"},
}

// measuredTables are what a dashboard asks for.
var measuredTables = []struct {
	name     string
	groups   []store.StatisticsGroup
	from, to string
	basis    store.StatisticsBasis
}{
	{"in all", nil, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"in all, concluded", nil, "2025-01-01", "2025-12-31", store.ConcludedIn},
	{"by month", []store.StatisticsGroup{store.ByMonth}, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"by division", []store.StatisticsGroup{store.ByDivision}, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"by division and month", []store.StatisticsGroup{store.ByDivision, store.ByMonth}, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"by kind and month", []store.StatisticsGroup{store.ByKind, store.ByMonth}, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"by category", []store.StatisticsGroup{store.ByCategory}, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"by category and month", []store.StatisticsGroup{store.ByCategory, store.ByMonth}, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"10 March to 20 June", nil, "2025-03-10", "2025-06-20", store.RegisteredIn},
	{"so, by division", []store.StatisticsGroup{store.ByDivision}, "2025-03-10", "2025-06-20", store.RegisteredIn},
	{"so, by category", []store.StatisticsGroup{store.ByCategory}, "2025-03-10", "2025-06-20", store.RegisteredIn},
	{"so, by unit", []store.StatisticsGroup{store.ByUnit}, "2025-03-10", "2025-06-20", store.RegisteredIn},
	{"by unit", []store.StatisticsGroup{store.ByUnit}, "2025-01-01", "2025-12-31", store.RegisteredIn},
	{"by unit and month", []store.StatisticsGroup{store.ByUnit, store.ByMonth}, "2025-01-01", "2025-12-31", store.RegisteredIn},
}

func (o StatisticsOptions) measure(ctx context.Context, pool *pgxpool.Pool, level struct {
	division casefile.Division
	column   string
	unit     string
}, asked struct {
	name     string
	groups   []store.StatisticsGroup
	from, to string
	basis    store.StatisticsBasis
},
) error {
	people := directory.Development().Holders(casefile.RoleManager, level.unit)
	viewer := store.NewViewer(directory.Development(), people[0])
	query := store.StatisticsQuery{Division: level.division, From: asked.from, To: asked.to, Basis: asked.basis, GroupBy: asked.groups}
	var tables, stages, plain timings
	rows := 0
	statement := plainCount(level.column, asked.groups, asked.basis)
	for i := range o.Times + 2 {
		if i == 2 { // the first ones prepare the statements
			tables.reset()
			stages.reset()
			plain.reset()
		}
		err := tables.time(func() error {
			table, err := o.Record.Statistics(ctx, viewer, query)
			rows = len(table.Rows)
			return err
		})
		if err != nil {
			return err
		}
		if err := stages.time(func() error { _, err := o.Record.StageDurations(ctx, viewer, query); return err }); err != nil {
			return err
		}
		if o.Plain == 0 || i >= 2+o.Plain {
			continue // it is only to compare with
		}
		err = plain.time(func() error {
			answer, err := pool.Query(ctx, statement, string(level.division), asked.from, asked.to)
			if err != nil {
				return err
			}
			for answer.Next() {
				if _, err := answer.Values(); err != nil {
					return err
				}
			}
			return answer.Err()
		})
		if err != nil {
			return fmt.Errorf("count in SQL: %w", err)
		}
	}
	ms := func(t *timings) string {
		return fmt.Sprintf("%6.1f / %6.1f", 1000*t.percentile(50).Seconds(), 1000*t.percentile(95).Seconds())
	}
	fmt.Fprintf(o.Out, "%-9s %-22s %5d rows  %s   %s   %s\n", level.column, asked.name, rows, ms(&tables), ms(&stages), ms(&plain))
	return nil
}

// plainCount sums a few figures of the narrow rows as anybody would.
func plainCount(column string, groups []store.StatisticsGroup, basis store.StatisticsBasis) string {
	day := "registered_on"
	if basis == store.ConcludedIn {
		day = "concluded_on"
	}
	below := map[string]string{"province": "city", "city": "county", "county": "township", "township": "village", "village": "grid"}[column]
	keys := make([]string, 0, len(groups)+1)
	for _, group := range groups {
		keys = append(keys, map[store.StatisticsGroup]string{
			store.ByDivision: "coalesce(" + below + ", division)", store.ByUnit: "unit", store.ByCategory: "category", store.ByKind: "kind",
			store.ByMonth: "to_char(" + day + ", 'YYYY-MM')",
		}[group])
	}
	statement := "select " + strings.Join(append(keys, "count(*)", "sum(concluded)", "sum(open)", "sum(overdue)",
		"sum(concluded_on_time_part)", "sum(concluded_on_time_of)"), ", ") +
		" from statistics_cases where not sealed and " + column + " = $1 and " + day + " between $2::text::date and $3::text::date"
	if len(keys) == 0 {
		return statement
	}
	numbers := make([]string, len(keys))
	for i := range keys {
		numbers[i] = fmt.Sprint(i + 1)
	}
	return statement + " group by " + strings.Join(numbers, ", ")
}

// appends measures the registering and accepting of cases with and without the noting of
// changes, by turns.
func (o StatisticsOptions) appends(ctx context.Context, pool *pgxpool.Pool) error {
	if o.Appends == 0 {
		return nil
	}
	fmt.Fprintf(o.Out, "\nappends a second, %d cases registered and accepted, %d at once\n", o.Appends, plantingAtOnce)
	for range 3 {
		for _, noting := range []string{"enable", "disable"} {
			if _, err := pool.Exec(ctx, "alter table statistics_cases "+noting+" trigger user"); err != nil {
				return fmt.Errorf("%s the noting of changes: %w", noting, err)
			}
			began := time.Now()
			if _, err := Plant(ctx, o.Record, "530402001", o.Appends); err != nil {
				return err
			}
			with := map[string]string{"enable": "with", "disable": "without"}[noting]
			fmt.Fprintf(o.Out, "%-8s %6.0f\n", with, float64(2*o.Appends)/time.Since(began).Seconds())
		}
	}
	_, err := pool.Exec(ctx, "alter table statistics_cases enable trigger user")
	return err
}
