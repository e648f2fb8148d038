package casefile

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// State is a case as its events have made it: nothing but their fold. The zero State is a
// case that doesn't exist yet. It is small (target below 64 KiB), holds no personal text,
// and travels as JSON through continue-as-new.
type State struct {
	ID string `json:"id"`
	// Version is the number of events so far.
	Version int    `json:"version"`
	Number  string `json:"number"`

	Kind         Kind         `json:"kind"`
	PetitionType PetitionType `json:"petitionType,omitempty"`
	Stage        Stage        `json:"stage"`
	// StageSince is the legal date of the act that brought the case into its stage. No act
	// that belongs to the stage is dated before it.
	StageSince         time.Time       `json:"stageSince"`
	Outcome            Outcome         `json:"outcome,omitempty"`
	Source             Source          `json:"source"`
	SourceUnitID       string          `json:"sourceUnitId,omitempty"`
	ExternalIDs        []ExternalID    `json:"externalIds,omitempty"`
	Division           Division        `json:"division"`
	OccurrenceDivision Division        `json:"occurrenceDivision,omitempty"`
	OccurrenceAddress  TextID          `json:"occurrenceAddress,omitempty"`
	Category           string          `json:"category"`
	Title              TextID          `json:"title"`
	Narrative          TextID          `json:"narrative"`
	Claims             []Claim         `json:"claims,omitempty"`
	Parties            []Party         `json:"parties"`
	Confidentiality    Confidentiality `json:"confidentiality"`
	Exclusions         []Exclusion     `json:"exclusions,omitempty"`
	Risk               Risk            `json:"risk,omitempty"`
	Scale              Scale           `json:"scale"`
	Urgent             bool            `json:"urgent,omitempty"`
	Oral               bool            `json:"oral,omitempty"`
	CourtStage         CourtStage      `json:"courtStage,omitempty"`
	Amount             *int64          `json:"amount,omitempty"`
	Headcount          *int            `json:"headcount,omitempty"`
	MissedByUnitID     string          `json:"missedByUnitId,omitempty"`
	Imported           bool            `json:"imported,omitempty"`

	// Procedure is what the case follows since its acceptance, in the version that began on
	// ProcedureFrom (YYYY-MM-DD); a clerk named it, or it followed from the case.
	Procedure         string     `json:"procedure,omitempty"`
	ProcedureFrom     string     `json:"procedureFrom,omitempty"`
	ProcedureByClerk  bool       `json:"procedureByClerk,omitempty"`
	Route             LegalRoute `json:"route,omitempty"`
	ResponsibleUnitID string     `json:"responsibleUnitId"`
	HandlerID         string     `json:"handlerId,omitempty"`
	// Forwarding is how a petition came to the responsible unit, where another one forwarded it.
	Forwarding *Forwarding `json:"forwarding,omitempty"`
	// Facts and Path are what the latest investigation concluded; empty while one is owed.
	Facts TextID            `json:"facts,omitempty"`
	Path  InvestigationPath `json:"path,omitempty"`

	// RegisteredBy took the case down; ReportedByPersonID first saw it.
	RegisteredBy       Actor  `json:"registeredBy"`
	ReportedByPersonID string `json:"reportedByPersonId,omitempty"`

	ReceivedAt   time.Time `json:"receivedAt"`
	OccurredAt   time.Time `json:"occurredAt,omitzero"`
	RegisteredAt time.Time `json:"registeredAt"`
	AcceptedAt   time.Time `json:"acceptedAt,omitzero"`
	ConcludedAt  time.Time `json:"concludedAt,omitzero"`
	ClosedAt     time.Time `json:"closedAt,omitzero"`
	// ConcludedOnTime is nil until the round is concluded, and where no clock ran.
	ConcludedOnTime *bool `json:"concludedOnTime,omitempty"`
	// Reply is the text by which an imported case was answered.
	Reply TextID `json:"reply,omitempty"`

	// Round counts reopenings from 1; Reworks the reworks of this round.
	Round   int `json:"round"`
	Reworks int `json:"reworks,omitempty"`
	// Redos counts how often a review sent this round back to be handled anew.
	Redos int `json:"redos,omitempty"`

	// Pending is the end or closure that waits for a second person, or for service.
	Pending *Pending `json:"pending,omitempty"`
	// HandledBy are the people who investigated, mediated, drafted or decided in any round;
	// VerifiedBy those who verified in this one. Neither may do the other's part (domain:
	// two persons).
	HandledBy  []string `json:"handledBy,omitempty"`
	VerifiedBy []string `json:"verifiedBy,omitempty"`
	// Backdated are the numbers of events whose legal date was more than three days back,
	// listed for the verifier.
	Backdated []int `json:"backdated,omitempty"`

	Deadlines  []Deadline         `json:"deadlines,omitempty"`
	Mediations []Mediation        `json:"mediations,omitempty"`
	Decisions  []Decision         `json:"decisions,omitempty"`
	Reviews    []Review           `json:"reviews,omitempty"`
	Notices    []Notice           `json:"notices,omitempty"`
	Documents  []Document         `json:"documents,omitempty"`
	FollowUps  []FollowUp         `json:"followUps,omitempty"`
	Orders     []SupervisionOrder `json:"orders,omitempty"`
	Links      []Link             `json:"links,omitempty"`
	// Mergers are the younger cases that this one takes in, TakenOver what came of them;
	// Unmerged are mergers into another case that came to nothing, which doesn't know yet.
	Mergers   []Merger    `json:"mergers,omitempty"`
	TakenOver []TakenOver `json:"takenOver,omitempty"`
	Unmerged  []unmerged  `json:"unmerged,omitempty"`
	// Splits are the parts that are being split off; ClaimsGone counts the claims that went.
	Splits     []Split    `json:"splits,omitempty"`
	ClaimsGone int        `json:"claimsGone,omitempty"`
	Dispatches []Dispatch `json:"dispatches,omitempty"`
	Raises     []Raise    `json:"raises,omitempty"`
	Referrals  []Referral `json:"referrals,omitempty"`
	// Samples are the draws of closures that the case is or was in.
	Samples []Sample `json:"samples,omitempty"`
	// Deferral is the deferral that was asked for or is in force; Deferrals counts those
	// that were approved, in any round.
	Deferral  *Deferral `json:"deferral,omitempty"`
	Deferrals int       `json:"deferrals,omitempty"`
	// Urgency is why the case cannot wait, or could not; nil where nobody ever said so, and in
	// old records.
	Urgency *Urgency `json:"urgency,omitempty"`
	// SuspectedHarms are what the police must know of, PoliceReports what they were told.
	SuspectedHarms []SuspectedHarm `json:"suspectedHarms,omitempty"`
	PoliceReports  []PoliceReport  `json:"policeReports,omitempty"`
	// Recommendations are what mediations recommended to other units.
	Recommendations []Recommendation `json:"recommendations,omitempty"`
	// Proposals are the leadership packages proposed because orders went unanswered.
	Proposals []PackageProposal `json:"proposals,omitempty"`

	// Retaliation is set where the case is a report of retaliation against a party of another.
	Retaliation *Retaliation `json:"retaliation,omitempty"`

	// PackageID is the leadership package that took the case in last; it may have ended.
	PackageID string `json:"packageId,omitempty"`
}

// Claim is one thing asked for.
type Claim struct {
	ID   string `json:"id"` // unique within the case ("C1")
	Text TextID `json:"text"`
	// From is the merged case under whose key the text stands; empty for this one.
	From Elsewhere `json:"from,omitempty"`
}

// Pending is what waits for a second person. End is CLOSED for a requested closure, or the
// end that skips the merits.
type Pending struct {
	End       Stage   `json:"end"`
	Outcome   Outcome `json:"outcome,omitempty"`
	Summary   TextID  `json:"summary,omitempty"`
	AskedBy   string  `json:"askedBy"`
	AskedUnit string  `json:"askedUnit"`
	AskedIn   Stage   `json:"askedIn"`
	NoticeID  string  `json:"noticeId,omitempty"`
	Verified  bool    `json:"verified,omitempty"`
	// VerifiedAt is the legal date of the second person\'s yes, Verifier who that was, where they
	// had verified nothing in this round before.
	VerifiedAt time.Time `json:"verifiedAt,omitzero"`
	Verifier   string    `json:"verifier,omitempty"`
	// MetDeadlines were met by the proposal and run on if it is rejected.
	MetDeadlines []string `json:"metDeadlines,omitempty"`
	// Merged is the case that this one is to end in.
	Merged *mergedEnd `json:"merged,omitempty"`
	// Party is who asked for a withdrawal.
	Party string `json:"party,omitempty"`
}

// Mediation is one attempt to mediate.
type Mediation struct {
	ID           string             `json:"id"` // unique within the case ("M1")
	Type         MediationType      `json:"type"`
	ConsentMode  ConsentMode        `json:"consentMode"`
	CourtStage   CourtStage         `json:"courtStage,omitempty"`
	UnitID       string             `json:"unitId"`
	MediatorID   string             `json:"mediatorId,omitempty"`
	OpenedAt     time.Time          `json:"openedAt"`
	ConcludedAt  time.Time          `json:"concludedAt,omitzero"`
	Outcome      MediationOutcome   `json:"outcome,omitempty"`
	Agreement    TextID             `json:"agreement,omitempty"`
	AgreedAmount *int64             `json:"agreedAmount,omitempty"`
	Consents     map[string]Consent `json:"consents,omitempty"` // by party id
	Sessions     []Session          `json:"sessions,omitempty"`
	Performance  []PerformanceDue   `json:"performance,omitempty"`
	// AgreedAt is when the agreement took effect; zero without one, and in old records.
	AgreedAt time.Time `json:"agreedAt,omitzero"`
	// Performed is what has been performed of it, in the order of recording.
	Performed []PerformanceMade `json:"performed,omitempty"`
	// ReplacedBy is the mediation whose agreement took the place of this one's.
	ReplacedBy string `json:"replacedBy,omitempty"`
	// ChosenBy are the parties who chose the mediator, Recused those who left by recusal.
	ChosenBy []string `json:"chosenBy,omitempty"`
	Recused  []string `json:"recused,omitempty"`
	// JointRequest is the parties' joint written request, where the procedure begins with one.
	JointRequest TextID `json:"jointRequest,omitempty"`
	// Entrusted marks what a court entrusted. ReturnedAt is when report and papers went back
	// to it.
	Entrusted    bool          `json:"entrusted,omitempty"`
	ReturnedAt   time.Time     `json:"returnedAt,omitzero"`
	CourtUnitID  string        `json:"courtUnitId,omitempty"`
	Report       TextID        `json:"report,omitempty"`
	Confirmation *Confirmation `json:"confirmation,omitempty"`
}

// Session is one meeting of a mediation.
type Session struct {
	ID           string      `json:"id"` // unique within the case ("S1")
	Mode         SessionMode `json:"mode"`
	ScheduledFor time.Time   `json:"scheduledFor,omitzero"`
	HeldAt       time.Time   `json:"heldAt,omitzero"`
	Place        TextID      `json:"place,omitempty"`
	Minutes      TextID      `json:"minutes,omitempty"`
	// MinutesDocument is the attached document that holds the signed minutes.
	MinutesDocument string `json:"minutesDocument,omitempty"`
}

// Decision is a written opinion on the claims.
type Decision struct {
	ID        string         `json:"id"` // unique within the case ("O1")
	DecidedAt time.Time      `json:"decidedAt"`
	Claims    []ClaimOpinion `json:"claims"`
	NoticeID  string         `json:"noticeId"`
	ServedAt  time.Time      `json:"servedAt,omitzero"` // when the first petitioner was served
}

// NoticeKind is what a notice tells.
type NoticeKind string

// The notices of the main path.
const (
	NoticeAcceptance      NoticeKind = "ACCEPTANCE"
	NoticeDecline         NoticeKind = "DECLINE"
	NoticeTransfer        NoticeKind = "TRANSFER"
	NoticeWithdrawal      NoticeKind = "WITHDRAWAL"
	NoticeMediationFailed NoticeKind = "MEDIATION_FAILED"
	NoticeDecision        NoticeKind = "DECISION"
	NoticeExtension       NoticeKind = "EXTENSION"
	NoticeMerger          NoticeKind = "MERGER"
	NoticeReviewOpinion   NoticeKind = "REVIEW_OPINION"
	NoticeReReviewOpinion NoticeKind = "RE_REVIEW_OPINION"
	// NoticePerformanceOverdue urges a promise that was not performed on its day.
	NoticePerformanceOverdue NoticeKind = "PERFORMANCE_OVERDUE"
	// NoticeRemedy tells what a time that has run out leaves to the parties.
	NoticeRemedy NoticeKind = "REMEDY"
	// NoticeForwarding tells a petitioner to which organ the petition was forwarded.
	NoticeForwarding NoticeKind = "FORWARDING"
	// NoticeRetaliation tells whoever reported retaliation what was found.
	NoticeRetaliation NoticeKind = "RETALIATION_ANSWER"
)

// Notice is a document that must reach its parties. It is generated from the record.
type Notice struct {
	ID       string     `json:"id"` // unique within the case ("N1")
	Kind     NoticeKind `json:"kind"`
	IssuedAt time.Time  `json:"issuedAt"`
	// Parties are those to be served.
	Parties []string  `json:"parties,omitempty"`
	Service []Service `json:"service,omitempty"`
	// Void marks a notice that need not be served any more: its proposal was rejected, or a
	// new round began.
	Void bool `json:"void,omitempty"`
	// Of is the id of what within the case the notice is about, where it is not the case.
	Of string `json:"of,omitempty"`
	// Remedy is what the notice says, as it was when the notice was written: in most kinds, of
	// the ways that are left to the parties. Empty in older records and where the text follows
	// from the record as it stands (NoticeText).
	Remedy procedure.Text `json:"remedy,omitzero"`
	// Reason is the text that says why: of a decline, a transfer, a withdrawal, a merger, an
	// extension. Empty in older records.
	Reason TextID `json:"reason,omitempty"`
	// ByUnitID is the unit that has to serve the notice, where it is not the one that answers
	// for the case.
	ByUnitID string `json:"byUnitId,omitempty"`
}

// Served reports whether every party has been served; a notice to nobody (an anonymous
// petitioner cannot be served) counts as served.
func (n Notice) Served() bool {
	for _, party := range n.Parties {
		if !n.ServedOn(party) {
			return false
		}
	}
	return true
}

// ServedOn reports whether one party has been served.
func (n Notice) ServedOn(party string) bool {
	for _, service := range n.Service {
		if service.PartyID == party {
			return true
		}
	}
	return false
}

// Owed reports whether somebody must still be served.
func (n Notice) Owed() bool { return !n.Void && !n.Served() }

// Service is one service of a notice.
type Service struct {
	PartyID           string        `json:"partyId"`
	Method            ServiceMethod `json:"method"`
	ServedAt          time.Time     `json:"servedAt"`
	ReceiptDocumentID string        `json:"receiptDocumentId,omitempty"`
}

// FollowUp is one party's answer in the evaluation.
type FollowUp struct {
	ID    string    `json:"id"` // unique within the case ("F1")
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Round int       `json:"round"`
	// Cycle numbers the evaluations of a round, from 0: after a rework, or a review that sent
	// the case back, everybody is asked again.
	Cycle int `json:"cycle"`
	RecordFollowUp
}

// Exists reports whether the case has been registered.
func (s State) Exists() bool { return s.Version > 0 }

// Task is one thing somebody has to do next, derived from the state. It goes to a person,
// or to the role inbox of a unit where the post is vacant or nobody is named.
type Task struct {
	// ID is unique within the case and stable while the task is the same ("assign",
	// "follow-up:P1").
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	AssigneeID string `json:"assigneeId,omitempty"`
	InboxRole  Role   `json:"inboxRole,omitempty"`
	InboxUnit  string `json:"inboxUnit,omitempty"`
	DeadlineID string `json:"deadlineId,omitempty"`
	// StandsInFor is who is away, where the task is theirs and this is its second place.
	StandsInFor string `json:"standsInFor,omitempty"`
}

// Grant lets a person, or the holders of a role at a unit, work on the case: they see it
// even where their scope alone wouldn't show it, and read its personal data unmasked.
type Grant struct {
	PersonID string `json:"personId,omitempty"`
	Role     Role   `json:"role,omitempty"`
	UnitID   string `json:"unitId,omitempty"`
}
