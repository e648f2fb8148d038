package procedure

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Applies is one rule by which a procedure is picked: every dimension that it names must
// fit, and what it leaves out may be anything.
type Applies struct {
	Kinds          []CaseKind      `json:"kinds,omitempty"`
	PetitionTypes  []PetitionType  `json:"petitionTypes,omitempty"`
	MediationTypes []MediationType `json:"mediationTypes,omitempty"`
	Bodies         []UnitKind      `json:"bodies,omitempty"`
	CourtStages    []CourtStage    `json:"courtStages,omitempty"`
	Matters        []Matter        `json:"matters,omitempty"`
	// Channels are for referrals; a rule without any is for cases.
	Channels []Channel `json:"channels,omitempty"`
	// Divisions are codes without trailing zeros; one covers what lies below it.
	Divisions []string `json:"divisions,omitempty"`
	// Online is for mediation on the courts' platform, Summary for the summary handling of
	// petitions.
	Online  bool `json:"online,omitempty"`
	Summary bool `json:"summary,omitempty"`
}

// dimension is one thing that a rule may name. The dimensions are listed from the weakest
// to the strongest: of two rules that fit, the one that names the stronger dimension is the
// closer one.
type dimension struct {
	list   string // the closed list of its values; empty where there is none
	name   Text
	wanted func(Applies) []string
	given  func(Criteria) string
}

var dimensions = []dimension{
	{
		"CaseKind",
		Text{"案件类别", "the kind of case"},
		func(a Applies) []string { return texts(a.Kinds) }, func(c Criteria) string { return string(c.Kind) },
	},
	{
		"",
		Text{"行政区划", "the division"},
		func(a Applies) []string { return a.Divisions }, func(c Criteria) string { return c.Division },
	},
	{
		"PetitionType",
		Text{"信访类型", "the type of petition"},
		func(a Applies) []string { return texts(a.PetitionTypes) }, func(c Criteria) string { return string(c.PetitionType) },
	},
	{
		"MediationType",
		Text{"调解类型", "the type of mediation"},
		func(a Applies) []string { return texts(a.MediationTypes) }, func(c Criteria) string { return string(c.MediationType) },
	},
	{
		"UnitKind",
		Text{"调解组织", "the mediating body"},
		func(a Applies) []string { return texts(a.Bodies) }, func(c Criteria) string { return string(c.Body) },
	},
	{
		"Matter",
		Text{"纠纷事项", "the matter"},
		func(a Applies) []string { return texts(a.Matters) }, func(c Criteria) string { return string(c.Matter) },
	},
	{
		"",
		Text{"简易办理", "summary handling"},
		func(a Applies) []string { return flag(a.Summary) }, func(c Criteria) string { return strings.Join(flag(c.Summary), "") },
	},
	{
		"",
		Text{"在线调解", "online mediation"},
		func(a Applies) []string { return flag(a.Online) }, func(c Criteria) string { return strings.Join(flag(c.Online), "") },
	},
	{
		"CourtStage",
		Text{"诉讼阶段", "the court stage"},
		func(a Applies) []string { return texts(a.CourtStages) }, func(c Criteria) string { return string(c.CourtStage) },
	},
	{
		"Channel",
		Text{"法律途径", "the legal way"},
		func(a Applies) []string { return texts(a.Channels) }, func(c Criteria) string { return string(c.Channel) },
	},
}

const byDivision = 1 // the place of divisions among the dimensions

func texts[T ~string](values []T) []string {
	plain := make([]string, len(values))
	for i, value := range values {
		plain[i] = string(value)
	}
	return plain
}

func flag(set bool) []string {
	if set {
		return []string{"YES"}
	}
	return nil
}

// fits reports whether the rule fits, and how closely: the larger the rank, the closer.
func (a Applies) fits(c Criteria) (rank int, ok bool) {
	if c.Channel != "" && len(a.Channels) == 0 {
		return 0, false // a referral is not a case's own procedure
	}
	for i, d := range dimensions {
		wanted := d.wanted(a)
		if len(wanted) == 0 {
			continue
		}
		matched := ""
		for _, value := range wanted {
			if value == d.given(c) || (i == byDivision && strings.HasPrefix(c.Division, value)) {
				matched = max(matched, value) // of divisions, the narrowest: a prefix sorts first
			}
		}
		if matched == "" {
			return 0, false
		}
		rank += 1 << (i + 4)
		if i == byDivision {
			rank += len(matched)
		}
	}
	return rank, true
}

// rivals reports whether some case would fit both rules equally closely.
func (a Applies) rivals(b Applies) bool {
	for _, d := range dimensions {
		mine, theirs := d.wanted(a), d.wanted(b)
		if (len(mine) == 0) != (len(theirs) == 0) {
			return false
		}
		if len(mine) > 0 && !slices.ContainsFunc(mine, func(value string) bool { return slices.Contains(theirs, value) }) {
			return false
		}
	}
	return true
}

var divisionCode = regexp.MustCompile(`^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15})$`)

// check says what is wrong with the rule.
func (a Applies) check() []string {
	var wrong []string
	named := 0
	for i, d := range dimensions {
		wanted := d.wanted(a)
		named += len(wanted)
		for at, value := range wanted {
			switch {
			case d.list != "" && !has(d.list, value):
				wrong = append(wrong, fmt.Sprintf("applies: %s has no %q", d.list, value))
			case i == byDivision && !divisionCode.MatchString(value):
				wrong = append(wrong, fmt.Sprintf("applies: %q is not a division's code", value))
			case slices.Contains(wanted[:at], value):
				wrong = append(wrong, fmt.Sprintf("applies: %q is named twice", value))
			}
		}
	}
	if named == 0 {
		wrong = append(wrong, "applies: a rule that names nothing would fit every case")
	}
	return wrong
}
