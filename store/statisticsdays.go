package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/tiaochu/tiaochu/casefile"
)

// StageDuration is how long the cases of a row stood in a stage that they have left.
type StageDuration struct {
	Stage casefile.Stage
	// Median is the middle one of the cases' days, or the mean of the two in the middle; P90 the
	// smallest number of days within which nine of ten left the stage. Both are exact.
	Median, P90 float64
	// N is how many cases left the stage at least once.
	N int64
}

// RowKey names a row of a table by its key.
func RowKey(key []string) string { return strings.Join(key, "\x00") }

// StageDurations tells, by RowKey of the rows that Statistics gives, what the cases spent in
// each stage that they have left; a stage that no case of a row left is not there. Sealed
// cases are not counted.
func (s *Store) StageDurations(ctx context.Context, viewer Viewer, query StatisticsQuery) (map[string][]StageDuration, error) {
	c, err := s.counting(ctx, viewer, query, countsDays)
	if err != nil {
		return nil, err
	}
	found := map[string][]StageDuration{}
	statement, args := c.daysStatement()
	if statement == "" {
		return found, nil
	}
	rows, err := s.pool.Query(ctx, statement, args.values...)
	if err != nil {
		return nil, fmt.Errorf("count days: %w", err)
	}
	spent, err := scanDays(rows, len(query.GroupBy))
	if err != nil {
		return nil, fmt.Errorf("count days: %w", err)
	}
	stages := make([]histogram, len(casefile.OpenStages))
	for name, days := range spent {
		if list := durations(*days, stages); len(list) > 0 {
			found[name] = list
		}
	}
	return found, nil
}

// scanDays reads what daysStatement gives, by RowKey.
func scanDays(rows pgx.Rows, keys int) (map[string]*[]daysOfCases, error) {
	spent := map[string]*[]daysOfCases{}
	key := make([]string, keys)
	var stage int32
	var days, cases pgtype.DriverBytes
	var weight int64
	targets := make([]any, 0, keys+4)
	for i := range key {
		targets = append(targets, &key[i])
	}
	_, err := pgx.ForEachRow(rows, append(targets, &stage, &weight, &days, &cases), func() error {
		if stage < 0 || int(stage) > len(casefile.OpenStages) {
			return fmt.Errorf("there is no stage %d", stage)
		}
		name := RowKey(key)
		list := spent[name]
		if list == nil {
			list = &[]daysOfCases{}
			spent[name] = list
		}
		before := len(*list)
		err := sentIntegers(days, func(i int, n int32, null bool) error {
			switch {
			case stage > 0:
				*list = append(*list, daysOfCases{stage, n, 0})
			case !null && i < len(casefile.OpenStages):
				*list = append(*list, daysOfCases{int32(i) + 1, n, weight})
			}
			return nil
		})
		if err != nil || stage == 0 {
			return err
		}
		return sentIntegers(cases, func(i int, n int32, _ bool) error {
			if before+i >= len(*list) {
				return errNotIntegers
			}
			(*list)[before+i].cases = int64(n)
			return nil
		})
	})
	return spent, err
}

// daysStatement lists, by key, what was spent in stages: of a sum a row for each stage, with the numbers of
// days and how many cases took each; of a case one row, as stage 0, with its weight and its days in all stages. They are
// added up here: Postgres takes several times as long.
func (c *counting) daysStatement() (string, *arguments) {
	args := &arguments{}
	var parts []string
	for _, from := range c.sources(args) {
		what, relation := []string{"0 as stage", from.weight + "::bigint as weight", "array_send(c.days) as days", "null::bytea as cases"}, from.from
		if from.summed {
			what, relation = []string{"c.stage", "1::bigint as weight", "array_send(c.days) as days", "array_send(c.cases) as cases"}, "statistics_days c "+from.from
		}
		parts = append(parts, "select "+strings.Join(append(slices.Clone(from.keys), what...), ", ")+" from "+relation)
	}
	return strings.Join(parts, " union all "), args
}
