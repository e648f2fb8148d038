package store

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// maySee says again, in other words than the SQL, who sees a case: straight from the
// person's roles and the page on who may see and do what.
func maySee(dir *directory.Directory, person casefile.Person, state casefile.State) bool {
	if casefile.ExcludesPerson(state.Exclusions, person.ID, person.Roles, dir) {
		return false
	}
	for _, grant := range casefile.Grants(state, dir) {
		byName := grant.PersonID == person.ID
		byRole := grant.PersonID == "" && person.Holds(grant.Role, grant.UnitID)
		anyWork := slices.ContainsFunc(person.Roles, func(at casefile.RoleAt) bool { return worksOnCases(at.Role) })
		if byName && anyWork || byRole {
			return true
		}
	}
	if state.Confidentiality != casefile.ConfidentialityNormal {
		return false
	}
	for _, at := range person.Roles {
		unit, _ := dir.Unit(at.UnitID)
		wide := unit.Kind == casefile.UnitCenter || unit.Kind == casefile.UnitPetitionOffice ||
			unit.Kind == casefile.UnitTownshipGovernment || unit.Kind == casefile.UnitLeadingBody
		inSubTree := dir.Divisions().Covers(unit.Division, state.Division)
		ownUnit := state.ResponsibleUnitID == unit.ID
		switch at.Role {
		case casefile.RoleManager, casefile.RoleLeader:
			if wide && inSubTree || !wide && ownUnit {
				return true
			}
		case casefile.RoleSupervisor:
			if wide && inSubTree {
				return true
			}
		case casefile.RoleClerk:
			if ownUnit {
				return true
			}
		}
	}
	return false
}

func TestEveryReadShowsAViewerTheSameCasesAndOnlyTheirs(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states := syntheticStates(1, 2000)
	fill(t, s, states)
	dir := directory.Development()
	yes := true
	roles := map[casefile.Role]int{}
	for _, person := range dir.People() {
		for _, at := range person.Roles {
			roles[at.Role]++
		}
		if len(person.Roles) > 0 && roles[person.Roles[0].Role] > 3 {
			continue // some of every role
		}
		viewer := NewViewer(dir, person)
		want, open := map[string]bool{}, map[string]bool{}
		var ids []string
		for _, state := range states {
			ids = append(ids, state.ID)
			if maySee(dir, person, state) {
				want[state.ID] = true
				open[state.ID] = state.Stage.Open()
			}
		}
		byID, err := s.CasesByID(t.Context(), viewer, ids)
		require.NoError(t, err)
		require.Len(t, byID, len(want), person.ID)
		for id := range byID {
			require.True(t, want[id])
		}
		sights, err := s.Sights(t.Context(), ids, nil)
		require.NoError(t, err)
		seer := NewSeer(viewer)
		for _, id := range ids {
			require.Equal(t, want[id], seer.Case(sights.Cases[id]), "%s %s", person.ID, id)
		}
		for _, order := range []CaseOrder{RegisteredAtDesc, RegisteredAtAsc, DueAtAsc} {
			listed := walk(t, s, viewer, CaseQuery{Order: order, Page: Page{First: 100}})
			for _, row := range listed {
				require.True(t, want[row.ID], "%s %s", person.ID, order)
			}
			if order == DueAtAsc {
				require.Len(t, listed, trues(open), "%s %s", person.ID, order)
			} else {
				require.Len(t, listed, len(want), "%s %s", person.ID, order)
			}
		}
		counted, err := s.Cases(t.Context(), viewer, CaseQuery{Page: Page{First: 1}, WantTotal: true})
		require.NoError(t, err)
		require.Equal(t, len(want), *counted.Total, person.ID)
		counted, err = s.Cases(t.Context(), viewer, CaseQuery{Filter: CaseFilter{Open: &yes, Division: "530402"}, Page: Page{Last: 1}, WantTotal: true})
		require.NoError(t, err)
		require.Equal(t, trues(inCounty(states, open)), *counted.Total, person.ID)

		deadlines, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{Page: Page{First: 5000}})
		require.NoError(t, err)
		for _, row := range deadlines.Rows {
			require.True(t, want[row.CaseID])
		}
		tasks, err := s.Tasks(t.Context(), viewer, TaskQuery{Page: Page{First: 5000}})
		require.NoError(t, err)
		waiting := []string{}
		for _, row := range tasks.Rows {
			require.True(t, want[row.CaseID])
			waiting = append(waiting, row.CaseID+"/"+row.Task.ID)
		}
		marks, told := map[string]string{}, []string{}
		require.NoError(t, s.InboxMarks(t.Context(), viewer, func(m InboxMark) { marks[m.Owner+"/"+m.TaskID] = m.Mark }))
		for id, sight := range sights.Cases {
			for _, task := range sight.Tasks {
				if name := id + "/" + task.ID; seer.Case(sight) && seer.Inbox(task) {
					require.Equal(t, marks[name], task.Mark)
					told = append(told, name)
				}
			}
		}
		require.ElementsMatch(t, waiting, told, person.ID)
		require.Len(t, marks, len(told))
	}
	require.Contains(t, roles, casefile.RoleAnalyst)
	require.Contains(t, roles, casefile.RoleAuditor)
	require.Contains(t, roles, casefile.RoleGridWorker)
}

func inCounty(states []casefile.State, of map[string]bool) map[string]bool {
	inside := map[string]bool{}
	for _, state := range states {
		if casefile.Division("530402").Contains(state.Division) {
			inside[state.ID] = of[state.ID]
		}
	}
	return inside
}

func trues(m map[string]bool) int {
	n := 0
	for _, yes := range m {
		if yes {
			n++
		}
	}
	return n
}

// walk reads a list to its end, page by page.
func walk(t testing.TB, s *Store, viewer Viewer, query CaseQuery) []CaseRow {
	t.Helper()
	var all []CaseRow
	for {
		page, err := s.Cases(t.Context(), viewer, query)
		require.NoError(t, err)
		all = append(all, page.Rows...)
		if !page.HasNext {
			return all
		}
		query.Page.After = &page.Rows[len(page.Rows)-1].Cursor
	}
}

func TestAnExcludedViewersLookIsRecordedAndOthersIsNot(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	dir := directory.Development()
	accused := dir.Holders(casefile.RoleManager, "u-530402-center")[0]
	stranger := dir.Holders(casefile.RoleManager, "u-530403-center")[0]
	state := synthetic(seeded(3), 1)
	state.Division, state.Confidentiality = county, casefile.ConfidentialityNormal
	state.Exclusions = []casefile.Exclusion{{PersonID: accused.ID}}
	fill(t, s, []casefile.State{state})

	for _, person := range []casefile.Person{stranger, accused} {
		viewer := NewViewer(dir, person)
		row, err := s.Case(t.Context(), viewer, state.ID)
		require.NoError(t, err)
		require.Nil(t, row)
		row, err = s.CaseByNumber(t.Context(), viewer, state.Number)
		require.NoError(t, err)
		require.Nil(t, row)
	}
	attempts, err := s.AccessAttempts(t.Context(), state.ID)
	require.NoError(t, err)
	require.Len(t, attempts, 2)
	require.Equal(t, accused.ID, attempts[0].PersonID)

	state.Exclusions = nil
	other := synthetic(seeded(4), 2)
	other.Division, other.Confidentiality, other.Exclusions = county, casefile.ConfidentialityNormal, nil
	fill(t, s, []casefile.State{other})
	row, err := s.CaseByNumber(t.Context(), NewViewer(dir, accused), other.Number)
	require.NoError(t, err)
	require.Equal(t, other.ID, row.ID)
}
