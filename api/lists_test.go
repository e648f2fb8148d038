package api_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

type page struct {
	Edges []struct {
		Cursor string
		Node   struct{ ID, Number string }
	}
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	TotalCount *int
}

const caseList = `query($first: Int, $after: String, $last: Int, $before: String, $filter: CaseFilter, $by: CaseOrder) {
	list: cases(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $by) {
		totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id number } } } }`

func (o *office) list(personID, query string, variables map[string]any) page {
	o.t.Helper()
	return data[struct{ List page }](o, personID, query, variables).List
}

func TestListsArePagedByCursorBothWays(t *testing.T) {
	t.Parallel()
	o := open(t)
	var numbers []string
	for i := range 5 {
		o.now = o.now.Add(time.Minute)
		numbers = append(numbers, o.do(clerk, "registerCase", dispute(fmt.Sprint("page-", i))).Case.Number)
	}
	var read []string
	var after *string
	for {
		got := o.list(manager, caseList, map[string]any{"first": 2, "after": after, "by": "REGISTERED_AT_ASC"})
		require.Equal(t, 5, *got.TotalCount)
		for _, edge := range got.Edges {
			read = append(read, edge.Node.Number)
		}
		after = got.PageInfo.EndCursor
		if !got.PageInfo.HasNextPage {
			break
		}
	}
	require.Equal(t, numbers, read)
	last := o.list(manager, caseList, map[string]any{"last": 2, "by": "REGISTERED_AT_ASC"})
	require.Equal(t, []string{last.Edges[0].Node.Number, last.Edges[1].Node.Number}, numbers[3:])
	require.True(t, last.PageInfo.HasPreviousPage)
	before := o.list(manager, caseList, map[string]any{"last": 2, "before": last.PageInfo.StartCursor, "by": "REGISTERED_AT_ASC"})
	require.Equal(t, []string{before.Edges[0].Node.Number, before.Edges[1].Node.Number}, numbers[1:3])
}

func TestAListWantsOneSizeAndItsOwnCursor(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(clerk, "registerCase", dispute("cursor"))
	mine := o.list(manager, caseList, map[string]any{"first": 1, "by": "REGISTERED_AT_ASC"})
	for name, c := range map[string]struct {
		variables map[string]any
		field     string
	}{
		"neither":           {map[string]any{}, "first"},
		"both":              {map[string]any{"first": 1, "last": 1}, "first"},
		"none":              {map[string]any{"first": 0}, "first"},
		"too many":          {map[string]any{"last": 101}, "last"},
		"wrong direction":   {map[string]any{"first": 1, "before": mine.PageInfo.EndCursor}, "before"},
		"no cursor":         {map[string]any{"first": 1, "after": "x"}, "after"},
		"of another order":  {map[string]any{"first": 1, "after": mine.PageInfo.EndCursor, "by": "DUE_AT_ASC"}, "after"},
		"days turned round": {map[string]any{"first": 1, "filter": map[string]any{"receivedFrom": "2026-03-02", "receivedTo": "2026-03-01"}}, "filter.receivedTo"},
	} {
		got := o.ask(manager, caseList, c.variables)
		require.Equal(t, "BAD_USER_INPUT", got.code(), name)
		require.Equal(t, c.field, got.Errors[0].Extensions["field"], name)
	}
}

func TestFiltersNarrow(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("filter-1"))
	o.do(clerk, "registerCase", petition("filter-2"))
	for name, filter := range map[string]map[string]any{
		"kind": {"kind": "DISPUTE"}, "category": {"category": "D-NEIGHBOUR"}, "division": {"division": "530402001"},
		"unit and stage": {"kind": "DISPUTE", "stage": []any{"ACCEPTANCE"}, "open": true, "overdue": false},
	} {
		got := o.list(manager, caseList, map[string]any{"first": 10, "filter": filter})
		require.Len(t, got.Edges, 1, name)
		require.Equal(t, first.Case.Number, got.Edges[0].Node.Number, name)
	}
	require.Empty(t, o.list(manager, caseList, map[string]any{"first": 10, "filter": map[string]any{"open": false}}).Edges)
}

func TestTheWorklistInboxAndCountsShowWhatIsDue(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("due"))
	got := data[struct {
		Deadlines struct {
			Edges []struct {
				Node struct {
					Step, Label, Status string
					Case                struct{ Number string }
					Citation            struct{ Law string }
				}
			}
		}
		Inbox struct {
			Edges []struct {
				Node struct {
					Kind, Label string
					Inbox       struct{ Role string }
					Deadline    struct{ Step string }
					Case        struct{ ID string }
				}
			}
		}
		Viewer struct {
			Counts struct{ Inbox, Overdue, DueThisWeek int }
		}
	}](o, clerk, `{
		deadlines(first: 5, filter: {status: [RUNNING]}) { edges { node { step label(language: EN) status citation { law } case { number } } } }
		inbox(first: 5) { edges { node { kind label inbox { role } deadline { step } case { id } } } }
		viewer { counts { inbox overdue dueThisWeek } } }`, nil)
	require.Len(t, got.Deadlines.Edges, 1)
	require.Equal(t, "acceptance", got.Deadlines.Edges[0].Node.Label)
	require.Equal(t, registered.Case.Number, got.Deadlines.Edges[0].Node.Case.Number)
	require.Len(t, got.Inbox.Edges, 1)
	require.Equal(t, "受理审查", got.Inbox.Edges[0].Node.Label)
	require.Equal(t, "CLERK", got.Inbox.Edges[0].Node.Inbox.Role)
	require.Equal(t, "acceptance", got.Inbox.Edges[0].Node.Deadline.Step)
	require.Equal(t, registered.Case.ID, got.Inbox.Edges[0].Node.Case.ID)
	require.Equal(t, 1, got.Viewer.Counts.Inbox)
	require.Zero(t, got.Viewer.Counts.Overdue)
	require.Zero(t, got.Viewer.Counts.DueThisWeek)
	o.now = o.now.Add(13 * 24 * time.Hour) // Monday 23 March; due on the 25th
	counts := data[struct {
		Viewer struct{ Counts struct{ DueThisWeek int } }
	}](o, clerk, `{ viewer { counts { dueThisWeek } } }`, nil)
	require.Equal(t, 1, counts.Viewer.Counts.DueThisWeek)
}

func TestStatisticsCountByKindDivisionAndMonth(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(clerk, "registerCase", dispute("count-1"))
	o.do(clerk, "registerCase", dispute("count-2"))
	o.do(clerk, "registerCase", petition("count-3"))
	type table struct {
		Statistics struct {
			RuleVersion string
			Rows        []struct {
				Key      []string
				Label    string
				Division *string
				Counts   struct{ Registered, Open json.Number }
			}
		}
	}
	query := `query($input: StatisticsInput!) { statistics(input: $input) { ruleVersion asOf rows { key label division
		counts { registered concluded closed open overdue people agreedAmount } indicators { code numerator denominator rate } } } }`
	input := map[string]any{
		"division": "5304", "from": "2026-01-01", "to": "2026-12-31", "basis": "REGISTERED_IN", "groupBy": []any{"KIND"},
	}
	byKind := data[table](o, manager, query, map[string]any{"input": input}).Statistics
	require.NotEmpty(t, byKind.RuleVersion)
	require.Equal(t, []string{"DISPUTE"}, byKind.Rows[0].Key)
	require.Equal(t, json.Number("2"), byKind.Rows[0].Counts.Registered)
	require.Equal(t, "petition", byKind.Rows[1].Label)
	input["groupBy"] = []any{"DIVISION", "MONTH"}
	byDivision := data[table](o, manager, query, map[string]any{"input": input}).Statistics
	require.Equal(t, "530402", *byDivision.Rows[0].Division)
	require.Contains(t, byDivision.Rows[0].Label, "红塔区")
	for name, change := range map[string]map[string]any{
		"input.division": {"division": "999999"}, "input.to": {"to": "2025-01-01"}, "input.groupBy": {"groupBy": []any{"KIND", "KIND"}},
	} {
		bad := map[string]any{}
		for k, v := range input {
			bad[k] = v
		}
		for k, v := range change {
			bad[k] = v
		}
		got := o.ask(manager, query, map[string]any{"input": bad})
		require.Equal(t, "BAD_USER_INPUT", got.code(), name)
		require.Equal(t, name, got.Errors[0].Extensions["field"])
	}
}

func TestTheDirectoryCanBeWalked(t *testing.T) {
	t.Parallel()
	o := open(t)
	units := `query($first: Int, $after: String, $last: Int, $before: String) {
		list: units(first: $first, after: $after, last: $last, before: $before, division: "530402") {
			totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } edges { cursor node { id } } } }`
	seen := map[string]bool{}
	var after *string
	pages := 0
	for ; ; pages++ {
		got := o.list(clerk, units, map[string]any{"first": 10, "after": after})
		for _, edge := range got.Edges {
			require.False(t, seen[edge.Node.ID])
			seen[edge.Node.ID] = true
		}
		if after = got.PageInfo.EndCursor; !got.PageInfo.HasNextPage {
			require.Len(t, seen, *got.TotalCount)
			back := o.list(clerk, units, map[string]any{"last": 3, "before": got.PageInfo.StartCursor})
			require.Len(t, back.Edges, 3)
			require.True(t, back.PageInfo.HasPreviousPage && back.PageInfo.HasNextPage)
			break
		}
	}
	require.Greater(t, pages, 2)
	walked := data[struct {
		Divisions []struct {
			Code, Name, Level string
			Local             bool
		}
		Node struct {
			Name            string
			Kind            string
			SupervisingUnit struct{ Division string }
			People          []struct {
				Name  string
				Roles []struct{ Role string }
			}
		}
		Categories []struct{ Code, Label, Parent string }
		Terms      []struct{ Value, Label string }
		Roles      []struct{ Value string }
	}](o, clerk, `query($unit: ID!) {
		divisions(parent: "5304") { code name level local }
		node(id: $unit) { ... on Unit { name kind supervisingUnit { division } people(role: CLERK) { name roles { role } } } }
		categories(kind: DISPUTE, parent: "D-FAMILY", language: EN) { code label parent }
		terms(enumName: "CaseStage") { value label } roles: terms(enumName: "Role") { value } }`,
		map[string]any{"unit": schema.GlobalID("Unit", "u-530402-center")})
	require.NotEmpty(t, walked.Divisions)
	require.Equal(t, "COUNTY", walked.Divisions[0].Level)
	require.Equal(t, "CENTER", walked.Node.Kind)
	require.Equal(t, "5304", walked.Node.SupervisingUnit.Division)
	require.NotEmpty(t, walked.Node.People)
	require.NotEmpty(t, walked.Categories)
	require.Equal(t, "D-FAMILY", walked.Categories[0].Parent)
	require.Equal(t, "受理", walked.Terms[0].Label)
	for _, role := range walked.Roles {
		require.NotEqual(t, "SYSTEM", role.Value)
	}
	require.Equal(t, "BAD_USER_INPUT", o.ask(clerk, `{ terms(enumName: "Nothing") { value } }`, nil).code())
	require.Equal(t, "BAD_USER_INPUT", o.ask(clerk, `{ divisions(parent: "539999") { code } }`, nil).code())
}

func TestACaseCanBeReadAsItWas(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("as-of")).Case.ID
	before := o.now
	o.now = o.now.Add(time.Hour)
	o.do(clerk, "acceptCase", o.on(id, nil))
	type was struct {
		Node struct{ AsOf *struct{ Stage string } }
	}
	query := `query($id: ID!, $at: DateTime!) { node(id: $id) { ... on Case { asOf(at: $at) { stage version deadlines { status } handler { name } } } } }`
	at := func(when time.Time) *struct{ Stage string } {
		return data[was](o, clerk, query, map[string]any{"id": id, "at": when.Format(time.RFC3339)}).Node.AsOf
	}
	require.Equal(t, "ACCEPTANCE", at(before.Add(time.Minute)).Stage)
	require.Equal(t, "INVESTIGATION", at(o.now).Stage)
	require.Nil(t, at(before.Add(-time.Hour)))
}
