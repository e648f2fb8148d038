package casefile

import (
	"fmt"
	"slices"
)

// SupervisionOrdered (督办): the supervising unit chases the unit that missed a deadline.
type SupervisionOrdered struct {
	OrderID         string        `json:"orderId"`
	DeadlineID      string        `json:"deadlineId"`
	Step            string        `json:"step,omitempty"`
	IssuedByUnitID  string        `json:"issuedByUnitId"`
	AddresseeUnitID string        `json:"addresseeUnitId"`
	Level           DivisionLevel `json:"level"`
	// Miss counts the misses of the same deadline before this one.
	Miss int `json:"miss,omitempty"`
	// Escalates is the unanswered order of the division below.
	Escalates string `json:"escalates,omitempty"`
}

// OrderAcknowledged says that the unit has the order and works on it.
type OrderAcknowledged struct {
	OrderID string `json:"orderId"`
}

// OrderReplied answers an order.
type OrderReplied struct {
	OrderID string `json:"orderId"`
	Reply   TextID `json:"reply"`
}

// SupervisionClosed ends an order: the reply satisfied, what it was about fell away, or the
// issuing unit took the case over. RETURNED says what the reply lacks; the order goes on.
type SupervisionClosed struct {
	OrderID string            `json:"orderId"`
	Status  SupervisionStatus `json:"status"`
	Reason  TextID            `json:"reason,omitempty"`
}

// OrderEscalated (提级督办) says that an order goes one division up: it went unanswered, or the
// unit that issued it is KeptFrom the case now.
type OrderEscalated struct {
	OrderID  string `json:"orderId"`
	KeptFrom bool   `json:"keptFrom,omitempty"`
}

// HandlingTakenOver moves the case to the supervising unit; it goes on there in its stage, with
// its history and clocks.
type HandlingTakenOver struct {
	OrderID    string   `json:"orderId"`
	FromUnitID string   `json:"fromUnitId"`
	ToUnitID   string   `json:"toUnitId"`
	Division   Division `json:"division"`
}

func (SupervisionOrdered) eventType() string { return "SupervisionOrdered" }
func (OrderAcknowledged) eventType() string  { return "OrderAcknowledged" }
func (OrderReplied) eventType() string       { return "OrderReplied" }
func (SupervisionClosed) eventType() string  { return "SupervisionClosed" }
func (OrderEscalated) eventType() string     { return "OrderEscalated" }
func (HandlingTakenOver) eventType() string  { return "HandlingTakenOver" }

func (b SupervisionOrdered) apply(s *State, event Event) {
	s.Orders = appended(s.Orders, SupervisionOrder{
		ID: b.OrderID, DeadlineID: b.DeadlineID, Level: b.Level, Status: SupervisionOpen,
		IssuedByUnitID: b.IssuedByUnitID, AddresseeUnitID: b.AddresseeUnitID, OpenedAt: event.EffectiveAt,
		Miss: b.Miss, Escalates: b.Escalates,
	})
}

func (b OrderAcknowledged) apply(s *State, event Event) {
	s.changeOrder(b.OrderID, func(o *SupervisionOrder) {
		o.Status, o.AcknowledgedAt, o.AcknowledgedBy = SupervisionAcknowledged, event.EffectiveAt, event.Actor.PersonID
	})
}

func (b OrderReplied) apply(s *State, event Event) {
	s.changeOrder(b.OrderID, func(o *SupervisionOrder) {
		o.Status, o.Reply, o.RepliedAt, o.RepliedBy = SupervisionReplied, b.Reply, event.EffectiveAt, event.Actor.PersonID
	})
}

func (b SupervisionClosed) apply(s *State, event Event) {
	s.changeOrder(b.OrderID, func(o *SupervisionOrder) {
		o.Status = b.Status
		if event.Actor.Role != RoleSystem {
			o.Reason, o.JudgedBy, o.JudgedAt = b.Reason, event.Actor.PersonID, event.EffectiveAt
		}
	})
}

func (b OrderEscalated) apply(s *State, _ Event) {
	s.changeOrder(b.OrderID, func(o *SupervisionOrder) { o.Status = SupervisionEscalated })
}

func (b HandlingTakenOver) apply(s *State, _ Event) {
	s.ResponsibleUnitID, s.Division, s.HandlerID = b.ToUnitID, b.Division, ""
}

func (s *State) changeOrder(id string, change func(*SupervisionOrder)) {
	s.Orders = slices.Clone(s.Orders)
	for i := range s.Orders {
		if s.Orders[i].ID == id {
			change(&s.Orders[i])
		}
	}
}

func (b SupervisionOrdered) sentence(t telling) string {
	en, zh := clockName(b.Step, b.DeadlineID)
	why := t.say(": "+lowered(en)+" ran out", "因"+zh+"超期")
	if b.Escalates != "" {
		why = t.say(": order "+b.Escalates+" went unanswered", "因督办单"+b.Escalates+"逾期未落实")
	}
	issuer, addressee := t.unit(b.IssuedByUnitID), t.unit(b.AddresseeUnitID)
	return t.say(
		fmt.Sprintf("%s issued supervision order %s to %s%s", issuer, b.OrderID, addressee, why),
		fmt.Sprintf("%s%s，向%s发出督办单%s", issuer, why, addressee, b.OrderID))
}

func (b OrderAcknowledged) sentence(t telling) string {
	return t.did("acknowledged supervision order "+b.OrderID, "签收督办单"+b.OrderID)
}

func (b OrderReplied) sentence(t telling) string {
	return t.did("replied to supervision order "+b.OrderID, "反馈督办单"+b.OrderID)
}

func (b SupervisionClosed) sentence(t telling) string {
	if b.Status == SupervisionReturned {
		return t.did("returned the reply to supervision order "+b.OrderID, "退回督办单"+b.OrderID+"的反馈")
	}
	status := t.label("SupervisionStatus", string(b.Status))
	return t.did(fmt.Sprintf("closed supervision order %s: %s", b.OrderID, status), fmt.Sprintf("办结督办单%s：%s", b.OrderID, status))
}

func (b OrderEscalated) sentence(t telling) string {
	if b.KeptFrom {
		return t.say("Supervision order "+b.OrderID+" goes one level up", "督办单"+b.OrderID+"移送上一级督办")
	}
	return t.say("Supervision order "+b.OrderID+" went unanswered and goes one level up", "督办单"+b.OrderID+"逾期未落实，提级督办")
}

func (b HandlingTakenOver) sentence(t telling) string {
	return t.say(
		fmt.Sprintf("The case was taken over by %s from %s on supervision order %s", t.unit(b.ToUnitID), t.unit(b.FromUnitID), b.OrderID),
		fmt.Sprintf("案件依督办单%s由%s从%s接办", b.OrderID, t.unit(b.ToUnitID), t.unit(b.FromUnitID)))
}

// supervisionEvents are the events of the supervision.
var supervisionEvents = []eventKind{
	eventOf[SupervisionOrdered](),
	eventOf[OrderAcknowledged](),
	eventOf[OrderReplied](),
	eventOf[SupervisionClosed](),
	eventOf[OrderEscalated](),
	eventOf[HandlingTakenOver](),
}
