package store

import (
	"context"
	"fmt"
	"slices"
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
	// From and To are days "YYYY-MM-DD" in Asia/Shanghai, both inclusive; empty is no bound.
	From, To string
	Basis    StatisticsBasis // empty is CONCLUDED_IN
	Kind     casefile.Kind   // empty is both
	// Level is the one by which DIVISION groups; empty is the one below Division.
	Level   casefile.DivisionLevel
	GroupBy []StatisticsGroup
}

// Counts are numbers of cases, except where said otherwise.
type Counts struct {
	Registered, Concluded, Closed, Open, Overdue, Deferred int64
	People                                                 int64 // who stand behind the cases
	AgreedAmount                                           int64 // fen
}

// StatisticsRow is one cell: its key in the order of GroupBy.
type StatisticsRow struct {
	Key    []string
	Counts Counts
	// Shares are all indicators. Those of packages have a part where the query tells packages
	// apart: they have neither kind nor category.
	Shares map[casefile.IndicatorCode]casefile.Share
}

// Statistics are the rows, ordered by key; one row with an empty key where nothing groups.
type Statistics struct {
	AsOf time.Time
	Rows []StatisticsRow
}

// MaxStatisticsRows is the most rows that one answer has.
const MaxStatisticsRows = 20_000

// TooManyRowsError says that a table would have more than MaxStatisticsRows rows.
type TooManyRowsError struct{ Rows int }

func (e *TooManyRowsError) Error() string {
	return fmt.Sprintf("the table would have %d rows, at most %d are given", e.Rows, MaxStatisticsRows)
}

// Statistics counts the cases of the viewer's statistical scope: their sub-tree and own
// units, and what they analyse, less what they are excluded from. Sealed cases are counted by
// blocks, each whole or not at all: see sealedRows. Where MONTH groups, every month of the
// period has a row beside each of the other keys, also an empty one. A table too long is a
// *TooManyRowsError.
//
// Counties and wider divisions are read from the sums in statistics_cells and what has changed
// since they were made; the days of a period that are no whole month, smaller divisions and
// single units case by case.
func (s *Store) Statistics(ctx context.Context, viewer Viewer, query StatisticsQuery) (Statistics, error) {
	c, err := s.counting(ctx, viewer, query, countsFigures)
	if err != nil {
		return Statistics{}, err
	}
	var result Statistics
	cells := figureCells{}
	batch := &pgx.Batch{}
	batch.Queue("begin isolation level repeatable read read only")
	batch.Queue("select now()").QueryRow(func(row pgx.Row) error { return row.Scan(&result.AsOf) })
	statement, args := c.figuresStatement()
	batch.Queue(statement, args.values...).Query(func(rows pgx.Rows) error {
		return scanFigures(rows, len(query.GroupBy), cells.add)
	})
	if statement, args := c.sealedStatement(); statement != "" && c.wholeBlocks() {
		batch.Queue(statement, args.values...).Query(func(rows pgx.Rows) error {
			return scanFigures(rows, len(query.GroupBy), func(key []string, figures []int64) { cells.add(key, shownOfSealed(figures)) })
		})
	}
	if query.countsPackages() {
		statement, args := c.packagesStatement()
		batch.Queue(statement, args.values...).Query(func(rows pgx.Rows) error {
			return scanPackageCounts(rows, len(query.GroupBy), func(key []string, counts packageCounts) { cells.at(key).packages = counts })
		})
	}
	batch.Queue("commit")
	if err := s.snapshotBatch(ctx, batch); err != nil {
		return Statistics{}, fmt.Errorf("count cases: %w", err)
	}
	if err := cells.fill(c); err != nil {
		return Statistics{}, err
	}
	result.AsOf, result.Rows = casefile.Instant(result.AsOf), cells.rows()
	return result, nil
}

// snapshotBatch runs a batch that begins and ends its own transaction.
func (s *Store) snapshotBatch(ctx context.Context, batch *pgx.Batch) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer release(conn)
	return conn.SendBatch(ctx, batch).Close()
}

// figureCells are the figures by key: the number of cases, then figureColumns.
type figureCells map[string]*figureCell

type figureCell struct {
	key      []string
	figures  []int64
	packages packageCounts
}

func (f figureCells) at(key []string) *figureCell {
	name := RowKey(key)
	if f[name] == nil {
		f[name] = &figureCell{key: slices.Clone(key), figures: make([]int64, 1+len(figureColumns))}
	}
	return f[name]
}

func (f figureCells) add(key []string, figures []int64) {
	cell := f.at(key)
	for i, n := range figures {
		cell.figures[i] += n
	}
}

// fill adds the empty rows: every month of the period beside each of the other keys, and the
// one row of an ungrouped table.
func (f figureCells) fill(c *counting) error {
	if len(c.query.GroupBy) == 0 {
		f.at([]string{})
		return nil
	}
	at := slices.Index(c.query.GroupBy, ByMonth)
	months := c.period.months()
	if at < 0 || len(months) == 0 {
		return tooMany(len(f))
	}
	others := map[string][]string{}
	if len(c.query.GroupBy) == 1 {
		others[""] = []string{""}
	}
	for _, cell := range f {
		key := slices.Clone(cell.key)
		key[at] = ""
		others[RowKey(key)] = key
	}
	if err := tooMany(len(others) * len(months)); err != nil {
		return err
	}
	for _, key := range others {
		for _, month := range months {
			key[at] = month
			f.at(key)
		}
	}
	return nil
}

func tooMany(rows int) error {
	if rows > MaxStatisticsRows {
		return &TooManyRowsError{rows}
	}
	return nil
}

func (f figureCells) rows() []StatisticsRow {
	rows := make([]StatisticsRow, 0, len(f))
	for _, cell := range f {
		rows = append(rows, cell.row())
	}
	slices.SortFunc(rows, func(a, b StatisticsRow) int { return slices.Compare(a.Key, b.Key) })
	return rows
}

func (f *figureCell) row() StatisticsRow {
	row := StatisticsRow{Key: f.key, Shares: map[casefile.IndicatorCode]casefile.Share{}}
	c, n := &row.Counts, f.figures
	for i, count := range []*int64{&c.Registered, &c.Concluded, &c.Closed, &c.Open, &c.Overdue, &c.Deferred, &c.People, &c.AgreedAmount} {
		*count = n[i]
	}
	at := 1 + shareColumns
	for _, indicator := range casefile.Indicators {
		if indicator.OfPackages() {
			row.Shares[indicator.Code] = f.packages.share(indicator.Code)
			continue
		}
		row.Shares[indicator.Code] = casefile.Share{Numerator: n[at], Denominator: n[at+1]}
		at += 2
	}
	return row
}

// shareColumns is where the indicators begin among figureColumns.
const shareColumns = 7

func scanFigures(rows pgx.Rows, keys int, take func(key []string, figures []int64)) error {
	key, figures := make([]string, keys), make([]int64, 1+len(figureColumns))
	targets := make([]any, 0, keys+len(figures))
	for i := range key {
		targets = append(targets, &key[i])
	}
	for i := range figures {
		targets = append(targets, &figures[i])
	}
	_, err := pgx.ForEachRow(rows, targets, func() error { take(key, figures); return nil })
	return err
}
