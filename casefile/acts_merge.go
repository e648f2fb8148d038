package casefile

// MergeCase (并案) takes a younger case about the same matter into this one, which is the
// older and goes on. The younger one is asked; a second person there verifies its end.
type MergeCase struct {
	CaseID string `json:"caseId"`
	// Number is the other case's; empty where that one is sealed.
	Number string `json:"number,omitempty"`
	Reason TextID `json:"reason"`
	// There is the same reason as a text of the other case.
	There Elsewhere `json:"there"`
}

// JoinCase asks a case to end as merged into another one. Only the system brings it.
type JoinCase struct {
	MergerID string         `json:"mergerId"` // within the other case
	Into     MergerStanding `json:"into"`
	Reason   TextID         `json:"reason"`
	By       Actor          `json:"by"`
}

// TakeOver brings what a merged case holds to the one that goes on. Only the system brings
// it.
type TakeOver struct {
	MergerID string `json:"mergerId"`
	CaseContent
}

// CallOffMerger tells the case that would have gone on that nothing comes of a merger. Only
// the system brings it.
type CallOffMerger struct {
	MergerID string `json:"mergerId"`
	Why      string `json:"why"`
	WhyZH    string `json:"whyZh"`
}

func (MergeCase) actName() string     { return "MergeCase" }
func (JoinCase) actName() string      { return "JoinCase" }
func (TakeOver) actName() string      { return "TakeOver" }
func (CallOffMerger) actName() string { return "CallOffMerger" }

func (a MergeCase) decide(d *deciding) *Refusal { return d.merge(a) }
func (a JoinCase) decide(d *deciding) *Refusal  { return d.joinCase(a) }
func (a TakeOver) decide(d *deciding) *Refusal  { return d.takeOver(a) }

func (a CallOffMerger) decide(d *deciding) *Refusal {
	if d.state.merger(a.MergerID) != nil {
		d.emit(MergerFailed(a))
	}
	return nil
}

// merging is whoever may merge, in both cases.
var merging = authority{
	own:         []Role{RoleClerk, RoleManager, RoleLeader},
	supervising: []Role{RoleManager, RoleLeader},
	above:       []Role{RoleManager, RoleLeader},
	handler:     true,
}

// mergeActs are the acts of making one case of two.
var mergeActs = []actKind{
	actOf[MergeCase](actRule{stages: openStages, who: merging, ready: mayTakeAnotherIn}),
	systemActOf[JoinCase](),
	systemActOf[TakeOver](),
	systemActOf[CallOffMerger](),
}
