package casefile

// SupervisionOrdered (督办): the supervising unit chases the unit that missed a deadline.
type SupervisionOrdered struct {
	OrderID         string        `json:"orderId"`
	DeadlineID      string        `json:"deadlineId"`
	Step            string        `json:"step,omitempty"`
	IssuedByUnitID  string        `json:"issuedByUnitId"`
	AddresseeUnitID string        `json:"addresseeUnitId"`
	Level           DivisionLevel `json:"level"`
}

func (SupervisionOrdered) eventType() string { return "SupervisionOrdered" }

func (b SupervisionOrdered) apply(s *State, event Event) {
	s.Orders = appended(s.Orders, SupervisionOrder{
		ID: b.OrderID, DeadlineID: b.DeadlineID, Level: b.Level, Status: SupervisionOpen,
		IssuedByUnitID: b.IssuedByUnitID, AddresseeUnitID: b.AddresseeUnitID, OpenedAt: event.EffectiveAt,
	})
}

func (SupervisionOrdered) sentence(t telling) string { return t.clock() }

// supervisionEvents are the events of the supervision.
var supervisionEvents = []eventKind{
	eventOf[SupervisionOrdered](),
}
