package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// The clock of a reply. Its length is the longest that a dispatch may give; each names its
// own day within that.
const (
	dispatchProcedure = "dispatch"
	StepDispatchReply = "dispatch-reply"
)

// dispatchUnits can be asked for their part. Courts, arbitration, notaries and the like take
// referrals, and a leading body takes packages.
var dispatchUnits = []UnitKind{
	UnitGridStation, UnitMediationCommittee, UnitIndustryCommittee, UnitCenter, UnitPetitionOffice, UnitJusticeOffice,
	UnitPublicSecurity, UnitBureau, UnitTownshipGovernment,
}

// dispatchKinds are the kinds of unit that a case may be dispatched to: an accusation goes to
// none but the organs competent for it (信访工作条例 art 30).
func (s State) dispatchKinds() []UnitKind {
	if s.PetitionType == Accusation {
		return []UnitKind{UnitDiscipline, UnitProcuratorate, UnitPublicSecurity}
	}
	return dispatchUnits
}

// dispatchCase (派单) asks units of the dispatcher's own division, or below it, for their
// part, each by its own day.
func (d *deciding) dispatchCase(act DispatchCase) *Refusal {
	if len(act.Units) == 0 {
		return required(at("units"))
	}
	if refusal := first(
		requireValue(act.Instruction, "instruction"),
		checkCount(len(d.state.Dispatches)+len(act.Units), maxDispatches, at("units")),
		d.checkOneLead(act.Units),
	); refusal != nil {
		return refusal
	}
	for i, target := range act.Units {
		if refusal := first(d.checkAddressee(act.Units[:i], target, at("units", i, "unitId")),
			d.checkReplyBy(target.ReplyBy, at("units", i, "replyBy"))); refusal != nil {
			return refusal
		}
	}
	sent := CaseDispatched{ByUnitID: d.command.Actor.UnitID, Instruction: act.Instruction}
	for i, target := range act.Units {
		sent.Dispatches = append(sent.Dispatches, SentDispatch{fmt.Sprintf("X%d", len(d.state.Dispatches)+i+1), target})
	}
	d.emit(sent)
	rule, ok := d.rule(dispatchProcedure, StepDispatchReply, d.effectiveAt)
	for _, one := range sent.Dispatches {
		if ok {
			length, unit := d.timeUntil(one.ReplyBy)
			d.startClock(rule.lasting(length, unit).belongingTo(one.ID), d.effectiveAt)
		}
	}
	return nil
}

// checkOneLead wants one lead and no more, together with one that is still at work.
func (d *deciding) checkOneLead(units []DispatchTarget) *Refusal {
	var leads []int
	for i, target := range units {
		if target.Lead {
			leads = append(leads, i)
		}
	}
	lead := d.state.leadOwed()
	switch {
	case lead != nil && lead.Open() && len(leads) > 0:
		return refuse(RefusedInvalid, at("units", leads[0], "lead"),
			fmt.Sprintf("%s leads already by dispatch %s: %s", unitName(d.rules.Directory, lead.UnitID), lead.ID, oneLead(English)),
			fmt.Sprintf("%s已是主办单位（派单 %s）：%s", unitName(d.rules.Directory, lead.UnitID), lead.ID, oneLead(Chinese)))
	case lead != nil && lead.Open():
		return nil
	case len(leads) == 0:
		return refuse(RefusedRequired, at("units"), "no unit leads: "+oneLead(English), "没有主办单位："+oneLead(Chinese))
	case len(leads) > 1:
		return refuse(RefusedInvalid, at("units", leads[1], "lead"),
			fmt.Sprintf("%d units would lead: %s", len(leads), oneLead(English)), fmt.Sprintf("填写了%d个主办单位：%s", len(leads), oneLead(Chinese)))
	}
	return nil
}

// oneLead is the rule by which a case is dispatched.
func oneLead(lang Language) string {
	if lang == English {
		return "a case has exactly one lead unit, and the others assist it (" + unwritten(lang) + ")"
	}
	return "一案应当有且只有一个主办单位，其他单位协办（" + unwritten(lang) + "）"
}

func (d *deciding) checkAddressee(before []DispatchTarget, target DispatchTarget, field []string) *Refusal {
	dir := d.rules.Directory
	if target.UnitID == "" {
		return required(field)
	}
	unit, ok := dir.Unit(target.UnitID)
	if !ok {
		return unknownUnit(target.UnitID, field)
	}
	name := unitName(dir, unit.ID)
	if slices.ContainsFunc(before, func(t DispatchTarget) bool { return t.UnitID == unit.ID }) {
		return refuse(RefusedConflict, field, name+" is named twice", name+"重复填写")
	}
	if x := d.state.openDispatchAt(unit.ID); x != nil {
		return refuse(RefusedAlreadyDone, field,
			fmt.Sprintf("%s has dispatch %s and has not answered it", name, x.ID), fmt.Sprintf("%s已有派单 %s 尚未回复", name, x.ID))
	}
	if unit.ID == d.state.ResponsibleUnitID || unit.ID == d.command.Actor.UnitID {
		return refuse(RefusedInvalid, field,
			fmt.Sprintf("%s dispatches the case and is not asked by itself; it assigns a handler instead", name),
			fmt.Sprintf("%s是派单或者负责本案的单位，不能派给自己，请直接指定承办人", name))
	}
	if lead := d.state.returnedLead(); lead != nil && lead.UnitID == unit.ID && target.Lead {
		return refuse(RefusedInvalid, field,
			fmt.Sprintf("%s sent dispatch %s back: it goes to another unit", name, lead.ID), fmt.Sprintf("%s已退回派单 %s，应当改派其他单位", name, lead.ID))
	}
	return first(d.checkAddresseeKind(unit, field), d.checkAddresseeFree(unit, field))
}

func (d *deciding) checkAddresseeKind(unit Unit, field []string) *Refusal {
	dir, name := d.rules.Directory, unitName(d.rules.Directory, unit.ID)
	if kinds := d.state.dispatchKinds(); !slices.Contains(kinds, unit.Kind) {
		return refuse(RefusedNotCompetent, field,
			fmt.Sprintf("%s is a %s; this case is dispatched to %s", name, unit.Kind, terms("UnitKind", kinds, English)),
			fmt.Sprintf("%s属于%s，本案可派单至%s", name, Label("UnitKind", string(unit.Kind), Chinese), terms("UnitKind", kinds, Chinese)))
	}
	if from := d.command.Actor.Division; !lies(dir, unit.Division, from) {
		return refuse(RefusedJurisdiction, field,
			fmt.Sprintf("%s lies in %s, outside your division %s: a dispatch goes sideways or down; raiseCase goes up", name, unit.Division, from),
			fmt.Sprintf("%s位于 %s，不在您单位的区划 %s 之内：派单只能平级或者向下，向上请用 raiseCase", name, unit.Division, from))
	}
	return nil
}

// checkAddresseeFree keeps those with an interest away: who is accused, and a party of the
// dispute itself.
func (d *deciding) checkAddresseeFree(unit Unit, field []string) *Refusal {
	name := unitName(d.rules.Directory, unit.ID)
	if closedTo(d.state.Exclusions, unit.ID, d.rules.Directory) {
		return refuse(RefusedInterest, field,
			fmt.Sprintf("%s is accused, lies below an accused unit, or its head is kept from this case (Regulations on Petition Work, arts. 28 and 30)", name),
			fmt.Sprintf("%s是被检举控告的单位或其下属单位，或者其主要负责人应当回避（《信访工作条例》第二十八条、第三十条）", name))
	}
	if d.state.Kind == Dispute && slices.ContainsFunc(d.state.Parties, func(p Party) bool { return p.UnitID == unit.ID }) {
		return refuse(RefusedInterest, field,
			name+" is a party of this dispute and does not handle it", name+"是本案当事人，应当回避")
	}
	return nil
}

// checkReplyBy wants a day from that of the dispatch on, within the longest time that the
// rule gives.
func (d *deciding) checkReplyBy(replyBy string, field []string) *Refusal {
	if replyBy == "" {
		return required(field)
	}
	last, err := calendar.ParseDate(replyBy)
	if err != nil {
		return refuse(RefusedInvalid, field,
			fmt.Sprintf("replyBy %s is not a day YYYY-MM-DD", shown(replyBy)), fmt.Sprintf("replyBy %s 不是 YYYY-MM-DD 格式的日期", shown(replyBy)))
	}
	sent := calendar.DateOf(d.effectiveAt)
	ahead := sent.DaysUntil(last)
	if ahead < 0 {
		return refuse(RefusedOutOfOrder, field,
			fmt.Sprintf("replyBy %s is before the dispatch, %s", replyBy, sent), fmt.Sprintf("replyBy %s 早于派单日期 %s", replyBy, sent))
	}
	if rule, ok := d.rule(dispatchProcedure, StepDispatchReply, d.effectiveAt); ok && ahead > rule.step.Length {
		return refuse(RefusedInvalid, field,
			fmt.Sprintf("replyBy %s is %d days ahead; a dispatch is answered within %d (%s)", replyBy, ahead, rule.step.Length, rule.step.Citation.Describe().EN),
			fmt.Sprintf("replyBy %s 距派单%d日，回复期限最长%d日（%s）", replyBy, ahead, rule.step.Length, rule.step.Citation.Describe().ZH))
	}
	return nil
}

// timeUntil is the length of a reply's clock. One owed on the very day is counted in the
// hours that are left of it.
func (d *deciding) timeUntil(replyBy string) (int, procedure.Unit) {
	last, err := calendar.ParseDate(replyBy)
	if err != nil {
		panic(err) // not reached: checked
	}
	if days := calendar.DateOf(d.effectiveAt).DaysUntil(last); days > 0 {
		return days, procedure.CalendarDays
	}
	left := last.AddDays(1).Start().Sub(d.effectiveAt)
	return max(1, int(left/time.Hour)), procedure.Hours
}

// replyDispatch is the unit's answer. A late one is taken, and stays late.
func (d *deciding) replyDispatch(act ReplyDispatch) *Refusal {
	if refusal := requireValue(act.Reply, "reply"); refusal != nil {
		return refusal
	}
	x, refusal := d.namedDispatch(act.DispatchID)
	if refusal != nil {
		return refusal
	}
	if x.UnitID != d.command.Actor.UnitID {
		return d.notYours(*x)
	}
	clock := d.state.clockOf(StepDispatchReply, x.ID)
	replied := DispatchReplied{
		DispatchID: x.ID, UnitID: x.UnitID, Reply: act.Reply, Late: clock != nil && !clock.OnTime(d.effectiveAt),
	}
	d.emit(replied)
	d.meetClockOf(StepDispatchReply, x.ID, d.effectiveAt, replied)
	return nil
}

// returnDispatch sends a dispatch back to whoever sent it. The dispatcher takes back what
// nobody answered, or lets a returned one rest.
func (d *deciding) returnDispatch(act ReturnDispatch) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	if act.DispatchID == "" {
		return d.returnRaised(act)
	}
	actor := d.command.Actor
	x, refusal := d.namedDispatch(act.DispatchID)
	takesBack := actor.UnitID == d.state.ResponsibleUnitID && slices.Contains(dispatchRoles, actor.Role)
	switch lead := d.state.returnedLead(); {
	case takesBack && lead != nil && lead.ID == act.DispatchID:
		x = lead
	case refusal != nil:
		return refusal
	case x.UnitID != actor.UnitID && !takesBack:
		return d.notYours(*x)
	}
	back := DispatchSentBack{DispatchID: x.ID, UnitID: x.UnitID, Reason: act.Reason, TakenBack: x.UnitID != actor.UnitID}
	d.emit(back)
	d.meetClockOf(StepDispatchReply, x.ID, d.effectiveAt, back)
	return nil
}

// namedDispatch finds the dispatch that a command names, which must still be open.
func (d *deciding) namedDispatch(id string) (*Dispatch, *Refusal) {
	if id == "" {
		return nil, required(at("dispatchId"))
	}
	x := d.state.dispatch(id)
	if x == nil {
		return nil, refuse(RefusedNotFound, at("dispatchId"),
			fmt.Sprintf("the case has no dispatch %s", shown(id)), fmt.Sprintf("本案没有派单 %s", shown(id)))
	}
	if !x.Open() {
		return nil, refuse(RefusedAlreadyDone, at("dispatchId"),
			fmt.Sprintf("dispatch %s is %s", x.ID, x.Status), fmt.Sprintf("派单 %s %s", x.ID, Label("DispatchStatus", string(x.Status), Chinese)))
	}
	return x, nil
}

func (d *deciding) notYours(x Dispatch) *Refusal {
	name := unitName(d.rules.Directory, x.UnitID)
	return refuse(RefusedJurisdiction, at("dispatchId"),
		fmt.Sprintf("dispatch %s went to %s, not to your unit", x.ID, name), fmt.Sprintf("派单 %s 派给%s，不是您所在单位", x.ID, name))
}
