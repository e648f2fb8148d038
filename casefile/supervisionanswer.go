package casefile

import (
	"fmt"
	"slices"
	"time"
)

// acknowledgeSupervision (签收) stops the clock of acknowledgement; that of the reply begins.
func (d *deciding) acknowledgeSupervision(act AcknowledgeSupervision) *Refusal {
	order, refusal := d.namedOrder(act.OrderID, acknowledgeable)
	if refusal != nil {
		return refusal
	}
	acknowledged := OrderAcknowledged(act)
	d.emit(acknowledged)
	d.answerOrder(order.ID, acknowledged)
	d.startReplyClock(order.ID)
	return nil
}

// replySupervision (反馈) answers an order, acknowledged before or not.
func (d *deciding) replySupervision(act ReplySupervision) *Refusal {
	order, refusal := d.namedOrder(act.OrderID, replyable)
	if refusal != nil {
		return refusal
	}
	if refusal := requireValue(act.Reply, "reply"); refusal != nil {
		return refusal
	}
	replied := OrderReplied(act)
	d.emit(replied)
	d.answerOrder(order.ID, replied)
	return nil
}

// closeSupervision is the issuing unit's word: satisfied, or returned with what is lacking,
// when the clock of the reply runs anew; or it takes the case over, which goes on there with
// its history.
func (d *deciding) closeSupervision(act CloseSupervision) *Refusal {
	order, refusal := d.namedOrder(act.OrderID, judgeable)
	if refusal != nil {
		return refusal
	}
	if refusal := checkTerm("SupervisionStatus", act.Status, true, at("status")); refusal != nil {
		return refusal
	}
	if !slices.Contains(judgements, act.Status) {
		return refuse(RefusedInvalid, at("status"),
			fmt.Sprintf("status %s is no judgement; it takes %s", act.Status, terms("SupervisionStatus", judgements, English)),
			fmt.Sprintf("“%s”不是处理结果，应为%s", Label("SupervisionStatus", string(act.Status), Chinese), terms("SupervisionStatus", judgements, Chinese)))
	}
	if act.Status != SupervisionSatisfied {
		if refusal := requireValue(act.Reason, "reason"); refusal != nil {
			return refusal
		}
	}
	closed := SupervisionClosed(act)
	switch act.Status {
	case SupervisionReturned:
		if order.Status != SupervisionReplied {
			return refuse(RefusedIncomplete, at("status"),
				fmt.Sprintf("order %s has no reply yet that could be returned", order.ID), fmt.Sprintf("督办单 %s 尚未反馈，不能退回", order.ID))
		}
		d.emit(closed)
		d.startReplyClock(order.ID)
	case SupervisionTakenOver:
		return d.takeOverHandling(order, closed)
	default:
		d.emit(closed)
		d.settle(order.ID, d.effectiveAt, closed)
	}
	return nil
}

// judgements are what the issuing unit may say of an order.
var judgements = []SupervisionStatus{SupervisionSatisfied, SupervisionReturned, SupervisionTakenOver}

// takeOverHandling moves the case to the unit that issued the order. It stays in its stage, with its
// clocks, its mediation and its history; the unit names a handler of its own.
func (d *deciding) takeOverHandling(order SupervisionOrder, closed SupervisionClosed) *Refusal {
	if refusal := checkStage(d.state, d.command.Act.actName(), openStages); refusal != nil {
		refusal.Field = at("status")
		return refusal
	}
	if d.state.answering(order) != d.state.ResponsibleUnitID {
		return refuse(RefusedInvalid, at("status"),
			fmt.Sprintf("order %s chases a review, which is not taken over", order.ID), fmt.Sprintf("督办单 %s 针对复查复核，不能接办", order.ID))
	}
	if refusal := d.checkReceiver(order.IssuedByUnitID); refusal != nil {
		refusal.Field = at("status")
		return refusal
	}
	d.emit(closed)
	d.settle(order.ID, d.effectiveAt, closed)
	d.emit(HandlingTakenOver{
		OrderID: order.ID, FromUnitID: d.state.ResponsibleUnitID, ToUnitID: order.IssuedByUnitID,
		Division: d.divisionAt(order.IssuedByUnitID),
	})
	return nil
}

// followCase keeps the orders in step with a case that has moved, or that must be kept from
// more units than before: a unit doesn't chase itself, and one that may not know of the case
// hands its order on to the next division up.
func (d *deciding) followCase() {
	d.tellOthers()
	for _, order := range d.state.Orders {
		if !order.Status.Open() {
			continue
		}
		date := later(d.effectiveAt, order.last())
		switch {
		case order.IssuedByUnitID == d.state.answering(order):
			taken := SupervisionClosed{OrderID: order.ID, Status: SupervisionTakenOver}
			d.emitAs(System, date, taken)
			d.settle(order.ID, date, taken)
		case closedTo(d.state.Exclusions, order.IssuedByUnitID, d.rules.Directory):
			d.handOn(order, date)
		}
	}
}

// handOn passes an order to the next division up that may know of the case; where there is
// none, the order of an accused unit ends, and any other stays where it is.
func (d *deciding) handOn(order SupervisionOrder, date time.Time) {
	issuer, up := d.nextUp(order)
	accused := ExcludesUnit(d.state.Exclusions, order.IssuedByUnitID, d.rules.Directory)
	if !accused && (!up || closedTo(d.state.Exclusions, issuer.ID, d.rules.Directory)) {
		return
	}
	if !up {
		closed := SupervisionClosed{OrderID: order.ID, Status: SupervisionSatisfied}
		d.emitAs(System, date, closed)
		d.settle(order.ID, date, closed)
		return
	}
	escalated := OrderEscalated{OrderID: order.ID, KeptFrom: true}
	d.emitAs(System, date, escalated)
	d.settle(order.ID, date, escalated)
	d.issue(issuer, SupervisionOrdered{
		AddresseeUnitID: d.state.answering(order), DeadlineID: order.DeadlineID, Step: d.state.deadlineStep(order.DeadlineID), Miss: order.Miss, Escalates: order.ID,
	})
}

func (d *deciding) startReplyClock(orderID string) {
	if rule, ok := d.orderRule(d.state.order(orderID).DeadlineID, StepSupervisionReply, d.effectiveAt); ok {
		d.startClock(rule.belongingTo(orderID), d.effectiveAt)
	}
}

// answerOrder stops the clock of an order by an answer. One that ran out just before, and
// was not yet escalated, is missed and goes no higher: the answer is there.
func (d *deciding) answerOrder(orderID string, by Body) {
	clock := d.state.owedClockOf(orderID)
	if clock == nil {
		return
	}
	met := *clock
	if met.Running() && !met.OnTime(d.effectiveAt) {
		d.emitAs(System, met.DueAt, DeadlineMissed{DeadlineID: met.ID, Step: met.Step})
	}
	d.emit(DeadlineMet{DeadlineID: met.ID, Step: met.Step, By: by.eventType()})
}

// namedOrder finds the order that a command names, ready for this actor.
func (d *deciding) namedOrder(id string, ready func(State, SupervisionOrder, Actor) *Refusal) (SupervisionOrder, *Refusal) {
	if id == "" {
		return SupervisionOrder{}, required(at("orderId"))
	}
	order := d.state.order(id)
	if order == nil {
		return SupervisionOrder{}, refuse(RefusedNotFound, at("orderId"),
			fmt.Sprintf("the case has no supervision order %s", shown(id)), fmt.Sprintf("本案没有督办单 %s", shown(id)))
	}
	return *order, ready(d.state, *order, d.command.Actor)
}

// someOrder wants an order that is ready for this actor; it refuses as the latest one does.
func someOrder(ready func(State, SupervisionOrder, Actor) *Refusal) func(State, Actor) *Refusal {
	return func(state State, actor Actor) *Refusal {
		refusal := refuse(RefusedIncomplete, nil, "no supervision order of this case is open", "本案没有未办结的督办单")
		for _, order := range state.Orders {
			if refusal = ready(state, order, actor); refusal == nil {
				return nil
			}
		}
		return refusal
	}
}

func ended(order SupervisionOrder) *Refusal {
	return refuse(RefusedAlreadyDone, at("orderId"),
		fmt.Sprintf("supervision order %s has ended: %s", order.ID, order.Status),
		fmt.Sprintf("督办单 %s 已结束：%s", order.ID, Label("SupervisionStatus", string(order.Status), Chinese)))
}

func acknowledgeable(state State, order SupervisionOrder, actor Actor) *Refusal {
	switch {
	case !order.Status.Open():
		return ended(order)
	case !state.answersFor(order, actor):
		return notChased(order)
	case order.Status != SupervisionOpen:
		return refuse(RefusedAlreadyDone, at("orderId"),
			fmt.Sprintf("supervision order %s has been acknowledged", order.ID), fmt.Sprintf("督办单 %s 已签收", order.ID))
	}
	return nil
}

func replyable(state State, order SupervisionOrder, actor Actor) *Refusal {
	switch {
	case !order.Status.Open():
		return ended(order)
	case !state.answersFor(order, actor):
		return notChased(order)
	case !order.wantsReply():
		return refuse(RefusedAlreadyDone, at("orderId"),
			fmt.Sprintf("supervision order %s has been replied to and waits for the issuing unit", order.ID),
			fmt.Sprintf("督办单 %s 已反馈，等待督办单位处理", order.ID))
	case order.JudgedBy != "" && order.JudgedBy == actor.PersonID:
		return samePerson("you returned this order's reply, so another person must reply", "该督办单的反馈由您退回，应由他人反馈")
	}
	return nil
}

// judgeable lets the issuing unit judge an order; never by somebody who answered it, or who
// works on the case at the unit that it chases.
func judgeable(state State, order SupervisionOrder, actor Actor) *Refusal {
	switch {
	case !order.Status.Open():
		return ended(order)
	case actor.UnitID != order.IssuedByUnitID:
		return refuse(RefusedJurisdiction, at("orderId"),
			fmt.Sprintf("order %s was issued by another unit", order.ID), fmt.Sprintf("督办单 %s 由其他单位发出", order.ID))
	case slices.Contains([]string{order.AcknowledgedBy, order.RepliedBy}, actor.PersonID), actor.is(state.HandlerID):
		return samePerson("you answer for what this order chases, so another person must judge it",
			"该督办单由您签收、反馈或者承办，应由他人处理")
	}
	return nil
}

func notChased(order SupervisionOrder) *Refusal {
	return refuse(RefusedJurisdiction, at("orderId"),
		fmt.Sprintf("order %s chases another unit than yours", order.ID), fmt.Sprintf("督办单 %s 针对其他单位", order.ID))
}

// answersFor reports whether somebody answers for an order: they are at the unit that it
// chases, or handle or mediate the case for it.
func (s State) answersFor(order SupervisionOrder, actor Actor) bool {
	unit := s.answering(order)
	if unit == actor.UnitID {
		return true
	}
	ofCase := authority{handler: true, mediator: true}
	return unit == s.ResponsibleUnitID && ofCase.isPersonOfCase(s, actor)
}

// answering is the unit that answers an order: the one that the missed clock runs for, as
// the case now stands.
func (s State) answering(order SupervisionOrder) string {
	if missed := s.deadline(order.DeadlineID); missed != nil {
		return s.answerable(*missed)
	}
	return s.ResponsibleUnitID
}

// answeringUnits are the units that open orders chase.
func (s State) answeringUnits() []string {
	var units []string
	for _, order := range s.Orders {
		if order.Status.Open() {
			units = append(units, s.answering(order))
		}
	}
	return units
}

// issuingUnits are the units whose orders are open.
func (s State) issuingUnits() []string {
	var units []string
	for _, order := range s.Orders {
		if order.Status.Open() {
			units = append(units, order.IssuedByUnitID)
		}
	}
	return units
}

// orderFloor is the date before which an act on an order cannot have happened.
func (s State) orderFloor(id string) (time.Time, Term) {
	if order := s.order(id); order != nil {
		return order.last(), Term{EN: "the order's last step", ZH: "督办单的前一环节"}
	}
	return s.ReceivedAt, Term{EN: "receipt", ZH: "收到日期"}
}
