package casefile

// AttachDocument (附上材料) puts an uploaded file into the record. What it is of was found out
// when it was stored: MediaType, Size in bytes, and Tag, the HMAC of its body under the case's
// key, in hex. All three are empty where the case has no such file.
type AttachDocument struct {
	DocumentID string `json:"documentId"`
	Title      TextID `json:"title"`
	MediaType  string `json:"mediaType"`
	Size       int64  `json:"size"`
	Tag        string `json:"tag"`
	// SessionID is the session whose signed minutes it is; empty for anything else.
	SessionID string `json:"sessionId,omitempty"`
}

func (AttachDocument) actName() string { return "AttachDocument" }

func (a AttachDocument) decide(d *deciding) *Refusal { return d.attachDocument(a) }

// documentActs are the acts of the case's files.
var documentActs = []actKind{
	actOf[AttachDocument](actRule{
		stages: everyOpenStage,
		who: authority{
			own: []Role{
				RoleClerk, RoleManager, RoleLeader, RoleSupervisor, RoleInvestigator, RoleMediator,
				RoleGridWorker, RoleIntegration,
			},
			supervising: []Role{RoleClerk, RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
			posts: []post{{
				roles: []Role{RoleClerk, RoleManager, RoleLeader, RoleInvestigator, RoleMediator, RoleIntegration},
				units: State.askedUnits, en: "a unit that owes its part in the case", zh: "尚待其办理的单位",
			}},
			grid: true, handler: true, mediator: true, registrar: true, handled: true,
		},
		ready: roomForDocuments,
	}),
}
