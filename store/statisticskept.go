package store

import "strings"

// keptSum is a kind of sums that are kept: over a span of time, of the divisions of a level with
// everything below them (what lies wider stands under its own division), of all together or by a group.
type keptSum struct {
	span, level string
	by          StatisticsGroup // empty is all together
	// figures is set where the days per stage are not kept.
	figures bool
}

// The spans: a day, a month or a year of the basis, in Asia/Shanghai.
const (
	spanDay   = "DAY"
	spanMonth = "MONTH"
	spanYear  = "YEAR"
)

// keptByMonth are the sums of months and longer. Days per stage of counties by category would be
// most of all rows, and a county's cases are few enough to be counted one by one. A unit's cases lie in
// one county nearly all, so its sums are kept there alone; and by year too, as units are many.
var keptByMonth = []keptSum{
	{span: spanMonth, level: "PROVINCE"},
	{span: spanMonth, level: "CITY"},
	{span: spanMonth, level: "COUNTY"},
	{span: spanMonth, level: "PROVINCE", by: ByCategory},
	{span: spanMonth, level: "CITY", by: ByCategory},
	{span: spanMonth, level: "COUNTY", by: ByCategory, figures: true},
	{span: spanMonth, level: "COUNTY", by: ByUnit},
	{span: spanYear, level: "COUNTY", by: ByUnit},
}

// keptByDay are the sums of single days, for periods that begin or end within a month. Below these
// there would be about as many sums as cases.
var keptByDay = []keptSum{
	{span: spanDay, level: "CITY"},
	{span: spanDay, level: "PROVINCE", by: ByCategory},
}

// keptValues are the places of a row s in some sums, as values.
func keptValues(kept []keptSum, days bool) string {
	var values []string
	for _, sum := range kept {
		if days && sum.figures {
			continue
		}
		division := map[string]string{"PROVINCE": "s.province", "CITY": "coalesce(s.city, s.county)", "COUNTY": "s.county"}[sum.level]
		begins := "s.begins"
		if sum.span == spanYear {
			begins = "date_trunc('year', s.begins)::date"
		}
		category, unit := "''", "''"
		switch sum.by {
		case ByCategory:
			category = "s.category"
		case ByUnit:
			unit = "s.unit"
		}
		values = append(values, "('"+strings.Join([]string{sum.span, sum.level}, "', '")+"', "+strings.Join([]string{division, begins, category, unit}, ", ")+")")
	}
	return " cross join lateral (values " + strings.Join(values, ", ") + ") as l (span, level, division, begins, category, unit)"
}

// bases gives a row m of a case or a change once for each basis that it has a day of.
const bases = ` cross join lateral (values ('REGISTERED_IN', m.registered_on), ('CONCLUDED_IN', m.concluded_on)) as b (basis, day)`

// stagesLeft gives a row m once for each stage that its case left.
const stagesLeft = ` cross join lateral unnest(m.days) with ordinality as d (days, stage)`

// cellKey and daysKey are the keys of the two tables of sums.
const (
	cellKey = "basis, span, level, division, begins, category, unit, kind, sealed"
	daysKey = "basis, span, level, division, begins, category, unit, kind, stage"
)

// Rows are summed by month and county, or by day and city, first: the sums that are made of those are then few.
const (
	byMonth = "b.basis, date_trunc('month', b.day)::date as begins, m.province, m.city, coalesce(m.county, m.division) as county, m.kind, m.category, m.unit"
	byDay   = "b.basis, b.day as begins, m.province, m.city, coalesce(m.county, m.division) as county, m.kind, m.category, '' as unit"
)

// cellsOf tells what rows m add to the cells: several rows of a cell. Sealed cases are summed by the
// blocks in which they are shown.
func cellsOf(rows, weight string) string {
	part := func(by, where, groups string, kept []keptSum) string {
		return "select s.basis, l.span, l.level, l.division, l.begins, l.category, l.unit, s.kind, s.sealed, s.cases, " + figures("s.") +
			" from (select " + by + ", m.sealed, sum(" + weight + ")::bigint as cases, " + sums(weight+" * ", "m.") + " from " + rows + " m" + bases +
			" where b.day is not null" + where + " group by " + groups + ") s" + keptValues(kept, false) +
			" where not s.sealed or l.span = 'MONTH' and l.level = 'COUNTY' and l.category = '' and l.unit = ''"
	}
	return part(byMonth, "", positions(9), keptByMonth) + " union all " + part(cityOf(byDay), " and not m.sealed", positions(9), keptByDay)
}

// daysOf tells what rows m add to the days per stage: several rows of a place and number of days.
func daysOf(rows, weight string) string {
	part := func(by string, kept []keptSum) string {
		return "select s.basis, l.span, l.level, l.division, l.begins, l.category, l.unit, s.kind, s.stage, s.days, s.cases from (select " +
			by + ", d.stage::integer as stage, d.days, sum(" + weight + ")::bigint as cases from " + rows + " m" + bases + stagesLeft +
			" where b.day is not null and d.days is not null and not m.sealed group by " + positions(10) + ") s" + keptValues(kept, true)
	}
	return part(byMonth, keptByMonth) + " union all " + part(cityOf(byDay), keptByDay)
}

// cityOf leaves the county out of what rows are summed by, but for one without a city.
func cityOf(by string) string {
	return strings.Replace(by, "coalesce(m.county, m.division) as county", "coalesce(m.city, m.county, m.division) as county", 1)
}
