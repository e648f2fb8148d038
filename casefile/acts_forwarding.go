package casefile

// ObjectTransfer (转送异议) is the receiver's word that a forwarded petition is not theirs,
// within the days that the law gives for it (信访工作条例 art 23 para 3).
type ObjectTransfer struct {
	Reason TextID `json:"reason"`
}

// AnswerObjection is the sender's word on it: agreed, and the petition goes back; or not.
type AnswerObjection struct {
	Agreed bool   `json:"agreed"`
	Reason TextID `json:"reason"`
}

// DecideCompetence (指定受理) settles a dispute about who is competent: the unit above both names
// the sender or the receiver (art 24).
type DecideCompetence struct {
	UnitID string `json:"unitId"`
	Reason TextID `json:"reason"`
}

func (ObjectTransfer) actName() string   { return "ObjectTransfer" }
func (AnswerObjection) actName() string  { return "AnswerObjection" }
func (DecideCompetence) actName() string { return "DecideCompetence" }

func (a ObjectTransfer) decide(d *deciding) *Refusal   { return d.objectTransfer(a) }
func (a AnswerObjection) decide(d *deciding) *Refusal  { return d.answerObjection(a) }
func (a DecideCompetence) decide(d *deciding) *Refusal { return d.decideCompetence(a) }

// forwardingActs are the acts that dispute a transfer.
var forwardingActs = []actKind{
	actOf[ObjectTransfer](actRule{
		stages: []Stage{StageAcceptance},
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}},
		ready:  objectable,
	}),
	actOf[AnswerObjection](actRule{
		stages: []Stage{StageAcceptance},
		who:    authority{sender: []Role{RoleClerk, RoleManager, RoleLeader}},
		ready:  objectionUnanswered,
	}),
	actOf[DecideCompetence](actRule{
		stages: []Stage{StageAcceptance},
		who:    authority{overSender: []Role{RoleManager, RoleLeader, RoleSupervisor}},
		ready:  competenceDisputed,
	}),
}
