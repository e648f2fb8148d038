package store

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

// tokenRows lists which texts of a case are in the index.
func tokenRows(t *testing.T, s *Store, caseID string) []casefile.TextID {
	t.Helper()
	rows, err := s.pool.Query(t.Context(), "select text_id::text from text_tokens where case_id = $1", caseID)
	require.NoError(t, err)
	ids, err := collectStrings(rows)
	require.NoError(t, err)
	texts := []casefile.TextID{}
	for _, id := range ids {
		texts = append(texts, casefile.TextID(id))
	}
	return texts
}

func amending(t *testing.T, s *Store, caseID, title string) casefile.Command {
	t.Helper()
	return casefile.Command{
		CaseID: caseID, RequestKey: uuid.NewString(), InputDigest: "digest", RequestID: "test", Actor: actor(t, casefile.RoleClerk, county),
		Act: casefile.AmendCase{Title: putText(t, s, caseID, casefile.TextTitle, title), Reason: putText(t, s, caseID, casefile.TextReason, "更正")},
	}
}

func lookUp(t *testing.T, s *Store, text string) []string {
	t.Helper()
	words, err := NewSearchText(text)
	require.NoError(t, err)
	page, err := s.Cases(t.Context(), viewerOf(t, casefile.RoleClerk, "u-530402-center"), CaseQuery{Filter: CaseFilter{Text: words}, Page: Page{First: 10}})
	require.NoError(t, err)
	return idsOf(page.Rows)
}

func TestWhatWasAmendedIsNoLongerFoundAndGoesFromTheIndex(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	registered := register(t, s)
	caseID := registered.CaseID
	old := stateOf(t, s, caseID).Title
	require.Contains(t, tokenRows(t, s, caseID), old)
	require.Equal(t, []string{caseID}, lookUp(t, s, "堆放杂物"))
	requireAdded(t, s, stateOf(t, s, caseID).Version, amending(t, s, caseID, "院墙高度争执"))
	require.Empty(t, lookUp(t, s, "堆放杂物"))
	require.Equal(t, []string{caseID}, lookUp(t, s, "院墙 争执"))
	require.NotContains(t, tokenRows(t, s, caseID), old)
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestTheTextIndexGoesWithTheTexts(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	registered, stray := register(t, s), uuid.NewString()
	putText(t, s, stray, casefile.TextNarrative, "从未登记的陈述")
	require.NotEmpty(t, tokenRows(t, s, stray))
	require.NotEmpty(t, tokenRows(t, s, registered.CaseID))
	_, err := s.SweepTexts(t.Context(), time.Now().Add(time.Minute))
	require.NoError(t, err)
	require.Empty(t, tokenRows(t, s, stray), "swept with the texts that no event names")
	require.NoError(t, s.EraseTexts(t.Context(), registered.CaseID))
	require.Empty(t, tokenRows(t, s, registered.CaseID), "erased with the case's key")
	require.Empty(t, lookUp(t, s, "堆放杂物"))
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings, "an erased case has nothing to index")
}

func TestVerifyFindsAWrongTextIndexAndRepairMakesItRight(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"missing": "delete from text_tokens where case_id = $1 and text_id = $2",
		"another": "update text_tokens set tokens = array[1, 2]::smallint[] where case_id = $1 and text_id = $2",
		"stale": `with n as (insert into contents (case_id, id, kind, ciphertext, tag, referenced_at)
			select case_id, gen_random_uuid(), kind, ciphertext, tag, now() from contents where case_id = $1 and id = $2 returning case_id, id)
			insert into text_tokens select case_id, id, '{7}' from n`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			caseID := register(t, s).CaseID
			// Constraints see a row of the same statement only at its end.
			_, err := s.pool.Exec(t.Context(), damage, caseID, stateOf(t, s, caseID).Narrative)
			require.NoError(t, err)
			findings, err := s.Verify(t.Context(), VerifyOptions{})
			require.NoError(t, err)
			require.Len(t, findings, 1)
			require.Equal(t, RowsDiffer, findings[0].What)
			require.Contains(t, findings[0].Detail, "text_tokens ")
			require.NoError(t, s.Rederive(t.Context(), caseID))
			findings, err = s.Verify(t.Context(), VerifyOptions{})
			require.NoError(t, err)
			require.Empty(t, findings)
			require.Equal(t, []string{caseID}, lookUp(t, s, "堆放杂物"))
		})
	}
}

func TestTextsStoredBeforeThereWasAnIndexAreFoundAndIndexed(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var ids []string
	for range 7 {
		ids = append(ids, register(t, s).CaseID)
	}
	under := putText(t, s, ids[0], casefile.TextTitle, "一条正在提交的命令")
	_, err := s.pool.Exec(t.Context(), "delete from text_tokens where text_id <> $1", under)
	require.NoError(t, err)
	_, err = s.pool.Exec(t.Context(), "insert into text_backlog select id from cases")
	require.NoError(t, err)
	require.ElementsMatch(t, ids, lookUp(t, s, "堆放杂物"), "what waits to be indexed is read itself")
	requireAdded(t, s, stateOf(t, s, ids[1]).Version, amending(t, s, ids[1], "院墙高度争执"))
	done := 0
	for _, want := range []int{3, 3, 1, 0} {
		n, err := s.IndexTexts(t.Context(), 3)
		require.NoError(t, err)
		require.Equal(t, want, n)
		done += n
		require.Len(t, lookUp(t, s, "堆放杂物"), 6)
		findings, err := s.Verify(t.Context(), VerifyOptions{})
		require.NoError(t, err)
		require.Empty(t, findings)
	}
	require.Len(t, ids, done)
	require.Contains(t, tokenRows(t, s, ids[0]), under)
	require.Equal(t, []string{ids[1]}, lookUp(t, s, "院墙"))
}
