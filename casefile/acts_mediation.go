package casefile

import "time"

// OpenMediation starts a mediation; UnitID and MediatorID default to the responsible unit
// and the handler.
type OpenMediation struct {
	Type       MediationType `json:"type"`
	UnitID     string        `json:"unitId,omitempty"`
	MediatorID string        `json:"mediatorId,omitempty"`
	CourtStage CourtStage    `json:"courtStage,omitempty"`
	// ChosenBy are the parties who chose the mediator (人民调解法 art 19).
	ChosenBy []string `json:"chosenBy,omitempty"`
	// JointRequest is the parties' joint written request, where the procedure begins with one.
	JointRequest TextID `json:"jointRequest,omitempty"`
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

func (OpenMediation) actName() string     { return "OpenMediation" }
func (RecordConsent) actName() string     { return "RecordConsent" }
func (ScheduleSession) actName() string   { return "ScheduleSession" }
func (RecordSession) actName() string     { return "RecordSession" }
func (ConcludeMediation) actName() string { return "ConcludeMediation" }

func (a OpenMediation) decide(d *deciding) *Refusal     { return d.openMediation(a) }
func (a RecordConsent) decide(d *deciding) *Refusal     { return d.recordConsent(a) }
func (a ScheduleSession) decide(d *deciding) *Refusal   { return d.scheduleSession(a) }
func (a RecordSession) decide(d *deciding) *Refusal     { return d.recordSession(a) }
func (a ConcludeMediation) decide(d *deciding) *Refusal { return d.concludeMediation(a) }

// mediationActs are the acts of the mediation.
var mediationActs = []actKind{
	actOf[OpenMediation](actRule{
		stages: []Stage{StageMediation},
		who:    authority{own: []Role{RoleManager, RoleClerk}, above: []Role{RoleManager}, handler: true},
		may:    notRecused,
		ready:  noMediationYet,
	}),
	actOf[RecordConsent](actRule{
		stages: []Stage{StageMediation},
		who:    authority{own: []Role{RoleManager, RoleClerk}, handler: true, mediator: true},
		may:    notRecused,
		ready:  mediationOpen,
	}),
	actOf[ScheduleSession](actRule{
		stages: []Stage{StageMediation},
		who:    authority{own: []Role{RoleManager, RoleClerk}, handler: true, mediator: true},
		may:    notRecused,
		ready:  roomForSession,
	}),
	actOf[RecordSession](actRule{
		stages: []Stage{StageMediation},
		who:    authority{handler: true, mediator: true},
		apart:  apartFromVerifying,
		may:    notRecused,
		ready:  sessionToRecord,
	}),
	actOf[ConcludeMediation](actRule{
		stages: []Stage{StageMediation},
		who:    authority{handler: true, mediator: true},
		apart:  apartFromVerifying,
		may:    notRecused,
		ready:  mediationOpen,
	}),
}
