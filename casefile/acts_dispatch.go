package casefile

// DispatchCase (派单) asks units for their part in the case: exactly one leads, the others
// assist it.
type DispatchCase struct {
	Units       []DispatchTarget `json:"units"`
	Instruction TextID           `json:"instruction"`
}

// DispatchTarget is one unit that is asked, and the last day for its reply.
type DispatchTarget struct {
	UnitID  string `json:"unitId"`
	Lead    bool   `json:"lead,omitempty"`
	ReplyBy string `json:"replyBy"` // YYYY-MM-DD, Asia/Shanghai
}

// ReplyDispatch (回复) is what the unit asked has done.
type ReplyDispatch struct {
	DispatchID string `json:"dispatchId"`
	Reply      TextID `json:"reply"`
}

// ReturnDispatch (退回) sends a dispatch back: the unit asked is not the right one, or the
// dispatcher takes it back. Without DispatchID the office above sends back a raised case.
type ReturnDispatch struct {
	DispatchID string `json:"dispatchId,omitempty"`
	Reason     TextID `json:"reason"`
}

// RaiseCase (向上请办) hands the case to the office of the division above; ToUnitID may be
// empty for the nearest one.
type RaiseCase struct {
	ToUnitID string `json:"toUnitId,omitempty"`
	Reason   TextID `json:"reason"`
}

func (DispatchCase) actName() string   { return "DispatchCase" }
func (ReplyDispatch) actName() string  { return "ReplyDispatch" }
func (ReturnDispatch) actName() string { return "ReturnDispatch" }
func (RaiseCase) actName() string      { return "RaiseCase" }

func (a DispatchCase) decide(d *deciding) *Refusal   { return d.dispatchCase(a) }
func (a ReplyDispatch) decide(d *deciding) *Refusal  { return d.replyDispatch(a) }
func (a ReturnDispatch) decide(d *deciding) *Refusal { return d.returnDispatch(a) }
func (a RaiseCase) decide(d *deciding) *Refusal      { return d.raise(a) }

// answerStages take a reply: the case is at work, or being verified or reviewed while an
// assistant's answer is still out.
var answerStages = append([]Stage{StageReferral, StageVerification, StageEvaluation, StageReview, StageReReview}, workStages...)

// dispatchActs are the acts of the dispatch.
var dispatchActs = []actKind{
	actOf[DispatchCase](actRule{
		stages: workStages,
		who:    authority{own: dispatchRoles, above: []Role{RoleManager, RoleLeader}},
		ready:  dispatchable,
	}),
	actOf[ReplyDispatch](actRule{
		stages: answerStages,
		who:    authority{dispatched: replyRoles},
		apart:  apartFromVerifying,
	}),
	actOf[ReturnDispatch](actRule{
		stages: answerStages,
		who:    authority{own: dispatchRoles, dispatched: replyRoles},
		may:    someDispatchToReturn,
		ready:  raisedFromFreeUnit,
	}),
	actOf[RaiseCase](actRule{
		stages: workStages,
		who:    authority{own: dispatchRoles, handler: true},
		ready:  raisable,
	}),
}
