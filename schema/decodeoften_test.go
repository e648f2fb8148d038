package schema

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestArgumentsThatAreDecodedOftenDecodeAsAnyOther(t *testing.T) {
	t.Parallel()
	byJSON := func(args map[string]any, into any) {
		t.Helper()
		raw, err := json.Marshal(args)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(raw, into))
	}
	for _, args := range []map[string]any{
		{},
		{"first": 3},
		{"last": 3},
		{"first": 0},
		{"last": -1},
		{"first": 50, "after": "WyJ0Il0"},
		{"last": 2, "before": ""},
		{"first": 1, "last": 2, "after": "a", "before": "b"},
		{"first": float64(4)}, // goes the long way
	} {
		decoded, err := decode[PageArgs](args)
		require.NoError(t, err)
		var wanted PageArgs
		byJSON(args, &wanted)
		require.Equal(t, wanted, decoded, "%v", args)
	}
	for _, args := range []map[string]any{{}, {"language": "EN"}, {"language": "ZH"}} {
		decoded, err := decode[languageArgs](args)
		require.NoError(t, err)
		var wanted languageArgs
		byJSON(args, &wanted)
		require.Equal(t, wanted, decoded, "%v", args)
	}
	var text string
	require.True(t, decodeOften(&languageArgs{}, map[string]any{"language": string(casefile.English)}))
	require.False(t, decodeOften(&PageArgs{}, map[string]any{"first": float64(4)}))
	require.False(t, decodeOften(&PageArgs{}, map[string]any{"first": 4, "orderBy": "x"}))
	require.False(t, decodeOften(&CasesArgs{}, map[string]any{"first": 4}), "what embeds a page has more to decode")
	require.False(t, decodeOften(&text, map[string]any{"language": "EN"}))
}
