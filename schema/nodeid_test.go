package schema_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/schema"
)

func TestAnIDIsReadBackAsItWasGiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := schema.NodeID{
			Type: rapid.SampledFrom([]string{"Party", "Deadline", "Task", "Event"}).Draw(t, "type"),
			Key:  rapid.StringMatching(`[0-9a-f-]{1,36}`).Draw(t, "case"),
			Sub:  rapid.StringMatching(`[A-Za-z0-9:/-]{1,40}`).Draw(t, "part"),
		}
		read, err := schema.ParseNodeID(id.String())
		require.NoError(t, err)
		require.Equal(t, id, read)
	})
}

func TestWhatWasNeverGivenIsNoID(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id, err := schema.ParseNodeID(rapid.String().Draw(t, "text"))
		require.True(t, err != nil || id.Type != "", "no panic and no empty id")
	})
	for _, text := range []string{"", "Q2FzZTo", "Case:1", schema.GlobalID("Nothing", "1"), schema.GlobalID("Party", "1"), schema.GlobalID("Case", "")} {
		_, err := schema.ParseNodeID(text)
		require.Error(t, err, text)
	}
}
