package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"pgregory.net/rapid"
)

func viewerOf(t testing.TB, role casefile.Role, unitID string) Viewer {
	t.Helper()
	dir := directory.Development()
	people := dir.Holders(role, unitID)
	require.NotEmpty(t, people, "no %s at %s", role, unitID)
	return NewViewer(dir, people[0])
}

func TestPagesForwardAndBackwardMakeTheWholeListOnce(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	fill(t, s, syntheticStates(2, 700))
	viewer := viewerOf(t, casefile.RoleManager, "u-5304-center")
	whole := map[CaseOrder][]string{}
	for _, order := range []CaseOrder{RegisteredAtDesc, RegisteredAtAsc, DueAtAsc} {
		rows := walk(t, s, viewer, CaseQuery{Order: order, Page: Page{First: 100}})
		require.Greater(t, len(rows), 50)
		require.True(t, slices.IsSortedFunc(rows, func(a, b CaseRow) int { return compareIn(order, a, b) }), "%s", order)
		whole[order] = idsOf(rows)
		require.Len(t, whole[order], len(distinct(slices.Clone(whole[order]))))
	}
	reversed := slices.Clone(whole[RegisteredAtAsc])
	slices.Reverse(reversed)
	require.Equal(t, whole[RegisteredAtDesc], reversed)

	rapid.Check(t, func(t *rapid.T) {
		order := rapid.SampledFrom([]CaseOrder{RegisteredAtDesc, RegisteredAtAsc, DueAtAsc}).Draw(t, "order")
		size := rapid.IntRange(1, 100).Draw(t, "size")
		want := whole[order]
		if rapid.Bool().Draw(t, "backward") {
			var got []string
			page := Page{Last: size}
			for {
				answer, err := s.Cases(t.Context(), viewer, CaseQuery{Order: order, Page: page})
				require.NoError(t, err)
				require.Equal(t, page.Before != nil, answer.HasNext)
				got = append(idsOf(answer.Rows), got...)
				if !answer.HasPrevious {
					break
				}
				page.Before = &answer.Rows[0].Cursor
			}
			require.Equal(t, want, got)
			return
		}
		from := rapid.IntRange(0, len(want)-2).Draw(t, "from")
		to := rapid.IntRange(from+1, len(want)-1).Draw(t, "to")
		edges := cursorsAt(t, s, viewer, order, from, to)
		answer, err := s.Cases(t.Context(), viewer, CaseQuery{Order: order, Page: Page{First: size, After: &edges[0], Before: &edges[1]}})
		require.NoError(t, err)
		between := want[from+1 : to]
		require.Equal(t, between[:min(size, len(between))], idsOf(answer.Rows))
		require.Equal(t, len(between) > size, answer.HasNext)
	})
}

func cursorsAt(t require.TestingT, s *Store, viewer Viewer, order CaseOrder, at ...int) []Cursor {
	page, err := s.Cases(ctxOf(t), viewer, CaseQuery{Order: order, Page: Page{First: slices.Max(at) + 1}})
	require.NoError(t, err)
	var cursors []Cursor
	for _, i := range at {
		cursors = append(cursors, page.Rows[i].Cursor)
	}
	return cursors
}

func compareIn(order CaseOrder, a, b CaseRow) int {
	of := func(r CaseRow) time.Time {
		if order != DueAtAsc {
			return r.State.RegisteredAt
		}
		if r.NextDueAt.IsZero() {
			return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		return r.NextDueAt
	}
	by := of(a).Compare(of(b))
	if by == 0 {
		by = strings.Compare(a.ID, b.ID)
	}
	if order == RegisteredAtDesc {
		return -by
	}
	return by
}

func idsOf(rows []CaseRow) []string {
	ids := []string{}
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return ids
}

func TestEachFilterKeepsExactlyWhatItNames(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	fill(t, s, syntheticStates(5, 800))
	viewer := viewerOf(t, casefile.RoleManager, "u-5304-center")
	all := walk(t, s, viewer, CaseQuery{Page: Page{First: 100}})
	yes, no := true, false
	unit, handler := all[0].ResponsibleUnitID, all[0].HandlerID
	day := func(at time.Time) string { return at.In(casefile.Shanghai).Format(time.DateOnly) }
	for name, c := range map[string]struct {
		filter CaseFilter
		keeps  func(CaseRow) bool
	}{
		"kind":      {CaseFilter{Kind: casefile.Petition}, func(r CaseRow) bool { return r.Kind == casefile.Petition }},
		"stages":    {CaseFilter{Stages: []casefile.Stage{casefile.StageMediation, casefile.StageClosed}}, func(r CaseRow) bool { return r.Stage == casefile.StageMediation || r.Stage == casefile.StageClosed }},
		"open":      {CaseFilter{Open: &yes}, func(r CaseRow) bool { return r.Open }},
		"ended":     {CaseFilter{Open: &no}, func(r CaseRow) bool { return !r.Open }},
		"overdue":   {CaseFilter{Overdue: &yes}, func(r CaseRow) bool { return r.Overdue }},
		"township":  {CaseFilter{Division: "530402001"}, func(r CaseRow) bool { return casefile.Division("530402001").Contains(r.Division) }},
		"wider":     {CaseFilter{Division: "53"}, func(CaseRow) bool { return true }},
		"elsewhere": {CaseFilter{Division: "52"}, func(r CaseRow) bool { return casefile.Division("52").Contains(r.Division) }},
		"local": {CaseFilter{Division: directory.DevelopmentZone}, func(r CaseRow) bool {
			return directory.Development().Divisions().Covers(directory.DevelopmentZone, r.Division)
		}},
		"unit":      {CaseFilter{UnitID: unit}, func(r CaseRow) bool { return r.ResponsibleUnitID == unit }},
		"handler":   {CaseFilter{HandlerID: handler}, func(r CaseRow) bool { return r.HandlerID == handler }},
		"received":  {CaseFilter{ReceivedFrom: "2026-03-03", ReceivedTo: "2026-03-05"}, func(r CaseRow) bool { d := day(r.State.ReceivedAt); return d >= "2026-03-03" && d <= "2026-03-05" }},
		"concluded": {CaseFilter{ConcludedFrom: "2026-03-05", ConcludedTo: "2026-03-05"}, func(r CaseRow) bool { return !r.State.ConcludedAt.IsZero() && day(r.State.ConcludedAt) == "2026-03-05" }},
		"due":       {CaseFilter{DueBefore: noon}, func(r CaseRow) bool { return !r.NextDueAt.IsZero() && r.NextDueAt.Before(noon) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := idsOf(slices.DeleteFunc(slices.Clone(all), func(r CaseRow) bool { return !c.keeps(r) }))
			if name != "elsewhere" {
				require.NotEmpty(t, want, "the filter must have something to keep")
			}
			require.Equal(t, want, idsOf(walk(t, s, viewer, CaseQuery{Filter: c.filter, Page: Page{First: 37}})))
		})
	}
}

func TestAPageMustBeOneAndItsCursorTheLists(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	viewer := viewerOf(t, casefile.RoleManager, "u-5304-center")
	for _, page := range []Page{
		{},
		{First: 1, Last: 1},
		{First: -1},
		{First: 1, After: &Cursor{Key: "yesterday", ID: "00000000-0000-0000-0000-000000000000"}},
		{First: 1, After: &Cursor{Key: "infinity", ID: "1"}},
		{First: 1, Before: &Cursor{Key: "'; drop table cases", ID: "1"}},
	} {
		_, err := s.Cases(t.Context(), viewer, CaseQuery{Page: page})
		var wrong *PageError
		require.ErrorAs(t, err, &wrong)
	}
}

func TestAListOfASubTreeReadsNoTableThrough(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	fill(t, s, syntheticStates(6, 20_000))
	for name, viewer := range map[string]Viewer{
		"city manager":     viewerOf(t, casefile.RoleManager, "u-5304-center"),
		"county manager":   viewerOf(t, casefile.RoleManager, "u-530402-center"),
		"zone manager":     viewerOf(t, casefile.RoleManager, "u-530490-center"),
		"township manager": viewerOf(t, casefile.RoleManager, "u-530402001-center"),
		"clerk":            viewerOf(t, casefile.RoleClerk, "u-530402-center"),
		"mediator":         viewerOf(t, casefile.RoleMediator, "u-530402001-committee"),
	} {
		for _, order := range []CaseOrder{RegisteredAtDesc, RegisteredAtAsc, DueAtAsc} {
			for _, division := range []casefile.Division{"", "530402", "530402001001"} {
				query := CaseQuery{Order: order, Filter: CaseFilter{Division: division}, Page: Page{First: 50}}
				var within []casefile.Division
				if division != "" {
					within = []casefile.Division{division}
				}
				list, args, err := listCases(viewer, query, within, foundColumns)
				require.NoError(t, err)
				rows, err := s.pool.Query(t.Context(), "explain "+list, args.values...)
				require.NoError(t, err)
				plan, err := collectStrings(rows)
				require.NoError(t, err)
				require.NotContains(t, strings.Join(plan, "\n"), "Seq Scan on cases", "%s %s %s", name, order, division)
			}
		}
	}
}
