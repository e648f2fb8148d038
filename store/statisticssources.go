package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// source is a relation c that a part of the viewer's scope is counted from: rows that weigh as
// much as their weight says.
type source struct {
	keys   []string
	from   string // with its condition
	weight string // of a row, as an expression
	summed bool   // rows are sums and have a number of cases
}

// sources lists where the cases that are not sealed are counted: each case in one of them, or,
// where it is excluded, in the sums and off them.
func (c *counting) sources(args *arguments) []source {
	var list []source
	q := c.query
	excluded := args.add(c.viewer.exclusions())
	single := func(weight, from, where string) {
		if q.Kind != "" {
			where += " and c.kind = " + args.add(string(q.Kind))
		}
		list = append(list, source{keys: q.keys(), weight: weight, from: from + " where " + where})
	}
	cases := func(where, day string, spans []daySpan) {
		single("1", "statistics_cases c", "not c.sealed and "+where+" and "+inSpans(day, spans, args)+
			" and not exists (select 1 from case_exclusions x where x.case_id = c.case_id and x.excluded = any("+excluded+"::text[]))")
	}
	all := []daySpan{c.period.daySpan}
	if len(c.narrow) > 0 {
		cases(countedIn(c.narrow, args), q.plainDay(), all)
	}
	if len(c.viewer.OwnUnits) > 0 {
		where := "c.unit = any(" + args.add(c.viewer.OwnUnits) + "::text[]) and " + countedIn(c.within, args)
		if inside := slices.Concat(c.narrow, c.wide); len(inside) > 0 {
			where += " and not " + coalesced(countedIn(inside, args))
		}
		cases(where, q.plainDay(), all)
	}
	if len(c.wide) == 0 {
		return list
	}
	if len(c.period.edges) > 0 {
		cases(countedIn(c.wide, args), q.day(), c.period.edges)
	}
	if !c.period.hasWhole() {
		return list
	}
	for _, division := range c.wide {
		list = append(list, c.sumSource(division, args))
	}
	months := []daySpan{{c.period.whole.from, c.period.whole.to.AddDate(0, 1, -1)}}
	single("c.weight", "statistics_changes c", "not c.sealed and "+countedIn(c.wide, args)+" and "+inSpans(q.day(), months, args))
	single("-1", "statistics_cases c", "not c.sealed and c.case_id in (select x.case_id from case_exclusions x where x.excluded = any("+
		excluded+"::text[])) and "+countedIn(c.wide, args)+" and "+inSpans(q.plainDay(), months, args))
	return list
}

// sumSource are the cells of a division.
func (c *counting) sumSource(division casefile.Division, args *arguments) source {
	q := c.query
	level := q.sumLevel(division)
	where := "c.basis = " + args.add(string(q.Basis)) + " and c.level = " + args.add(string(level))
	if level == division.Level() {
		where += " and c.division = " + args.add(string(division))
	} else {
		// Codes are digits, and ':' comes after '9'.
		where += " and c.division >= " + args.add(string(division)) + " and c.division < " + args.add(string(division)+":")
	}
	if q.groups(ByCategory) {
		where += " and c.category <> ''"
	} else {
		where += " and c.category = ''"
	}
	if q.Kind != "" {
		where += " and c.kind = " + args.add(string(q.Kind))
	}
	where += " and c.month between " + args.add(c.period.whole.from) + "::date and " + args.add(c.period.whole.to) + "::date"
	return source{keys: q.sumKeys(level), weight: "1", from: "where " + where, summed: true}
}

// cellsOf chooses the cells of units, or those of all together or of a category.
func (q StatisticsQuery) cellsOf() string {
	if q.groups(ByUnit) {
		return " and not c.sealed and c.unit <> ''"
	}
	return " and not c.sealed and c.unit = ''"
}

// figuresStatement sums the figures of every source by key.
func (c *counting) figuresStatement() (string, *arguments) {
	args := &arguments{}
	var parts []string
	for _, from := range c.sources(args) {
		cases, relation := from.weight+" as cases", from.from
		if from.summed {
			cases, relation = "c.cases", "statistics_cells c "+from.from+c.query.cellsOf()
		}
		weight := from.weight + " * c."
		if from.weight == "1" {
			weight = "c."
		}
		parts = append(parts, "select "+strings.Join(append(slices.Clone(from.keys), cases, figures(weight)), ", ")+" from "+relation)
	}
	return c.grouped(parts, "sum(u.cases)::bigint, "+sums("", "u."), args)
}

// grouped sums parts by key; what comes to nothing has no row.
func (c *counting) grouped(parts []string, what string, args *arguments) (string, *arguments) {
	if len(parts) == 0 {
		// A viewer who counts nothing.
		parts = []string{"select " + strings.Join(append(slices.Clone(c.query.keys()), "1 as cases", figures("c.")), ", ") +
			" from statistics_cases c where false"}
		args = &arguments{}
	}
	names := make([]string, len(c.query.GroupBy))
	for i := range names {
		names[i] = fmt.Sprintf("u.k%d", i+1)
	}
	statement := "select " + strings.Join(append(slices.Clone(names), what), ", ") + " from (" + strings.Join(parts, " union all ") + ") u"
	if len(names) > 0 {
		statement += " group by " + strings.Join(names, ", ")
	}
	return statement + " having sum(u.cases) <> 0", args
}

// countedIn is the condition that a row c lies in one of some divisions, along the indexes of
// statistics_cases.
func countedIn(divisions []casefile.Division, args *arguments) string {
	conditions := []string{"false"}
	for _, division := range divisions {
		condition := inDivision(division, args)
		if township := division.At(casefile.LevelTownship); township != "" && township != division {
			condition = "(c.township = " + args.add(string(township)) + " and " + condition + ")"
		}
		conditions = append(conditions, condition)
	}
	if len(conditions) == 2 {
		return conditions[1]
	}
	return "(" + strings.Join(conditions, " or ") + ")"
}

// coalesced makes a condition on levels that a case doesn't have say no.
func coalesced(condition string) string { return "coalesce(" + condition + ", false)" }

// inSpans is the condition that a day lies in one of some ranges.
func inSpans(day string, spans []daySpan, args *arguments) string {
	conditions := make([]string, len(spans))
	for i, span := range spans {
		conditions[i] = day + " between " + args.add(span.from) + "::date and " + args.add(span.to) + "::date"
	}
	return "(" + strings.Join(conditions, " or ") + ")"
}
