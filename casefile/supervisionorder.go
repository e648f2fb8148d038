package casefile

import "time"

// The clocks of a supervision order. An order has one of them at a time: it is to be
// acknowledged, and from then on to be replied to.
const (
	supervisionProcedure           = "supervision"
	StepSupervisionAcknowledgement = "supervision-acknowledgement"
	StepSupervisionReply           = "supervision-reply"
)

// SupervisionOrder (督办) chases the unit that missed a deadline. It has a clock of its own
// and never touches the one that was missed.
type SupervisionOrder struct {
	ID         string            `json:"id"` // unique within the case ("U1")
	DeadlineID string            `json:"deadlineId"`
	Level      DivisionLevel     `json:"level"`
	Status     SupervisionStatus `json:"status"`
	// IssuedByUnitID urges; AddresseeUnitID held the case when the order was issued. Whoever
	// holds it now answers.
	IssuedByUnitID  string    `json:"issuedByUnitId"`
	AddresseeUnitID string    `json:"addresseeUnitId"`
	OpenedAt        time.Time `json:"openedAt"`
	// Miss counts how often the deadline had been missed before: a calendar or a late record
	// may put a miss right, and it may be missed again.
	Miss int `json:"miss,omitempty"`
	// Escalates is the order of the division below that went unanswered; empty for the first.
	Escalates      string    `json:"escalates,omitempty"`
	AcknowledgedAt time.Time `json:"acknowledgedAt,omitzero"`
	AcknowledgedBy string    `json:"acknowledgedBy,omitempty"`
	Reply          TextID    `json:"reply,omitempty"`
	RepliedAt      time.Time `json:"repliedAt,omitzero"`
	RepliedBy      string    `json:"repliedBy,omitempty"`
	// Reason is what the issuing unit said last: what is lacking, or why it is satisfied or
	// takes over. JudgedBy said so.
	Reason   TextID    `json:"reason,omitempty"`
	JudgedBy string    `json:"judgedBy,omitempty"`
	JudgedAt time.Time `json:"judgedAt,omitzero"`
}

// last is the latest legal date in the life of the order.
func (o SupervisionOrder) last() time.Time {
	return later(later(o.OpenedAt, o.AcknowledgedAt), later(o.RepliedAt, o.JudgedAt))
}

// wantsReply reports whether the unit that holds the case has still to answer.
func (o SupervisionOrder) wantsReply() bool { return o.Status.Open() && o.Status != SupervisionReplied }

// ofOrder reports whether it is the clock of a supervision order.
func (d Deadline) ofOrder() bool {
	return d.Step == StepSupervisionAcknowledgement || d.Step == StepSupervisionReply
}

func (s State) order(id string) *SupervisionOrder {
	for i := range s.Orders {
		if s.Orders[i].ID == id {
			return &s.Orders[i]
		}
	}
	return nil
}

// runningClockOf returns the newest clock that belongs to something of the case's and is
// still owed its act, or nil.
func (s State) owedClockOf(id string) *Deadline {
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		if s.Deadlines[i].Of == id && s.Deadlines[i].Unmet() {
			return &s.Deadlines[i]
		}
	}
	return nil
}
