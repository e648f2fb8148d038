package leadership

import (
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/record"
)

// State is a package as its events have made it: nothing but their fold. The zero State is
// a package that doesn't exist yet. It holds no personal text.
type State struct {
	ID string `json:"id"`
	// Version is the number of events so far.
	Version int    `json:"version"`
	Number  string `json:"number"`
	Status  Status `json:"status"`
	// StatusSince is the legal date of the act that brought the package into its status.
	StatusSince time.Time `json:"statusSince"`
	Mandate
	// LeaderUnitID is the leading body at which the leader holds the post; the package
	// belongs to its Division.
	LeaderUnitID string            `json:"leaderUnitId"`
	Division     casefile.Division `json:"division"`
	// ProposedBy asked for the package. Origin is set where nobody did: an order that went
	// unanswered up to this level.
	ProposedBy   casefile.Actor `json:"proposedBy"`
	Origin       *Origin        `json:"origin,omitempty"`
	ProposedAt   time.Time      `json:"proposedAt,omitzero"`
	OpenedAt     time.Time      `json:"openedAt,omitzero"`
	StabilisedAt time.Time      `json:"stabilisedAt,omitzero"`
	ResolvedAt   time.Time      `json:"resolvedAt,omitzero"`

	// FormerTeamIDs gave their place in the team to somebody else: what an order chases was once
	// theirs to do, so they don't judge it.
	FormerTeamIDs []string `json:"formerTeamIds,omitempty"`

	// Asked are the cases of a proposal; from opening on the members stand for them.
	Asked      []CaseName  `json:"asked,omitempty"`
	Members    []Member    `json:"members,omitempty"`
	Milestones []Milestone `json:"milestones,omitempty"`
	Reviews    []Review    `json:"reviews,omitempty"`
	// Untold is the number of the event of which the case in Origin has still to be told; 0 where
	// it knows.
	Untold int `json:"untold,omitempty"`
	// Pending is the end that waits for the second signature.
	Pending *Pending `json:"pending,omitempty"`

	Deadlines []casefile.Deadline `json:"deadlines,omitempty"`
	Orders    []Order             `json:"orders,omitempty"`
	// Backdated are the numbers of events whose legal date was more than three days back.
	Backdated []int `json:"backdated,omitempty"`
}

// Mandate is what a package is opened on.
type Mandate struct {
	Level             casefile.DivisionLevel `json:"level"`
	LeaderID          string                 `json:"leaderId,omitempty"`
	ResponsibleUnitID string                 `json:"responsibleUnitId"`
	TeamIDs           []string               `json:"teamIds,omitempty"`
	Title             casefile.TextID        `json:"title,omitempty"`
	Reason            casefile.TextID        `json:"reason,omitempty"`
	DueBy             string                 `json:"dueBy,omitempty"` // YYYY-MM-DD, Asia/Shanghai
}

// Origin is the supervision order of a case that went unanswered.
type Origin struct {
	CaseID  string `json:"caseId"`
	OrderID string `json:"orderId"`
}

// CaseName is a case with its number.
type CaseName struct {
	CaseID string `json:"caseId"`
	Number string `json:"number"`
}

// Member is a case in the package, as it last told how it stands.
type Member struct {
	CaseName
	Status MemberStatus `json:"status"`
	// Intent is the number of the event that asked the case to join or leave: a repeated
	// request is known by it.
	Intent   int               `json:"intent"`
	JoinedAt time.Time         `json:"joinedAt,omitzero"`
	Standing casefile.Standing `json:"standing"`
	// Legacy: the case had ended before it joined. It is not reopened, and gets its outcome
	// here.
	Legacy  bool             `json:"legacy,omitempty"`
	Outcome casefile.Outcome `json:"outcome,omitempty"`
	// Asked is what the petitioner said to the result; nil until they were asked.
	Asked *Asked `json:"asked,omitempty"`
}

// Asked is what came of asking the petitioner (or both sides of a dispute) of a member case.
type Asked struct {
	At           time.Time               `json:"at"`
	By           string                  `json:"by"`
	Result       casefile.FollowUpResult `json:"result"`
	Satisfaction *int                    `json:"satisfaction,omitempty"` // 1 (worst) to 5
	Method       casefile.FollowUpMethod `json:"method"`
	Comment      casefile.TextID         `json:"comment,omitempty"`
}

// Milestone is one thing that the plan wants done by a day.
type Milestone struct {
	ID         string          `json:"id"` // unique within the package ("M1")
	Title      casefile.TextID `json:"title"`
	DueOn      string          `json:"dueOn"` // YYYY-MM-DD, Asia/Shanghai
	DoneAt     time.Time       `json:"doneAt,omitzero"`
	DeadlineID string          `json:"deadlineId,omitempty"`
	// Dropped: a later plan does without it.
	Dropped bool `json:"dropped,omitempty"`
}

// Review is one look of the leader or the team at the package. Help, Explanation and
// Contact say what was offered to the people concerned; never where they are, where they
// go, what devices they use or who their relatives are.
type Review struct {
	ID          string          `json:"id"` // unique within the package ("R1")
	At          time.Time       `json:"at"`
	By          string          `json:"by"`
	Progress    casefile.TextID `json:"progress"`
	Help        casefile.TextID `json:"help,omitempty"`
	Explanation casefile.TextID `json:"explanation,omitempty"`
	Contact     casefile.TextID `json:"contact,omitempty"`
}

// Pending is a proposed end.
type Pending struct {
	Outcome Outcome         `json:"outcome"`
	Summary casefile.TextID `json:"summary"`
	By      string          `json:"by"`
	At      time.Time       `json:"at"`
}

// Order chases who missed a deadline of the package. ClockID is the order's own clock.
type Order struct {
	casefile.SupervisionOrder
	ClockID string `json:"clockId,omitempty"`
}

// Exists reports whether the package has been proposed or opened.
func (s State) Exists() bool { return s.Version > 0 }

// Apply returns the state after an event. It has value semantics: what the old state refers
// to is never written.
func Apply(state State, event Event) State {
	s := state
	s.Version = event.Seq
	if event.BackdatingReason != "" {
		s.Backdated = appended(s.Backdated, event.Seq)
	}
	event.Body.apply(&s, event)
	return s
}

// Fold returns the package that the events make, in their order.
func Fold(id string, events []Event) State {
	state := State{ID: id}
	for _, event := range events {
		state = Apply(state, event)
	}
	return state
}

// StateDigest returns the SHA-256 of a state's JSON in hex, as record.Digest does.
func StateDigest(state State) string { return record.Digest(state) }

// appended never writes into the old slice's backing array.
func appended[T any](list []T, value T) []T { return append(slices.Clip(list), value) }

// changed returns a copy of a list in which the values that fit have been changed.
func changed[T any](list []T, fits func(T) bool, change func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		if fits(list[i]) {
			change(&list[i])
		}
	}
	return list
}

func (s *State) enter(status Status, since time.Time) { s.Status, s.StatusSince = status, since }

// Member returns the newest membership of a case.
func (s State) Member(caseID string) (Member, bool) {
	for i := len(s.Members) - 1; i >= 0; i-- {
		if s.Members[i].CaseID == caseID {
			return s.Members[i], true
		}
	}
	return Member{}, false
}

// Current lists the members that are in the package or on their way in.
func (s State) Current() []Member {
	var current []Member
	for _, m := range s.Members {
		if m.Status == Joined || m.Status == Invited {
			current = append(current, m)
		}
	}
	return current
}

// CasesNamed lists the cases whose numbers the package's record holds.
func (s State) CasesNamed() []casefile.OtherCase {
	var named []casefile.OtherCase
	for _, m := range s.Members {
		named = append(named, casefile.OtherCase(m.CaseName))
	}
	for _, name := range s.Asked {
		named = append(named, casefile.OtherCase(name))
	}
	return named
}

// Intents lists the members that have still to be told that they join or leave.
func (s State) Intents() []Member {
	var waiting []Member
	for _, m := range s.Members {
		if m.Status == Invited || m.Status == Leaving {
			waiting = append(waiting, m)
		}
	}
	return waiting
}

// clock returns the newest deadline of a step, or nil.
func (s State) clock(step string) *casefile.Deadline {
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		if s.Deadlines[i].Step == step {
			return &s.Deadlines[i]
		}
	}
	return nil
}

// Deadline returns a deadline by its id.
func (s State) Deadline(id string) (casefile.Deadline, bool) {
	for _, deadline := range s.Deadlines {
		if deadline.ID == id {
			return deadline, true
		}
	}
	return casefile.Deadline{}, false
}
