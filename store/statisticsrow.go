package store

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// statisticsRow is a row of statistics_cases: where a case counts and what it adds there.
type statisticsRow map[string]any

// figureColumns are the columns that are summed, in one order everywhere: the counts, then
// numerator and denominator of each indicator of cases.
var figureColumns = func() []string {
	columns := []string{"concluded", "closed", "open", "overdue", "deferred", "people", "agreed_amount"}
	for _, indicator := range casefile.Indicators {
		if !indicator.OfPackages() {
			columns = append(columns, partColumn(indicator.Code), ofColumn(indicator.Code))
		}
	}
	return columns
}()

func partColumn(code casefile.IndicatorCode) string { return strings.ToLower(string(code)) + "_part" }
func ofColumn(code casefile.IndicatorCode) string   { return strings.ToLower(string(code)) + "_of" }

// placeColumns say where a case counts and by which rules.
const placeColumns = `case_id uuid, rules text, division text, province text, city text, county text, township text, village text,
	grid text, unit text, kind text, category text, sealed boolean, registered_on date, concluded_on date,
	days integer[], reworks integer`

var statisticsTable = table{"statistics_cases", []string{"case_id"}, func() []column {
	columns := columnsOf(placeColumns)
	for _, name := range figureColumns {
		columns = append(columns, column{name, "bigint"})
	}
	return columns
}()}

// Each fires the triggers that note what changed, so an append takes the one that fires the fewest:
// a new case's row is inserted, a counted case's updated, and only one of other rules replaced.
var (
	insertStatistics  = statisticsTable.insert()
	updateStatistics  = statisticsTable.update()
	replaceStatistics = statisticsTable.replace()
)

// foldStatistics is the row of a case; none for the state before the first event.
func foldStatistics(s casefile.State, course casefile.Course) []statisticsRow {
	if !s.Exists() {
		return nil
	}
	level := func(l casefile.DivisionLevel) *casefile.Division { return textOrNull(s.Division.At(l)) }
	row := statisticsRow{
		"case_id": s.ID, "rules": casefile.CountingRules, "division": s.Division, "province": s.Division.At(casefile.LevelProvince),
		"city": level(casefile.LevelCity), "county": level(casefile.LevelCounty), "township": level(casefile.LevelTownship),
		"village": level(casefile.LevelVillage), "grid": level(casefile.LevelGrid),
		"unit": s.ResponsibleUnitID, "kind": s.Kind, "category": s.Category,
		"sealed":        s.Confidentiality == casefile.ConfidentialitySealed,
		"registered_on": s.RegisteredAt.In(casefile.Shanghai).Format("2006-01-02"), "concluded_on": nil,
		"days": stageDays(course), "reworks": course.Reworks,
	}
	if !s.ConcludedAt.IsZero() {
		row["concluded_on"] = s.ConcludedAt.In(casefile.Shanghai).Format("2006-01-02")
	}
	m := casefile.MeasuresOf(s, course)
	row["concluded"], row["closed"], row["open"], row["overdue"] = m.Concluded, m.Closed, m.Open, m.Overdue
	row["deferred"], row["people"], row["agreed_amount"] = m.Deferred, m.People, m.AgreedAmount
	for code, share := range m.Shares {
		row[partColumn(code)], row[ofColumn(code)] = share.Numerator, share.Denominator
	}
	return []statisticsRow{row}
}

// stageDays are the days of a course by their place in casefile.OpenStages.
func stageDays(course casefile.Course) []*int {
	days := make([]*int, len(casefile.OpenStages))
	for i, stage := range casefile.OpenStages {
		if spent, left := course.Days[stage]; left {
			days[i] = &spent
		}
	}
	return days
}

// courseOf is stageDays read back.
func courseOf(days []*int, reworks int) casefile.Course {
	course := casefile.Course{Days: map[casefile.Stage]int{}, Reworks: reworks}
	for i, spent := range days {
		if spent != nil && i < len(casefile.OpenStages) {
			course.Days[casefile.OpenStages[i]] = *spent
		}
	}
	return course
}

// wholeCourse folds the course of a case from all its events.
func wholeCourse(ctx context.Context, db querier, caseID string) (casefile.Course, error) {
	rows, err := db.Query(ctx, "select "+eventColumns+" from events where case_id = $1 order by seq", caseID)
	if err != nil {
		return casefile.Course{}, err
	}
	events, err := pgx.CollectRows(rows, scanEvent)
	if err != nil {
		return casefile.Course{}, err
	}
	return casefile.FoldCourse(caseID, bare(events)), nil
}

// sums lists the figure columns of a row name as sums, each times its weight.
func sums(weight, of string) string {
	list := make([]string, len(figureColumns))
	for i, name := range figureColumns {
		list[i] = "sum(" + weight + of + name + ")::bigint as " + name
	}
	return strings.Join(list, ", ")
}

// figures lists the figure columns of a row: each after its name or after what it is multiplied by.
func figures(of string) string {
	list := make([]string, len(figureColumns))
	for i, name := range figureColumns {
		list[i] = of + name + " as " + name
	}
	return strings.Join(list, ", ")
}
