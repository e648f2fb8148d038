package casefile

import "time"

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
	// Documents are the papers that came with it, uploaded before; each becomes a DocumentAttached
	// of its own, and none stands in CaseRegistered. They name no session.
	Documents []AttachDocument `json:"documents,omitempty"`
	// SplitFrom is the case that this one was a part of; only a split gives it.
	SplitFrom *Origin `json:"splitFrom,omitempty"`
	// Retaliation says which case a report of retaliation is about; only reportRetaliation
	// gives it.
	Retaliation *Retaliated `json:"retaliation,omitempty"`
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
	// Procedure corrects which procedure the case follows; handling is then counted by it.
	Procedure string `json:"procedure,omitempty"`
	Reason    TextID `json:"reason"`
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

func (RegisterCase) actName() string { return "RegisterCase" }
func (AmendCase) actName() string    { return "AmendCase" }
func (ImportEnded) actName() string  { return "ImportEnded" }

func (a RegisterCase) decide(d *deciding) *Refusal { return d.register(a) }
func (a AmendCase) decide(d *deciding) *Refusal    { return d.amend(a) }
func (a ImportEnded) decide(d *deciding) *Refusal  { return d.importEnded(a) }

// intakeActs are the acts of the intake.
var intakeActs = []actKind{
	firstActOf[RegisterCase](),
	actOf[AmendCase](actRule{
		stages: openStages,
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, handler: true, registrar: true},
	}),
	firstActOf[ImportEnded](),
}
