package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// StatisticsDiffer is a finding about sums that are not what the cases add up to; it names no
// case. RecountStatistics puts it right.
const StatisticsDiffer = "STATISTICS_DIFFER"

// mostDiffering is how many cells a verification names.
const mostDiffering = 20

// verifyStatistics compares the sums and what waits to be added to them with the cases.
func (s *Store) verifyStatistics(ctx context.Context) ([]Finding, error) {
	if made, err := s.sumsMade(ctx); err != nil || !made {
		return nil, err // nobody reads them
	}
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	var findings []Finding
	for _, statement := range []string{differingCells(), differingDays()} {
		rows, err := tx.Query(ctx, statement)
		if err != nil {
			return findings, err
		}
		cells, err := collectStrings(rows)
		if err != nil {
			return findings, err
		}
		for _, cell := range cells {
			findings = append(findings, Finding{What: StatisticsDiffer, Detail: cell})
		}
	}
	return findings, nil
}

// differingCells names cells whose figures, with the changes still to be added, are not the
// sums of the cases.
func differingCells() string {
	differs := make([]string, 0, len(figureColumns)+1)
	for _, name := range append([]string{"cases"}, figureColumns...) {
		differs = append(differs, "sum(d."+name+") <> 0")
	}
	return differing(cellKey, "case when sealed then 'SEALED' end", strings.Join(differs, " or "),
		"select "+cellKey+", cases, "+figures("")+" from statistics_cells", cellsOf("statistics_changes", "m.weight"), cellsOf("statistics_cases", "-1"))
}

// differingDays does the same for the days spent in stages.
func differingDays() string {
	return differing(daysKey+", days", "'stage', stage, 'days', days", "sum(d.cases) <> 0",
		"select "+daysKey+", h.days, h.cases from statistics_days t cross join lateral unnest(t.days, t.cases) h (days, cases)",
		daysOf("statistics_changes", "m.weight"), daysOf("statistics_cases", "-1"))
}

// differing names the keys of which parts don't come to nothing.
func differing(key, name, differs string, parts ...string) string {
	return "select concat_ws(' ', basis, level, division, case span when 'DAY' then begins::text when 'MONTH' then to_char(begins, 'YYYY-MM') else to_char(begins, 'YYYY') end, " +
		"nullif(category, ''), kind, case when unit <> '' then 'unit' end, nullif(unit, ''), " + name + ") from (" + strings.Join(parts, " union all ") +
		") d group by " + key + " having " + differs + fmt.Sprintf(" order by 1 limit %d", mostDiffering)
}
