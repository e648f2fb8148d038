package casefile

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// refer (导入法律途径) shows the matter to the organ of a channel. Instead of mediation, it ends
// the one that is open.
func (d *deciding) refer(act ReferCase) *Refusal {
	if refusal := first(
		checkTerm("ReferralChannel", act.Channel, true, at("channel")),
		requireValue(act.Reason, "reason"),
		d.checkReferred(act),
	); refusal != nil {
		return refusal
	}
	if m := d.state.openMediation(); m != nil && act.Blocking {
		ended := MediationConcluded{
			MediationID: m.ID, ConcludeMediation: ConcludeMediation{Outcome: MediationWithdrawn, Reason: act.Reason},
			NoticeID: d.nextNotice(), NoticeParties: d.state.asked(), Remedy: d.remedy(),
		}
		d.emit(ended)
		d.meetClockOf(StepHandling, ended.MediationID, d.effectiveAt, ended)
	}
	referred := CaseReferred{
		ReferralID: fmt.Sprintf("R%d", len(d.state.Referrals)+1), ReferCase: act, FromStage: d.state.Stage,
	}
	if referred.FromStage == StageReferral { // the investigation chose the legal way
		referred.FromStage = StageInvestigation
	}
	if p, ok := d.referralProcedure(act.Channel); ok {
		referred.Procedure, referred.ProcedureFrom = p.Code, string(p.EffectiveFrom)
	}
	d.emit(referred)
	d.startReferralClock(*d.state.referral(referred.ReferralID), false)
	if act.Channel == ChannelAppraisal {
		d.pauseForAppraisal()
	}
	return nil
}

func (d *deciding) checkReferred(act ReferCase) *Refusal {
	for _, r := range d.state.openReferrals() {
		if r.Channel == act.Channel && r.UnitID == act.UnitID {
			return refuse(RefusedAlreadyDone, at("channel"),
				fmt.Sprintf("referral %s to %s is still open", r.ID, Label("ReferralChannel", string(act.Channel), English)),
				fmt.Sprintf("导入事项 %s（%s）尚未了结", r.ID, Label("ReferralChannel", string(act.Channel), Chinese)))
		}
	}
	if d.state.Stage == StageReferral && !act.Blocking {
		return refuse(RefusedInvalid, at("blocking"),
			"the case has taken the legal way, so this referral is blocking", "案件已转入法律途径，本次导入应为 blocking")
	}
	if act.UnitID == "" {
		return nil
	}
	if act.Organ != "" {
		return refuse(RefusedInvalid, at("organ"),
			"organ names one outside the platform; give unitId or organ, not both", "organ 用于平台以外的机关，unitId 与 organ 只能填写一项")
	}
	return d.checkReferralUnit(act)
}

// checkReferralUnit wants a unit of the kind that the channel leads to.
func (d *deciding) checkReferralUnit(act ReferCase) *Refusal {
	dir, field := d.rules.Directory, at("unitId")
	unit, ok := dir.Unit(act.UnitID)
	if !ok {
		return unknownUnit(act.UnitID, field)
	}
	name, kinds := unitName(dir, unit.ID), referralUnits[act.Channel]
	if !slices.Contains(kinds, unit.Kind) {
		return refuse(RefusedNotCompetent, field,
			fmt.Sprintf("%s is a %s; the channel %s leads to %s (%s)", name, unit.Kind, act.Channel, terms("UnitKind", kinds, English),
				citedRoute(d.state, English)),
			fmt.Sprintf("%s属于%s，“%s”应导入%s（%s）", name, Label("UnitKind", string(unit.Kind), Chinese),
				Label("ReferralChannel", string(act.Channel), Chinese), terms("UnitKind", kinds, Chinese), citedRoute(d.state, Chinese)))
	}
	if unit.ID == d.state.ResponsibleUnitID {
		return refuse(RefusedInvalid, field,
			fmt.Sprintf("the case is with %s already", name), fmt.Sprintf("案件已由%s负责", name))
	}
	if d.state.Kind == Dispute && slices.ContainsFunc(d.state.Parties, func(p Party) bool { return p.UnitID == unit.ID }) {
		return refuse(RefusedInterest, field, name+" is a party of this dispute", name+"是本案当事人，应当回避")
	}
	return nil
}

// referralProcedure is the receiving organ's own procedure, where the catalogue has one.
func (d *deciding) referralProcedure(channel ReferralChannel) (procedure.Procedure, bool) {
	choice, err := d.rules.law().Catalogue().For(procedure.Criteria{
		Kind: procedure.CaseKind(d.state.Kind), PetitionType: procedure.PetitionType(d.state.PetitionType),
		Matter: procedure.MatterOf(d.state.Category), Channel: procedure.Channel(channel), Division: string(d.state.Division),
	}, procedure.Date(day(d.effectiveAt)))
	return choice.Procedure, err == nil
}

// acknowledgeReferral says that the organ took the matter in, which starts its own clock.
func (d *deciding) acknowledgeReferral(act AcknowledgeReferral) *Refusal {
	r, refusal := d.namedReferral(act.ReferralID, d.state.mayRecord)
	if refusal != nil {
		return refusal
	}
	if refusal := first(requireValue(act.Reference, "reference"), checkCode(act.Reference, 64, at("reference"))); refusal != nil {
		return refusal
	}
	if r.Status == ReferralAcknowledged {
		return refuse(RefusedAlreadyDone, at("referralId"),
			fmt.Sprintf("referral %s was taken in on %s", r.ID, day(r.AcknowledgedAt)), fmt.Sprintf("导入事项 %s 已于 %s 受理", r.ID, day(r.AcknowledgedAt)))
	}
	taken := ReferralTaken(act)
	d.emit(taken)
	d.meetClockOf(StepAcceptance, r.ID, d.effectiveAt, taken)
	d.startReferralClock(*d.state.referral(act.ReferralID), true)
	d.giveWay(r.Channel)
	return nil
}

// returnReferral records a refusal, or takes the matter back. A case that was held by it goes
// back to the stage that it came from.
func (d *deciding) returnReferral(act ReturnReferral) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	r, refusal := d.namedReferral(act.ReferralID, func(r Referral, a Actor) bool { return d.state.mayRecord(r, a) || d.state.isSender(a) })
	if refusal != nil {
		return refusal
	}
	back := ReferralCameBack{
		ReferralID: r.ID, Reason: act.Reason, TakenBack: r.UnitID != "" && r.UnitID != d.command.Actor.UnitID,
	}
	d.emit(back)
	d.endReferral(r.ID, back)
	return nil
}

// recordReferralResult is what came of it. The result of a blocking referral is the
// conclusion of the case (办结), unless it is to go on.
func (d *deciding) recordReferralResult(act RecordReferralResult) *Refusal {
	if refusal := first(requireValue(act.Result, "result"), checkCode(act.Reference, 64, at("reference"))); refusal != nil {
		return refusal
	}
	r, refusal := d.namedReferral(act.ReferralID, d.state.mayRecord)
	if refusal != nil {
		return refusal
	}
	if refusal := d.checkReceived(*r, act.Received); refusal != nil {
		return refusal
	}
	done := ReferralDone{
		ReferralID: r.ID, Reference: act.Reference, Result: act.Result, Concludes: act.Conclude && r.Blocking,
		Received: slices.Clone(act.Received),
	}
	for i := range done.Received {
		done.Received[i].ReceivedAt = instant(done.Received[i].ReceivedAt)
	}
	d.emit(done)
	d.endReferral(r.ID, done)
	if done.Concludes {
		d.conclude(OutcomeReferred, d.effectiveAt)
	}
	d.startResultWindows(*d.state.referral(done.ReferralID), done.Received)
	return nil
}

// namedReferral finds the open referral that a command names, which must be the actor's.
func (d *deciding) namedReferral(id string, theirs func(Referral, Actor) bool) (*Referral, *Refusal) {
	if id == "" {
		return nil, required(at("referralId"))
	}
	r := d.state.referral(id)
	if r == nil {
		return nil, refuse(RefusedNotFound, at("referralId"),
			fmt.Sprintf("the case has no referral %s", shown(id)), fmt.Sprintf("本案没有导入事项 %s", shown(id)))
	}
	if !r.Open() {
		return nil, refuse(RefusedAlreadyDone, at("referralId"),
			fmt.Sprintf("referral %s is %s", r.ID, r.Status), fmt.Sprintf("导入事项 %s %s", r.ID, Label("ReferralStatus", string(r.Status), Chinese)))
	}
	if theirs(*r, d.command.Actor) {
		return r, nil
	}
	to, zh := "an organ outside the platform: its sender records what came of it", "平台以外的机关，由导入方登记结果"
	if r.UnitID != "" {
		to, zh = unitName(d.rules.Directory, r.UnitID), unitName(d.rules.Directory, r.UnitID)
	}
	return nil, refuse(RefusedJurisdiction, at("referralId"),
		fmt.Sprintf("referral %s went to %s", r.ID, to), fmt.Sprintf("导入事项 %s 的接收方是%s", r.ID, zh))
}
