package casefile

// AcknowledgeSupervision (签收督办) says that the unit has a supervision order and works on it.
type AcknowledgeSupervision struct {
	OrderID string `json:"orderId"`
}

// ReplySupervision (督办反馈) answers a supervision order: what was done, and why so late.
type ReplySupervision struct {
	OrderID string `json:"orderId"`
	Reply   TextID `json:"reply"`
}

// CloseSupervision is the issuing unit's word on an order: SATISFIED, RETURNED with what is
// lacking, or TAKEN_OVER, by which it takes the case over.
type CloseSupervision struct {
	OrderID string            `json:"orderId"`
	Status  SupervisionStatus `json:"status"`
	Reason  TextID            `json:"reason,omitempty"`
}

func (AcknowledgeSupervision) actName() string { return "AcknowledgeSupervision" }
func (ReplySupervision) actName() string       { return "ReplySupervision" }
func (CloseSupervision) actName() string       { return "CloseSupervision" }

func (a AcknowledgeSupervision) decide(d *deciding) *Refusal { return d.acknowledgeSupervision(a) }
func (a ReplySupervision) decide(d *deciding) *Refusal       { return d.replySupervision(a) }
func (a CloseSupervision) decide(d *deciding) *Refusal       { return d.closeSupervision(a) }

// answering are those who answer an order: of the unit that it chases, and who works on the
// case for it.
var answering = authority{
	posts: []post{{
		roles: []Role{RoleClerk, RoleManager, RoleLeader}, units: State.answeringUnits,
		en: "the unit that the order chases", zh: "被督办单位",
	}},
	handler: true, mediator: true,
}

// supervisionActs are the acts on a supervision order.
var supervisionActs = []actKind{
	actOf[AcknowledgeSupervision](actRule{who: answering, may: someOrder(acknowledgeable)}),
	actOf[ReplySupervision](actRule{who: answering, may: someOrder(replyable)}),
	actOf[CloseSupervision](actRule{
		who: authority{posts: []post{{
			roles: []Role{RoleManager, RoleLeader, RoleSupervisor, RoleClerk}, units: State.issuingUnits,
			en: "the unit that issued the order", zh: "发出督办单的单位",
		}}},
		may: someOrder(judgeable),
	}),
}
