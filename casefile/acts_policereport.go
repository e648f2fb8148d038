package casefile

import "time"

// RecordPoliceReport (登记报案) says that the police were told of suspected harm, or why they need
// not be, which a second person says.
type RecordPoliceReport struct {
	// UnitID is the police unit, Organ the name of one outside the platform.
	UnitID string `json:"unitId,omitempty"`
	Organ  TextID `json:"organ,omitempty"`
	// Reference is the number that the police gave (接警编号).
	Reference string `json:"reference,omitempty"`
	// ReportedAt is when they were told, which may be before the case came; the legal date of
	// the act where it is zero. ReportedByPersonID told them; the actor where it is empty.
	ReportedAt         time.Time `json:"reportedAt,omitzero"`
	ReportedByPersonID string    `json:"reportedByPersonId,omitempty"`
	// NotDue is why no report was due.
	NotDue TextID `json:"notDue,omitempty"`
}

func (RecordPoliceReport) actName() string { return "RecordPoliceReport" }

func (a RecordPoliceReport) decide(d *deciding) *Refusal { return d.recordPoliceReport(a) }

// policeReportActs are the acts of the report to the police.
var policeReportActs = []actKind{
	actOf[RecordPoliceReport](actRule{
		stages: everyOpenStage,
		who: authority{
			own:         []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			handler:     true, mediator: true, registrar: true,
		},
		ready: policeOwed,
	}),
}
