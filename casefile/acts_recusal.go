package casefile

// RecuseMediator (回避) takes the mediator away from the open mediation, by a party's wish or
// the mediator's own, and names another. Where nobody mediates any more, it names the new one
// alone.
type RecuseMediator struct {
	// MediatorID is who leaves; it may be empty, for there is one mediator.
	MediatorID string `json:"mediatorId,omitempty"`
	// NewMediatorID may be empty: then somebody has to be named by the same act later.
	NewMediatorID string `json:"newMediatorId,omitempty"`
	// PartyID is the party who asked for it; empty where the mediator or the office did.
	PartyID string `json:"partyId,omitempty"`
	// Reason is needed where somebody leaves.
	Reason TextID `json:"reason,omitempty"`
	// ChosenBy are the parties who chose the new mediator.
	ChosenBy []string `json:"chosenBy,omitempty"`
}

func (RecuseMediator) actName() string { return "RecuseMediator" }

func (a RecuseMediator) decide(d *deciding) *Refusal { return d.recuseMediator(a) }

// recusalActs are the acts on who mediates.
var recusalActs = []actKind{
	actOf[RecuseMediator](actRule{
		stages: []Stage{StageMediation},
		who:    authority{own: []Role{RoleManager, RoleClerk}, handler: true, mediator: true},
		may:    notRecused,
		ready:  mediationOpen,
	}),
}
