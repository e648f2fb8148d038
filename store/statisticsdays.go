package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
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
	durations := map[string][]StageDuration{}
	statement, args := c.daysStatement()
	if statement == "" {
		return durations, nil
	}
	rows, err := s.pool.Query(ctx, statement, args.values...)
	if err != nil {
		return nil, fmt.Errorf("count days: %w", err)
	}
	key := make([]string, len(query.GroupBy))
	var stage int
	var days []int32
	var cases []int64
	targets := make([]any, 0, len(key)+3)
	for i := range key {
		targets = append(targets, &key[i])
	}
	_, err = pgx.ForEachRow(rows, append(targets, &stage, &days, &cases), func() error {
		if stage > len(casefile.OpenStages) {
			return fmt.Errorf("there is no stage %d", stage)
		}
		duration := histogram{days, cases}.duration()
		duration.Stage = casefile.OpenStages[stage-1]
		name := RowKey(key)
		durations[name] = append(durations[name], duration)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count days: %w", err)
	}
	for _, list := range durations {
		slices.SortFunc(list, func(a, b StageDuration) int {
			return slices.Index(casefile.OpenStages, a.Stage) - slices.Index(casefile.OpenStages, b.Stage)
		})
	}
	return durations, nil
}

// daysStatement gathers, by key and stage, how many cases spent how many days there.
func (c *counting) daysStatement() (string, *arguments) {
	args := &arguments{}
	var parts []string
	for _, from := range c.sources(args) {
		if from.summed {
			parts = append(parts, "select "+strings.Join(append(slices.Clone(from.keys), "c.stage", "c.days", "c.cases"), ", ")+
				" from statistics_days c "+from.from)
			continue
		}
		relation, where, _ := strings.Cut(from.from, " where ")
		parts = append(parts, "select "+strings.Join(append(slices.Clone(from.keys), "d.stage::integer", "d.days", from.weight+" as cases"), ", ")+
			" from "+relation+" cross join lateral unnest(c.days) with ordinality as d (days, stage) where d.days is not null and "+where)
	}
	if len(parts) == 0 {
		return "", nil
	}
	names := make([]string, 0, len(c.query.GroupBy))
	for i := range c.query.GroupBy {
		names = append(names, fmt.Sprintf("k%d", i+1))
	}
	names = append(names, "stage")
	list := strings.Join(names, ", ")
	return "select " + list + ", array_agg(days order by days), array_agg(cases order by days) from (select " + list +
		", days, sum(cases)::bigint as cases from (" + strings.Join(parts, " union all ") + ") u group by " + list +
		", days having sum(cases) <> 0) h group by " + list, args
}

// histogram says of how many cases each number of days is, in their order.
type histogram struct {
	days  []int32
	cases []int64
}

func (h histogram) duration() StageDuration {
	var d StageDuration
	for _, n := range h.cases {
		d.N += n
	}
	if d.N > 0 {
		d.Median = (h.at((d.N+1)/2) + h.at(d.N/2+1)) / 2
		d.P90 = h.at((d.N*9 + 9) / 10)
	}
	return d
}

// at is the days of the n-th case, from 1.
func (h histogram) at(n int64) float64 {
	for i, cases := range h.cases {
		if n -= cases; n <= 0 {
			return float64(h.days[i])
		}
	}
	return 0
}
