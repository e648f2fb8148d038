package casefile

// actRule says of one act, without looking at its input, when a case takes it and from
// whom. Decide and AllowedCommands read the same rules.
type actRule struct {
	// stages take the act; nil means every stage, ends included.
	stages []Stage
	who    authority
	// apart keeps the actor's earlier part in the case from this one (two persons).
	apart func(State, string) *Refusal
	// may looks at the actor where who they are is not enough.
	may func(State, Actor) *Refusal
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
