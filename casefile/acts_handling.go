package casefile

// AssignCase names the person who handles the case.
type AssignCase struct {
	PersonID string `json:"personId"`
}

// RecordInvestigation adds a finding.
type RecordInvestigation struct {
	Finding TextID `json:"finding"`
}

// ConcludeInvestigation states the facts and chooses the path.
type ConcludeInvestigation struct {
	Facts TextID            `json:"facts"`
	Path  InvestigationPath `json:"path"`
}

func (AssignCase) actName() string            { return "AssignCase" }
func (RecordInvestigation) actName() string   { return "RecordInvestigation" }
func (ConcludeInvestigation) actName() string { return "ConcludeInvestigation" }

func (a AssignCase) decide(d *deciding) *Refusal            { return d.assign(a) }
func (a RecordInvestigation) decide(d *deciding) *Refusal   { return d.recordInvestigation(a) }
func (a ConcludeInvestigation) decide(d *deciding) *Refusal { return d.concludeInvestigation(a) }

// handlingActs are the acts of the investigation.
var handlingActs = []actKind{
	actOf[AssignCase](actRule{
		stages: workStages,
		who:    authority{own: []Role{RoleManager, RoleLeader, RoleClerk}, above: []Role{RoleManager, RoleLeader}},
	}),
	actOf[RecordInvestigation](actRule{
		stages: []Stage{StageInvestigation},
		who:    authority{handler: true},
		apart:  apartFromVerifying,
		ready:  notYetInvestigated,
	}),
	actOf[ConcludeInvestigation](actRule{
		stages: []Stage{StageInvestigation},
		who:    authority{handler: true},
		apart:  apartFromVerifying,
		ready:  notYetInvestigated,
	}),
}
