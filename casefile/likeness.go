package casefile

import (
	"cmp"
	"slices"

	"github.com/tiaochu/tiaochu/casefile/category"
)

// PartyTrait is what two cases may say the same of their parties.
type PartyTrait string

// The traits.
const (
	TraitName     PartyTrait = "NAME"
	TraitPhone    PartyTrait = "PHONE"
	TraitIDNumber PartyTrait = "ID_NUMBER"
)

// Likeness is how much a case looks like another one that was there before.
type Likeness struct {
	Case State
	// Score is between 0 and 1.
	Score  float64
	Reason Term
	// Link is what the one would be to the other: a duplicate of an open case, a repeat of an
	// ended one.
	Link LinkKind
}

// What each thing in common counts, and how much makes a hint. (Choices: a name alone is
// common, and so are a matter and a place.)
var (
	traitWeights = map[PartyTrait]float64{TraitIDNumber: 0.5, TraitPhone: 0.35, TraitName: 0.25}
	traitTerms   = map[PartyTrait]Term{
		TraitIDNumber: {ZH: "同一证件号码", EN: "the same identity number"},
		TraitPhone:    {ZH: "同一电话", EN: "the same phone number"},
		TraitName:     {ZH: "同名当事人", EN: "a party of the same name"},
	}
)

const (
	sameCategory = 0.2
	likeCategory = 0.1
	sameTownship = 0.15
	sameCounty   = 0.1
	likely       = 0.5
	maxHints     = 10
)

// Likely picks, of earlier cases with a party in common, those that are likely about the same
// matter, the likeliest first. It looks at what the cases say in the clear: matter, division
// and end; what their parties have in common is given beside each.
func Likely(state State, others []State, traits [][]PartyTrait) []Likeness {
	var hints []Likeness
	for i, other := range others {
		if other.Stage == StageMerged || other.Kind != state.Kind || slices.ContainsFunc(state.Links, func(l Link) bool { return l.CaseID == other.ID }) {
			continue
		}
		if hint := likeness(state, other, traits[i]); hint.Score >= likely {
			hints = append(hints, hint)
		}
	}
	slices.SortStableFunc(hints, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), b.Case.RegisteredAt.Compare(a.Case.RegisteredAt))
	})
	return hints[:min(len(hints), maxHints)]
}

func likeness(state, other State, traits []PartyTrait) Likeness {
	hint := Likeness{Case: other, Link: LinkRepeat}
	if other.Stage.Open() {
		hint.Link = LinkDuplicate
	}
	add := func(weight float64, why Term) {
		hint.Score += weight
		if hint.Reason.ZH != "" {
			hint.Reason.ZH += "、"
			hint.Reason.EN += ", "
		}
		hint.Reason.ZH += why.ZH
		hint.Reason.EN += why.EN
	}
	for _, trait := range []PartyTrait{TraitIDNumber, TraitPhone, TraitName} {
		if slices.Contains(traits, trait) {
			add(traitWeights[trait], traitTerms[trait])
		}
	}
	switch {
	case state.Category == other.Category:
		add(sameCategory, Term{ZH: "同一类别", EN: "the same category"})
	case parentCategory(state) != "" && parentCategory(state) == parentCategory(other):
		add(likeCategory, Term{ZH: "相近类别", EN: "a like category"})
	}
	switch {
	case sameAt(LevelTownship, state, other):
		add(sameTownship, Term{ZH: "同一乡镇（街道）", EN: "the same township"})
	case sameAt(LevelCounty, state, other):
		add(sameCounty, Term{ZH: "同一县（市、区）", EN: "the same county"})
	}
	hint.Score = min(hint.Score, 1)
	return hint
}

func parentCategory(s State) string {
	found, _ := category.Find(string(s.Kind), s.Category)
	return found.Parent
}

func sameAt(level DivisionLevel, a, b State) bool {
	at := a.Division.At(level)
	return at != "" && at == b.Division.At(level)
}
