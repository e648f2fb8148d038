package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// hiddenBelow is the size under which a number of sealed cases is not shown.
const hiddenBelow = 5

// wholeBlocks reports whether the query's rows are made of whole blocks of sealed cases: of
// whole months and of counties or wider divisions, not told apart by unit or category.
func (c *counting) wholeBlocks() bool {
	q := c.query
	if len(c.period.edges) > 0 || q.groups(ByCategory) || q.groups(ByUnit) || !q.summed() {
		return false
	}
	return !slices.ContainsFunc(c.within, func(d casefile.Division) bool { return !summed(d.Level()) })
}

// sealedStatement sums the sealed cases by block: a county (or the wider division that a case
// lies at), a kind and a month that is over. A block has at least 5 cases or is left out.
func (c *counting) sealedStatement() (string, *arguments) {
	args := &arguments{}
	q := c.query
	thisMonth := args.add(monthOf(c.period.today)) + "::date"
	excluded := args.add(c.viewer.exclusions()) + "::text[]"
	kind := ""
	if q.Kind != "" {
		kind = " and c.kind = " + args.add(string(q.Kind))
	}
	var parts []string
	part := func(keys []string, block, cases, weight, from string) {
		parts = append(parts, "select "+strings.Join(append(slices.Clone(keys), block+" as county, c.kind as sort", cases+" as cases", figures(weight)), ", ")+
			" from "+from+kind)
	}
	single := func(weight, from, where string) {
		part(q.keys(), "date_trunc('month', "+q.day()+")::date as month, coalesce(c.county, c.division)", weight, weight+" * c.", from+" where c.sealed and "+
			where+" and "+inSpans(q.plainDay(), []daySpan{c.period.daySpan}, args)+" and "+q.plainDay()+" < "+thisMonth)
	}
	without := " and not exists (select 1 from case_exclusions x where x.case_id = c.case_id and x.excluded = any(" + excluded + "))"
	if len(c.narrow) > 0 {
		single("1", "statistics_cases c", countedIn(c.narrow, args)+without)
	}
	if len(c.viewer.OwnUnits) > 0 {
		inside := countedIn(slices.Concat(c.narrow, c.wide), args)
		single("1", "statistics_cases c", "c.unit = any("+args.add(c.viewer.OwnUnits)+"::text[]) and "+countedIn(c.within, args)+
			" and not "+coalesced(inside)+without)
	}
	for _, division := range c.wide {
		part(q.sumKeys(casefile.LevelCounty), "c.begins as month, c.division", "c.cases", "c.", "statistics_cells c where c.basis = "+args.add(string(q.Basis))+
			" and c.span = 'MONTH' and c.level = 'COUNTY' and c.category = '' and c.sealed and c.division >= "+args.add(string(division))+
			" and c.division < "+args.add(string(division)+":")+" and c.begins between "+args.add(c.period.whole.from)+"::date and "+
			args.add(c.period.whole.to)+"::date and c.begins < "+thisMonth)
	}
	if len(c.wide) > 0 {
		single("c.weight", "statistics_changes c", countedIn(c.wide, args))
		single("-1", "statistics_cases c", "c.case_id = any(array(select x.case_id from case_exclusions x where x.excluded = any("+excluded+
			"))) and "+countedIn(c.wide, args)) // along the exclusions, which are fewer than the sealed cases
	}
	if len(parts) == 0 {
		return "", nil
	}
	names := make([]string, 0, len(q.GroupBy)+3)
	for i := range q.GroupBy {
		names = append(names, fmt.Sprintf("u.k%d", i+1))
	}
	blocks := append(slices.Clone(names), "u.month", "u.county", "u.sort")
	return "select " + strings.Join(append(names, "sum(u.cases)::bigint", sums("", "u.")), ", ") + " from (" + strings.Join(parts, " union all ") +
		") u group by " + strings.Join(blocks, ", ") + fmt.Sprintf(" having sum(u.cases) >= %d", hiddenBelow), args
}

// countsThings marks the indicators that count answers, dispatches or agreements: five of them
// may come of one case, so sealed cases add nothing there.
var countsThings = []casefile.IndicatorCode{"SATISFIED", "RESPONDED", "CONFIRMED", "PERFORMED"}

// shownOfSealed is what a block of sealed cases adds to a row: of the number of cases and each
// figure only what differs from nothing, and from all that is shown of the block, by none or by
// at least 5. An indicator is shown with its numerator and denominator or not at all. Amounts
// are not shown, they may be those of one case.
func shownOfSealed(block []int64) []int64 {
	shown := make([]int64, len(block))
	values := []int64{0}
	fits := func(candidates ...int64) bool {
		known := values
		for _, n := range candidates {
			for _, other := range known {
				if distance := max(n-other, other-n); distance > 0 && distance < hiddenBelow {
					return false
				}
			}
			known = append(slices.Clip(known), n)
		}
		values = known
		return true
	}
	show := func(columns ...int) {
		candidates := make([]int64, len(columns))
		for i, column := range columns {
			candidates[i] = block[column]
		}
		if fits(candidates...) {
			for _, column := range columns {
				shown[column] = block[column]
			}
		}
	}
	const people, agreed = 6, 7
	show(0)
	for column := 1; column < people; column++ {
		show(column)
	}
	shown[people] = block[people]
	at := agreed + 1
	for _, indicator := range casefile.Indicators {
		if indicator.OfPackages() {
			continue
		}
		if !slices.Contains(countsThings, indicator.Code) {
			show(at, at+1)
		}
		at += 2
	}
	return shown
}

func positions(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i + 1)
	}
	return strings.Join(list, ", ")
}
