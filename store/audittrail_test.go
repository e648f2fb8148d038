package store

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store/storetest"
)

// lookedAt is a reading of a document that a test recorded.
type lookedAt struct {
	at    time.Time
	actor string
	state casefile.State
}

// readDocuments records readings of cases, some at the same instant, the oldest first; each is of another document.
func readDocuments(t *testing.T, s *Store, states []casefile.State) []lookedAt {
	t.Helper()
	looks := make([]lookedAt, len(states))
	var at []time.Time
	var people, cases, documents []string
	for i, state := range states {
		looks[i] = lookedAt{noon.Add(time.Duration(i/3) * time.Hour), fmt.Sprintf("p-%d", i%7), state}
		at, people = append(at, looks[i].at), append(people, looks[i].actor)
		cases, documents = append(cases, state.ID), append(documents, fmt.Sprint("d", i))
	}
	_, err := s.pool.Exec(t.Context(), `insert into document_reads (at, person_id, case_id, document_id, byte_range, request_id)
		select *, '', 'r' from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::text[])`, at, people, cases, documents)
	require.NoError(t, err)
	_, err = s.pool.Exec(t.Context(), "analyze")
	require.NoError(t, err)
	return looks
}

// trail reads the whole trail page by page.
func trail(t *testing.T, s *Store, viewer Viewer, query AuditQuery, size int, backward bool) []AuditEntry {
	t.Helper()
	var all []AuditEntry
	query.Page = Page{First: size}
	if backward {
		query.Page = Page{Last: size}
	}
	for {
		page, err := s.AuditTrail(t.Context(), viewer, query)
		require.NoError(t, err)
		if len(page.Entries) == 0 {
			return all
		}
		require.LessOrEqual(t, len(page.Entries), size)
		if backward {
			all = append(slices.Clone(page.Entries), all...)
			first := page.Entries[0].Cursor()
			query.Page.Before = &first
			require.Equal(t, page.HasPrevious, len(trailPage(t, s, viewer, query)) > 0)
			continue
		}
		all = append(all, page.Entries...)
		last := page.Entries[len(page.Entries)-1].Cursor()
		query.Page.After = &last
		require.Equal(t, page.HasNext, len(trailPage(t, s, viewer, query)) > 0)
	}
}

func trailPage(t *testing.T, s *Store, viewer Viewer, query AuditQuery) []AuditEntry {
	t.Helper()
	page, err := s.AuditTrail(t.Context(), viewer, query)
	require.NoError(t, err)
	return page.Entries
}

func TestTheAuditTrailIsThatOfTheAuditorsDivisionLessWhatIsSealed(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states := syntheticStates(41, 900)
	fill(t, s, states)
	looks := readDocuments(t, s, states)
	sealed := 0
	for _, state := range states {
		if state.Confidentiality == casefile.ConfidentialitySealed {
			sealed++
		}
	}
	require.Positive(t, sealed)
	viewer := func(audits ...casefile.Division) Viewer { return Viewer{PersonID: "p", Audits: audits} }
	days := func(at time.Time) string { return at.In(casefile.Shanghai).Format(time.DateOnly) }
	for name, c := range map[string]struct {
		viewer Viewer
		query  AuditQuery
		holds  func(lookedAt) bool
	}{
		"province": {viewer("53"), AuditQuery{}, func(l lookedAt) bool { return casefile.Division("53").Contains(l.state.Division) }},
		"county":   {viewer(county), AuditQuery{}, func(l lookedAt) bool { return county.Contains(l.state.Division) }},
		"two counties, one within the other's city": {viewer("5304", county), AuditQuery{}, func(l lookedAt) bool { return casefile.Division("5304").Contains(l.state.Division) }},
		"a village of the city":                     {viewer("5304"), AuditQuery{Division: "530402001001"}, func(l lookedAt) bool { return casefile.Division("530402001001").Contains(l.state.Division) }},
		"a division outside":                        {viewer(county), AuditQuery{Division: "530423"}, func(lookedAt) bool { return false }},
		"an actor":                                  {viewer("53"), AuditQuery{ActorID: "p-3"}, func(l lookedAt) bool { return l.actor == "p-3" && l.state.Division.At(casefile.LevelProvince) == "53" }},
		"a unit":                                    {viewer("53"), AuditQuery{UnitID: "u-530402-center"}, func(l lookedAt) bool { return l.state.ResponsibleUnitID == "u-530402-center" }},
		"some days": {
			viewer("53"),
			AuditQuery{From: days(noon.AddDate(0, 0, 2)), To: days(noon.AddDate(0, 0, 4))},
			func(l lookedAt) bool {
				return casefile.Division("53").Contains(l.state.Division) && days(l.at) >= days(noon.AddDate(0, 0, 2)) && days(l.at) <= days(noon.AddDate(0, 0, 4))
			},
		},
		"another kind":       {viewer("53"), AuditQuery{Kinds: []casefile.AuditKind{casefile.AuditRoleGranted}}, func(lookedAt) bool { return false }},
		"somebody else":      {Viewer{PersonID: "p", SubTree: []casefile.Division{"53"}, Analyst: []casefile.Division{"53"}}, AuditQuery{}, func(lookedAt) bool { return false }},
		"who may see no one": {viewer(), AuditQuery{}, func(lookedAt) bool { return false }},
	} {
		t.Run(name, func(t *testing.T) {
			var want []string
			for _, look := range slices.Backward(looks) {
				if c.holds(look) && look.state.Confidentiality != casefile.ConfidentialitySealed {
					want = append(want, fmt.Sprint(look.at.UTC(), look.actor, look.state.Division, look.state.ResponsibleUnitID))
				}
			}
			for _, backward := range []bool{false, true} {
				var got []string
				for _, e := range trail(t, s, c.viewer, c.query, 100, backward) {
					require.Equal(t, casefile.AuditDocumentRead, e.Kind)
					require.NotEmpty(t, e.CaseReference)
					got = append(got, fmt.Sprint(e.At.UTC(), e.ActorID, e.Division, e.UnitID))
				}
				require.ElementsMatch(t, want, got)
				require.True(t, slices.IsSortedFunc(got, func(a, b string) int { // at one instant in the order of recording
					return -compareTimes(a, b)
				}))
			}
			c.query.Page, c.query.WantTotal = Page{First: 1}, true
			page, err := s.AuditTrail(t.Context(), c.viewer, c.query)
			require.NoError(t, err)
			require.Equal(t, len(want), *page.Total)
		})
	}
}

// compareTimes compares the instants with which two texts begin.
func compareTimes(a, b string) int {
	const length = len("2026-03-10 04:00:00")
	switch {
	case a[:length] < b[:length]:
		return -1
	case a[:length] > b[:length]:
		return 1
	}
	return 0
}

// explainedOnce is explained by the one plan for all parameters that the pool asks for: it knows none of
// their values, and so not that one is within a partial index.
func explainedOnce(t *testing.T, s *Store, list string, args *arguments) planNode {
	t.Helper()
	var values []string
	for _, value := range args.values {
		text, isText := value.(string)
		if !isText {
			text = "{" + strings.Join(value.([]string), ",") + "}"
		}
		values = append(values, "'"+text+"'")
	}
	var plans []struct{ Plan planNode }
	require.NoError(t, pgx.BeginFunc(t.Context(), s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), "set local enable_seqscan = off; set local enable_bitmapscan = off"); err != nil {
			return err
		}
		name := "trail_" + strconv.FormatUint(rand.Uint64(), 10)
		if _, err := tx.Prepare(t.Context(), name, list); err != nil {
			return err
		}
		var raw []byte
		err := tx.QueryRow(t.Context(), "explain (analyze, format json) execute "+name+"("+strings.Join(values, ", ")+")").Scan(&raw)
		if err != nil {
			return err
		}
		return json.Unmarshal(raw, &plans)
	}))
	return plans[0].Plan
}

func TestAPageOfTheAuditTrailIsAWalkAlongAnIndexAtEveryLevel(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states := syntheticStates(43, 4000)
	fill(t, s, states)
	readDocuments(t, s, states)
	const page = 10
	for place, area := range map[string]casefile.Division{"province": "53", "city": "5304", "county": county, "township": "530402001"} {
		for name, query := range map[string]AuditQuery{
			"all": {}, "one kind": {Kinds: []casefile.AuditKind{casefile.AuditDocumentRead}}, "a kind that nobody brought": {Kinds: []casefile.AuditKind{casefile.AuditUnitSaved}},
		} {
			t.Run(place+" "+name, func(t *testing.T) {
				query.Page = Page{First: page}
				list, args, err := query.list(Viewer{PersonID: "p"}, []casefile.Division{area})
				require.NoError(t, err)
				indexes := map[string]bool{}
				plan := explainedOnce(t, s, list, args)
				require.LessOrEqual(t, plan.looked("audit_entries", indexes), 3.0*page, "%v of %d", indexes, len(states))
				require.Equal(t, map[string]bool{"audit_entries_of_" + place: true}, indexes)
				require.LessOrEqual(t, plan.looked("cases", indexes), 3.0*page, "each entry's case alone")
			})
		}
	}
	for index, query := range map[string]AuditQuery{"audit_entries_by_actor": {ActorID: "p-3"}, "audit_entries_by_unit": {UnitID: "u-530423-center"}} {
		query.Page = Page{First: page}
		list, args, err := query.list(Viewer{PersonID: "p"}, []casefile.Division{"53"})
		require.NoError(t, err)
		indexes := map[string]bool{}
		require.LessOrEqual(t, explainedOnce(t, s, list, args).looked("audit_entries", indexes), 3.0*page, "%v", indexes)
		require.Equal(t, map[string]bool{index: true}, indexes)
	}
}

func TestReadingADocumentInPiecesIsOneLook(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states := syntheticStates(47, 1)
	states[0].Confidentiality = casefile.ConfidentialityNormal
	fill(t, s, states)
	read := func(person, document string, minutes int) {
		require.NoError(t, s.RecordRead(t.Context(), DocumentRead{
			At: noon.Add(time.Duration(minutes) * time.Minute), PersonID: person, CaseID: states[0].ID, DocumentID: document, RequestID: fmt.Sprint(minutes),
		}))
	}
	for _, minutes := range []int{0, 0, 3, 14, 15, 20} {
		read("p-1", "d1", minutes)
	}
	read("p-1", "d2", 1)
	read("p-2", "d1", 1)
	auditor := Viewer{PersonID: "p", Audits: []casefile.Division{"53"}}
	var looks []string
	references := map[string]bool{}
	for _, e := range trail(t, s, auditor, AuditQuery{}, 2, false) {
		looks = append(looks, e.ActorID+" "+e.RequestID)
		references[e.CaseReference] = true
	}
	require.ElementsMatch(t, []string{"p-1 0", "p-1 15", "p-1 1", "p-2 1"}, looks)
	require.Len(t, references, 1, "looks at one case are known as such")
	require.NotContains(t, references, states[0].ID)
	reads, err := s.DocumentReads(t.Context(), states[0].ID)
	require.NoError(t, err)
	require.Len(t, reads, 8, "each reading stands where it is recorded")
}

func TestWhatWasRecordedBeforeThereWasATrailIsInIt(t *testing.T) {
	t.Parallel()
	url := storetest.Database(t)
	s := openAt(t, url, FileKeySource(filepath.Join(t.TempDir(), "key")))
	seed(t, s, directory.DevelopmentEntries())
	id := register(t, s).CaseID
	supervisor, ok := directory.Development().Person("p-5304-center-supervisor-1")
	require.True(t, ok)
	requireAdded(t, s, stateOf(t, s, id).Version, casefile.Command{
		CaseID: id, RequestKey: "look", InputDigest: "digest", RequestID: "look", Actor: NewViewer(directory.Development(), supervisor).Actors[0],
		Act: casefile.RevealPersonalData{Purpose: putTexts(t, s, id, "督办核查")[0]},
	})
	require.NoError(t, s.RecordRead(t.Context(), DocumentRead{At: noon, PersonID: "p-1", CaseID: id, DocumentID: "d", RequestID: "read"}))
	_, _, err := s.BeginHandOver(t.Context(), HandOver{
		RequestKey: "over", InputDigest: "digest", RequestID: "over", PersonID: "p-530402-center-manager-1",
		FromID: "p-530402-center-mediator-1", ToID: "p-530402-center-mediator-2", Input: []byte("x"),
	}, noon)
	require.NoError(t, err)
	refusal, err := s.ChangeDirectory(t.Context(), DirectoryCommand{
		Actor:      casefile.Actor{PersonID: "p-530402-center-admin-1", Role: casefile.RoleAdmin, UnitID: "u-530402-center", Division: county, UnitKind: casefile.UnitCenter},
		Change:     directory.GrantRole{PersonID: "p-530402-center-mediator-1", RoleAt: casefile.RoleAt{Role: casefile.RoleAnalyst, UnitID: "u-530402-center"}},
		RequestKey: "grant", InputDigest: "digest", RequestID: "grant",
	}, noon)
	require.NoError(t, err)
	require.Nil(t, refusal)
	auditor := Viewer{PersonID: "p", Audits: []casefile.Division{county}}
	told := func() (entries []AuditEntry) {
		for _, e := range trail(t, s, auditor, AuditQuery{}, 10, false) {
			require.Equal(t, e.CaseReference != "", e.Kind == casefile.AuditPersonalDataRevealed || e.Kind == casefile.AuditDocumentRead)
			e.ID, e.CaseReference = 0, ""
			entries = append(entries, e)
		}
		return entries
	}
	before := told()
	yes := true
	require.ElementsMatch(t, []AuditEntry{
		{
			Kind: casefile.AuditPersonalDataRevealed, At: before[0].At, ActorID: supervisor.ID, ActorRole: casefile.RoleSupervisor, ActorUnitID: "u-5304-center",
			RequestID: "look", Division: county, UnitID: "u-530402-center", PurposeGiven: &yes,
		},
		{Kind: casefile.AuditDocumentRead, At: before[0].At, ActorID: "p-1", RequestID: "read", Division: county, UnitID: "u-530402-center"},
		{
			Kind: casefile.AuditWorkHandedOver, At: before[0].At, ActorID: "p-530402-center-manager-1", RequestID: "over", Division: county,
			PersonID: "p-530402-center-mediator-1", ToPersonID: "p-530402-center-mediator-2",
		},
		{
			Kind: casefile.AuditRoleGranted, At: before[0].At, ActorID: "p-530402-center-admin-1", ActorRole: casefile.RoleAdmin, ActorUnitID: "u-530402-center",
			RequestID: "grant", Division: county, UnitID: "u-530402-center", PersonID: "p-530402-center-mediator-1", Role: casefile.RoleAnalyst,
		},
	}, before)
	require.True(t, noon.Equal(before[0].At))

	_, provider := migrating(t, url)
	_, err = provider.DownTo(t.Context(), 36)
	require.NoError(t, err)
	_, err = provider.Up(t.Context())
	require.NoError(t, err)
	s.pool.Reset()
	require.ElementsMatch(t, before, told())
}
