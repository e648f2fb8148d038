package store

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func TestWorklistsGoByDueDayBothWays(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	fill(t, s, syntheticStates(7, 900))
	viewer := viewerOf(t, casefile.RoleManager, "u-5304-center")

	all, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{Page: Page{First: 5000}, WantTotal: true})
	require.NoError(t, err)
	require.Greater(t, len(all.Rows), 100)
	require.Equal(t, len(all.Rows), *all.Total)
	require.True(t, slices.IsSortedFunc(all.Rows, func(a, b DeadlineRow) int { return a.Deadline.DueAt.Compare(b.Deadline.DueAt) }))
	var forward, backward []DeadlineRow
	for page := (Page{First: 13}); ; {
		part, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{Page: page})
		require.NoError(t, err)
		forward = append(forward, part.Rows...)
		if !part.HasNext {
			break
		}
		page.After = &part.Rows[len(part.Rows)-1].Cursor
	}
	require.Equal(t, all.Rows, forward)
	for page := (Page{Last: 17}); ; {
		part, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{Page: page})
		require.NoError(t, err)
		backward = append(slices.Clone(part.Rows), backward...)
		if !part.HasPrevious {
			break
		}
		page.Before = &part.Rows[0].Cursor
	}
	require.Equal(t, all.Rows, backward)

	missed, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{
		Statuses: []casefile.DeadlineStatus{casefile.ClockMissed}, DueTo: noon, Division: county, Page: Page{First: 5000},
	})
	require.NoError(t, err)
	require.NotEmpty(t, missed.Rows)
	for _, row := range missed.Rows {
		require.Equal(t, casefile.ClockMissed, row.Deadline.Status)
		require.True(t, row.Deadline.DueAt.Before(noon))
	}
}

func TestAnInboxHoldsTheViewersTasksAndTheirUnits(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	state := stateOf(t, s, command.CaseID)
	dir := directory.Development()
	tasks := casefile.Tasks(state, dir)
	require.NotEmpty(t, tasks)
	stored, err := s.TasksOf(t.Context(), []string{command.CaseID})
	require.NoError(t, err)
	require.Equal(t, map[string][]casefile.Task{command.CaseID: tasks}, stored)
	for _, person := range dir.People() {
		if !slices.ContainsFunc(person.Roles, func(at casefile.RoleAt) bool {
			unit, _ := dir.Unit(at.UnitID)
			return unit.Division == county
		}) {
			continue
		}
		want := slices.ContainsFunc(tasks, func(task casefile.Task) bool {
			return task.AssigneeID == person.ID || task.AssigneeID == "" && person.Holds(task.InboxRole, task.InboxUnit)
		})
		page, err := s.Tasks(t.Context(), NewViewer(dir, person), TaskQuery{Page: Page{First: 10}, WantTotal: true})
		require.NoError(t, err)
		require.Equal(t, want, len(page.Rows) > 0, person.ID)
		require.Equal(t, len(page.Rows), *page.Total)
	}
}

func TestAnAcceptedCaseMovesOnInEveryReadTable(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	before := stateOf(t, s, command.CaseID)
	requireAdded(t, s, before.Version, accepting(t, command.CaseID))
	viewer := viewerOf(t, casefile.RoleManager, "u-530402-center")
	row, err := s.Case(t.Context(), viewer, command.CaseID)
	require.NoError(t, err)
	require.Equal(t, casefile.StageInvestigation, row.Stage)
	running, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{Statuses: []casefile.DeadlineStatus{casefile.ClockRunning}, Page: Page{First: 10}})
	require.NoError(t, err)
	require.Len(t, running.Rows, 1)
	require.Equal(t, row.NextDueAt, running.Rows[0].Deadline.DueAt.UTC())
	tasks, err := s.TasksOf(t.Context(), []string{command.CaseID})
	require.NoError(t, err)
	require.NotEqual(t, casefile.Tasks(before, directory.Development()), tasks[command.CaseID])
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestAMissedDeadlineBringsItsOrderOnce(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	late := noon.AddDate(0, 0, 30)
	for range 2 {
		version := stateOf(t, s, command.CaseID).Version
		_, err := s.Append(t.Context(), version, casefile.Command{CaseID: command.CaseID, Actor: casefile.System, Act: casefile.PassTime{}}, late)
		require.NoError(t, err)
	}
	viewer := viewerOf(t, casefile.RoleManager, "u-5304-center")
	orders, err := s.SupervisionOrders(t.Context(), viewer, SupervisionQuery{Page: Page{First: 10}, WantTotal: true})
	require.NoError(t, err)
	require.Len(t, orders.Rows, 1)
	require.Equal(t, 1, *orders.Total)
	require.Equal(t, command.CaseID, orders.Rows[0].CaseID)
	require.Equal(t, stateOf(t, s, command.CaseID).Orders[0].ID, orders.Rows[0].OrderID)
	row, err := s.Case(t.Context(), viewer, command.CaseID)
	require.NoError(t, err)
	require.True(t, row.Overdue)
	require.WithinDuration(t, noon.AddDate(0, 0, 15), row.NextDueAt, 24*time.Hour)
	yes := true
	overdue, err := s.Cases(t.Context(), viewer, CaseQuery{Filter: CaseFilter{Overdue: &yes}, Order: DueAtAsc, Page: Page{First: 10}})
	require.NoError(t, err)
	require.Len(t, overdue.Rows, 1)
}

func TestATimelineIsReadBothWays(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	for n := range 5 {
		requireAdded(t, s, stateOf(t, s, command.CaseID).Version, noting(t, s, command.CaseID, n))
	}
	whole, err := s.Timeline(t.Context(), command.CaseID, Page{First: 100})
	require.NoError(t, err)
	require.False(t, whole.HasNext)
	hash := ""
	for i, e := range whole.Rows {
		require.Equal(t, i+1, e.Seq)
		hash, err = casefile.ChainHash(hash, e.Event)
		require.NoError(t, err)
		require.Equal(t, hash, e.Hash)
	}
	last, err := s.Timeline(t.Context(), command.CaseID, Page{Last: 2})
	require.NoError(t, err)
	require.True(t, last.HasPrevious)
	require.Equal(t, whole.Rows[len(whole.Rows)-2:], last.Rows)
	cursor := whole.Rows[1].Cursor()
	middle, err := s.Timeline(t.Context(), command.CaseID, Page{First: 2, After: &cursor})
	require.NoError(t, err)
	require.Equal(t, whole.Rows[2:4], middle.Rows)
}

func TestTimelinesOfManyCasesAreThoseOfEach(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var queries []TimelineQuery
	for n := range 3 {
		id := register(t, s).CaseID
		for i := range n {
			requireAdded(t, s, stateOf(t, s, id).Version, noting(t, s, id, i))
		}
		queries = append(queries, TimelineQuery{CaseID: id, Page: Page{Last: 3}})
	}
	after := Cursor{Key: "1", ID: queries[2].CaseID}
	queries = append(queries, TimelineQuery{CaseID: queries[2].CaseID, Page: Page{First: 1, After: &after}},
		TimelineQuery{CaseID: "no id", Page: Page{Last: 2}}, TimelineQuery{CaseID: "00000000-0000-4000-8000-000000000000", Page: Page{Last: 2}})
	pages, err := s.Timelines(t.Context(), queries)
	require.NoError(t, err)
	for i, query := range queries {
		alone, err := s.Timeline(t.Context(), query.CaseID, query.Page)
		require.NoError(t, err)
		require.Equal(t, alone, pages[i])
	}
	require.Len(t, pages[0].Rows, 2)
	require.Len(t, pages[2].Rows, 3)
	require.Greater(t, pages[2].Rows[1].Seq, pages[2].Rows[0].Seq)
	require.True(t, pages[2].HasPrevious)
	require.Empty(t, pages[4].Rows)
	require.Empty(t, pages[5].Rows)
	// With the hash of the newest event, a page comes from memory: until there is a newer one.
	known := queries[2]
	known.ChainHash = pages[2].Rows[2].Hash
	for range 2 {
		read, err := s.Timelines(t.Context(), []TimelineQuery{known})
		require.NoError(t, err)
		require.Equal(t, pages[2], read[0])
	}
	kept, _ := s.timelines.size()
	require.Equal(t, 1, kept)
	requireAdded(t, s, stateOf(t, s, known.CaseID).Version, noting(t, s, known.CaseID, 9))
	newer := known
	newer.ChainHash = stateHash(t, s, known.CaseID)
	read, err := s.Timelines(t.Context(), []TimelineQuery{newer})
	require.NoError(t, err)
	require.Equal(t, pages[2].Rows[2].Seq+1, read[0].Rows[2].Seq)
	late, err := s.Timelines(t.Context(), []TimelineQuery{known})
	require.NoError(t, err)
	require.Equal(t, read[0], late[0], "whoever knows an older hash reads what there is")
	_, found := s.timelines.at(TimelineQuery{CaseID: known.CaseID, Page: known.Page}, known.ChainHash)
	require.False(t, found)
	broken := Cursor{Key: "x"}
	_, err = s.Timelines(t.Context(), append(queries, TimelineQuery{CaseID: queries[0].CaseID, Page: Page{First: 1, After: &broken}}))
	require.ErrorAs(t, err, new(*PageError))
}

func stateHash(t *testing.T, s *Store, caseID string) (hash string) {
	t.Helper()
	require.NoError(t, s.pool.QueryRow(t.Context(), "select chain_hash from cases where id = $1", caseID).Scan(&hash))
	return hash
}
