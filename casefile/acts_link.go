package casefile

// LinkCases ties the case to another one: this case is related to it, the same matter taken
// down twice, brought again, or was missed by it.
type LinkCases struct {
	Kind   LinkKind `json:"kind"`
	CaseID string   `json:"caseId"`
	// Number is the other case's; empty where that one is sealed.
	Number string `json:"number,omitempty"`
	// Final says that a re-review has answered the other case for good, as its record tells.
	Final  bool   `json:"final,omitempty"`
	Reason TextID `json:"reason,omitempty"`
}

// NoteLink tells a case that another one has been tied to it. Only the system brings it.
type NoteLink struct {
	LinkID string   `json:"linkId"` // within the other case
	Kind   LinkKind `json:"kind"`
	CaseID string   `json:"caseId"`
	Number string   `json:"number,omitempty"`
	By     Actor    `json:"by"`
}

func (LinkCases) actName() string { return "LinkCases" }
func (NoteLink) actName() string  { return "NoteLink" }

func (a LinkCases) decide(d *deciding) *Refusal { return d.link(a) }
func (a NoteLink) decide(d *deciding) *Refusal  { return d.noteLink(a) }

// linkActs are the acts that tie cases together.
var linkActs = []actKind{
	actOf[LinkCases](actRule{
		who: authority{
			own:         []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			supervising: []Role{RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			handler:     true, registrar: true,
		},
		ready: mayHaveAnotherLink,
	}),
	systemActOf[NoteLink](),
}
