package casefile

import "time"

// RecordConfirmation (司法确认登记) records how far the judicial confirmation of an agreement
// has come, on the legal date of the act: the joint application, or the court's ruling; also
// after the case was closed.
type RecordConfirmation struct {
	// MediationID may be empty: the last agreement is meant.
	MediationID string             `json:"mediationId,omitempty"`
	Result      ConfirmationResult `json:"result"`
	// AppliedAt is when the parties applied, where that was not recorded before the ruling.
	AppliedAt time.Time `json:"appliedAt,omitzero"`
	// CourtUnitID is the court, where it is one of the system's units.
	CourtUnitID string `json:"courtUnitId,omitempty"`
}

func (RecordConfirmation) actName() string { return "RecordConfirmation" }

func (a RecordConfirmation) decide(d *deciding) *Refusal { return d.recordConfirmation(a) }

// confirmationActs are the acts on judicial confirmation.
var confirmationActs = []actKind{
	actOf[RecordConfirmation](actRule{who: agreementHands, ready: confirmationOpen}),
}
