package casefile

// ReferCase (导入法律途径) shows the matter to the organ of a channel: UnitID, or one outside
// the platform. A blocking referral holds everything else.
type ReferCase struct {
	Channel  ReferralChannel `json:"channel"`
	UnitID   string          `json:"unitId,omitempty"`
	Organ    TextID          `json:"organ,omitempty"`
	Reason   TextID          `json:"reason"`
	Blocking bool            `json:"blocking,omitempty"`
}

// AcknowledgeReferral says that the organ took the matter in, and its number there.
type AcknowledgeReferral struct {
	ReferralID string `json:"referralId"`
	Reference  string `json:"reference"`
}

// ReturnReferral says that the organ refused the matter, or that the sender takes it back.
type ReturnReferral struct {
	ReferralID string `json:"referralId"`
	Reason     TextID `json:"reason"`
}

// RecordReferralResult is what came of the referral. Conclude (办结) concludes the case with a
// blocking one; without it the case goes back to where it came from.
type RecordReferralResult struct {
	ReferralID string `json:"referralId"`
	Reference  string `json:"reference,omitempty"`
	Result     TextID `json:"result"`
	Conclude   bool   `json:"conclude,omitempty"`
	// Received is when the award, judgment or decision reached each party, as far as it is
	// known and there is one.
	Received []ResultReceived `json:"received,omitempty"`
}

func (ReferCase) actName() string            { return "ReferCase" }
func (AcknowledgeReferral) actName() string  { return "AcknowledgeReferral" }
func (ReturnReferral) actName() string       { return "ReturnReferral" }
func (RecordReferralResult) actName() string { return "RecordReferralResult" }

func (a ReferCase) decide(d *deciding) *Refusal            { return d.refer(a) }
func (a AcknowledgeReferral) decide(d *deciding) *Refusal  { return d.acknowledgeReferral(a) }
func (a ReturnReferral) decide(d *deciding) *Refusal       { return d.returnReferral(a) }
func (a RecordReferralResult) decide(d *deciding) *Refusal { return d.recordReferralResult(a) }

var (
	referStages    = append([]Stage{StageReferral}, workStages...)
	referralStages = append([]Stage{StageReferral, StageVerification, StageReview, StageReReview}, workStages...)
	referralHands  = authority{own: dispatchRoles, handler: true, referred: referralRoles}
)

// referralActs are the acts of the referral.
var referralActs = []actKind{
	actOf[ReferCase](actRule{
		stages: referStages,
		who:    authority{own: dispatchRoles, handler: true, mediator: true},
		ready:  referable,
	}),
	actOf[AcknowledgeReferral](actRule{
		stages: referralStages, who: referralHands,
		may: someReferral(func(s State, r Referral, a Actor) bool { return r.Status == ReferralSent && s.mayRecord(r, a) }),
	}),
	actOf[ReturnReferral](actRule{
		stages: referralStages, who: referralHands,
		may: someReferral(func(s State, r Referral, a Actor) bool { return s.mayRecord(r, a) || s.isSender(a) }),
	}),
	actOf[RecordReferralResult](actRule{
		stages: referralStages, who: referralHands,
		may: someReferral(func(s State, r Referral, a Actor) bool { return s.mayRecord(r, a) }),
	}),
}
