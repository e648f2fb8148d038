package store

import (
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// packageCounts counts leadership packages by where they stand.
type packageCounts struct {
	// taken are those that a leader took on: open, stabilised or resolved.
	taken, resolved, stabilised int64
}

// share is an indicator of packages.
func (p packageCounts) share(code casefile.IndicatorCode) casefile.Share {
	switch code {
	case "PACKAGES_RESOLVED":
		return casefile.Share{Numerator: p.resolved, Denominator: p.taken}
	case "PACKAGES_STABILISED":
		return casefile.Share{Numerator: p.stabilised, Denominator: p.taken}
	}
	return casefile.Share{}
}

// countsPackages reports whether packages can be told apart as the query does: they have
// neither kind nor category.
func (q StatisticsQuery) countsPackages() bool {
	return q.Kind == "" && !slices.Contains(q.GroupBy, ByKind) && !slices.Contains(q.GroupBy, ByCategory)
}

// packagesStatement counts the packages that were opened in the period, whatever the basis, by
// where they stand now.
func (c *counting) packagesStatement() (string, *arguments) {
	args := &arguments{}
	ways := []string{countedIn(c.viewer.statisticalScope(), args)}
	if len(c.viewer.OwnUnits) > 0 {
		ways = append(ways, "c.responsible_unit_id = any("+args.add(c.viewer.OwnUnits)+"::text[])")
	}
	opened := "(c.opened_at at time zone 'Asia/Shanghai')::date"
	where := "(" + strings.Join(ways, " or ") + ") and " + countedIn(c.within, args) + " and c.status <> 'CANCELLED' and " +
		inSpans(opened, []daySpan{c.period.daySpan}, args)
	q := c.query
	q.Basis = RegisteredIn
	keys := q.keysWith("coalesce(c."+levelColumn(q.level())+", c.division)", "to_char("+opened+", 'YYYY-MM')")
	groups := ""
	for i, key := range keys {
		keys[i] = strings.Replace(key, "c.unit as", "c.responsible_unit_id as", 1)
	}
	if len(keys) > 0 {
		groups = " group by " + positions(len(keys))
	}
	return "select " + strings.Join(append(keys, "count(*)", "count(*) filter (where c.status = 'RESOLVED')",
		"count(*) filter (where c.status = 'STABILISED')"), ", ") + " from packages c where " + where + groups + " having count(*) > 0", args
}

func scanPackageCounts(rows pgx.Rows, keys int, take func(key []string, counts packageCounts)) error {
	key := make([]string, keys)
	var counts packageCounts
	targets := make([]any, 0, keys+3)
	for i := range key {
		targets = append(targets, &key[i])
	}
	targets = append(targets, &counts.taken, &counts.resolved, &counts.stabilised)
	_, err := pgx.ForEachRow(rows, targets, func() error { take(key, counts); return nil })
	return err
}
