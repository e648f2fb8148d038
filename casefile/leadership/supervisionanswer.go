package leadership

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// AcknowledgePackageSupervision (签收督办) says that the unit chased has an order and works on it.
type AcknowledgePackageSupervision struct {
	OrderID string `json:"orderId"`
}

// ReplyPackageSupervision (督办反馈) answers an order: what was done, and why so late.
type ReplyPackageSupervision struct {
	OrderID string          `json:"orderId"`
	Reply   casefile.TextID `json:"reply"`
}

// ClosePackageSupervision is the issuing unit's word on an order: SATISFIED, or RETURNED with what
// is lacking, when its clock runs anew. A package isn't taken over: it is handed over to another
// leader.
type ClosePackageSupervision struct {
	OrderID string                     `json:"orderId"`
	Status  casefile.SupervisionStatus `json:"status"`
	Reason  casefile.TextID            `json:"reason,omitempty"`
}

func (AcknowledgePackageSupervision) actName() string { return "AcknowledgePackageSupervision" }
func (ReplyPackageSupervision) actName() string       { return "ReplyPackageSupervision" }
func (ClosePackageSupervision) actName() string       { return "ClosePackageSupervision" }

var (
	alive     = []Status{Proposed, Open, Stabilised}
	answering = authority{leader: true, team: true, chased: []casefile.Role{casefile.RoleClerk, casefile.RoleManager, casefile.RoleLeader}}
	judging   = authority{issuing: []casefile.Role{casefile.RoleManager, casefile.RoleLeader, casefile.RoleSupervisor, casefile.RoleClerk}}
)

var supervisionActs = []actKind{
	actOf[AcknowledgePackageSupervision](actRule{statuses: alive, who: answering, ready: someOrder(acknowledgeable)}),
	actOf[ReplyPackageSupervision](actRule{statuses: alive, who: answering, ready: someOrder(replyable)}),
	actOf[ClosePackageSupervision](actRule{statuses: alive, who: judging, ready: someOrder(judgeable)}),
}

// unended reports whether an order still wants something.
func unended(o Order) bool { return o.Status.Open() }

// wantsReply reports whether the unit chased has still to answer.
func wantsReply(o Order) bool { return o.Status.Open() && o.Status != casefile.SupervisionReplied }

// someOrder lets an act through where one of the orders is ready for this person.
func someOrder(ready func(State, Order, casefile.Actor) *casefile.Refusal) func(State, casefile.Actor) *casefile.Refusal {
	return func(s State, actor casefile.Actor) *casefile.Refusal {
		refusal := refuse(casefile.RefusedIncomplete, nil, "no supervision order of this package is open", "本包案没有未办结的督办单")
		for _, order := range s.Orders {
			if refusal = ready(s, order, actor); refusal == nil {
				return nil
			}
		}
		return refusal
	}
}

func orderEnded(o Order) *casefile.Refusal {
	return refuse(casefile.RefusedAlreadyDone, at("orderId"),
		fmt.Sprintf("supervision order %s has ended: %s", o.ID, o.Status),
		fmt.Sprintf("督办单 %s 已结束：%s", o.ID, casefile.Label("SupervisionStatus", string(o.Status), casefile.Chinese)))
}

// answersFor reports whether somebody answers for an order: at the unit that it chases, or, where
// that is the leader's, as the leader or of the team.
func (s State) answersFor(o Order, actor casefile.Actor) bool {
	ofTeam := actor.PersonID == s.LeaderID || slices.Contains(s.TeamIDs, actor.PersonID)
	return actor.UnitID == o.AddresseeUnitID || o.AddresseeUnitID == s.LeaderUnitID && ofTeam
}

func acknowledgeable(s State, o Order, actor casefile.Actor) *casefile.Refusal {
	switch {
	case !unended(o):
		return orderEnded(o)
	case !s.answersFor(o, actor):
		return notChased(o)
	case o.Status != casefile.SupervisionOpen:
		return refuse(casefile.RefusedAlreadyDone, at("orderId"),
			fmt.Sprintf("supervision order %s has been acknowledged", o.ID), fmt.Sprintf("督办单 %s 已签收", o.ID))
	}
	return nil
}

func replyable(s State, o Order, actor casefile.Actor) *casefile.Refusal {
	switch {
	case !unended(o):
		return orderEnded(o)
	case !s.answersFor(o, actor):
		return notChased(o)
	case !wantsReply(o):
		return refuse(casefile.RefusedAlreadyDone, at("orderId"),
			fmt.Sprintf("supervision order %s has been replied to and waits for the issuing unit", o.ID),
			fmt.Sprintf("督办单 %s 已反馈，等待督办单位处理", o.ID))
	case o.JudgedBy != "" && o.JudgedBy == actor.PersonID:
		return orderOfOneself()
	}
	return nil
}

// judgeable lets the issuing unit judge an order; never by somebody who answered it, or who leads
// the package or works on it.
func judgeable(s State, o Order, actor casefile.Actor) *casefile.Refusal {
	involved := slices.Concat([]string{o.AcknowledgedBy, o.RepliedBy, s.LeaderID}, s.TeamIDs, s.FormerTeamIDs)
	switch {
	case !unended(o):
		return orderEnded(o)
	case actor.UnitID != o.IssuedByUnitID:
		return refuse(casefile.RefusedJurisdiction, at("orderId"),
			fmt.Sprintf("order %s was issued by another unit", o.ID), fmt.Sprintf("督办单 %s 由其他单位发出", o.ID))
	case slices.Contains(involved, actor.PersonID):
		return orderOfOneself()
	}
	return nil
}

func orderOfOneself() *casefile.Refusal {
	return refuse(casefile.RefusedSamePerson, at("orderId"),
		"who answers for what an order chases doesn't judge it, nor the other way round", "督办单的办理人与督办人应为不同人员")
}

func notChased(o Order) *casefile.Refusal {
	return refuse(casefile.RefusedJurisdiction, at("orderId"),
		fmt.Sprintf("order %s chases another unit than yours", o.ID), fmt.Sprintf("督办单 %s 针对其他单位", o.ID))
}

// named finds the order that a command names, ready for this actor and not answered before it
// was issued.
func (d *deciding) named(id string, ready func(State, Order, casefile.Actor) *casefile.Refusal) (Order, *casefile.Refusal) {
	if refusal := required(id, "督办单", "orderId"); refusal != nil {
		return Order{}, refusal
	}
	i := slices.IndexFunc(d.state.Orders, func(o Order) bool { return o.ID == id })
	if i < 0 {
		return Order{}, refuse(casefile.RefusedNotFound, at("orderId"), "the package has no such supervision order", "包案没有这一督办单")
	}
	order := d.state.Orders[i]
	if refusal := ready(d.state, order, d.command.Actor); refusal != nil {
		return order, refusal
	}
	if last := lastOf(order); day(d.effectiveAt) < day(last) {
		return order, refuse(casefile.RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is before the order's last step, %s", moment(d.effectiveAt), moment(last)),
			fmt.Sprintf("办理日期%s早于督办单的前一环节%s", moment(d.effectiveAt), moment(last)))
	}
	return order, nil
}

// lastOf is the latest legal date in the life of an order.
func lastOf(o Order) time.Time {
	last := o.OpenedAt
	for _, at := range []time.Time{o.AcknowledgedAt, o.RepliedAt, o.JudgedAt} {
		if at.After(last) {
			last = at
		}
	}
	return last
}

func (a AcknowledgePackageSupervision) decide(d *deciding) *casefile.Refusal {
	if _, refusal := d.named(a.OrderID, acknowledgeable); refusal != nil {
		return refusal
	}
	d.emit(SupervisionAcknowledged(a))
	return nil
}

func (a ReplyPackageSupervision) decide(d *deciding) *casefile.Refusal {
	order, refusal := d.named(a.OrderID, replyable)
	if refusal == nil {
		refusal = required(a.Reply, "反馈内容", "reply")
	}
	if refusal != nil {
		return refusal
	}
	d.emit(SupervisionReplied(a))
	d.stopOrderClock(order, "SupervisionReplied")
	return nil
}

func (a ClosePackageSupervision) decide(d *deciding) *casefile.Refusal {
	order, refusal := d.named(a.OrderID, judgeable)
	if refusal != nil {
		return refusal
	}
	judged := SupervisionJudged{OrderID: a.OrderID, Status: a.Status, Reason: a.Reason}
	switch a.Status {
	case casefile.SupervisionSatisfied:
		d.emit(judged)
		d.stopOrderClock(order, "SupervisionJudged")
		return nil
	case casefile.SupervisionReturned:
		if order.Status != casefile.SupervisionReplied {
			return refuse(casefile.RefusedIncomplete, at("status"),
				fmt.Sprintf("order %s has no reply yet that could be returned", order.ID), fmt.Sprintf("督办单 %s 尚未反馈，不能退回", order.ID))
		}
		if refusal := required(a.Reason, "理由", "reason"); refusal != nil {
			return refusal
		}
		judged.ClockID = fmt.Sprintf("D%d", len(d.state.Deadlines)+1)
		d.emit(judged)
		d.start(StepSupervision, d.effectiveAt)
		return nil
	}
	return refuse(casefile.RefusedInvalid, at("status"),
		fmt.Sprintf("status %s is no judgement on a package's order: expected SATISFIED or RETURNED; another leader takes a package on by handOverPackage", a.Status),
		"处理结果应为“已落实”或“退回”；更换包案领导请使用“移交包案”")
}

// stopOrderClock stops an order's own clock, late or in time: the answer is there, so that it goes
// no higher.
func (d *deciding) stopOrderClock(order Order, by string) {
	clock, ok := d.state.Deadline(order.ClockID)
	if !ok || !clock.Unmet() {
		return
	}
	if clock.Running() && !clock.OnTime(d.effectiveAt) {
		d.emitAs(casefile.System, clock.DueAt, DeadlineMissed{DeadlineID: clock.ID, Step: clock.Step})
	}
	d.emitAs(casefile.System, d.effectiveAt, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: by})
}
