package casefile

// actRule says of one act, without looking at its input, when a case takes it and from
// whom. Decide and AllowedCommands read the same rules.
type actRule struct {
	// stages take the act; nil means every stage, ends included.
	stages []Stage
	who    authority
	// apart keeps the actor's earlier part in the case from this one (two persons).
	apart func(State, string) *Refusal
	// ready is what the case must have besides its stage.
	ready func(State, Directory) *Refusal
}

var (
	workStages = []Stage{StageInvestigation, StageMediation, StageDecision}
	openStages = append([]Stage{StageAcceptance}, workStages...)
	endStages  = []Stage{StageClosed, StageNotAccepted, StageTransferred, StageWithdrawn, StageMerged}
)

// verifying may say yes or no to an end: of the unit, of the unit that supervises it, or of
// a centre over it.
var verifying = authority{
	own:         []Role{RoleManager, RoleLeader, RoleSupervisor, RoleClerk},
	supervising: []Role{RoleManager, RoleLeader, RoleSupervisor, RoleClerk},
	above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
}

// actRules are the rules of every act on an existing case.
var actRules = map[string]actRule{
	"AmendCase": {
		stages: openStages,
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, handler: true, registrar: true},
	},
	"AcceptCase": {
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, above: []Role{RoleManager, RoleLeader}},
		ready:  competent,
	},
	"DeclineCase": {
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}},
	},
	"TransferCase": {
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, above: []Role{RoleManager, RoleLeader}},
	},
	"AssignCase": {
		stages: workStages,
		who:    authority{own: []Role{RoleManager, RoleLeader, RoleClerk}, above: []Role{RoleManager, RoleLeader}},
	},
	"RecordInvestigation": {
		stages: []Stage{StageInvestigation},
		who:    authority{handler: true},
		apart:  apartFromVerifying,
		ready:  notYetInvestigated,
	},
	"ConcludeInvestigation": {
		stages: []Stage{StageInvestigation},
		who:    authority{handler: true},
		apart:  apartFromVerifying,
		ready:  notYetInvestigated,
	},
	"OpenMediation": {
		stages: []Stage{StageMediation},
		who:    authority{own: []Role{RoleManager, RoleClerk}, above: []Role{RoleManager}, handler: true},
		ready:  noMediationYet,
	},
	"RecordConsent": {
		stages: []Stage{StageMediation},
		who:    authority{own: []Role{RoleManager, RoleClerk}, handler: true, mediator: true},
		ready:  mediationOpen,
	},
	"ScheduleSession": {
		stages: []Stage{StageMediation},
		who:    authority{own: []Role{RoleManager, RoleClerk}, handler: true, mediator: true},
		ready:  mediationOpen,
	},
	"RecordSession": {
		stages: []Stage{StageMediation},
		who:    authority{handler: true, mediator: true},
		apart:  apartFromVerifying,
		ready:  mediationMayGoOn,
	},
	"ConcludeMediation": {
		stages: []Stage{StageMediation},
		who:    authority{handler: true, mediator: true},
		apart:  apartFromVerifying,
		ready:  mediationOpen,
	},
	"IssueDecision": {
		stages: []Stage{StageDecision},
		who:    authority{own: []Role{RoleManager, RoleLeader}, handler: true},
		apart:  apartFromVerifying,
		ready:  notYetDecided,
	},
	"RecordService": {
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleInvestigator, RoleMediator, RoleGridWorker,
				RoleIntegration,
			},
			above: []Role{RoleManager}, handler: true, mediator: true, registrar: true,
		},
		ready: serviceOwed,
	},
	"RequestClosure": {
		stages: workStages,
		who:    authority{own: []Role{RoleManager}, handler: true, handled: true},
		ready:  closureMayBeAsked,
	},
	"VerifyClosure": {
		stages: []Stage{StageVerification}, who: verifying, apart: apartFromHandling, ready: notYetVerified,
	},
	"RejectClosure": {
		stages: []Stage{StageVerification}, who: verifying, apart: apartFromHandling, ready: notYetVerified,
	},
	"RecordFollowUp": {
		stages: []Stage{StageEvaluation},
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator,
				RoleIntegration,
			},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			grid:        true,
		},
		apart: apartFromWork,
	},
	"ReopenCase": {
		stages: endStages,
		who: authority{
			own:         []Role{RoleManager, RoleLeader, RoleSupervisor},
			supervising: []Role{RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
		},
	},
	"WithdrawCase": {
		stages: openStages,
		who: authority{
			own: []Role{RoleClerk, RoleManager, RoleLeader}, handler: true, registrar: true,
		},
		ready: withdrawable,
	},
	"AddNote": {
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator,
				RoleGridWorker, RoleIntegration,
			},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			grid:        true, handler: true, mediator: true, registrar: true, handled: true,
		},
	},
}
