package casefile

import (
	"slices"
	"time"
)

// Dispatch (派单) asks one unit for its part in a case, and for a reply by a day.
type Dispatch struct {
	ID     string `json:"id"` // unique within the case ("X1")
	UnitID string `json:"unitId"`
	// Lead (主办) marks the one unit that is answerable for the matter; the others assist.
	Lead        bool           `json:"lead,omitempty"`
	ByUnitID    string         `json:"byUnitId"`
	By          string         `json:"by"`
	Status      DispatchStatus `json:"status"`
	SentAt      time.Time      `json:"sentAt"`
	ReplyBy     string         `json:"replyBy"` // the last day for the reply, YYYY-MM-DD
	Instruction TextID         `json:"instruction"`
	Round       int            `json:"round"`
	Reply       TextID         `json:"reply,omitempty"`
	RepliedAt   time.Time      `json:"repliedAt,omitzero"`
	RepliedBy   string         `json:"repliedBy,omitempty"`
	// Reason is why it came back, ReturnedAt when. TakenBack says that the dispatcher took it
	// back, or let a returned one rest: nobody else has to be found.
	Reason     TextID    `json:"reason,omitempty"`
	ReturnedAt time.Time `json:"returnedAt,omitzero"`
	TakenBack  bool      `json:"takenBack,omitempty"`
}

// Open reports whether a dispatch still waits for its unit.
func (d Dispatch) Open() bool { return d.Status == DispatchSent || d.Status == DispatchOverdue }

// Raise (向上请办) is one handing of the case to the office above.
type Raise struct {
	FromUnitID string   `json:"fromUnitId"`
	ToUnitID   string   `json:"toUnitId"`
	Division   Division `json:"division"` // who answered for the case until then
	// HandlerID handled it below, and goes on where it comes back.
	HandlerID string    `json:"handlerId,omitempty"`
	At        time.Time `json:"at"`
	Reason    TextID    `json:"reason"`
	// ReturnedAt is zero where the office above went on with it.
	ReturnedAt time.Time `json:"returnedAt,omitzero"`
	Round      int       `json:"round"`
}

// The most of each that one case takes, so that it stays small enough to be carried whole.
const (
	maxDispatches = 60
	maxRaises     = 20
)

// replyRoles answer a dispatch for their unit.
var replyRoles = []Role{RoleClerk, RoleManager, RoleLeader, RoleInvestigator, RoleMediator, RoleGridWorker}

// dispatchRoles send a case to units, and take back what they sent.
var dispatchRoles = []Role{RoleClerk, RoleManager, RoleLeader}

func (s State) dispatch(id string) *Dispatch {
	for i := range s.Dispatches {
		if s.Dispatches[i].ID == id {
			return &s.Dispatches[i]
		}
	}
	return nil
}

// openDispatchAt returns what a unit still has to answer, or nil; there is one at most.
func (s State) openDispatchAt(unitID string) *Dispatch {
	for i := range s.Dispatches {
		if s.Dispatches[i].UnitID == unitID && s.Dispatches[i].Open() {
			return &s.Dispatches[i]
		}
	}
	return nil
}

// leadOwed returns the dispatch of this round's lead as long as its answer is wanting: the
// unit has not replied, or sent it back and no other one has been found.
func (s State) leadOwed() *Dispatch {
	for i := len(s.Dispatches) - 1; i >= 0; i-- {
		d := &s.Dispatches[i]
		if !d.Lead || d.Round != s.Round {
			continue
		}
		if d.Open() || d.Status == DispatchReturned && !d.TakenBack {
			return d
		}
		return nil
	}
	return nil
}

// returnedLead returns the lead's dispatch that came back and wants another unit, or nil.
func (s State) returnedLead() *Dispatch {
	if lead := s.leadOwed(); lead != nil && !lead.Open() {
		return lead
	}
	return nil
}

// raisedHere returns the raise by which the case came to the responsible unit, while that
// has neither begun with it nor sent it back.
func (s State) raisedHere() *Raise {
	n := len(s.Raises)
	if n == 0 || s.HandlerID != "" || s.Outcome != "" || !slices.Contains(workStages, s.Stage) {
		return nil
	}
	last := &s.Raises[n-1]
	if !last.ReturnedAt.IsZero() || last.Round != s.Round || last.ToUnitID != s.ResponsibleUnitID || s.pendingDecision() != nil {
		return nil
	}
	return last
}

// dispatchedTo lists the units that have a part in the case now.
func (s State) dispatchedTo() []string {
	var units []string
	for _, d := range s.Dispatches {
		if d.Round == s.Round && d.Status != DispatchReturned && !slices.Contains(units, d.UnitID) {
			units = append(units, d.UnitID)
		}
	}
	return units
}

// answered reports whether somebody replied to a dispatch for their unit: they had a part in
// the handling.
func (s State) answered(personID string) bool {
	return slices.ContainsFunc(s.Dispatches, func(d Dispatch) bool { return d.RepliedBy == personID && personID != "" })
}

func (s *State) changeDispatch(id string, change func(*Dispatch)) {
	s.Dispatches = slices.Clone(s.Dispatches)
	for i := range s.Dispatches {
		if s.Dispatches[i].ID == id {
			change(&s.Dispatches[i])
		}
	}
}

// recallDispatches takes back what still waits when the case ends.
func (s *State) recallDispatches(date time.Time) {
	if !slices.ContainsFunc(s.Dispatches, Dispatch.Open) {
		return
	}
	s.Dispatches = slices.Clone(s.Dispatches)
	for i := range s.Dispatches {
		if d := &s.Dispatches[i]; d.Open() {
			d.Status, d.ReturnedAt, d.TakenBack = DispatchReturned, date, true
		}
	}
}
