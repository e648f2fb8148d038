package casefile

import "fmt"

// CaseReferred (导入法律途径) shows the matter to another organ. Procedure is that organ's own.
type CaseReferred struct {
	ReferralID string `json:"referralId"`
	ReferCase
	FromStage     Stage  `json:"fromStage"`
	Procedure     string `json:"procedure,omitempty"`
	ProcedureFrom string `json:"procedureFrom,omitempty"`
}

// ReferralTaken says that the organ took the matter in.
type ReferralTaken struct {
	ReferralID string `json:"referralId"`
	Reference  string `json:"reference"`
}

// ReferralCameBack says that the organ refused the matter, or the sender took it back.
type ReferralCameBack struct {
	ReferralID string `json:"referralId"`
	Reason     TextID `json:"reason"`
	TakenBack  bool   `json:"takenBack,omitempty"`
}

// ReferralDone is what came of the referral. Concludes says that the case is answered by it.
type ReferralDone struct {
	ReferralID string `json:"referralId"`
	Reference  string `json:"reference,omitempty"`
	Result     TextID `json:"result"`
	Concludes  bool   `json:"concludes,omitempty"`
	// Received is when it reached the parties whose time to challenge it runs from then.
	Received []ResultReceived `json:"received,omitempty"`
}

func (CaseReferred) eventType() string     { return "CaseReferred" }
func (ReferralTaken) eventType() string    { return "ReferralTaken" }
func (ReferralCameBack) eventType() string { return "ReferralCameBack" }
func (ReferralDone) eventType() string     { return "ReferralDone" }

func (b CaseReferred) apply(s *State, event Event) {
	s.Referrals = appended(s.Referrals, Referral{
		ID: b.ReferralID, Channel: b.Channel, UnitID: b.UnitID, Organ: b.Organ, Blocking: b.Blocking, FromStage: b.FromStage,
		Status: ReferralSent, Reason: b.Reason, SentAt: event.EffectiveAt, By: event.Actor.PersonID, Round: s.Round,
		Procedure: b.Procedure, ProcedureFrom: b.ProcedureFrom,
	})
	if b.Blocking {
		s.enter(StageReferral, event.EffectiveAt)
	}
}

func (b ReferralTaken) apply(s *State, event Event) {
	s.changeReferral(b.ReferralID, func(r *Referral) {
		r.Status, r.Reference, r.AcknowledgedAt = ReferralAcknowledged, b.Reference, event.EffectiveAt
	})
}

func (b ReferralCameBack) apply(s *State, event Event) {
	s.changeReferral(b.ReferralID, func(r *Referral) {
		r.Status, r.ReturnReason, r.ReturnedAt, r.TakenBack = ReferralReturned, b.Reason, event.EffectiveAt, b.TakenBack
	})
	s.leaveReferral(*s.referral(b.ReferralID), false, event.EffectiveAt)
}

func (b ReferralDone) apply(s *State, event Event) {
	s.changeReferral(b.ReferralID, func(r *Referral) {
		r.Status, r.Result, r.CompletedAt = ReferralCompleted, b.Result, event.EffectiveAt
		if b.Reference != "" {
			r.Reference = b.Reference
		}
	})
	s.leaveReferral(*s.referral(b.ReferralID), b.Concludes, event.EffectiveAt)
}

func (b CaseReferred) sentence(t telling) string {
	channel, to := t.label("ReferralChannel", string(b.Channel)), t.say("an organ outside the platform", "平台以外的机关")
	if b.UnitID != "" {
		to = t.unit(b.UnitID)
	}
	en := fmt.Sprintf("referred the case to %s (%s, %s)", to, channel, b.ReferralID)
	zh := fmt.Sprintf("将案件导入法律途径%s：%s（%s）", b.ReferralID, channel, to)
	if b.Blocking {
		return t.did(en+"; meanwhile nothing else goes on", zh+"，其间暂停其他办理")
	}
	return t.did(en, zh)
}

func (b ReferralTaken) sentence(t telling) string {
	return t.did(fmt.Sprintf("recorded that referral %s was taken in (%s)", b.ReferralID, b.Reference),
		fmt.Sprintf("记录导入事项%s已被受理（%s）", b.ReferralID, b.Reference))
}

func (b ReferralCameBack) sentence(t telling) string {
	if b.TakenBack {
		return t.did("took referral "+b.ReferralID+" back", "撤回导入事项"+b.ReferralID)
	}
	return t.did("sent referral "+b.ReferralID+" back", "退回导入事项"+b.ReferralID)
}

func (b ReferralDone) sentence(t telling) string {
	return t.did("recorded the result of referral "+b.ReferralID, "记录导入事项"+b.ReferralID+"的处理结果")
}

// referralEvents are the events of the referral.
var referralEvents = []eventKind{
	eventOf[CaseReferred](),
	eventOf[ReferralTaken](),
	eventOf[ReferralCameBack](),
	eventOf[ReferralDone](),
}
