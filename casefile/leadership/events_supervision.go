package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// SupervisionAcknowledged says that the unit chased has the order and works on it.
type SupervisionAcknowledged struct {
	OrderID string `json:"orderId"`
}

// SupervisionReplied answers an order.
type SupervisionReplied struct {
	OrderID string          `json:"orderId"`
	Reply   casefile.TextID `json:"reply"`
}

// SupervisionJudged is the issuing unit's word on a reply. RETURNED says what it lacks; the order
// goes on, with the clock ClockID.
type SupervisionJudged struct {
	OrderID string                     `json:"orderId"`
	Status  casefile.SupervisionStatus `json:"status"`
	Reason  casefile.TextID            `json:"reason,omitempty"`
	ClockID string                     `json:"clockId,omitempty"`
}

func (SupervisionAcknowledged) eventType() string { return "SupervisionAcknowledged" }
func (SupervisionReplied) eventType() string      { return "SupervisionReplied" }
func (SupervisionJudged) eventType() string       { return "SupervisionJudged" }

func (b SupervisionAcknowledged) apply(s *State, e Event) {
	s.changeOrder(b.OrderID, func(o *Order) {
		o.Status, o.AcknowledgedAt, o.AcknowledgedBy = casefile.SupervisionAcknowledged, e.EffectiveAt, e.Actor.PersonID
	})
}

func (b SupervisionReplied) apply(s *State, e Event) {
	s.changeOrder(b.OrderID, func(o *Order) {
		o.Status, o.Reply, o.RepliedAt, o.RepliedBy = casefile.SupervisionReplied, b.Reply, e.EffectiveAt, e.Actor.PersonID
	})
}

func (b SupervisionJudged) apply(s *State, e Event) {
	s.changeOrder(b.OrderID, func(o *Order) {
		o.Status, o.Reason, o.JudgedAt, o.JudgedBy = b.Status, b.Reason, e.EffectiveAt, e.Actor.PersonID
		if b.ClockID != "" {
			o.ClockID = b.ClockID
		}
	})
}

func (b SupervisionAcknowledged) sentence(t telling) string {
	return t.did("acknowledged supervision order "+b.OrderID, "签收督办单"+b.OrderID)
}

func (b SupervisionReplied) sentence(t telling) string {
	return t.did("replied to supervision order "+b.OrderID, "反馈督办单"+b.OrderID)
}

func (b SupervisionJudged) sentence(t telling) string {
	if b.Status == casefile.SupervisionReturned {
		return t.did("returned the reply to supervision order "+b.OrderID, "退回督办单"+b.OrderID+"的反馈")
	}
	status := t.term("SupervisionStatus", string(b.Status))
	return t.did(fmt.Sprintf("closed supervision order %s: %s", b.OrderID, status), fmt.Sprintf("办结督办单%s：%s", b.OrderID, status))
}

var answerEvents = []eventKind{
	eventOf[SupervisionAcknowledged](),
	eventOf[SupervisionReplied](),
	eventOf[SupervisionJudged](),
}
