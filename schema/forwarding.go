package schema

// ObjectTransferInput is the input of objectTransfer.
type ObjectTransferInput struct {
	CaseCommand
	Reason string `json:"reason"`
}

// AnswerObjectionInput is the input of answerObjection.
type AnswerObjectionInput struct {
	CaseCommand
	Agreed bool   `json:"agreed"`
	Reason string `json:"reason"`
}

// DecideCompetenceInput is the input of decideCompetence.
type DecideCompetenceInput struct {
	CaseCommand
	UnitID string `json:"unitId"`
	Reason string `json:"reason"`
}

// forwardingMutations dispute the transfer of a petition (信访工作条例 arts 23, 24).
var forwardingMutations = []mutation{
	command[ObjectTransferInput]("objectTransfer", "ObjectTransferInput", "转送异议 · The receiver's word that a forwarded petition is not theirs, within five working days."),
	command[AnswerObjectionInput]("answerObjection", "AnswerObjectionInput", "答复转送异议 · The sender's word on the objection; agreed, the petition goes back."),
	command[DecideCompetenceInput]("decideCompetence", "DecideCompetenceInput", "指定受理 · The unit above the sender settles who is competent."),
}

func (b *builder) forwardingInputs() {
	b.input("ObjectTransferInput", "转送异议 · Why the receiver is not competent.", onCase(
		arg("reason", "String!", "Why."),
	)...)
	b.input("AnswerObjectionInput", "答复转送异议 · What the sender says of an objection.", onCase(
		arg("agreed", "Boolean!", "The sender has checked and agrees: the petition goes back."),
		arg("reason", "String!", "Why."),
	)...)
	b.input("DecideCompetenceInput", "指定受理 · Who is competent.", onCase(
		arg("unitId", "ID!", "The sender or the receiver."),
		arg("reason", "String!", "Why."),
	)...)
}
