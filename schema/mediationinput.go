package schema

// RecuseMediatorInput is the input of recuseMediator.
type RecuseMediatorInput struct {
	CaseCommand
	MediatorID       string   `json:"mediatorId,omitempty"`
	NewMediatorID    string   `json:"newMediatorId,omitempty"`
	PartyID          string   `json:"partyId,omitempty"`
	Reason           string   `json:"reason,omitempty"`
	ChosenByPartyIDs []string `json:"chosenByPartyIds,omitempty"`
}

// ReturnToCourtInput is the input of returnToCourt.
type ReturnToCourtInput struct {
	CaseCommand
	MediationID string   `json:"mediationId,omitempty"`
	Report      string   `json:"report"`
	CourtUnitID string   `json:"courtUnitId,omitempty"`
	DocumentIDs []string `json:"documentIds,omitempty"`
}

// IssueRecommendationInput is the input of issueRecommendation.
type IssueRecommendationInput struct {
	CaseCommand
	UnitID  string `json:"unitId"`
	Text    string `json:"text"`
	ReplyBy string `json:"replyBy,omitempty"`
}

// ReplyRecommendationInput is the input of replyRecommendation.
type ReplyRecommendationInput struct {
	CaseCommand
	RecommendationID string `json:"recommendationId,omitempty"`
	Reply            string `json:"reply"`
}

func (b *builder) mediationAftermathInputs() {
	b.input("RecuseMediatorInput", "调解员回避 · Who leaves the open mediation, why, and who goes on with it.", onCase(
		arg("mediatorId", "ID", "Who leaves; the mediator when left out."),
		arg("newMediatorId", "ID", "Who mediates from now on; may be named later by the same command."),
		arg("partyId", "ID", "The party who asked for it; left out where the mediator or the office did."),
		arg("reason", "String", "Why; required where somebody leaves."),
		arg("chosenByPartyIds", "[ID!]", "The parties who chose the new mediator."),
	)...)
	b.input("ReturnToCourtInput", "退回人民法院 · The report on a court-entrusted mediation, agreed or not.", onCase(
		arg("mediationId", "ID", "The mediation; may be left out where one alone waits."),
		arg("report", "String!", "The report."),
		arg("courtUnitId", "ID", "The court; the one that the case came from when left out."),
		arg("documentIds", "[ID!]", "The case's documents that go with it."),
	)...)
	b.input("IssueRecommendationInput", "发出调解建议 · What is recommended to whom.", onCase(
		arg("unitId", "ID!", "The unit."),
		arg("text", "String!", "The recommendation."),
		arg("replyBy", "Date", "The last day for the reply; what the step's rule says when left out."),
	)...)
	b.input("ReplyRecommendationInput", "答复调解建议 · What the unit answered.", onCase(
		arg("recommendationId", "ID", "The recommendation; may be left out where one alone waits."),
		arg("reply", "String!", "The reply."),
	)...)
}
