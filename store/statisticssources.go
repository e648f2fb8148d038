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
	// What the viewer is excluded from is looked up once, and not for each case: it is little.
	exclusions := "(select x.case_id from case_exclusions x where x.excluded = any(" + excluded + "::text[]))"
	cases := func(where, day string, spans []daySpan) {
		single("1", "statistics_cases c", "not c.sealed and "+where+" and "+inSpans(day, spans, args)+" and c.case_id not in "+exclusions)
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
	for _, r := range c.readings() {
		if len(r.single) > 0 {
			cases(countedIn(r.divisions, args), q.day(), r.single)
		}
		if len(r.whole) == 0 {
			continue
		}
		for _, division := range r.divisions {
			for _, sums := range r.sums {
				if len(sums.spans) > 0 {
					list = append(list, c.sumSource(division, sums, args))
				}
			}
		}
		single("c.weight", "statistics_changes c", "not c.sealed and "+countedIn(r.divisions, args)+" and "+inSpans(q.day(), r.whole, args))
		single("-1", "statistics_cases c", "not c.sealed and c.case_id = any(array"+exclusions+") and "+countedIn(r.divisions, args)+" and "+inSpans(q.plainDay(), r.whole, args))
	}
	return list
}

// reading is how a period is read of some wide divisions of one level: what of it from which sums, together whole,
// and what case by case.
type reading struct {
	divisions     []casefile.Division
	sums          []spanSums
	whole, single []daySpan
}

// spanSums are the sums of a span, of a level, that begin in some ranges of days.
type spanSums struct {
	span  string
	level casefile.DivisionLevel
	spans []daySpan
}

// readings splits the period for the wide divisions of each level.
func (c *counting) readings() []reading {
	var list []reading
	for _, division := range c.wide {
		at := slices.IndexFunc(list, func(r reading) bool { return r.divisions[0].Level() == division.Level() })
		if at < 0 {
			at, list = len(list), append(list, c.readingOf(division))
		}
		list[at].divisions = append(list[at].divisions, division)
	}
	return list
}

func (c *counting) readingOf(division casefile.Division) reading {
	var r reading
	q, p := c.query, c.period
	level := q.sumLevel(division)
	if p.hasWhole() {
		r.whole = []daySpan{{p.whole.from, p.whole.to.AddDate(0, 1, -1)}}
		years, months := daySpan{}, []daySpan{p.whole}
		if q.groups(ByUnit) && !q.groups(ByMonth) {
			years, months = p.years()
		}
		if !years.from.IsZero() {
			r.sums = append(r.sums, spanSums{spanYear, level, []daySpan{years}})
		}
		r.sums = append(r.sums, spanSums{spanMonth, level, months})
	}
	if len(p.edges) == 0 {
		return r
	}
	if level, ok := q.dayLevel(division); ok {
		r.sums = append(r.sums, spanSums{spanDay, level, p.edges})
		r.whole = []daySpan{p.daySpan}
	} else {
		r.single = p.edges
	}
	return r
}

// sumSource are sums of a division.
func (c *counting) sumSource(division casefile.Division, sums spanSums, args *arguments) source {
	q := c.query
	where := "c.basis = " + args.add(string(q.Basis)) + " and c.span = " + args.add(sums.span) + " and c.level = " + args.add(string(sums.level))
	if sums.level == division.Level() {
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
	if q.groups(ByUnit) {
		where += " and c.unit <> ''"
	} else {
		where += " and c.unit = ''"
	}
	if q.Kind != "" {
		where += " and c.kind = " + args.add(string(q.Kind))
	}
	where += " and " + inSpans("c.begins", sums.spans, args)
	return source{keys: q.sumKeys(sums.level), weight: "1", from: "where " + where, summed: true}
}

// figuresStatement sums the figures of every source by key.
func (c *counting) figuresStatement() (string, *arguments) {
	args := &arguments{}
	var parts []string
	for _, from := range c.sources(args) {
		cases, relation := from.weight+" as cases", from.from
		if from.summed {
			cases, relation = "c.cases", "statistics_cells c "+from.from+" and not c.sealed"
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
