package casefile

import (
	"encoding/json"
	"fmt"
	"time"
)

// TextID names an encrypted text of the case (title, narrative, reason, party …) in the
// content store. Empty means that no text was given.
type TextID string

// Actor is who acts: a natural person in a role at a unit. The API establishes it; Decide
// checks what the rules say about it.
type Actor struct {
	PersonID string   `json:"personId,omitempty"`
	Role     Role     `json:"role"`
	UnitID   string   `json:"unitId,omitempty"`
	Division Division `json:"division,omitempty"`
	UnitKind UnitKind `json:"unitKind,omitempty"`
}

// System is the actor of what time alone brings about.
var System = Actor{Role: RoleSystem}

// Command is one thing a person (or time) asks of one case. It holds ids only, so it may
// travel through workflow history.
type Command struct {
	CaseID string
	// RequestKey is the digest of (person, idempotency key); InputDigest that of the whole
	// input, keyed so that nobody can guess texts from it. The same RequestKey with another
	// InputDigest is a conflict. Both are empty for the system's own acts.
	RequestKey  string
	InputDigest string
	// RequestID is the id of the HTTP request or import run, for the audit trail.
	RequestID string
	Actor     Actor
	// ExpectedVersion is the version that the caller saw, or nil where they don't care.
	ExpectedVersion *int
	// EffectiveAt is the legal date of the act; the zero time means the time of deciding.
	EffectiveAt time.Time
	// BackdatingReason is needed when EffectiveAt lies more than three days back.
	BackdatingReason TextID
	Act              Act
}

// Act is what a command asks for; each concrete type is one mutation of the API, named as
// there in upper camel case.
type Act interface{ actName() string }

// ActName returns the name under which an act is stored and sent ("AcceptCase").
func ActName(a Act) string { return a.actName() }

// ExternalID is a number that an issuing system gave this case.
type ExternalID struct {
	System string `json:"system"`
	Number string `json:"number"`
}

// Party is somebody's part in a case. Who it is stands encrypted in the content store.
type Party struct {
	ID   string    `json:"id"`
	Role PartyRole `json:"role"`
	Kind PartyKind `json:"kind"`
	// Content is the encrypted PartyContent; empty for an anonymous party and for one
	// named only by PersonID or UnitID.
	Content TextID `json:"content,omitempty"`
	// PersonID and UnitID name a party that works in the system.
	PersonID string `json:"personId,omitempty"`
	UnitID   string `json:"unitId,omitempty"`
	// Named tells whether Content holds a name.
	Named     bool `json:"named,omitempty"`
	Anonymous bool `json:"anonymous,omitempty"`
	// Outsider is the head's word that an accused party is nobody who works in the system.
	Outsider                 bool                 `json:"outsider,omitempty"`
	KeepIdentityConfidential bool                 `json:"keepIdentityConfidential,omitempty"`
	Minor                    bool                 `json:"minor,omitempty"`
	Representatives          []RepresentativeKind `json:"representatives,omitempty"`
}

// RegisterCase (登记) opens a case. It is the first event of every case.
type RegisterCase struct {
	Kind               Kind            `json:"kind"`
	PetitionType       PetitionType    `json:"petitionType,omitempty"`
	Source             Source          `json:"source"`
	SourceUnitID       string          `json:"sourceUnitId,omitempty"`
	ExternalIDs        []ExternalID    `json:"externalIds,omitempty"`
	Division           Division        `json:"division"`
	OccurrenceDivision Division        `json:"occurrenceDivision,omitempty"`
	OccurrenceAddress  TextID          `json:"occurrenceAddress,omitempty"`
	Category           string          `json:"category"`
	Title              TextID          `json:"title"`
	Narrative          TextID          `json:"narrative"`
	Claims             []TextID        `json:"claims,omitempty"`
	Parties            []Party         `json:"parties"`
	ReceivedAt         time.Time       `json:"receivedAt"`
	OccurredAt         time.Time       `json:"occurredAt,omitzero"`
	Amount             *int64          `json:"amount,omitempty"` // fen
	Headcount          *int            `json:"headcount,omitempty"`
	Scale              Scale           `json:"scale,omitempty"`
	Risk               Risk            `json:"risk,omitempty"`
	Urgent             bool            `json:"urgent,omitempty"`
	Confidentiality    Confidentiality `json:"confidentiality,omitempty"`
	Oral               bool            `json:"oral,omitempty"`
	CourtStage         CourtStage      `json:"courtStage,omitempty"`
	ReportedByPersonID string          `json:"reportedByPersonId,omitempty"`
	MissedByUnitID     string          `json:"missedByUnitId,omitempty"`
}

// AmendCase corrects or adds to the record; nil and empty fields stay as they are. Parties
// are replaced by id, new ones added.
type AmendCase struct {
	Title              TextID          `json:"title,omitempty"`
	Narrative          TextID          `json:"narrative,omitempty"`
	Category           string          `json:"category,omitempty"`
	OccurrenceDivision Division        `json:"occurrenceDivision,omitempty"`
	OccurrenceAddress  TextID          `json:"occurrenceAddress,omitempty"`
	AddClaims          []TextID        `json:"addClaims,omitempty"`
	Parties            []Party         `json:"parties,omitempty"`
	Amount             *int64          `json:"amount,omitempty"`
	Headcount          *int            `json:"headcount,omitempty"`
	Scale              Scale           `json:"scale,omitempty"`
	Risk               Risk            `json:"risk,omitempty"`
	Confidentiality    Confidentiality `json:"confidentiality,omitempty"`
	Reason             TextID          `json:"reason"`
}

// AcceptCase (受理) takes the case in; EffectiveAt is the day from which handling counts.
type AcceptCase struct {
	Procedure string     `json:"procedure,omitempty"`
	Route     LegalRoute `json:"route,omitempty"`
}

// DeclineCase (不予受理) proposes not to accept; a second person verifies it.
type DeclineCase struct {
	Reason      DeclineReason `json:"reason"`
	Explanation TextID        `json:"explanation"`
	GoTo        TextID        `json:"goTo"`
}

// TransferCase (转送) hands the case to another unit of the platform (ToUnitID), or
// proposes that it leaves the platform (ToOutside). Exactly one of both.
type TransferCase struct {
	ToUnitID  string `json:"toUnitId,omitempty"`
	ToOutside TextID `json:"toOutside,omitempty"`
	Reason    TextID `json:"reason"`
}

// AssignCase names the person who handles the case.
type AssignCase struct {
	PersonID string `json:"personId"`
}

// RecordInvestigation adds a finding.
type RecordInvestigation struct {
	Finding TextID `json:"finding"`
}

// ConcludeInvestigation states the facts and chooses the path.
type ConcludeInvestigation struct {
	Facts TextID            `json:"facts"`
	Path  InvestigationPath `json:"path"`
}

// OpenMediation starts a mediation; UnitID and MediatorID default to the responsible unit
// and the handler.
type OpenMediation struct {
	Type       MediationType `json:"type"`
	UnitID     string        `json:"unitId,omitempty"`
	MediatorID string        `json:"mediatorId,omitempty"`
	CourtStage CourtStage    `json:"courtStage,omitempty"`
}

// RecordConsent records what a party says to the open mediation.
type RecordConsent struct {
	PartyID string  `json:"partyId"`
	Consent Consent `json:"consent"`
}

// ScheduleSession fixes a mediation session.
type ScheduleSession struct {
	Mode         SessionMode `json:"mode"`
	ScheduledFor time.Time   `json:"scheduledFor"`
	Place        TextID      `json:"place,omitempty"`
}

// RecordSession records that a session was held; SessionID may be empty for one that was
// not scheduled.
type RecordSession struct {
	SessionID string      `json:"sessionId,omitempty"`
	Mode      SessionMode `json:"mode,omitempty"`
	HeldAt    time.Time   `json:"heldAt,omitzero"`
	Minutes   TextID      `json:"minutes"`
}

// PerformanceDue is one instalment or act promised in an agreement.
type PerformanceDue struct {
	DueOn  string `json:"dueOn"` // YYYY-MM-DD, Asia/Shanghai
	Amount *int64 `json:"amount,omitempty"`
	What   TextID `json:"what"`
}

// ConcludeMediation ends the open mediation.
type ConcludeMediation struct {
	Outcome      MediationOutcome `json:"outcome"`
	Agreement    TextID           `json:"agreement,omitempty"`
	AgreedAmount *int64           `json:"agreedAmount,omitempty"`
	SignedAt     time.Time        `json:"signedAt,omitzero"`
	SealedAt     time.Time        `json:"sealedAt,omitzero"`
	Performance  []PerformanceDue `json:"performance,omitempty"`
	Reason       TextID           `json:"reason,omitempty"`
}

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
}

// RecordService (送达) records that a notice reached a party; ServedAt is its legal date.
type RecordService struct {
	DocumentID        string        `json:"documentId"`
	PartyID           string        `json:"partyId"`
	Method            ServiceMethod `json:"method"`
	ServedAt          time.Time     `json:"servedAt"`
	ReceiptDocumentID string        `json:"receiptDocumentId,omitempty"`
}

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

// ImportEnded records a petition that another system had answered before: it is registered,
// accepted when received, concluded and closed with its real dates, in one command.
type ImportEnded struct {
	Register    RegisterCase `json:"register"`
	AcceptedAt  time.Time    `json:"acceptedAt"`
	ConcludedAt time.Time    `json:"concludedAt"`
	Outcome     Outcome      `json:"outcome,omitempty"`
	Reply       TextID       `json:"reply"`
	// Satisfaction is the petitioner's score, 1 to 5, where the old system kept one.
	Satisfaction *int `json:"satisfaction,omitempty"`
}

// PassTime lets the clock act: every warning and deadline that is due by Rules.Now is
// decided, oldest first. Only the system asks for it.
type PassTime struct{}

func (RegisterCase) actName() string          { return "RegisterCase" }
func (AmendCase) actName() string             { return "AmendCase" }
func (AcceptCase) actName() string            { return "AcceptCase" }
func (DeclineCase) actName() string           { return "DeclineCase" }
func (TransferCase) actName() string          { return "TransferCase" }
func (AssignCase) actName() string            { return "AssignCase" }
func (RecordInvestigation) actName() string   { return "RecordInvestigation" }
func (ConcludeInvestigation) actName() string { return "ConcludeInvestigation" }
func (OpenMediation) actName() string         { return "OpenMediation" }
func (RecordConsent) actName() string         { return "RecordConsent" }
func (ScheduleSession) actName() string       { return "ScheduleSession" }
func (RecordSession) actName() string         { return "RecordSession" }
func (ConcludeMediation) actName() string     { return "ConcludeMediation" }
func (IssueDecision) actName() string         { return "IssueDecision" }
func (RecordService) actName() string         { return "RecordService" }
func (RequestClosure) actName() string        { return "RequestClosure" }
func (VerifyClosure) actName() string         { return "VerifyClosure" }
func (RejectClosure) actName() string         { return "RejectClosure" }
func (RecordFollowUp) actName() string        { return "RecordFollowUp" }
func (ReopenCase) actName() string            { return "ReopenCase" }
func (WithdrawCase) actName() string          { return "WithdrawCase" }
func (AddNote) actName() string               { return "AddNote" }
func (ImportEnded) actName() string           { return "ImportEnded" }
func (PassTime) actName() string              { return "PassTime" }

// decodeAct turns stored JSON back into the act of that name.
var decodeAct = map[string]func(json.RawMessage) (Act, error){
	"RegisterCase":          decodeAs[RegisterCase, Act],
	"AmendCase":             decodeAs[AmendCase, Act],
	"AcceptCase":            decodeAs[AcceptCase, Act],
	"DeclineCase":           decodeAs[DeclineCase, Act],
	"TransferCase":          decodeAs[TransferCase, Act],
	"AssignCase":            decodeAs[AssignCase, Act],
	"RecordInvestigation":   decodeAs[RecordInvestigation, Act],
	"ConcludeInvestigation": decodeAs[ConcludeInvestigation, Act],
	"OpenMediation":         decodeAs[OpenMediation, Act],
	"RecordConsent":         decodeAs[RecordConsent, Act],
	"ScheduleSession":       decodeAs[ScheduleSession, Act],
	"RecordSession":         decodeAs[RecordSession, Act],
	"ConcludeMediation":     decodeAs[ConcludeMediation, Act],
	"IssueDecision":         decodeAs[IssueDecision, Act],
	"RecordService":         decodeAs[RecordService, Act],
	"RequestClosure":        decodeAs[RequestClosure, Act],
	"VerifyClosure":         decodeAs[VerifyClosure, Act],
	"RejectClosure":         decodeAs[RejectClosure, Act],
	"RecordFollowUp":        decodeAs[RecordFollowUp, Act],
	"ReopenCase":            decodeAs[ReopenCase, Act],
	"WithdrawCase":          decodeAs[WithdrawCase, Act],
	"AddNote":               decodeAs[AddNote, Act],
	"ImportEnded":           decodeAs[ImportEnded, Act],
	"PassTime":              decodeAs[PassTime, Act],
}

func decodeAs[T any, I any](raw json.RawMessage) (I, error) {
	var value T
	var none I
	if err := json.Unmarshal(raw, &value); err != nil {
		return none, err
	}
	return any(value).(I), nil
}

type commandJSON struct {
	CaseID           string          `json:"caseId"`
	RequestKey       string          `json:"requestKey,omitempty"`
	InputDigest      string          `json:"inputDigest,omitempty"`
	RequestID        string          `json:"requestId,omitempty"`
	Actor            Actor           `json:"actor"`
	ExpectedVersion  *int            `json:"expectedVersion,omitempty"`
	EffectiveAt      time.Time       `json:"effectiveAt,omitzero"`
	BackdatingReason TextID          `json:"backdatingReason,omitempty"`
	Name             string          `json:"name"`
	Act              json.RawMessage `json:"act"`
}

// MarshalJSON writes the command with the name of its act beside it.
func (c Command) MarshalJSON() ([]byte, error) {
	if c.Act == nil {
		return nil, fmt.Errorf("command on case %q has no act", c.CaseID)
	}
	act, err := json.Marshal(c.Act)
	if err != nil {
		return nil, fmt.Errorf("encode act %s: %w", c.Act.actName(), err)
	}
	return json.Marshal(commandJSON{
		c.CaseID, c.RequestKey, c.InputDigest, c.RequestID, c.Actor, c.ExpectedVersion,
		c.EffectiveAt, c.BackdatingReason, c.Act.actName(), act,
	})
}

// UnmarshalJSON reads what MarshalJSON wrote; an unknown act is an error.
func (c *Command) UnmarshalJSON(raw []byte) error {
	var j commandJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return err
	}
	decode, ok := decodeAct[j.Name]
	if !ok {
		return fmt.Errorf("unknown act %q", j.Name)
	}
	act, err := decode(j.Act)
	if err != nil {
		return fmt.Errorf("decode act %s: %w", j.Name, err)
	}
	*c = Command{
		j.CaseID, j.RequestKey, j.InputDigest, j.RequestID, j.Actor, j.ExpectedVersion,
		j.EffectiveAt, j.BackdatingReason, act,
	}
	return nil
}
