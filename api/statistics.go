package api

import (
	"context"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/category"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// countingRules names the rules that figures were counted by, so that two reports can be
// told apart. It moves whenever what a figure counts does.
const countingRules = "2026-1"

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
	if err != nil {
		return nil, unavailable(err)
	}
	table := &schema.Statistics{
		AsOf: counted.AsOf, RuleVersion: countingRules, Rows: make([]schema.StatisticsRow, len(counted.Rows)),
	}
	for i, row := range counted.Rows {
		table.Rows[i] = q.statisticsRow(query.GroupBy, row)
	}
	if len(query.GroupBy) == 0 {
		if err := s.countPackages(ctx, q, query, table); err != nil {
			return nil, err
		}
	}
	return table, nil
}

// countPackages adds the indicators of leadership packages to a table of one row: of those
// that a leader took on in the period, how many are resolved and how many stabilised now.
func (s *service) countPackages(ctx context.Context, q *request, query store.StatisticsQuery, table *schema.Statistics) error {
	counted, err := s.store.PackageCounts(ctx, q.viewer, query.Division, query.From, query.To)
	if err != nil {
		return unavailable(err)
	}
	for i := range table.Rows {
		table.Rows[i].Indicators = append(table.Rows[i].Indicators,
			schema.Indicator{Code: "PACKAGES_RESOLVED", Numerator: counted.Resolved, Denominator: counted.Taken},
			schema.Indicator{Code: "PACKAGES_STABILISED", Numerator: counted.Stabilised, Denominator: counted.Taken},
		)
	}
	return nil
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
			People: c.People, AgreedAmount: c.AgreedAmount,
		},
		Indicators: []schema.Indicator{
			{Code: "CONCLUDED_ON_TIME", Numerator: c.ConcludedOnTime, Denominator: c.WithClock},
		},
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
