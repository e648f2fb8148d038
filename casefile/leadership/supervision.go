package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// miss marks a clock red on its due instant. An escalated proposal that the county's leader
// left unanswered goes to the city's; an order that was left unanswered goes one unit up;
// anything else brings an order.
func (d *deciding) miss(clock casefile.Deadline) {
	d.emitAs(casefile.System, clock.DueAt, DeadlineMissed{DeadlineID: clock.ID, Step: clock.Step})
	switch clock.Step {
	case StepSupervision:
		d.escalate(clock)
		return
	case StepApproval:
		if higher, ok := d.higher(); ok {
			d.proposeHigher(higher)
			d.emitAs(casefile.System, d.now, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: "ProposedHigher"})
			return
		}
		if d.lapsed() {
			d.cancel()
			return
		}
	}
	addressee := d.state.LeaderUnitID
	if clock.Step == StepMilestone || clock.Step == StepPlan {
		addressee = d.state.ResponsibleUnitID
	}
	if unit, ok := d.rules.Directory.Unit(addressee); ok {
		d.order(unit.SupervisingUnitID, addressee, clock.ID, clock.Step, "")
	}
}

// order lets a unit chase another one, with a clock of its own. At the very top nobody is
// left to chase.
func (d *deciding) order(issuerID, addresseeID, deadlineID, step, escalates string) {
	issuer, ok := d.rules.Directory.Unit(issuerID)
	if !ok {
		return
	}
	id := fmt.Sprintf("U%d", len(d.state.Orders)+1)
	d.emitAs(casefile.System, d.now, SupervisionOrdered{
		OrderID: id, DeadlineID: deadlineID, Step: step, IssuedByUnitID: issuer.ID, AddresseeUnitID: addresseeID,
		Level: issuer.Division.Level(), ClockID: fmt.Sprintf("D%d", len(d.state.Deadlines)+1),
		Escalates: escalates,
	})
	d.start(StepSupervision, d.now)
}

// escalate hands an order that went unanswered to the unit that supervises its issuer.
func (d *deciding) escalate(clock casefile.Deadline) {
	for _, order := range d.state.Orders {
		if order.ClockID != clock.ID || !wantsReply(order) {
			continue
		}
		d.emitAs(casefile.System, d.now, SupervisionEscalated{OrderID: order.ID})
		issuer, _ := d.rules.Directory.Unit(order.IssuedByUnitID)
		missed, _ := d.state.Deadline(order.DeadlineID)
		d.order(issuer.SupervisingUnitID, order.AddresseeUnitID, order.DeadlineID, missed.Step, order.ID)
	}
}

// satisfy ends the orders over a clock whose act is done.
func (d *deciding) satisfy(deadlineID string) {
	for _, order := range d.state.Orders {
		if order.DeadlineID != deadlineID || order.Status == casefile.SupervisionSatisfied {
			continue
		}
		d.emitAs(casefile.System, d.effectiveAt, SupervisionEnded{OrderID: order.ID})
		if clock, ok := d.state.Deadline(order.ClockID); ok && clock.Unmet() {
			d.emitAs(casefile.System, d.effectiveAt, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: "SupervisionEnded"})
		}
	}
}

// SupervisionOrdered (督办): the supervising unit chases who missed a deadline. ClockID is
// the clock that the order brings along.
type SupervisionOrdered struct {
	OrderID         string                 `json:"orderId"`
	DeadlineID      string                 `json:"deadlineId"`
	Step            string                 `json:"step"`
	IssuedByUnitID  string                 `json:"issuedByUnitId"`
	AddresseeUnitID string                 `json:"addresseeUnitId"`
	Level           casefile.DivisionLevel `json:"level"`
	ClockID         string                 `json:"clockId"`
	// Escalates is the unanswered order of the unit below.
	Escalates string `json:"escalates,omitempty"`
}

// SupervisionEscalated says that an order went unanswered and the next unit up takes over.
type SupervisionEscalated struct {
	OrderID string `json:"orderId"`
}

// SupervisionEnded says that what an order asked for was done.
type SupervisionEnded struct {
	OrderID string `json:"orderId"`
}

func (SupervisionOrdered) eventType() string   { return "SupervisionOrdered" }
func (SupervisionEscalated) eventType() string { return "SupervisionEscalated" }
func (SupervisionEnded) eventType() string     { return "SupervisionEnded" }

func (b SupervisionOrdered) apply(s *State, e Event) {
	s.Orders = appended(s.Orders, Order{SupervisionOrder: casefile.SupervisionOrder{
		ID: b.OrderID, DeadlineID: b.DeadlineID, Level: b.Level, Status: casefile.SupervisionOpen,
		IssuedByUnitID: b.IssuedByUnitID, AddresseeUnitID: b.AddresseeUnitID, OpenedAt: e.EffectiveAt, Escalates: b.Escalates,
	}, ClockID: b.ClockID})
}

func (s *State) changeOrder(id string, change func(*Order)) {
	s.Orders = changed(s.Orders, func(o Order) bool { return o.ID == id }, change)
}

func (b SupervisionEscalated) apply(s *State, _ Event) {
	s.changeOrder(b.OrderID, func(o *Order) { o.Status = casefile.SupervisionEscalated })
}

func (b SupervisionEnded) apply(s *State, _ Event) {
	s.changeOrder(b.OrderID, func(o *Order) { o.Status = casefile.SupervisionSatisfied })
}

func (b SupervisionOrdered) sentence(t telling) string {
	step := StepLabel(b.Step, t.lang)
	return t.say(
		fmt.Sprintf("%s issued supervision order %s to %s: the %s is overdue", t.unit(b.IssuedByUnitID), b.OrderID, t.unit(b.AddresseeUnitID), step),
		fmt.Sprintf("%s因%s超期，向%s发出督办单%s", t.unit(b.IssuedByUnitID), step, t.unit(b.AddresseeUnitID), b.OrderID))
}

func (b SupervisionEscalated) sentence(t telling) string {
	return t.say("Supervision order "+b.OrderID+" went unanswered and goes one level up", "督办单"+b.OrderID+"逾期未落实，提级督办")
}

func (b SupervisionEnded) sentence(t telling) string {
	return t.say("Supervision order "+b.OrderID+" is satisfied", "督办单"+b.OrderID+"已落实")
}

var orderEvents = []eventKind{
	eventOf[SupervisionOrdered](),
	eventOf[SupervisionEscalated](),
	eventOf[SupervisionEnded](),
}
