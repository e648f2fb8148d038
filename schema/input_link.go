package schema

import "github.com/tiaochu/tiaochu/casefile"

// LinkCasesInput is the input of linkCases.
type LinkCasesInput struct {
	CaseCommand
	OtherCaseID string            `json:"otherCaseId"`
	Kind        casefile.LinkKind `json:"kind"`
	Reason      string            `json:"reason,omitempty"`
}

// OtherCase implements OnTwoCases.
func (i LinkCasesInput) OtherCase() string { return i.OtherCaseID }

// OnTwoCases is an input that names a second case, which its sender must see too.
type OnTwoCases interface {
	Input
	// OtherCase is the opaque id of the second case, given as otherCaseId.
	OtherCase() string
}

// DeferCaseInput is the input of deferCase.
type DeferCaseInput struct {
	CaseCommand
	Until  string `json:"until"`
	Reason string `json:"reason"`
}

// DecideDeferralInput is the input of decideDeferral.
type DecideDeferralInput struct {
	CaseCommand
	Approved bool   `json:"approved"`
	Reason   string `json:"reason,omitempty"`
}

// TakeUpCaseInput is the input of takeUpCase.
type TakeUpCaseInput struct {
	CaseCommand
}

func (b *builder) linkInputs() {
	b.input("LinkCasesInput", "关联案件 · Which case this one is tied to, and how.", onCase(
		arg("otherCaseId", "ID!", "The other case, which the sender must see."),
		arg("kind", "LinkKind!", "What this case is to the other one: RELATED, DUPLICATE, REPEAT or MISSED_BY."),
		arg("reason", "String", "Why."),
	)...)
	b.input("DeferCaseInput", "缓办 · Until when, and why.", onCase(
		arg("until", "Date!", "The day on which the case is taken up again; not after a statutory clock runs out."),
		arg("reason", "String!", "Why."),
	)...)
	b.input("DecideDeferralInput", "审批缓办 · A second person's word on a deferral.", onCase(
		arg("approved", "Boolean!", "Whether the case may be put off."),
		arg("reason", "String", "Why; required where it may not."),
	)...)
	b.input("TakeUpCaseInput", "恢复办理 · Ends a deferral.", onCase()...)
}

// linkMutations tie cases together, or put one off.
var linkMutations = []mutation{
	command[LinkCasesInput]("linkCases", "LinkCasesInput", "关联案件 · Ties the case to another one; both timelines show it."),
	command[DeferCaseInput]("deferCase", "DeferCaseInput", "缓办 · Asks to put the case off until a day; another person decides. It is counted, and no statutory clock stands still for it."),
	command[DecideDeferralInput]("decideDeferral", "DecideDeferralInput", "审批缓办 · Approves or refuses a deferral; never its own requester."),
	command[TakeUpCaseInput]("takeUpCase", "TakeUpCaseInput", "恢复办理 · Ends a deferral, on its day or before."),
}
