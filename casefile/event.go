package casefile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Event is one fact of a case's record: append-only, numbered from 1 without gaps, chained
// by hash, free of personal text.
type Event struct {
	Seq int
	// At is when the office's system took it; EffectiveAt is its legal date.
	At          time.Time
	EffectiveAt time.Time
	Actor       Actor
	RequestKey  string
	InputDigest string
	RequestID   string
	// BackdatingReason is set where EffectiveAt was more than three days back.
	BackdatingReason TextID
	Body             Body
}

// Body is what happened; each concrete type is one event type, in the past tense.
type Body interface{ eventType() string }

// Type returns the event's type ("CaseAccepted").
func (e Event) Type() string { return e.Body.eventType() }

// Exclusion keeps a person, or people by their tie to a unit, from ever seeing the case:
// the accused, their subordinates and their line leaders.
type Exclusion struct {
	PersonID string `json:"personId,omitempty"`
	// MembersOf excludes everybody at this unit and at the units below it.
	MembersOf string `json:"membersOf,omitempty"`
	// LeadersOver excludes leaders and managers of this unit and of the units above it.
	LeadersOver string `json:"leadersOver,omitempty"`
}

// CaseRegistered opens the record.
type CaseRegistered struct {
	RegisterCase
	Number            string      `json:"number"`
	ResponsibleUnitID string      `json:"responsibleUnitId"`
	ClaimIDs          []string    `json:"claimIds,omitempty"`
	Exclusions        []Exclusion `json:"exclusions,omitempty"`
	Imported          bool        `json:"imported,omitempty"`
}

// CaseAmended keeps what each changed field was before.
type CaseAmended struct {
	Before     AmendCase   `json:"before"`
	After      AmendCase   `json:"after"`
	ClaimIDs   []string    `json:"claimIds,omitempty"` // of After.AddClaims
	Exclusions []Exclusion `json:"exclusions,omitempty"`
}

// CaseAccepted (受理); its EffectiveAt is the acceptance date.
type CaseAccepted struct {
	Procedure string     `json:"procedure"`
	Route     LegalRoute `json:"route,omitempty"`
}

// EndProposed asks for an end that skips the merits: NOT_ACCEPTED, TRANSFERRED or
// WITHDRAWN. It takes a second person and a served notice.
type EndProposed struct {
	End         Stage         `json:"end"`
	Decline     *DeclineCase  `json:"decline,omitempty"`
	Transfer    *TransferCase `json:"transfer,omitempty"`
	Withdraw    *WithdrawCase `json:"withdraw,omitempty"`
	NoticeID    string        `json:"noticeId"`
	NoticeParty []string      `json:"noticeParties,omitempty"`
}

// EndVerified is the second person's yes to a proposed end.
type EndVerified struct {
	Comment TextID `json:"comment,omitempty"`
}

// EndRejected is the second person's no; the case goes back to the stage it came from.
type EndRejected struct {
	Reason TextID `json:"reason"`
}

// CaseEnded ends a case in a stage that skips the merits.
type CaseEnded struct {
	End Stage `json:"end"`
}

// CaseTransferred hands the case to another unit of the platform; it goes on there in
// ACCEPTANCE with its history and first-receipt date.
type CaseTransferred struct {
	FromUnitID string   `json:"fromUnitId"`
	ToUnitID   string   `json:"toUnitId"`
	Division   Division `json:"division"`
	Reason     TextID   `json:"reason"`
}

// CaseAssigned names the handler.
type CaseAssigned struct {
	PersonID string `json:"personId"`
	Role     Role   `json:"role"`
	UnitID   string `json:"unitId"`
}

// InvestigationRecorded adds a finding.
type InvestigationRecorded struct {
	Finding TextID `json:"finding"`
}

// InvestigationConcluded states the facts and the path.
type InvestigationConcluded struct {
	Facts TextID            `json:"facts"`
	Path  InvestigationPath `json:"path"`
}

// MediationOpened starts a mediation.
type MediationOpened struct {
	MediationID string        `json:"mediationId"`
	Type        MediationType `json:"type"`
	ConsentMode ConsentMode   `json:"consentMode"`
	UnitID      string        `json:"unitId"`
	MediatorID  string        `json:"mediatorId,omitempty"`
	CourtStage  CourtStage    `json:"courtStage,omitempty"`
}

// ConsentRecorded records a party's word on the mediation.
type ConsentRecorded struct {
	MediationID string  `json:"mediationId"`
	PartyID     string  `json:"partyId"`
	Consent     Consent `json:"consent"`
}

// SessionScheduled fixes a session.
type SessionScheduled struct {
	MediationID  string      `json:"mediationId"`
	SessionID    string      `json:"sessionId"`
	Mode         SessionMode `json:"mode"`
	ScheduledFor time.Time   `json:"scheduledFor"`
	Place        TextID      `json:"place,omitempty"`
}

// SessionHeld records a session with its minutes.
type SessionHeld struct {
	MediationID string      `json:"mediationId"`
	SessionID   string      `json:"sessionId"`
	Mode        SessionMode `json:"mode"`
	HeldAt      time.Time   `json:"heldAt"`
	Minutes     TextID      `json:"minutes"`
}

// MediationConcluded ends a mediation; where it failed, NoticeID is the notice that names
// the remedies.
type MediationConcluded struct {
	MediationID string `json:"mediationId"`
	ConcludeMediation
	NoticeID      string   `json:"noticeId,omitempty"`
	NoticeParties []string `json:"noticeParties,omitempty"`
}

// DecisionIssued decides the claims; NoticeID is the written opinion to be served.
type DecisionIssued struct {
	DecisionID    string         `json:"decisionId"`
	Claims        []ClaimOpinion `json:"claims"`
	NoticeID      string         `json:"noticeId"`
	NoticeParties []string       `json:"noticeParties,omitempty"`
}

// NoticeServed records service; its EffectiveAt is the day of service.
type NoticeServed struct {
	NoticeID          string        `json:"noticeId"`
	PartyID           string        `json:"partyId"`
	Method            ServiceMethod `json:"method"`
	ReceiptDocumentID string        `json:"receiptDocumentId,omitempty"`
}

// CaseConcluded (办结); its EffectiveAt is what the law counts. OnTime is nil where no
// handling clock ran.
type CaseConcluded struct {
	Outcome Outcome `json:"outcome,omitempty"`
	OnTime  *bool   `json:"onTime,omitempty"`
	// Reply is the text by which an imported case was answered.
	Reply TextID `json:"reply,omitempty"`
}

// ClosureRequested asks for verification.
type ClosureRequested struct {
	Outcome Outcome `json:"outcome"`
	Summary TextID  `json:"summary"`
}

// ClosureVerified is the verifier's yes; the parties are asked next.
type ClosureVerified struct {
	Comment TextID `json:"comment,omitempty"`
}

// ClosureRejected is the verifier's no; the case goes back to INVESTIGATION.
type ClosureRejected struct {
	Reason TextID `json:"reason"`
}

// FollowedUp records what a party answered.
type FollowedUp struct {
	FollowUpID string `json:"followUpId"`
	RecordFollowUp
}

// ReworkOrdered sends the case back after a dissatisfied answer or a broken promise.
type ReworkOrdered struct {
	FollowUpID string `json:"followUpId"`
}

// CaseClosed (归档) closes the file.
type CaseClosed struct {
	Imported bool `json:"imported,omitempty"`
}

// CaseReopened begins another round.
type CaseReopened struct {
	Round  int    `json:"round"`
	Reason TextID `json:"reason"`
}

// NoteAdded adds a note.
type NoteAdded struct {
	Text TextID `json:"text"`
}

// DeadlineStarted starts a clock.
type DeadlineStarted struct {
	Deadline Deadline `json:"deadline"`
}

// DeadlineWarned tells handler and manager that the due day is near (yellow).
type DeadlineWarned struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

// DeadlineMet stops a clock; its EffectiveAt is the day of the act that met it. A clock
// already missed is stopped too, and stays missed.
type DeadlineMet struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
	By         string `json:"by"` // the event type that met it
}

// DeadlineMissed marks a clock red; its EffectiveAt is the due instant.
type DeadlineMissed struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

// DeadlineCancelled stops a clock that no longer applies.
type DeadlineCancelled struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

// DeadlineResumed lets a clock run on as if it had never stopped, with its old due day:
// the act that met it was undone.
type DeadlineResumed struct {
	DeadlineID string `json:"deadlineId"`
	Step       string `json:"step,omitempty"`
}

// SupervisionOrdered (督办): the supervising unit chases the unit that missed a deadline.
type SupervisionOrdered struct {
	OrderID         string        `json:"orderId"`
	DeadlineID      string        `json:"deadlineId"`
	Step            string        `json:"step,omitempty"`
	IssuedByUnitID  string        `json:"issuedByUnitId"`
	AddresseeUnitID string        `json:"addresseeUnitId"`
	Level           DivisionLevel `json:"level"`
}

func (CaseRegistered) eventType() string         { return "CaseRegistered" }
func (CaseAmended) eventType() string            { return "CaseAmended" }
func (CaseAccepted) eventType() string           { return "CaseAccepted" }
func (EndProposed) eventType() string            { return "EndProposed" }
func (EndVerified) eventType() string            { return "EndVerified" }
func (EndRejected) eventType() string            { return "EndRejected" }
func (CaseEnded) eventType() string              { return "CaseEnded" }
func (CaseTransferred) eventType() string        { return "CaseTransferred" }
func (CaseAssigned) eventType() string           { return "CaseAssigned" }
func (InvestigationRecorded) eventType() string  { return "InvestigationRecorded" }
func (InvestigationConcluded) eventType() string { return "InvestigationConcluded" }
func (MediationOpened) eventType() string        { return "MediationOpened" }
func (ConsentRecorded) eventType() string        { return "ConsentRecorded" }
func (SessionScheduled) eventType() string       { return "SessionScheduled" }
func (SessionHeld) eventType() string            { return "SessionHeld" }
func (MediationConcluded) eventType() string     { return "MediationConcluded" }
func (DecisionIssued) eventType() string         { return "DecisionIssued" }
func (NoticeServed) eventType() string           { return "NoticeServed" }
func (CaseConcluded) eventType() string          { return "CaseConcluded" }
func (ClosureRequested) eventType() string       { return "ClosureRequested" }
func (ClosureVerified) eventType() string        { return "ClosureVerified" }
func (ClosureRejected) eventType() string        { return "ClosureRejected" }
func (FollowedUp) eventType() string             { return "FollowedUp" }
func (ReworkOrdered) eventType() string          { return "ReworkOrdered" }
func (CaseClosed) eventType() string             { return "CaseClosed" }
func (CaseReopened) eventType() string           { return "CaseReopened" }
func (NoteAdded) eventType() string              { return "NoteAdded" }
func (DeadlineStarted) eventType() string        { return "DeadlineStarted" }
func (DeadlineWarned) eventType() string         { return "DeadlineWarned" }
func (DeadlineMet) eventType() string            { return "DeadlineMet" }
func (DeadlineMissed) eventType() string         { return "DeadlineMissed" }
func (DeadlineCancelled) eventType() string      { return "DeadlineCancelled" }
func (DeadlineResumed) eventType() string        { return "DeadlineResumed" }
func (SupervisionOrdered) eventType() string     { return "SupervisionOrdered" }

var decodeBody = map[string]func(json.RawMessage) (Body, error){
	"CaseRegistered":         decodeAs[CaseRegistered, Body],
	"CaseAmended":            decodeAs[CaseAmended, Body],
	"CaseAccepted":           decodeAs[CaseAccepted, Body],
	"EndProposed":            decodeAs[EndProposed, Body],
	"EndVerified":            decodeAs[EndVerified, Body],
	"EndRejected":            decodeAs[EndRejected, Body],
	"CaseEnded":              decodeAs[CaseEnded, Body],
	"CaseTransferred":        decodeAs[CaseTransferred, Body],
	"CaseAssigned":           decodeAs[CaseAssigned, Body],
	"InvestigationRecorded":  decodeAs[InvestigationRecorded, Body],
	"InvestigationConcluded": decodeAs[InvestigationConcluded, Body],
	"MediationOpened":        decodeAs[MediationOpened, Body],
	"ConsentRecorded":        decodeAs[ConsentRecorded, Body],
	"SessionScheduled":       decodeAs[SessionScheduled, Body],
	"SessionHeld":            decodeAs[SessionHeld, Body],
	"MediationConcluded":     decodeAs[MediationConcluded, Body],
	"DecisionIssued":         decodeAs[DecisionIssued, Body],
	"NoticeServed":           decodeAs[NoticeServed, Body],
	"CaseConcluded":          decodeAs[CaseConcluded, Body],
	"ClosureRequested":       decodeAs[ClosureRequested, Body],
	"ClosureVerified":        decodeAs[ClosureVerified, Body],
	"ClosureRejected":        decodeAs[ClosureRejected, Body],
	"FollowedUp":             decodeAs[FollowedUp, Body],
	"ReworkOrdered":          decodeAs[ReworkOrdered, Body],
	"CaseClosed":             decodeAs[CaseClosed, Body],
	"CaseReopened":           decodeAs[CaseReopened, Body],
	"NoteAdded":              decodeAs[NoteAdded, Body],
	"DeadlineStarted":        decodeAs[DeadlineStarted, Body],
	"DeadlineWarned":         decodeAs[DeadlineWarned, Body],
	"DeadlineMet":            decodeAs[DeadlineMet, Body],
	"DeadlineMissed":         decodeAs[DeadlineMissed, Body],
	"DeadlineCancelled":      decodeAs[DeadlineCancelled, Body],
	"DeadlineResumed":        decodeAs[DeadlineResumed, Body],
	"SupervisionOrdered":     decodeAs[SupervisionOrdered, Body],
}

// DecodeBody turns stored JSON back into the body of an event type; an unknown type is an
// error.
func DecodeBody(eventType string, raw []byte) (Body, error) {
	decode, ok := decodeBody[eventType]
	if !ok {
		return nil, fmt.Errorf("unknown event type %q", eventType)
	}
	body, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("decode event %s: %w", eventType, err)
	}
	return body, nil
}

type eventJSON struct {
	Seq              int             `json:"seq"`
	Type             string          `json:"type"`
	At               time.Time       `json:"at"`
	EffectiveAt      time.Time       `json:"effectiveAt"`
	Actor            Actor           `json:"actor"`
	RequestKey       string          `json:"requestKey,omitempty"`
	InputDigest      string          `json:"inputDigest,omitempty"`
	RequestID        string          `json:"requestId,omitempty"`
	BackdatingReason TextID          `json:"backdatingReason,omitempty"`
	Body             json.RawMessage `json:"body"`
}

// MarshalJSON writes the event with its type beside the body; instants are UTC, to the
// microsecond, as the database keeps them.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("event %d has no body", e.Seq)
	}
	body, err := json.Marshal(e.Body)
	if err != nil {
		return nil, fmt.Errorf("encode event %s: %w", e.Type(), err)
	}
	return json.Marshal(eventJSON{
		e.Seq, e.Type(), Instant(e.At), Instant(e.EffectiveAt), e.Actor, e.RequestKey,
		e.InputDigest, e.RequestID, e.BackdatingReason, body,
	})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (e *Event) UnmarshalJSON(raw []byte) error {
	var j eventJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return err
	}
	body, err := DecodeBody(j.Type, j.Body)
	if err != nil {
		return err
	}
	*e = Event{
		j.Seq, j.At, j.EffectiveAt, j.Actor, j.RequestKey, j.InputDigest, j.RequestID,
		j.BackdatingReason, body,
	}
	return nil
}

// Instant brings a time to the precision and zone that the record keeps.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// ChainHash returns the hash of an event in its chain: SHA-256 over the hash before it
// (empty for the first) and the event's JSON.
func ChainHash(previous string, e Event) (string, error) {
	raw, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	sum.Write([]byte(previous))
	sum.Write([]byte{'\n'})
	sum.Write(raw)
	return hex.EncodeToString(sum.Sum(nil)), nil
}
