package store

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// personReading is a person of the development set with what they see.
func personReading(t *testing.T, dir *directory.Directory, id string) Viewer {
	t.Helper()
	person, ok := dir.Person(id)
	require.True(t, ok, id)
	return NewViewer(dir, person)
}

// versionOf reads a viewer's version and whether it is as it was.
func versionOf(t *testing.T, s *Store, viewer Viewer, known ReadVersion) (ReadVersion, bool) {
	t.Helper()
	dir, law, err := s.InForce(t.Context())
	require.NoError(t, err)
	now, unchanged, err := s.ReadVersion(t.Context(), viewer, dir.Version, law.Version(), known)
	require.NoError(t, err)
	return now, unchanged
}

func TestAVersionStandsUntilSomethingOfTheViewersHappens(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	dir, err := s.Directory(t.Context())
	require.NoError(t, err)
	here, elsewhere, above := personReading(t, dir, "p-530402-center-manager-1"), personReading(t, dir, "p-530423-center-manager-1"), personReading(t, dir, "p-53-center-supervisor-1")
	versions := map[string]ReadVersion{}
	viewers := map[string]Viewer{"here": here, "elsewhere": elsewhere, "above": above}
	look := func() (changed []string) {
		for _, name := range []string{"here", "elsewhere", "above"} {
			now, unchanged := versionOf(t, s, viewers[name], versions[name])
			require.NotEmpty(t, now)
			if !unchanged {
				changed = append(changed, name)
			}
			versions[name] = now
		}
		return changed
	}
	require.Equal(t, []string{"here", "elsewhere", "above"}, look(), "the first time")
	require.Empty(t, look(), "nothing happened")

	command := register(t, s)
	require.Equal(t, []string{"here", "above"}, look(), "a case of one county is nothing to another")
	requireAdded(t, s, stateOf(t, s, command.CaseID).Version, noting(t, s, command.CaseID, 1))
	require.Equal(t, []string{"here", "above"}, look())

	require.NoError(t, s.EraseTexts(t.Context(), command.CaseID))
	require.Equal(t, []string{"here", "elsewhere", "above"}, look(), "an erasure is everybody's")
	entries := directory.DevelopmentEntries()
	entries.People[0].Name = "新名字"
	seed(t, s, entries)
	require.Equal(t, []string{"here", "elsewhere", "above"}, look(), "so is the directory")
	require.Empty(t, look())
}

func TestAVersionKnowsOfTransactionsThatWereUnderWay(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	dir, err := s.Directory(t.Context())
	require.NoError(t, err)
	viewer := personReading(t, dir, "p-530402-center-manager-1")
	register(t, s)

	older, err := s.pool.Begin(t.Context()) // it has its number, and commits after what comes later
	require.NoError(t, err)
	defer func() { _ = older.Rollback(t.Context()) }()
	_, err = older.Exec(t.Context(), `insert into events select gen_random_uuid(), 1, type, at, effective_at, actor_person_id, actor_role,
		actor_unit_id, actor_division, actor_unit_kind, request_key, input_digest, request_id, backdating_reason, body, hash
		from (select * from events limit 1) e`)
	require.NoError(t, err)
	register(t, s)
	before, _ := versionOf(t, s, viewer, "")
	_, unchanged := versionOf(t, s, viewer, before)
	require.True(t, unchanged, "what is under way has not happened")
	require.NoError(t, older.Commit(t.Context()))
	_, unchanged = versionOf(t, s, viewer, before)
	require.False(t, unchanged, "and is noticed when it has, though its number is the lower one")
}

func TestAVersionThatWasNeverGivenOutIsNone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	dir, err := s.Directory(t.Context())
	require.NoError(t, err)
	viewer := personReading(t, dir, "p-530402-center-manager-1")
	good, _ := versionOf(t, s, viewer, "")
	for _, bad := range []string{
		"x", string(good) + "'", "0123456789abcdef-9:5:", "0123456789abcdef-1:99999999999999999999:", "0123456789abcdef-5:6:9",
		strings.Replace(string(good), "-", "-9", 1), strings.Repeat("1", 10_000), "0000000000000000-" + strings.SplitN(string(good), "-", 2)[1],
	} {
		now, unchanged := versionOf(t, s, viewer, ReadVersion(bad))
		require.False(t, unchanged, bad)
		require.NotEmpty(t, now, bad)
	}
}

func TestThereIsNoVersionWhileTheRecordChangesWithoutEvents(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	dir, law, err := s.InForce(t.Context())
	require.NoError(t, err)
	viewer := personReading(t, dir, "p-530402-center-manager-1")
	now, _, err := s.ReadVersion(t.Context(), viewer, dir.Version-1, law.Version(), "")
	require.NoError(t, err)
	require.Empty(t, now, "a directory that is not in force any more")
	s.countingAll.Store(true)
	now, _ = versionOf(t, s, viewer, "")
	require.Empty(t, now, "cases are being counted")
	s.countingAll.Store(false)

	command := register(t, s)
	_, err = s.pool.Exec(t.Context(), `insert into recounts (case_id, deadline_id, due_at, package, law_version)
		values ($1, 'D1', now(), false, 1)`, command.CaseID)
	require.NoError(t, err)
	now, _ = versionOf(t, s, viewer, "")
	require.Empty(t, now, "clocks wait to be counted anew")
}

func TestAnEventTouchesWhoeverSawTheCaseBeforeOrAfter(t *testing.T) {
	t.Parallel()
	dir := directory.Development()
	before := casefile.State{ID: "c", Version: 1, Division: "530402001", ResponsibleUnitID: "u-1"}
	after := before
	after.Version, after.Division, after.ResponsibleUnitID = 2, "530423", "u-2"
	e := &entry{before: before, after: after}
	touched := e.touched(dir, false)
	for _, name := range []string{"division/53", "division/5304", "division/530402", "division/530402001", "division/530423", "unit/u-1", "unit/u-2"} {
		require.Contains(t, touched, touchNumber(name), name)
	}
	require.NotContains(t, touched, touchNumber("division/530424"))
	require.Nil(t, e.touched(dir, true), "who had grants by another directory is not known")
	e.after.PackageID = "p"
	require.Nil(t, e.touched(dir, false), "a package shows its cases")
}

// howTablesAreVersioned says for each table how a ReadVersion knows that it has changed. Whoever
// adds one that answers are read from makes it known there.
var howTablesAreVersioned = map[string][]string{
	"with the directory's version": {
		"local_divisions", "units", "unit_superiors", "people", "person_roles", "issuing_systems", "directory_version", "directory_changes",
		"absences",
	},
	"with the law's version, or by its own rows": {"calendar_years", "local_procedures", "law_version", "recounts"},
	"by its own rows": {"text_backlog"},
	"with an event, in its transaction": {
		"cases", "case_numbers", "case_external_ids", "case_grants", "case_exclusions", "events", "requests", "deadlines", "tasks",
		"supervision_orders", "held_ends", "statistics_cases", "packages", "package_numbers", "package_events", "package_requests",
		"package_members", "package_grants", "package_tasks", "package_orders", "borrowed_texts",
	},
	"by the transactions' counter":                                        {"feed_epochs"},
	"not at all: an event names them first, and an erasure has a version": {"case_keys", "contents", "text_tokens", "files", "file_chunks", "erasure_version"},
	"not at all: the same figures, summed sooner or later":                {"statistics_changes", "statistics_cells", "statistics_days", "statistics_summed"},
	"not at all: what is answered from them is asked anew each time":      {"audit_entries", "audited_cases"},
	"not at all: no query by GET is answered from them": {
		"master_keys", "access_attempts", "document_reads", "hand_overs", "hand_over_items", "readiness", "party_tokens", "samples", "unheard", versionTable,
	},
}

func TestAVersionKnowsOfEveryTable(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	rows, err := s.pool.Query(t.Context(), "select table_name::text from information_schema.tables where table_schema = 'public' order by 1")
	require.NoError(t, err)
	tables, err := collectStrings(rows)
	require.NoError(t, err)
	var known []string
	for _, group := range howTablesAreVersioned {
		known = append(known, group...)
	}
	require.ElementsMatch(t, known, tables)
}
