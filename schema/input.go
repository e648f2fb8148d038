package schema

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Input is the one input of a mutation. Its JSON, defaults filled in, is the canonical
// form that idempotency compares.
type Input interface {
	// MutationID is the idempotency key.
	MutationID() string
	// OnCase is what the input says about the case it acts on; the zero value for a
	// registration.
	OnCase() CaseCommand
}

// CaseCommand holds the fields that every input acting on a case has.
type CaseCommand struct {
	ClientMutationID string    `json:"clientMutationId"`
	CaseID           string    `json:"caseId"`
	ExpectedVersion  *int      `json:"expectedVersion,omitempty"`
	EffectiveAt      time.Time `json:"effectiveAt,omitzero"`
	BackdatingReason string    `json:"backdatingReason,omitempty"`
}

// MutationID implements Input.
func (c CaseCommand) MutationID() string { return c.ClientMutationID }

// OnCase implements Input.
func (c CaseCommand) OnCase() CaseCommand { return c }

// RegisterCaseInput is the input of registerCase.
type RegisterCaseInput struct {
	ClientMutationID   string                   `json:"clientMutationId"`
	BackdatingReason   string                   `json:"backdatingReason,omitempty"`
	Kind               casefile.Kind            `json:"kind"`
	PetitionType       casefile.PetitionType    `json:"petitionType,omitempty"`
	Source             casefile.Source          `json:"source"`
	SourceUnitID       string                   `json:"sourceUnitId,omitempty"`
	ExternalIDs        []casefile.ExternalID    `json:"externalIds,omitempty"`
	Division           casefile.Division        `json:"division"`
	OccurrenceDivision casefile.Division        `json:"occurrenceDivision,omitempty"`
	OccurrenceAddress  string                   `json:"occurrenceAddress,omitempty"`
	Category           string                   `json:"category"`
	Title              string                   `json:"title"`
	Narrative          string                   `json:"narrative"`
	Claims             []string                 `json:"claims,omitempty"`
	Parties            []PartyInput             `json:"parties"`
	ReceivedAt         time.Time                `json:"receivedAt,omitzero"`
	OccurredAt         time.Time                `json:"occurredAt,omitzero"`
	Amount             *int64                   `json:"amount,omitempty"`
	Headcount          *int                     `json:"headcount,omitempty"`
	Scale              casefile.Scale           `json:"scale,omitempty"`
	Risk               casefile.Risk            `json:"risk,omitempty"`
	Urgent             bool                     `json:"urgent,omitempty"`
	Confidentiality    casefile.Confidentiality `json:"confidentiality,omitempty"`
	Oral               bool                     `json:"oral,omitempty"`
	CourtStage         casefile.CourtStage      `json:"courtStage,omitempty"`
	ReportedByPersonID string                   `json:"reportedByPersonId,omitempty"`
	MissedByUnitID     string                   `json:"missedByUnitId,omitempty"`
	Documents          []DocumentInput          `json:"documents,omitempty"`
}

// DocumentInput is an uploaded file that comes with a registration.
type DocumentInput struct {
	DocumentID string `json:"documentId"`
	Title      string `json:"title"`
}

// MutationID implements Input.
func (r RegisterCaseInput) MutationID() string { return r.ClientMutationID }

// OnCase implements Input: there is no case yet.
func (r RegisterCaseInput) OnCase() CaseCommand { return CaseCommand{} }

// PartyInput says who somebody is and what part they play. ID is given only where an
// amendment replaces a party.
type PartyInput struct {
	ID                       string                `json:"id,omitempty"`
	Role                     casefile.PartyRole    `json:"role"`
	Kind                     casefile.PartyKind    `json:"kind,omitempty"`
	PersonID                 string                `json:"personId,omitempty"`
	Name                     string                `json:"name,omitempty"`
	IDType                   string                `json:"idType,omitempty"`
	IDNumber                 string                `json:"idNumber,omitempty"`
	Phone                    string                `json:"phone,omitempty"`
	Address                  string                `json:"address,omitempty"`
	UnitID                   string                `json:"unitId,omitempty"`
	Anonymous                bool                  `json:"anonymous,omitempty"`
	KeepIdentityConfidential bool                  `json:"keepIdentityConfidential,omitempty"`
	Outsider                 bool                  `json:"outsider,omitempty"`
	Minor                    bool                  `json:"minor,omitempty"`
	Language                 string                `json:"language,omitempty"`
	Needs                    []string              `json:"needs,omitempty"`
	Representatives          []RepresentativeInput `json:"representatives,omitempty"`
}

// RepresentativeInput says who speaks for a party.
type RepresentativeInput struct {
	Kind              casefile.RepresentativeKind `json:"kind"`
	Name              string                      `json:"name"`
	IDNumber          string                      `json:"idNumber,omitempty"`
	Phone             string                      `json:"phone,omitempty"`
	MandateDocumentID string                      `json:"mandateDocumentId,omitempty"`
}

// AmendCaseInput is the input of amendCase.
type AmendCaseInput struct {
	CaseCommand
	Title              string                   `json:"title,omitempty"`
	Narrative          string                   `json:"narrative,omitempty"`
	Category           string                   `json:"category,omitempty"`
	OccurrenceDivision casefile.Division        `json:"occurrenceDivision,omitempty"`
	OccurrenceAddress  string                   `json:"occurrenceAddress,omitempty"`
	AddClaims          []string                 `json:"addClaims,omitempty"`
	Parties            []PartyInput             `json:"parties,omitempty"`
	Amount             *int64                   `json:"amount,omitempty"`
	Headcount          *int                     `json:"headcount,omitempty"`
	Scale              casefile.Scale           `json:"scale,omitempty"`
	Risk               casefile.Risk            `json:"risk,omitempty"`
	Confidentiality    casefile.Confidentiality `json:"confidentiality,omitempty"`
	Procedure          string                   `json:"procedure,omitempty"`
	Reason             string                   `json:"reason"`
}

// AcceptCaseInput is the input of acceptCase.
type AcceptCaseInput struct {
	CaseCommand
	Procedure string              `json:"procedure,omitempty"`
	Route     casefile.LegalRoute `json:"route,omitempty"`
}

// DeclineCaseInput is the input of declineCase.
type DeclineCaseInput struct {
	CaseCommand
	Reason      casefile.DeclineReason `json:"reason"`
	Explanation string                 `json:"explanation"`
	GoTo        string                 `json:"goTo"`
	// EarlierCaseNumber is that of the case in which the same matter was answered before.
	EarlierCaseNumber string `json:"earlierCaseNumber,omitempty"`
}

// TransferCaseInput is the input of transferCase.
type TransferCaseInput struct {
	CaseCommand
	ToUnitID  string `json:"toUnitId,omitempty"`
	ToOutside string `json:"toOutside,omitempty"`
	Reason    string `json:"reason"`
}

// DispatchCaseInput is the input of dispatchCase.
type DispatchCaseInput struct {
	CaseCommand
	Units       []DispatchTarget `json:"units"`
	Instruction string           `json:"instruction"`
}

// DispatchTarget is one unit that is asked, and the last day for its reply.
type DispatchTarget struct {
	UnitID  string `json:"unitId"`
	Lead    bool   `json:"lead"`
	ReplyBy string `json:"replyBy"`
}

// ReplyDispatchInput is the input of replyDispatch.
type ReplyDispatchInput struct {
	CaseCommand
	DispatchID string `json:"dispatchId"`
	Reply      string `json:"reply"`
}

// ReturnDispatchInput is the input of returnDispatch.
type ReturnDispatchInput struct {
	CaseCommand
	DispatchID string `json:"dispatchId,omitempty"`
	Reason     string `json:"reason"`
}

// RaiseCaseInput is the input of raiseCase.
type RaiseCaseInput struct {
	CaseCommand
	ToUnitID string `json:"toUnitId,omitempty"`
	Reason   string `json:"reason"`
}

// ReferCaseInput is the input of referCase.
type ReferCaseInput struct {
	CaseCommand
	Channel  casefile.ReferralChannel `json:"channel"`
	UnitID   string                   `json:"unitId,omitempty"`
	Organ    string                   `json:"organ,omitempty"`
	Reason   string                   `json:"reason"`
	Blocking bool                     `json:"blocking"`
}

// AcknowledgeReferralInput is the input of acknowledgeReferral.
type AcknowledgeReferralInput struct {
	CaseCommand
	ReferralID string `json:"referralId"`
	Reference  string `json:"reference"`
}

// ReturnReferralInput is the input of returnReferral.
type ReturnReferralInput struct {
	CaseCommand
	ReferralID string `json:"referralId"`
	Reason     string `json:"reason"`
}

// RecordReferralResultInput is the input of recordReferralResult.
type RecordReferralResultInput struct {
	CaseCommand
	ReferralID string `json:"referralId"`
	Reference  string `json:"reference,omitempty"`
	Result     string `json:"result"`
	Conclude   bool   `json:"conclude"`
	// Received is when it reached the parties.
	Received []ResultReceivedInput `json:"received,omitempty"`
}

// ResultReceivedInput is when an award, judgment or decision reached a party.
type ResultReceivedInput struct {
	PartyID    string    `json:"partyId"`
	ReceivedAt time.Time `json:"receivedAt"`
}

// AssignCaseInput is the input of assignCase.
type AssignCaseInput struct {
	CaseCommand
	PersonID string `json:"personId"`
}

// RecordInvestigationInput is the input of recordInvestigation.
type RecordInvestigationInput struct {
	CaseCommand
	Finding string `json:"finding"`
}

// ConcludeInvestigationInput is the input of concludeInvestigation.
type ConcludeInvestigationInput struct {
	CaseCommand
	Facts string                     `json:"facts"`
	Path  casefile.InvestigationPath `json:"path"`
}

// OpenMediationInput is the input of openMediation.
type OpenMediationInput struct {
	CaseCommand
	Type       casefile.MediationType `json:"type"`
	UnitID     string                 `json:"unitId,omitempty"`
	MediatorID string                 `json:"mediatorId,omitempty"`
	CourtStage casefile.CourtStage    `json:"courtStage,omitempty"`
	// ChosenByPartyIDs are the parties who chose the mediator.
	ChosenByPartyIDs []string `json:"chosenByPartyIds,omitempty"`
	JointRequest     string   `json:"jointRequest,omitempty"`
}

// RecordConsentInput is the input of recordConsent.
type RecordConsentInput struct {
	CaseCommand
	PartyID string           `json:"partyId"`
	Consent casefile.Consent `json:"consent"`
}

// ScheduleSessionInput is the input of scheduleSession.
type ScheduleSessionInput struct {
	CaseCommand
	Mode         casefile.SessionMode `json:"mode"`
	ScheduledFor time.Time            `json:"scheduledFor"`
	Place        string               `json:"place,omitempty"`
}

// RecordSessionInput is the input of recordSession.
type RecordSessionInput struct {
	CaseCommand
	SessionID string               `json:"sessionId,omitempty"`
	Mode      casefile.SessionMode `json:"mode,omitempty"`
	HeldAt    time.Time            `json:"heldAt,omitzero"`
	Minutes   string               `json:"minutes"`
}

// ConcludeMediationInput is the input of concludeMediation.
type ConcludeMediationInput struct {
	CaseCommand
	Outcome      casefile.MediationOutcome `json:"outcome"`
	Agreement    string                    `json:"agreement,omitempty"`
	AgreedAmount *int64                    `json:"agreedAmount,omitempty"`
	SignedAt     time.Time                 `json:"signedAt,omitzero"`
	SealedAt     time.Time                 `json:"sealedAt,omitzero"`
	Performance  []PerformanceInput        `json:"performance,omitempty"`
	Reason       string                    `json:"reason,omitempty"`
}

// PerformanceInput is one instalment or act promised in an agreement.
type PerformanceInput struct {
	DueOn  string `json:"dueOn"`
	Amount *int64 `json:"amount,omitempty"`
	What   string `json:"what"`
}

// IssueDecisionInput is the input of issueDecision.
type IssueDecisionInput struct {
	CaseCommand
	Claims     []ClaimOpinionInput `json:"claims"`
	NewGrounds string              `json:"newGrounds,omitempty"`
}

// ClaimOpinionInput is the result for one claim, named by its id or by its words.
type ClaimOpinionInput struct {
	Claim      string                   `json:"claim"`
	Outcome    casefile.DecisionOutcome `json:"outcome"`
	Facts      string                   `json:"facts"`
	Reasons    string                   `json:"reasons"`
	LegalBasis string                   `json:"legalBasis"`
}

// RecordServiceInput is the input of recordService. It has no effectiveAt: its legal date
// is ServedAt.
type RecordServiceInput struct {
	ClientMutationID  string                 `json:"clientMutationId"`
	CaseID            string                 `json:"caseId"`
	ExpectedVersion   *int                   `json:"expectedVersion,omitempty"`
	BackdatingReason  string                 `json:"backdatingReason,omitempty"`
	DocumentID        string                 `json:"documentId"`
	PartyID           string                 `json:"partyId"`
	Method            casefile.ServiceMethod `json:"method"`
	ServedAt          time.Time              `json:"servedAt"`
	ReceiptDocumentID string                 `json:"receiptDocumentId,omitempty"`
}

// MutationID implements Input.
func (r RecordServiceInput) MutationID() string { return r.ClientMutationID }

// OnCase implements Input; the day of service is the legal date.
func (r RecordServiceInput) OnCase() CaseCommand {
	return CaseCommand{r.ClientMutationID, r.CaseID, r.ExpectedVersion, r.ServedAt, r.BackdatingReason}
}

// RequestClosureInput is the input of requestClosure.
type RequestClosureInput struct {
	CaseCommand
	Outcome casefile.Outcome `json:"outcome"`
	Summary string           `json:"summary"`
}

// VerifyClosureInput is the input of verifyClosure.
type VerifyClosureInput struct {
	CaseCommand
	Comment string `json:"comment,omitempty"`
}

// RejectClosureInput is the input of rejectClosure.
type RejectClosureInput struct {
	CaseCommand
	Reason string `json:"reason"`
}

// ReasonInput is the input of reopenCase.
type ReasonInput struct {
	CaseCommand
	Reason string `json:"reason"`
}

// RecordFollowUpInput is the input of recordFollowUp.
type RecordFollowUpInput struct {
	CaseCommand
	PartyID      string                  `json:"partyId,omitempty"`
	Result       casefile.FollowUpResult `json:"result"`
	Satisfaction *int                    `json:"satisfaction,omitempty"`
	Method       casefile.FollowUpMethod `json:"method"`
	Performed    *bool                   `json:"performed,omitempty"`
	Pressured    *bool                   `json:"pressured,omitempty"`
	Comment      string                  `json:"comment,omitempty"`
}

// WithdrawCaseInput is the input of withdrawCase.
type WithdrawCaseInput struct {
	CaseCommand
	PartyID string                  `json:"partyId"`
	How     casefile.FollowUpMethod `json:"how"`
	Request string                  `json:"request"`
	Reason  string                  `json:"reason"`
}

// AttachDocumentInput is the input of attachDocument.
type AttachDocumentInput struct {
	CaseCommand
	DocumentID string `json:"documentId"`
	Title      string `json:"title"`
	SessionID  string `json:"sessionId,omitempty"`
}

// AddNoteInput is the input of addNote.
type AddNoteInput struct {
	CaseCommand
	Text string `json:"text"`
}
