package casefile

import "time"

// ReportRetaliation (反映打击报复) takes down that somebody retaliates against a party of the
// case (信访工作条例 arts 18, 46(六)). It leaves no event in the case, where whoever is named might
// read it: it is told in a sealed record of its own, which RetaliationReport registers.
type ReportRetaliation struct {
	// ReportID is the id of the record to come, whose texts these are.
	ReportID string `json:"reportId"`
	// PartyID is the party of this case against whom it is done, and who says so.
	PartyID string `json:"partyId"`
	// Named is who is said to retaliate: a person or unit, or somebody known by name alone.
	Named     Party  `json:"named"`
	Title     TextID `json:"title"`
	Narrative TextID `json:"narrative"`
	// Method is how the office was told, OccurredAt when the retaliation happened.
	Method     FollowUpMethod `json:"method"`
	OccurredAt time.Time      `json:"occurredAt,omitzero"`
	// GoesOnIn are the cases that this one was merged into, or is about to be, one after the
	// other: they don't end either before the report is answered.
	GoesOnIn []string `json:"goesOnIn,omitempty"`
}

// AnswerRetaliation is what the unit found out about a report of retaliation, and what it has
// done. A second person verifies it.
type AnswerRetaliation struct {
	Finding  RetaliationFinding `json:"finding"`
	Measures TextID             `json:"measures"`
}

// ResumeEnd tells a case that a report which held back its end has been answered. Only the
// system brings it.
type ResumeEnd struct{}

func (ReportRetaliation) actName() string { return "ReportRetaliation" }
func (AnswerRetaliation) actName() string { return "AnswerRetaliation" }
func (ResumeEnd) actName() string         { return "ResumeEnd" }

func (a ReportRetaliation) decide(d *deciding) *Refusal { return d.reportRetaliation(a) }
func (a AnswerRetaliation) decide(d *deciding) *Refusal { return d.answerRetaliation(a) }

func (ResumeEnd) decide(d *deciding) *Refusal {
	d.endHeldBack()
	return nil
}

// retaliationActs are the acts about retaliation.
var retaliationActs = []actKind{
	actOf[ReportRetaliation](actRule{
		// Whoever takes the word of a party may take down this one, in every stage.
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator, RoleGridWorker,
			},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			superior:    []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			grid:        true, handler: true, mediator: true, registrar: true, handled: true,
		},
	}),
	actOf[AnswerRetaliation](actRule{
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleLeader, RoleManager}},
		ready:  reportsRetaliation,
	}),
	systemActOf[ResumeEnd](),
}
