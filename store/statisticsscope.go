package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// counting is a query for one viewer, split by where its cases are counted.
type counting struct {
	query  StatisticsQuery
	viewer Viewer
	period period
	within []casefile.Division
	// wide are the divisions of the viewer's scope that are read from sums, narrow those that
	// are counted case by case.
	wide, narrow []casefile.Division
}

// what says which sums a query is read from.
type what int

const (
	countsFigures what = iota
	countsDays
)

func (s *Store) counting(ctx context.Context, viewer Viewer, query StatisticsQuery, of what) (*counting, error) {
	within, err := s.scope(ctx, query.Division)
	if err != nil {
		return nil, err
	}
	if within == nil {
		return nil, fmt.Errorf("statistics: no division given")
	}
	if query.Basis == "" {
		query.Basis = ConcludedIn
	}
	c := &counting{query: query, viewer: viewer, within: within}
	if c.period, err = newPeriod(query.From, query.To, time.Now()); err != nil {
		return nil, err
	}
	made, err := s.sumsMade(ctx)
	if err != nil {
		return nil, err
	}
	for _, division := range intersect(viewer.statisticalScope(), within) {
		if made && summed(division.Level()) && query.summed() && (of == countsFigures || query.daysSummed(division)) {
			c.wide = append(c.wide, division)
		} else {
			c.narrow = append(c.narrow, division)
		}
	}
	return c, nil
}

// statisticalScope are the divisions that a viewer counts: an analyst counts like a supervisor.
func (v Viewer) statisticalScope() []casefile.Division {
	return append(slices.Clone(v.SubTree), v.Analyst...)
}

// summed reports whether there are sums of a level.
func summed(level casefile.DivisionLevel) bool {
	at := slices.Index(casefile.DivisionLevels, level)
	return at >= 0 && at <= slices.Index(casefile.DivisionLevels, casefile.LevelCounty)
}

// summed reports whether the sums tell apart what the query does: none is of a unit's category.
func (q StatisticsQuery) summed() bool {
	return (!q.groups(ByUnit) || !q.groups(ByCategory)) && (!q.groups(ByDivision) || summed(q.level()))
}

// daysSummed reports whether the days per stage of a division are summed by what the query
// tells apart: those of counties are not by category.
func (q StatisticsQuery) daysSummed(division casefile.Division) bool {
	return !q.groups(ByCategory) || q.sumLevel(division) != casefile.LevelCounty
}

// dayLevel is the level of the sums of single days from which a division is read; none where its single
// days are counted case by case.
func (q StatisticsQuery) dayLevel(division casefile.Division) (level casefile.DivisionLevel, ok bool) {
	level = q.sumLevel(division)
	if level == casefile.LevelProvince && !q.groups(ByCategory) {
		level = casefile.LevelCity
	}
	return level, level == casefile.LevelCity && !q.groups(ByCategory) || level == casefile.LevelProvince
}

func (q StatisticsQuery) groups(by StatisticsGroup) bool { return slices.Contains(q.GroupBy, by) }

func (q StatisticsQuery) level() casefile.DivisionLevel {
	if q.Level != "" {
		return q.Level
	}
	levels := casefile.DivisionLevels
	below := slices.Index(levels, q.Division.Level()) + 1
	return levels[min(below, len(levels)-1)]
}

// sumLevel is the level of the sums of months from which a division is read.
func (q StatisticsQuery) sumLevel(division casefile.Division) casefile.DivisionLevel {
	if q.groups(ByUnit) {
		return casefile.LevelCounty
	}
	levels := casefile.DivisionLevels
	at := slices.Index(levels, division.Level())
	if q.groups(ByDivision) {
		at = max(at, slices.Index(levels, q.level()))
	}
	return levels[at]
}

// day is the column of the basis.
func (q StatisticsQuery) day() string {
	if q.Basis == RegisteredIn {
		return "c.registered_on"
	}
	return "c.concluded_on"
}

// plainDay is the day where another condition finds the rows: no index of days is to be read
// beside it, which a plan that doesn't know the period may take for the shorter way.
func (q StatisticsQuery) plainDay() string { return q.day() + " + 0" }

// keys are the expressions of the groups for a row of a case. A case that lies at a wider
// division than the level's stays there.
func (q StatisticsQuery) keys() []string {
	return q.keysWith("coalesce(c."+levelColumn(q.level())+", c.division)", "to_char("+q.day()+", 'YYYY-MM')")
}

// sumKeys are the expressions of the groups for a cell of a level.
func (q StatisticsQuery) sumKeys(level casefile.DivisionLevel) []string {
	division := "c.division"
	if level != q.level() {
		division = fmt.Sprintf("left(c.division, %d)", codeLength(q.level()))
	}
	return q.keysWith(division, "to_char(c.begins, 'YYYY-MM')")
}

func (q StatisticsQuery) keysWith(division, month string) []string {
	var keys []string
	for i, group := range q.GroupBy {
		of := map[StatisticsGroup]string{
			ByDivision: division, ByUnit: "c.unit", ByCategory: "c.category", ByKind: "c.kind", ByMonth: month,
		}[group]
		keys = append(keys, fmt.Sprintf("%s as k%d", of, i+1))
	}
	return keys
}

// codeLength is how many digits the code of a division of a level has.
func codeLength(level casefile.DivisionLevel) int {
	return map[casefile.DivisionLevel]int{
		casefile.LevelProvince: 2, casefile.LevelCity: 4, casefile.LevelCounty: 6,
		casefile.LevelTownship: 9, casefile.LevelVillage: 12, casefile.LevelGrid: 15,
	}[level]
}
