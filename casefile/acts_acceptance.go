package casefile

// AcceptCase (受理) takes the case in; EffectiveAt is the day from which handling counts.
type AcceptCase struct {
	Procedure string     `json:"procedure,omitempty"`
	Route     LegalRoute `json:"route,omitempty"`
}

// DeclineCase (不予受理) proposes not to accept; a second person verifies it.
type DeclineCase struct {
	Reason      DeclineReason `json:"reason"`
	Explanation TextID        `json:"explanation"`
	GoTo        TextID        `json:"goTo"`
	// EarlierCaseNumber is that of the case in which the same matter was answered before.
	EarlierCaseNumber string `json:"earlierCaseNumber,omitempty"`
}

// TransferCase (转送) hands the case to another unit of the platform (ToUnitID), or
// proposes that it leaves the platform (ToOutside). Exactly one of both.
type TransferCase struct {
	ToUnitID  string `json:"toUnitId,omitempty"`
	ToOutside TextID `json:"toOutside,omitempty"`
	Reason    TextID `json:"reason"`
}

func (AcceptCase) actName() string   { return "AcceptCase" }
func (DeclineCase) actName() string  { return "DeclineCase" }
func (TransferCase) actName() string { return "TransferCase" }

func (a AcceptCase) decide(d *deciding) *Refusal   { return d.accept(a) }
func (a DeclineCase) decide(d *deciding) *Refusal  { return d.decline(a) }
func (a TransferCase) decide(d *deciding) *Refusal { return d.transfer(a) }

// acceptanceActs are the acts of the acceptance.
var acceptanceActs = []actKind{
	actOf[AcceptCase](actRule{
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, above: []Role{RoleManager, RoleLeader}},
		ready:  competent,
	}),
	actOf[DeclineCase](actRule{
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}},
	}),
	actOf[TransferCase](actRule{
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, above: []Role{RoleManager, RoleLeader}},
	}),
}
