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
}

// SupervisionClosed ends an order: the reply satisfied, or what it was about fell away.
type SupervisionClosed struct {
	OrderID string            `json:"orderId"`
	Status  SupervisionStatus `json:"status"`
	Reason  TextID            `json:"reason,omitempty"`
}

func (SupervisionOrdered) eventType() string { return "SupervisionOrdered" }
func (SupervisionClosed) eventType() string  { return "SupervisionClosed" }

func (b SupervisionOrdered) apply(s *State, event Event) {
	s.Orders = appended(s.Orders, SupervisionOrder{
		ID: b.OrderID, DeadlineID: b.DeadlineID, Level: b.Level, Status: SupervisionOpen,
		IssuedByUnitID: b.IssuedByUnitID, AddresseeUnitID: b.AddresseeUnitID, OpenedAt: event.EffectiveAt,
	})
}

func (b SupervisionClosed) apply(s *State, _ Event) {
	s.Orders = slices.Clone(s.Orders)
	for i := range s.Orders {
		if s.Orders[i].ID == b.OrderID {
			s.Orders[i].Status = b.Status
		}
	}
}

func (b SupervisionClosed) sentence(t telling) string {
	status := t.label("SupervisionStatus", string(b.Status))
	return t.did(fmt.Sprintf("closed supervision order %s: %s", b.OrderID, status), fmt.Sprintf("办结督办单%s：%s", b.OrderID, status))
}

func (SupervisionOrdered) sentence(t telling) string { return t.clock() }

// supervisionEvents are the events of the supervision.
var supervisionEvents = []eventKind{
	eventOf[SupervisionOrdered](),
	eventOf[SupervisionClosed](),
}
