package casefile

// RequestClosure asks for the verification of a concluded case.
type RequestClosure struct {
	Outcome Outcome `json:"outcome"`
	Summary TextID  `json:"summary"`
}

// VerifyClosure (核查结案) confirms a requested closure, or an end that skips the merits.
type VerifyClosure struct {
	Comment TextID `json:"comment,omitempty"`
}

// RejectClosure sends the case back to where the closure or end was asked for.
type RejectClosure struct {
	Reason TextID `json:"reason"`
}

// RecordFollowUp (回访) records what a party answered afterwards. PartyID may be empty only
// where the case has a single party to ask.
type RecordFollowUp struct {
	PartyID      string         `json:"partyId,omitempty"`
	Result       FollowUpResult `json:"result"`
	Satisfaction *int           `json:"satisfaction,omitempty"` // 1 (worst) to 5
	Method       FollowUpMethod `json:"method"`
	Performed    *bool          `json:"performed,omitempty"`
	Pressured    *bool          `json:"pressured,omitempty"`
	Comment      TextID         `json:"comment,omitempty"`
}

// ReopenCase begins a new round of an ended case on the same number.
type ReopenCase struct {
	Reason TextID `json:"reason"`
}

// WithdrawCase proposes the end that a party asked for: who, how, and the signed request.
type WithdrawCase struct {
	PartyID string         `json:"partyId"`
	How     FollowUpMethod `json:"how"`
	Request TextID         `json:"request"`
	Reason  TextID         `json:"reason"`
}

// AddNote adds a note that moves nothing.
type AddNote struct {
	Text TextID `json:"text"`
}

func (RequestClosure) actName() string { return "RequestClosure" }
func (VerifyClosure) actName() string  { return "VerifyClosure" }
func (RejectClosure) actName() string  { return "RejectClosure" }
func (RecordFollowUp) actName() string { return "RecordFollowUp" }
func (ReopenCase) actName() string     { return "ReopenCase" }
func (WithdrawCase) actName() string   { return "WithdrawCase" }
func (AddNote) actName() string        { return "AddNote" }

func (a RequestClosure) decide(d *deciding) *Refusal { return d.requestClosure(a) }
func (a VerifyClosure) decide(d *deciding) *Refusal  { return d.verifyClosure(a) }
func (a RejectClosure) decide(d *deciding) *Refusal  { return d.rejectClosure(a) }
func (a RecordFollowUp) decide(d *deciding) *Refusal { return d.recordFollowUp(a) }
func (a ReopenCase) decide(d *deciding) *Refusal     { return d.reopen(a) }
func (a WithdrawCase) decide(d *deciding) *Refusal   { return d.withdraw(a) }
func (a AddNote) decide(d *deciding) *Refusal        { return d.addNote(a) }

// endingActs are the acts of the end of a case, and what may happen at any time.
var endingActs = []actKind{
	actOf[RequestClosure](actRule{
		stages: workStages,
		who:    authority{own: []Role{RoleManager}, handler: true, handled: true},
		ready:  closureMayBeAsked,
	}),
	actOf[VerifyClosure](actRule{
		stages: []Stage{StageVerification}, who: verifying, apart: apartFromHandling, ready: mayBeVerified,
	}),
	actOf[RejectClosure](actRule{
		stages: []Stage{StageVerification}, who: verifying, apart: apartFromHandling, ready: notYetVerified,
	}),
	actOf[RecordFollowUp](actRule{
		stages: []Stage{StageEvaluation, StageNotAccepted, StageTransferred, StageWithdrawn, StageMerged},
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator,
				RoleIntegration,
			},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			grid:        true, sampling: true,
		},
		apart: apartFromWork, may: outsideTheUnit, ready: followUpReady,
	}),
	actOf[ReopenCase](actRule{
		stages: endStages,
		may:    reopening,
		who: authority{
			own:         []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			supervising: []Role{RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
		},
		ready: notMerged,
	}),
	actOf[WithdrawCase](actRule{
		stages: openStages,
		who: authority{
			own: []Role{RoleClerk, RoleManager, RoleLeader}, handler: true, registrar: true,
		},
		ready: withdrawable,
	}),
	actOf[AddNote](actRule{
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator,
				RoleGridWorker, RoleIntegration,
			},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			grid:        true, handler: true, mediator: true, registrar: true, handled: true,
		},
	}),
}
