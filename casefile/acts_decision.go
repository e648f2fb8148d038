package casefile

import "time"

// ClaimOpinion is the result for one claim with its reasons. ClaimID names a registered
// claim; it is empty where the case has none and the opinion answers the whole petition.
type ClaimOpinion struct {
	ClaimID    string          `json:"claimId,omitempty"`
	Outcome    DecisionOutcome `json:"outcome"`
	Facts      TextID          `json:"facts"`
	Reasons    TextID          `json:"reasons"`
	LegalBasis TextID          `json:"legalBasis"`
}

// IssueDecision (信访处理意见书) decides every claim.
type IssueDecision struct {
	Claims []ClaimOpinion `json:"claims"`
	// NewGrounds say which facts or reasons are new where a review sent the last opinion back
	// and this one comes to the same results.
	NewGrounds TextID `json:"newGrounds,omitempty"`
}

// RecordService (送达) records that a notice reached a party; ServedAt is its legal date.
type RecordService struct {
	DocumentID        string        `json:"documentId"`
	PartyID           string        `json:"partyId"`
	Method            ServiceMethod `json:"method"`
	ServedAt          time.Time     `json:"servedAt"`
	ReceiptDocumentID string        `json:"receiptDocumentId,omitempty"`
}

func (IssueDecision) actName() string { return "IssueDecision" }
func (RecordService) actName() string { return "RecordService" }

func (a IssueDecision) decide(d *deciding) *Refusal { return d.issueDecision(a) }
func (a RecordService) decide(d *deciding) *Refusal { return d.recordService(a) }

// decisionActs are the acts of the decision and its service.
var decisionActs = []actKind{
	actOf[IssueDecision](actRule{
		stages: []Stage{StageDecision},
		who:    authority{own: []Role{RoleManager, RoleLeader}, handler: true},
		apart:  apartFromVerifying,
		ready:  notYetDecided,
	}),
	actOf[RecordService](actRule{
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleInvestigator, RoleMediator, RoleGridWorker,
				RoleIntegration,
			},
			above: []Role{RoleManager}, handler: true, mediator: true, registrar: true, handled: true, reviewing: reviewingHands,
			posts: []post{{
				roles: []Role{RoleClerk, RoleManager, RoleLeader}, units: unitsToServe,
				en: "the unit that forwarded the petition", zh: "转送、交办信访事项的单位",
			}},
		},
		ready: serviceOwed,
	}),
}
