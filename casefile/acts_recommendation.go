package casefile

// IssueRecommendation (调解建议) recommends something to a unit whose ways brought a dispute
// about, and asks for its reply.
type IssueRecommendation struct {
	UnitID string `json:"unitId"`
	Text   TextID `json:"text"`
	// ReplyBy is the last day (YYYY-MM-DD) for the reply; what the step's rule says where it
	// is empty.
	ReplyBy string `json:"replyBy,omitempty"`
}

// ReplyRecommendation records the unit's reply.
type ReplyRecommendation struct {
	// RecommendationID may be empty where one alone waits.
	RecommendationID string `json:"recommendationId,omitempty"`
	Reply            TextID `json:"reply"`
}

func (IssueRecommendation) actName() string { return "IssueRecommendation" }
func (ReplyRecommendation) actName() string { return "ReplyRecommendation" }

func (a IssueRecommendation) decide(d *deciding) *Refusal { return d.issueRecommendation(a) }
func (a ReplyRecommendation) decide(d *deciding) *Refusal { return d.replyRecommendation(a) }

// advisedHands reply for the unit that a recommendation was addressed to.
var advisedHands = []Role{RoleManager, RoleLeader}

// recommendationActs are the acts on recommendations.
var recommendationActs = []actKind{
	actOf[IssueRecommendation](actRule{
		who: authority{own: []Role{RoleManager, RoleLeader}, handler: true, mediator: true, handled: true}, ready: mediatedOnce,
	}),
	actOf[ReplyRecommendation](actRule{
		who:   authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, advised: advisedHands, handler: true, mediator: true, handled: true},
		ready: replyOwed,
	}),
}
