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

// MergeCaseInput is the input of mergeCase.
type MergeCaseInput struct {
	CaseCommand
	OtherCaseID string `json:"otherCaseId"`
	Reason      string `json:"reason"`
}

// OtherCase implements OnTwoCases.
func (i MergeCaseInput) OtherCase() string { return i.OtherCaseID }

// SplitCaseInput is the input of splitCase.
type SplitCaseInput struct {
	CaseCommand
	PetitionType    casefile.PetitionType    `json:"petitionType,omitempty"`
	Category        string                   `json:"category"`
	Title           string                   `json:"title"`
	Narrative       string                   `json:"narrative"`
	Claims          []string                 `json:"claims,omitempty"`
	Parties         []PartyInput             `json:"parties"`
	Confidentiality casefile.Confidentiality `json:"confidentiality,omitempty"`
	Reason          string                   `json:"reason"`
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
	b.input("MergeCaseInput", "并案 · Which younger case is merged into this one.", onCase(
		arg("otherCaseId", "ID!", "The case that ends, which the sender must see; its number is the younger one."),
		arg("reason", "String!", "Why; it stands on both cases."),
	)...)
	b.input("SplitCaseInput", "拆分 · What goes on as a case of its own.", onCase(
		arg("petitionType", "PetitionType", "What is asked there; required for a petition."),
		arg("category", "String!", "The code of its matter."),
		arg("title", "String!", "Its title."),
		arg("narrative", "String!", "What happened."),
		arg("claims", "[ID!]", "The claims that go over, by id (\"C2\"); one at least stays."),
		arg("parties", "[PartyInput!]!", "Who is concerned there."),
		arg("confidentiality", "Confidentiality", "A narrower circle than the matter itself brings."),
		arg("reason", "String!", "Why; it stands on both cases."),
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
	command[MergeCaseInput]("mergeCase", "MergeCaseInput", "并案 · Merges a younger case into this one, the older, which goes on. The younger one ends once a second person there has verified it and its notice is served; then its parties, claims and numbers come over, and the earlier statutory due day goes on."),
	command[SplitCaseInput]("splitCase", "SplitCaseInput", "拆分 · Lets a part of the case, such as the accusation in a mixed petition, go on as a case of its own with the same date of receipt."),
	command[DeferCaseInput]("deferCase", "DeferCaseInput", "缓办 · Asks to put the case off until a day; another person decides. It is counted, and no statutory clock stands still for it."),
	command[DecideDeferralInput]("decideDeferral", "DecideDeferralInput", "审批缓办 · Approves or refuses a deferral; never its own requester."),
	command[TakeUpCaseInput]("takeUpCase", "TakeUpCaseInput", "恢复办理 · Ends a deferral, on its day or before."),
}
