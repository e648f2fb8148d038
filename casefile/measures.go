package casefile

import "slices"

// CountingRules names the rules that figures are counted by, so that two reports can be told
// apart. It moves whenever what a figure counts does; what was counted by older rules is
// counted anew.
const CountingRules = "2026-2"

// Measures are what one case adds to the figures of every group that it belongs to.
type Measures struct {
	// Concluded (办结), Closed (归档), Open (在办) and Overdue (超期) are 0 or 1; Deferred (缓办) is 1
	// while a deferral is in force.
	Concluded, Closed, Open, Overdue, Deferred int64
	// People (人数) stand behind the case: the headcount where one was given, and else those who
	// asked, at least one.
	People int64
	// AgreedAmount (协议金额) is in fen, of the agreements that no later one took the place of.
	AgreedAmount int64
	// Shares are the case's part in each indicator of Indicators.
	Shares map[IndicatorCode]Share
}

// Share is a part of so many: of cases, or of whatever an indicator says it counts.
type Share struct{ Numerator, Denominator int64 }

// MeasuresOf counts one case by CountingRules. What is counted changes by events alone, never
// by the mere passing of time.
func MeasuresOf(state State, course Course) Measures {
	m := Measures{
		Concluded: one(!state.ConcludedAt.IsZero()), Closed: one(!state.ClosedAt.IsZero()),
		Open: one(state.Stage.Open()), Overdue: one(state.Overdue()), Deferred: one(state.Deferral.InForce()),
		People: int64(state.People()), AgreedAmount: state.agreedAmount(),
		Shares: make(map[IndicatorCode]Share, len(Indicators)),
	}
	for _, indicator := range Indicators {
		if indicator.count != nil {
			m.Shares[indicator.Code] = indicator.count(state, course)
		}
	}
	return m
}

func one(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// shareOf counts one thing: part of nothing where it is not among those asked about.
func shareOf(among, is bool) Share { return Share{one(among && is), one(among)} }

// Overdue reports whether an open case still owes the act of a missed deadline of the office.
func (s State) Overdue() bool {
	return s.Stage.Open() && slices.ContainsFunc(s.Deadlines, func(d Deadline) bool {
		return d.Unmet() && d.OfOffice() && d.Status == ClockMissed
	})
}

// People is the headcount where one was given, and else how many parties asked, at least one.
func (s State) People() int {
	if s.Headcount != nil {
		return *s.Headcount
	}
	asked := 0
	for _, p := range s.Parties {
		if p.Role == PartyApplicant || p.Role == PartyPetitioner {
			asked++
		}
	}
	return max(asked, 1)
}

func (s State) agreedAmount() int64 {
	var sum int64
	for _, m := range s.Mediations {
		if m.AgreedAmount != nil && m.ReplacedBy == "" {
			sum += *m.AgreedAmount
		}
	}
	return sum
}
