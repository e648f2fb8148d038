package store

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestWhatIsKeptOfACaseIsBoundedAndOnlyGivenAtItsHash(t *testing.T) {
	t.Parallel()
	c := newChainCache[string, int]()
	c.keep("a", "1", 11, 100)
	value, kept := c.at("a", "1")
	require.True(t, kept)
	require.Equal(t, 11, value)
	_, kept = c.at("a", "2")
	require.False(t, kept)

	c.keep("a", "2", 12, 200)
	entries, bytes := c.size()
	require.Equal(t, 1, entries)
	require.Equal(t, 200*bytesPerStored, bytes)
	c.keep("large", "", 1, keptBytes)
	_, kept = c.at("large", "")
	require.False(t, kept)

	for i := range 100 {
		c.keep(fmt.Sprint(i), "", i, keptBytes/bytesPerStored/50)
	}
	entries, bytes = c.size()
	require.LessOrEqual(t, bytes, keptBytes)
	require.Equal(t, 50, entries)
	for i := range keptRows + 10 {
		c.keep(fmt.Sprint("n", i), "", i, 1)
	}
	entries, bytes = c.size()
	require.Equal(t, keptRows, entries)
	require.Equal(t, keptRows*bytesPerStored, bytes)
}

func TestAListShowsWhatACaseIsNowThoughItWasKeptBefore(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	viewer := viewerOf(t, casefile.RoleManager, "u-530402-center")
	query := CaseQuery{Page: Page{First: 10}}
	read := func() CaseRow {
		page, err := s.Cases(t.Context(), viewer, query)
		require.NoError(t, err)
		require.Len(t, page.Rows, 1)
		return page.Rows[0]
	}
	first := read()
	require.Equal(t, first, read(), "from memory")
	kept, _ := s.states.size()
	require.Equal(t, 1, kept)
	requireAdded(t, s, first.Version, noting(t, s, command.CaseID, 1))
	moved := read()
	require.Equal(t, first.Version+1, moved.Version)
	require.NotEqual(t, first.ChainHash, moved.ChainHash)

	// As if it moved on between the two reads of a page.
	rows, same, err := s.atHashes(t.Context(), []foundCase{{id: command.CaseID, chainHash: first.ChainHash}})
	require.NoError(t, err)
	require.False(t, same)
	require.Len(t, rows, 1)
	whole, err := s.readListed(t.Context(), viewer, query, nil)
	require.NoError(t, err)
	moved.Cursor = Cursor{}
	require.Equal(t, []CaseRow{moved}, whole)

	_, err = s.pool.Exec(t.Context(), "insert into case_exclusions (case_id, excluded) values ($1, $2)", command.CaseID, personKey(viewer.PersonID))
	require.NoError(t, err)
	page, err := s.Cases(t.Context(), viewer, query)
	require.NoError(t, err)
	require.Empty(t, page.Rows, "sight is asked each time")
}
