package casefile

// FlagUrgent (列为重大紧急) says that the case cannot wait.
type FlagUrgent struct {
	Reason TextID `json:"reason"`
	// Suspicion is harm that the police must know of.
	Suspicion []Suspicion `json:"suspicion,omitempty"`
}

// AcknowledgeUrgent (签收紧急信息) says for a unit that was told that it knows.
type AcknowledgeUrgent struct{}

// ReportUrgent (紧急信息报送) says what was done; the first report meets the clock, further ones
// (续报) may follow.
type ReportUrgent struct {
	Measures TextID `json:"measures"`
}

// LiftUrgent (解除重大紧急) takes an alarm back; never by who gave it or handled the case.
type LiftUrgent struct {
	Reason TextID `json:"reason"`
}

func (FlagUrgent) actName() string        { return "FlagUrgent" }
func (AcknowledgeUrgent) actName() string { return "AcknowledgeUrgent" }
func (ReportUrgent) actName() string      { return "ReportUrgent" }
func (LiftUrgent) actName() string        { return "LiftUrgent" }

func (a FlagUrgent) decide(d *deciding) *Refusal      { return d.flagUrgent(a) }
func (AcknowledgeUrgent) decide(d *deciding) *Refusal { return d.acknowledgeUrgent() }
func (a ReportUrgent) decide(d *deciding) *Refusal    { return d.reportUrgent(a) }
func (a LiftUrgent) decide(d *deciding) *Refusal      { return d.liftUrgent(a) }

// everyOpenStage takes what no stage may hide.
var everyOpenStage = append([]Stage{
	StageReferral, StageVerification, StageEvaluation, StageReview, StageReReview,
}, openStages...)

// urgentActs are the acts on a case that cannot wait.
var urgentActs = []actKind{
	actOf[FlagUrgent](actRule{
		stages: everyOpenStage,
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator,
				RoleGridWorker, RoleIntegration,
			},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			grid:        true, handler: true, mediator: true, registrar: true, handled: true,
		},
		ready: mayBeFlagged,
	}),
	actOf[AcknowledgeUrgent](actRule{
		stages: everyOpenStage,
		who: authority{posts: []post{{
			roles: urgentReaders, units: State.unitsToldUnanswered,
			en: "a unit that was told of an urgent case and has not taken note yet", zh: "已通知而尚未签收紧急信息的单位",
		}}},
	}),
	actOf[ReportUrgent](actRule{
		stages: everyOpenStage,
		who: authority{
			own:         []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			handler:     true, mediator: true, registrar: true,
		},
		ready: mayBeReported,
	}),
	actOf[LiftUrgent](actRule{
		stages: everyOpenStage,
		who: authority{
			own:         []Role{RoleLeader},
			supervising: []Role{RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
		},
		apart: apartFromFlagging, ready: urgentStill,
	}),
}
