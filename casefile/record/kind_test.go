package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile/record"
)

type word interface{ said() string }

type greeted struct {
	Who string `json:"who"`
}

type left struct{}

func (g greeted) said() string { return "hello " + g.Who }
func (left) said() string      { return "bye" }

var (
	greeting = record.KindOf[greeted, word]("Greeted")
	leaving  = record.KindOf[left, word]("Left")
)

func TestAValueIsReadBackUnderTheNameOfItsKind(t *testing.T) {
	t.Parallel()
	words := record.ByName([]record.Kind[word]{greeting}, []record.Kind[word]{leaving})
	require.Len(t, words, 2)
	value, err := words["Greeted"].Decode([]byte(`{"who":"Ma"}`))
	require.NoError(t, err)
	require.Equal(t, greeted{"Ma"}, value)
	_, err = words["Greeted"].Decode([]byte(`[]`))
	require.ErrorContains(t, err, "decode Greeted")
}

func TestAKindTellsItsValuesFromPointersAndOtherKinds(t *testing.T) {
	t.Parallel()
	require.True(t, greeting.Is(greeted{"Ma"}))
	require.False(t, greeting.Is(&greeted{"Ma"}))
	require.False(t, greeting.Is(left{}))
	require.False(t, greeting.Is(nil))
}

func TestTwoKindsOfOneNameAreNoRegistry(t *testing.T) {
	t.Parallel()
	require.PanicsWithValue(t, "two of the name Greeted", func() {
		record.ByName([]record.Kind[word]{greeting, leaving}, []record.Kind[word]{greeting})
	})
}
