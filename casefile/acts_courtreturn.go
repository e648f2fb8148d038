package casefile

// ReturnToCourt (退回人民法院) sends report and papers of a court-entrusted mediation back to the
// court: what was agreed, or that nothing was.
type ReturnToCourt struct {
	// MediationID may be empty where one alone is owed.
	MediationID string `json:"mediationId,omitempty"`
	Report      TextID `json:"report"`
	// CourtUnitID is the court; the one that the case came from where it is empty.
	CourtUnitID string `json:"courtUnitId,omitempty"`
	// DocumentIDs are the case's documents that go with the report.
	DocumentIDs []string `json:"documentIds,omitempty"`
}

func (ReturnToCourt) actName() string { return "ReturnToCourt" }

func (a ReturnToCourt) decide(d *deciding) *Refusal { return d.returnToCourt(a) }

// courtActs are the acts towards the court that entrusted a mediation.
var courtActs = []actKind{
	actOf[ReturnToCourt](actRule{who: agreementHands, ready: courtReturnOwed}),
}
