package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func partyText(json string) Text {
	return Text{ID: NewTextID(), Kind: casefile.TextParty, Value: json}
}

func TestAValueHasOneTokenHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	key, err := NewMasterKey(make([]byte, MasterKeySize))
	require.NoError(t, err)
	secret := make([]byte, MasterKeySize)
	secret[0] = 1
	other, err := NewMasterKey(secret)
	require.NoError(t, err)
	plain := key.partyTokens(partyText(`{"name":"李明","phone":"13800138000","idNumber":"11010519491231002X"}`))
	require.Len(t, plain, 3)
	require.Equal(t, plain, key.partyTokens(partyText(`{"name":" 李　明","phone":"+86 138-0013-8000","idNumber":"11010519491231002x"}`)))
	for i, token := range other.partyTokens(partyText(`{"name":"李明","phone":"13800138000","idNumber":"11010519491231002X"}`)) {
		require.NotEqual(t, plain[i].token, token.token, "nobody without the key makes the same token")
	}
	require.NotEqual(t, key.partyTokens(partyText(`{"name":"138"}`))[0].token, key.partyTokens(partyText(`{"phone":"138"}`))[0].token)
	require.Empty(t, key.partyTokens(Text{Kind: casefile.TextTitle, Value: `{"name":"李明"}`}))
}

func TestTheIndexGoesWithTheTexts(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	count := func(caseID string) (n int) {
		require.NoError(t, s.pool.QueryRow(t.Context(), "select count(*) from party_tokens where case_id = $1", caseID).Scan(&n))
		return n
	}
	erased, stray := string(NewTextID()), string(NewTextID())
	texts := []Text{partyText(`{"name":"李明","phone":"13800138000"}`)}
	for _, id := range []string{erased, stray} {
		require.NoError(t, s.PutTexts(t.Context(), id, texts))
		require.NoError(t, s.PutTexts(t.Context(), id, texts), "a retry is harmless")
		require.Equal(t, 2, count(id))
	}
	require.NoError(t, s.EraseTexts(t.Context(), erased))
	require.Zero(t, count(erased), "erased with the texts")
	require.Equal(t, 2, count(stray))
	_, err := s.SweepTexts(t.Context(), time.Now().Add(time.Minute))
	require.NoError(t, err)
	require.Zero(t, count(stray), "swept with the texts that no event names")
}
