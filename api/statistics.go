package api

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/category"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// Statistics answers a table. What the cases spent in stages is counted where it is asked for.
func (s *service) Statistics(ctx context.Context, input schema.StatisticsInput) (*schema.Statistics, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	query, err := q.statisticsQuery(input)
	if err != nil {
		return nil, err
	}
	counted, err := s.store.Statistics(ctx, q.viewer, query)
	if tooMany := (*store.TooManyRowsError)(nil); errors.As(err, &tooMany) {
		return nil, &BadInputError{"input.groupBy", tooMany.Error()}
	}
	if err != nil {
		return nil, unavailable(err)
	}
	durations := sync.OnceValues(func() (map[string][]store.StageDuration, error) {
		return s.store.StageDurations(ctx, q.viewer, query)
	})
	table := &schema.Statistics{
		AsOf: counted.AsOf, RuleVersion: casefile.CountingRules, Rows: make([]schema.StatisticsRow, len(counted.Rows)),
	}
	for i, row := range counted.Rows {
		shown := q.statisticsRow(query.GroupBy, row)
		shown.Durations = func() (any, error) {
			spent, err := durations()
			if err != nil {
				return nil, unavailable(err)
			}
			return stageDurations(spent[store.RowKey(row.Key)]), nil
		}
		table.Rows[i] = shown
	}
	return table, nil
}

func stageDurations(spent []store.StageDuration) []schema.StageDuration {
	list := make([]schema.StageDuration, len(spent))
	for i, d := range spent {
		list[i] = schema.StageDuration{Stage: d.Stage, Median: d.Median, P90: d.P90, N: d.N}
	}
	return list
}

func (q *request) statisticsQuery(input schema.StatisticsInput) (store.StatisticsQuery, error) {
	query := store.StatisticsQuery{
		Division: input.Division, From: input.From, To: input.To, Basis: store.StatisticsBasis(input.Basis),
		Kind: input.Kind, Level: input.Level,
	}
	if _, ok := q.people.Division(input.Division); !ok {
		return query, &BadInputError{"input.division", "no such division"}
	}
	if input.To < input.From {
		return query, &BadInputError{"input.to", input.To + " is before from, " + input.From}
	}
	for _, group := range input.GroupBy {
		if slices.Contains(query.GroupBy, store.StatisticsGroup(group)) {
			return query, &BadInputError{"input.groupBy", group + " is given twice"}
		}
		query.GroupBy = append(query.GroupBy, store.StatisticsGroup(group))
	}
	return query, nil
}

func (q *request) statisticsRow(groups []store.StatisticsGroup, row store.StatisticsRow) schema.StatisticsRow {
	c := row.Counts
	shown := schema.StatisticsRow{
		Key: row.Key,
		Counts: schema.CountRow{
			Registered: c.Registered, Concluded: c.Concluded, Closed: c.Closed, Open: c.Open, Overdue: c.Overdue,
			Deferred: c.Deferred, People: c.People, AgreedAmount: c.AgreedAmount,
		},
	}
	for _, indicator := range casefile.Indicators {
		share := row.Shares[indicator.Code]
		shown.Indicators = append(shown.Indicators, schema.Indicator{
			Code: string(indicator.Code), Numerator: share.Numerator, Denominator: share.Denominator,
			Label: indicator.Name.Label(q.language), Definition: indicator.Definition(q.language),
		})
	}
	var labels []string
	for i, group := range groups {
		key := row.Key[i]
		if group == store.ByDivision {
			shown.Division = casefile.Division(key)
		}
		labels = append(labels, q.groupLabel(group, key))
	}
	shown.Label = strings.Join(labels, " · ")
	return shown
}

func (q *request) groupLabel(group store.StatisticsGroup, key string) string {
	switch group {
	case store.ByDivision:
		if division, ok := q.people.Division(casefile.Division(key)); ok {
			return division.Name
		}
	case store.ByUnit:
		if unit, ok := q.people.Unit(key); ok {
			return unit.Name
		}
	case store.ByKind:
		return casefile.Label("CaseKind", key, q.language)
	case store.ByCategory:
		for _, kind := range []string{category.Dispute, category.Petition} {
			if found, ok := category.Find(kind, key); ok {
				return casefile.Term{ZH: found.ZH, EN: found.EN}.Label(q.language)
			}
		}
	case store.ByMonth:
	}
	return key
}
