package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// told are synthetic cases with texts: what each says, by its id.
func told(t *testing.T, s *Store, seed uint64, n int) (states []casefile.State, said map[string][]string) {
	t.Helper()
	r := seeded(seed + 1000)
	states, said = syntheticStates(seed, n), map[string][]string{}
	about := []string{"楼上夜间噪音扰民", "宅基地边界纠纷", "拖欠工资纠纷", "水管漏水", "物业费纠纷"}
	people := []string{"张三丰", "李四光", "王五", "赵敏", "Ａｌｉｃｅ"}
	for i := range states {
		title, narrative := about[r.IntN(len(about))], about[r.IntN(len(about))]+"，多次调解未果。"
		if i%97 == 0 {
			narrative += "独角兽"
		}
		if i%2 == 0 { // somebody must have to do with many
			states[i].ResponsibleUnitID = "u-530402-center"
		}
		name := people[r.IntN(len(people))]
		content, err := json.Marshal(casefile.PartyContent{Name: name, Phone: "13987654321"})
		require.NoError(t, err)
		texts := []Text{
			{NewTextID(), casefile.TextTitle, title}, {NewTextID(), casefile.TextNarrative, narrative}, {NewTextID(), casefile.TextParty, string(content)},
		}
		require.NoError(t, s.PutTexts(t.Context(), states[i].ID, texts))
		states[i].Title, states[i].Narrative = texts[0].ID, texts[1].ID
		states[i].Parties = []casefile.Party{{ID: "P1", Role: casefile.PartyApplicant, Content: texts[2].ID, Named: true}}
		said[states[i].ID] = []string{title, narrative, name}
	}
	fill(t, s, states)
	return states, said
}

// readBy says, in other words than the store, which cases' texts each person may read whole.
func readBy(dir *directory.Directory, states []casefile.State) map[string]map[string]bool {
	whole := map[string]map[string]bool{}
	for _, state := range states {
		grants := casefile.Grants(state, dir)
		for _, person := range dir.People() {
			named := slices.ContainsFunc(grants, func(g casefile.Grant) bool {
				return g.PersonID == person.ID || g.PersonID == "" && person.Holds(g.Role, g.UnitID)
			})
			if named && maySee(dir, person, state) {
				if whole[person.ID] == nil {
					whole[person.ID] = map[string]bool{}
				}
				whole[person.ID][state.ID] = true
			}
		}
	}
	return whole
}

// lookFor walks a search to its end, in pages of a size, and says how many of them were partial.
func lookFor(t *testing.T, s *Store, viewer Viewer, text string, order CaseOrder, size int, backward bool) (ids []string, partial int) {
	t.Helper()
	words, err := NewSearchText(text)
	require.NoError(t, err)
	page := Page{First: size}
	if backward {
		page = Page{Last: size}
	}
	for range 10_000 {
		got, err := s.Cases(t.Context(), viewer, CaseQuery{Filter: CaseFilter{Text: words}, Order: order, Page: page, WantTotal: true})
		require.NoError(t, err)
		require.Nil(t, got.Total)
		require.LessOrEqual(t, len(got.Rows), size)
		reached := got.Reached
		if reached != nil {
			partial++
			require.Less(t, len(got.Rows), size+1)
		} else if len(got.Rows) > 0 {
			reached = &got.Rows[len(got.Rows)-1].Cursor
			if backward {
				reached = &got.Rows[0].Cursor
			}
		}
		if backward {
			ids = append(idsOf(got.Rows), ids...)
			if page.Before = reached; !got.HasPrevious {
				return ids, partial
			}
		} else {
			ids = append(ids, idsOf(got.Rows)...)
			if page.After = reached; !got.HasNext {
				return ids, partial
			}
		}
		require.NotNil(t, reached)
	}
	t.Fatal("the search doesn't end")
	return nil, 0
}

func TestASearchFindsEveryCaseWhoseTextsItsReaderMayReadAndNoOther(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states, said := told(t, s, 11, 700)
	dir := directory.Development()
	texts := []string{"纠纷", "噪音", "张三丰", "alice 工资", "独角兽", "三丰李四", "未果 漏水 王五"}
	contains := func(text string, parts []string) bool {
		return !slices.ContainsFunc(strings.Fields(text), func(word string) bool {
			return !slices.ContainsFunc(parts, func(part string) bool {
				return strings.Contains(strings.ReplaceAll(strings.ReplaceAll(part, "Ａｌｉｃｅ", "alice"), "，", ""), word)
			})
		})
	}
	// The bounds that a search has, and tight ones, under which it stops all the time.
	tight := &Store{pool: s.pool, keys: s.keys, open: s.open, searching: searchBounds{
		firstWalk: 3, rareAfter: 8, longestWalk: 20, rareTexts: 20, mostRead: 9, candidates: 4,
	}}
	found, cutShort, masked := 0, 0, 0
	whole := readBy(dir, states)
	for i, person := range dir.People() {
		if len(whole[person.ID]) < 40 && i%20 > 0 {
			continue // most people have to do with few
		}
		viewer := NewViewer(dir, person)
		order := []CaseOrder{RegisteredAtDesc, RegisteredAtAsc, DueAtAsc}[i%3]
		for _, text := range []string{texts[0], texts[i%len(texts)], texts[(i+3)%len(texts)]} {
			var want []CaseRow
			for _, state := range states {
				switch {
				case !contains(text, said[state.ID]) || order == DueAtAsc && !state.Stage.Open():
				case whole[person.ID][state.ID]:
					row, err := newCaseRow(state.ID, "", mustJSON(t, state), false)
					require.NoError(t, err)
					want = append(want, row)
				case maySee(dir, person, state):
					masked++
				}
			}
			slices.SortFunc(want, func(a, b CaseRow) int { return compareIn(order, a, b) })
			found += len(want)
			name := fmt.Sprint(person.ID, " ", text, " ", order)
			got, _ := lookFor(t, s, viewer, text, order, 40, i%2 == 0)
			require.Equal(t, idsOf(want), append([]string{}, got...), name)
			got, partial := lookFor(t, tight, viewer, text, order, 9, i%2 == 1)
			require.Equal(t, idsOf(want), append([]string{}, got...), name)
			cutShort += partial
		}
	}
	require.Greater(t, found, 150)
	require.Greater(t, cutShort, 10, "tight bounds must really have cut searches short")
	require.Greater(t, masked, 100, "there must have been cases with the words whose texts the viewer sees masked")
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return raw
}

func TestASearchReadsNoTableThrough(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	told(t, s, 12, 600)
	for _, order := range []CaseOrder{RegisteredAtDesc, DueAtAsc} {
		f := &searching{
			viewer: viewerOf(t, casefile.RoleManager, "u-530402-center"), query: CaseQuery{Order: order, Page: Page{First: 50}},
			tokens: []string{"{1,2}", "{3}"}, page: Page{First: 50}, searchBounds: usualSearch,
		}
		walking, args, err := f.walking(500)
		require.NoError(t, err)
		require.NotContains(t, planOf(t, s, walking, args), "Seq Scan on text_tokens")
		rare, args, err := f.rarely()
		require.NoError(t, err)
		plan := planOf(t, s, rare, args)
		require.NotContains(t, plan, "Seq Scan on text_tokens")
		require.Contains(t, plan, "text_tokens_by_token")
	}
}

func planOf(t *testing.T, s *Store, sql string, args *arguments) string {
	t.Helper()
	tx, err := s.pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(t.Context()) }()
	_, err = tx.Exec(t.Context(), "set local enable_seqscan = off")
	require.NoError(t, err)
	rows, err := tx.Query(t.Context(), "explain "+sql, args.values...)
	require.NoError(t, err)
	plan, err := collectStrings(rows)
	require.NoError(t, err)
	return strings.Join(plan, "\n")
}
