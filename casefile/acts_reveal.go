package casefile

// RevealPersonalData shows somebody who doesn't work on the case who its parties are and what it
// is about, for a purpose and for a while. Parties are those to be shown; none is all.
type RevealPersonalData struct {
	Parties []string `json:"parties,omitempty"`
	Purpose TextID   `json:"purpose"`
}

func (RevealPersonalData) actName() string               { return "RevealPersonalData" }
func (a RevealPersonalData) decide(d *deciding) *Refusal { return d.revealPersonalData(a) }

// revealActs are the acts by which personal data are looked at. Whoever answers for the sub-tree
// may have to know whom a case is about; whoever works on it reads it anyway.
var revealActs = []actKind{
	actOf[RevealPersonalData](actRule{
		stages: everyOpenStage,
		who:    authority{above: []Role{RoleManager, RoleLeader, RoleSupervisor}},
		ready:  revealable,
	}),
}
