package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCasesAreLikelyTheSameByTheirPartiesMatterAndPlace(t *testing.T) {
	t.Parallel()
	state := registered(t, "center-clerk1", aDispute()).state
	other := func(change func(*State)) State {
		s := state
		s.ID, s.Number = "other", "530402-D-2025-000001"
		s.RegisteredAt = s.RegisteredAt.Add(-time.Hour)
		change(&s)
		return s
	}
	same := other(func(*State) {})
	ended := other(func(s *State) { s.Stage = StageClosed })
	elsewhere := other(func(s *State) { s.Division, s.Category = "530403001", "D-MEDICAL" })
	for name, one := range map[string]struct {
		other  State
		traits []PartyTrait
		score  float64
		link   LinkKind
		reason string
	}{
		"everything":                        {same, []PartyTrait{TraitName, TraitPhone, TraitIDNumber}, 1, LinkDuplicate, "同一证件号码、同一电话、同名当事人、同一类别、同一乡镇（街道）"},
		"a name, a matter and a place":      {ended, []PartyTrait{TraitName}, 0.6, LinkRepeat, "同名当事人、同一类别、同一乡镇（街道）"},
		"an identity number, anywhere":      {elsewhere, []PartyTrait{TraitIDNumber}, 0.5, LinkDuplicate, "同一证件号码"},
		"a name alone, anywhere":            {elsewhere, []PartyTrait{TraitName}, 0, "", ""},
		"a case that was merged":            {other(func(s *State) { s.Stage = StageMerged }), []PartyTrait{TraitIDNumber}, 0, "", ""},
		"a case of the other kind":          {other(func(s *State) { s.Kind = Petition }), []PartyTrait{TraitIDNumber}, 0, "", ""},
		"a phone and a name, another place": {elsewhere, []PartyTrait{TraitPhone, TraitName}, 0.6, LinkDuplicate, "同一电话、同名当事人"},
	} {
		hints := Likely(state, []State{one.other}, [][]PartyTrait{one.traits})
		if one.score == 0 {
			require.Empty(t, hints, name)
			continue
		}
		require.Len(t, hints, 1, name)
		require.InDelta(t, one.score, hints[0].Score, 1e-9, name)
		require.Equal(t, one.link, hints[0].Link, name)
		require.Equal(t, one.reason, hints[0].Reason.ZH, name)
	}
	linked := state
	linked.Links = []Link{{Kind: LinkRelated, CaseID: "other"}}
	require.Empty(t, Likely(linked, []State{same}, [][]PartyTrait{{TraitIDNumber}}), "it has been linked")
}
