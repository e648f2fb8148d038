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
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	var findings []Finding
	for _, statement := range []string{differingCells(), differingDays} {
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

const cellPlace = "s.basis, l.level, l.division, s.month, g.category, s.kind, s.sealed"

// differingCells names cells whose figures, with the changes still to be added, are not the
// sums of the cases.
func differingCells() string {
	// By county first, as the sums are made: the wider levels are then few.
	part := func(rows, weight string) string {
		return "select " + cellPlace + ", g.unit, s.cases, " + figures("s.") + ` from (select b.basis, b.month, m.province, m.city,
			coalesce(m.county, m.division) as county, m.kind, m.category, m.sealed, m.unit, sum(` + weight + ")::bigint as cases, " + sums(weight+" * ", "m.") +
			" from (" + rows + ") m" + bases + " where b.month is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9) s" + levels + cellGroups + cellLevels
	}
	differs := make([]string, 0, len(figureColumns)+1)
	for _, name := range append([]string{"cases"}, figureColumns...) {
		differs = append(differs, "sum(d."+name+") <> 0")
	}
	return "select concat_ws(' ', basis, level, division, to_char(month, 'YYYY-MM'), category, kind, case when unit <> '' then 'unit' end, nullif(unit, ''), case when sealed then 'SEALED' end) from (" +
		"select basis, level, division, month, category, kind, sealed, unit, cases, " + figures("") + " from statistics_cells union all " +
		part("select * from statistics_changes", "m.weight") + " union all " +
		part("select * from statistics_cases", "-1") +
		") d group by basis, level, division, month, category, kind, sealed, unit having " + strings.Join(differs, " or ") +
		fmt.Sprintf(" order by 1 limit %d", mostDiffering)
}

// differingDays does the same for the days spent in stages.
var differingDays = func() string {
	part := func(rows, weight string) string {
		return "select " + cellPlace + ", s.stage, s.days, s.cases from (select b.basis, b.month, m.province, m.city, coalesce(m.county, m.division) as county, " +
			"m.kind, m.category, m.sealed, d.stage::integer, d.days, sum(" + weight + ")::bigint as cases from (" + rows + ") m" + bases +
			" cross join lateral unnest(m.days) with ordinality as d (days, stage) where b.month is not null and d.days is not null and not m.sealed" +
			" group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) s" + levels + dayGroups + dayLevels
	}
	return "select concat_ws(' ', basis, level, division, to_char(month, 'YYYY-MM'), category, kind, 'stage', stage, 'days', days) from (" +
		"select basis, level, division, month, category, kind, false as sealed, stage, days, cases from statistics_days union all " +
		part("select * from statistics_changes", "m.weight") + " union all " +
		part("select * from statistics_cases", "-1") +
		") d group by basis, level, division, month, category, kind, stage, days having sum(cases) <> 0" +
		fmt.Sprintf(" order by 1 limit %d", mostDiffering)
}()
