package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// StatisticsBasis says which cases of a period are counted.
type StatisticsBasis string

// The bases: those registered in the period (a cohort), or those concluded in it (a flow).
const (
	RegisteredIn StatisticsBasis = "REGISTERED_IN"
	ConcludedIn  StatisticsBasis = "CONCLUDED_IN"
)

// StatisticsGroup is what rows are told apart by.
type StatisticsGroup string

// The groups.
const (
	ByDivision StatisticsGroup = "DIVISION"
	ByUnit     StatisticsGroup = "UNIT"
	ByCategory StatisticsGroup = "CATEGORY"
	ByKind     StatisticsGroup = "KIND"
	ByMonth    StatisticsGroup = "MONTH" // of the basis, "YYYY-MM" in Asia/Shanghai
)

// StatisticsQuery asks for counts of the cases of a division and period.
type StatisticsQuery struct {
	Division casefile.Division
	// From and To are days "YYYY-MM-DD" in Asia/Shanghai, both inclusive.
	From, To string
	Basis    StatisticsBasis // empty is CONCLUDED_IN
	Kind     casefile.Kind   // empty is both
	// Level is the one by which DIVISION groups; empty is the one below Division.
	Level   casefile.DivisionLevel
	GroupBy []StatisticsGroup
}

// Counts are numbers of cases, except where said otherwise.
type Counts struct {
	Registered, Concluded, Closed, Open, Overdue int64
	People                                       int64 // who stand behind the cases
	AgreedAmount                                 int64 // fen
	// ConcludedOnTime of WithClock: those concluded within their handling clock, of those
	// concluded that had one.
	ConcludedOnTime, WithClock int64
}

// StatisticsRow is one cell: its key in the order of GroupBy.
type StatisticsRow struct {
	Key    []string
	Counts Counts
}

// Statistics are the rows, ordered by key; one row with an empty key where nothing groups.
type Statistics struct {
	AsOf time.Time
	Rows []StatisticsRow
}

// hiddenBelow is the size under which a number of sealed cases is not shown.
const hiddenBelow = 5

// Statistics counts the cases of the viewer's statistical scope: their sub-tree and own
// units, and what they analyse, less what they are excluded from.
//
// Sealed cases are counted by blocks of a county, kind and month, each whole or not at all:
// a block counts where it has at least 5, and only in cells made of whole blocks (whole
// months, a county or wider, no unit or category). So no difference of two cells shows
// fewer than 5.
func (s *Store) Statistics(ctx context.Context, viewer Viewer, query StatisticsQuery) (Statistics, error) {
	within, err := s.scope(ctx, query.Division)
	if err != nil {
		return Statistics{}, err
	}
	if within == nil {
		return Statistics{}, fmt.Errorf("statistics: no division given")
	}
	cells := map[string]*StatisticsRow{}
	batch := &pgx.Batch{}
	var result Statistics
	batch.Queue("select now()").QueryRow(func(row pgx.Row) error { return row.Scan(&result.AsOf) })
	add := func(rows pgx.Rows) error { return addCells(cells, rows, len(query.GroupBy)) }
	others, args := query.counting(viewer, within, "c.confidentiality <> 'SEALED'")
	batch.Queue(others, args.values...).Query(add)
	if query.wholeBlocks(within) {
		sealed, args := query.countingSealed(viewer, within)
		batch.Queue(sealed, args.values...).Query(add)
	}
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Statistics{}, fmt.Errorf("count cases: %w", err)
	}
	for _, cell := range cells {
		result.Rows = append(result.Rows, *cell)
	}
	if len(query.GroupBy) == 0 && len(result.Rows) == 0 {
		result.Rows = []StatisticsRow{{Key: []string{}}}
	}
	slices.SortFunc(result.Rows, func(a, b StatisticsRow) int { return slices.Compare(a.Key, b.Key) })
	result.AsOf = casefile.Instant(result.AsOf)
	return result, nil
}

// measures are what scanning a cell reads; filter keeps a measure to some cases.
var measures = []string{
	"count(*)",
	"count(*) filter (where c.concluded_at is not null)",
	"count(*) filter (where c.closed_at is not null)",
	"count(*) filter (where c.open)",
	"count(*) filter (where c.overdue)",
	"count(*) filter (where c.concluded_at is not null and c.concluded_on_time)",
	"count(*) filter (where c.concluded_at is not null and c.concluded_on_time is not null)",
	"coalesce(sum(c.people), 0)::bigint",
	"coalesce(sum(c.agreed_amount), 0)::bigint",
}

func (c *Counts) fields() []*int64 {
	return []*int64{
		&c.Registered, &c.Concluded, &c.Closed, &c.Open, &c.Overdue, &c.ConcludedOnTime, &c.WithClock, &c.People, &c.AgreedAmount,
	}
}

func addCells(cells map[string]*StatisticsRow, rows pgx.Rows, keys int) error {
	key := make([]string, keys)
	var counts Counts
	targets := make([]any, 0, keys+len(measures))
	for i := range key {
		targets = append(targets, &key[i])
	}
	for _, field := range counts.fields() {
		targets = append(targets, field)
	}
	_, err := pgx.ForEachRow(rows, targets, func() error {
		name := strings.Join(key, "\x00")
		if cells[name] == nil {
			cells[name] = &StatisticsRow{Key: slices.Clone(key)}
		}
		sum := cells[name].Counts.fields()
		for i, field := range counts.fields() {
			*sum[i] += *field
		}
		return nil
	})
	return err
}

func (q StatisticsQuery) basis() string {
	if q.Basis == RegisteredIn {
		return "c.registered_at"
	}
	return "c.concluded_at"
}

func (q StatisticsQuery) month() string {
	return "to_char(" + q.basis() + " at time zone 'Asia/Shanghai', 'YYYY-MM')"
}

// keys are the SQL expressions of the groups.
func (q StatisticsQuery) keys() []string {
	var keys []string
	for _, group := range q.GroupBy {
		switch group {
		case ByDivision:
			// A case that lies at a wider division than the level's stays there.
			keys = append(keys, "coalesce(c."+levelColumn(q.level())+", c.division)")
		case ByUnit:
			keys = append(keys, "c.responsible_unit_id")
		case ByCategory:
			keys = append(keys, "c.category")
		case ByKind:
			keys = append(keys, "c.kind")
		case ByMonth:
			keys = append(keys, q.month())
		}
	}
	return keys
}

func (q StatisticsQuery) level() casefile.DivisionLevel {
	if q.Level != "" {
		return q.Level
	}
	levels := casefile.DivisionLevels
	below := slices.Index(levels, q.Division.Level()) + 1
	return levels[min(below, len(levels)-1)]
}

// counted is the condition that a case belongs to the query and the viewer's scope.
func (q StatisticsQuery) counted(viewer Viewer, within []casefile.Division, args *arguments) string {
	scope := append(slices.Clone(viewer.SubTree), viewer.Analyst...)
	condition := "(" + inDivisions(intersect(scope, within), args)
	if len(viewer.OwnUnits) > 0 {
		condition += " or (c.responsible_unit_id = any(" + args.add(viewer.OwnUnits) + "::text[]) and " + inDivisions(within, args) + ")"
	}
	condition += ") and not " + viewer.excludedFrom(args) + inDays(q.basis(), q.From, q.To, args)
	if q.Kind != "" {
		condition += " and c.kind = " + args.add(string(q.Kind))
	}
	return condition + " and " + q.basis() + " is not null"
}

func (q StatisticsQuery) counting(viewer Viewer, within []casefile.Division, which string) (string, *arguments) {
	args := &arguments{}
	query := "select " + strings.Join(append(q.keys(), measures...), ", ") + " from cases c where " +
		which + " and " + q.counted(viewer, within, args)
	if len(q.GroupBy) == 0 {
		return query + " having count(*) > 0", args
	}
	return query + " group by " + positions(len(q.GroupBy)), args
}

// countingSealed counts sealed cases by block; within a block a measure counts where the
// cases that it counts, and those that it doesn't, are none or enough.
func (q StatisticsQuery) countingSealed(viewer Viewer, within []casefile.Division) (string, *arguments) {
	args := &arguments{}
	enough := make([]string, len(measures))
	for i, measure := range measures {
		count := measure
		if !strings.HasPrefix(measure, "count") {
			count = "count(*)"
		}
		enough[i] = fmt.Sprintf("case when %s >= %d and (count(*) - %s) not between 1 and %d then %s else 0 end",
			count, hiddenBelow, count, hiddenBelow-1, measure)
	}
	return "select " + strings.Join(append(q.keys(), enough...), ", ") + " from cases c where c.confidentiality = 'SEALED' and " +
		q.counted(viewer, within, args) + " group by " + strings.Join(append(q.keys(), "coalesce(c.county, c.division)", "c.kind", q.month()), ", ") +
		fmt.Sprintf(" having count(*) >= %d", hiddenBelow), args
}

// wholeBlocks reports whether the query's cells are made of whole blocks of sealed cases.
func (q StatisticsQuery) wholeBlocks(within []casefile.Division) bool {
	from, errFrom := time.Parse(time.DateOnly, q.From)
	to, errTo := time.Parse(time.DateOnly, q.To)
	if errFrom != nil || errTo != nil || from.Day() != 1 || to.AddDate(0, 0, 1).Day() != 1 {
		return false
	}
	if slices.Contains(q.GroupBy, ByUnit) || slices.Contains(q.GroupBy, ByCategory) {
		return false
	}
	wide := func(level casefile.DivisionLevel) bool {
		at := slices.Index(casefile.DivisionLevels, level)
		return at >= 0 && at <= slices.Index(casefile.DivisionLevels, casefile.LevelCounty)
	}
	if slices.Contains(q.GroupBy, ByDivision) && !wide(q.level()) {
		return false
	}
	return !slices.ContainsFunc(within, func(d casefile.Division) bool { return !wide(d.Level()) })
}

func positions(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i + 1)
	}
	return strings.Join(list, ", ")
}
