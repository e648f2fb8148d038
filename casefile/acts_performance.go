package casefile

// PerformanceDue is one instalment or act promised in an agreement.
type PerformanceDue struct {
	// ID is unique within the case ("Y1"); the record gives it. It is empty in records of
	// before promises had one: see Mediation.PerformanceID.
	ID     string `json:"id,omitempty"`
	DueOn  string `json:"dueOn"` // YYYY-MM-DD, Asia/Shanghai
	Amount *int64 `json:"amount,omitempty"`
	What   TextID `json:"what"`
}

// RecordPerformance (履行登记) records that something of a promise was performed, on the legal
// date of the act, also after the case was closed.
type RecordPerformance struct {
	// PerformanceID may be empty where one promise alone is owed.
	PerformanceID string `json:"performanceId,omitempty"`
	// Amount is what was paid this time, in fen; nil is all that was left.
	Amount *int64 `json:"amount,omitempty"`
	// Source is who paid; the party where it is empty.
	Source PerformanceSource `json:"source,omitempty"`
	Note   TextID            `json:"note,omitempty"`
}

func (RecordPerformance) actName() string { return "RecordPerformance" }

func (a RecordPerformance) decide(d *deciding) *Refusal { return d.recordPerformance(a) }

// agreementHands record what became of an agreement: the desk that answers for the case, its
// handler, and whoever mediated it.
var agreementHands = authority{
	own: []Role{RoleClerk, RoleManager, RoleLeader, RoleInvestigator, RoleMediator, RoleIntegration}, handler: true, mediator: true, handled: true,
}

// performanceActs are the acts on what an agreement promises.
var performanceActs = []actKind{
	actOf[RecordPerformance](actRule{who: agreementHands, ready: performanceOwed}),
}
