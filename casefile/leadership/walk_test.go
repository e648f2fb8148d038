package leadership

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

// TestWhateverHappensAPackageIsMovedOnAndCanBeResolved takes packages through random acts
// of random people, answers and news of their cases, and passing time.
func TestWhateverHappensAPackageIsMovedOnAndCanBeResolved(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	statuses := map[Status]int{}
	taken, refused := 0, 0
	laws := []*casefile.Law{nil, locally(t, 1), locally(t, 2, 4), locally(t, 3, 5, 9)}
	for seed := range uint64(1500) {
		w := &walker{life: newLife(t), Rand: rand.New(rand.NewPCG(seed, 84))}
		w.has("third", CaseFacts{Standing: casefile.Standing{Open: true}})
		w.law = laws[seed%2]
		w.begin()
		for range 40 {
			if w.law != nil && w.IntN(10) == 0 {
				w.law = laws[1+w.IntN(3)]
			}
			if w.try(w.next()) {
				taken++
			} else {
				refused++
			}
			statuses[w.state.Status]++
		}
		if seed%10 == 0 {
			w.resolve()
		}
		for _, event := range w.events {
			seen[event.Type()]++
		}
	}
	t.Logf("%d taken, %d refused; statuses %v; events %v", taken, refused, statuses, seen)
	for _, name := range EventTypes() {
		require.Positive(t, seen[name], name)
	}
	for _, status := range []Status{Proposed, Open, Stabilised, Resolved, Cancelled} {
		require.Greater(t, statuses[status], 30, status)
	}
}

type walker struct {
	*life
	*rand.Rand
}

func (w *walker) begin() {
	m := mandate()
	if w.IntN(3) == 0 {
		m.DueBy = "2026-06-30"
	}
	switch w.IntN(4) {
	case 0:
		w.does("", EscalateToPackage{Origin: Origin{CaseID: "open", OrderID: "U1"}, Level: casefile.LevelCounty})
	case 1:
		w.does("town-manager", ProposePackage{Mandate: m, CaseIDs: []string{"open", "old"}})
	default:
		w.does("county-leader", OpenPackage{Mandate: m, CaseIDs: []string{"open", "old"}})
	}
}

// try sends a command and checks what must hold, whatever became of it.
func (w *walker) try(who string, act Act) bool {
	command := w.command(who, act, nil)
	_, err := Decide(w.state, command, w.rules())
	if refusal := (*casefile.Refusal)(nil); errors.As(err, &refusal) {
		require.NotEmpty(w.t, refusal.MessageZH)
		return false
	}
	before := w.state
	digest := StateDigest(before)
	w.does(who, act)
	require.Equal(w.t, digest, StateDigest(before), "a state that was handed out stays what it was")
	for _, deadline := range w.state.Deadlines {
		require.False(w.t, w.state.Status.Ended() && deadline.Running(), "%s runs in a package that has ended", deadline.Step)
	}
	if w.state.Status == Resolved {
		for _, member := range w.state.Current() {
			require.True(w.t, member.Standing.Concluded)
			require.NotNil(w.t, member.Asked)
		}
	}
	return true
}

func (w *walker) next() (string, Act) {
	people := []string{"county-leader", "county-vice", "bureau-manager", "town-manager", "center-supervisor", "city-leader", "town-clerk"}
	who := people[w.IntN(len(people))]
	ids := []string{"open", "old", "third"}
	id := ids[w.IntN(len(ids))]
	for _, order := range w.state.Orders {
		if unended(order) && w.IntN(25) == 0 {
			return w.onOrder(order)
		}
	}
	switch w.IntN(16) {
	case 0, 1:
		if of, _, waits := w.state.News(); waits {
			return "", NoteTold{Of: of}
		}
		if asked := w.state.Intents(); len(asked) > 0 {
			member := asked[0]
			answer := NoteAnswer{CaseID: member.CaseID, Intent: member.Intent, Standing: w.cases[member.CaseID].Standing}
			if w.IntN(6) == 0 {
				answer.Refusal = &casefile.Refusal{Message: "no", MessageZH: "否"}
			}
			return "", answer
		}
		return "", PassTime{}
	case 2, 3:
		if w.IntN(10) == 0 {
			return "", EscalateToPackage{Origin: Origin{CaseID: "open", OrderID: "U1"}, Level: casefile.LevelCity}
		}
		return "", w.news(id)
	case 4:
		w.later(w.IntN(30))
		return "", PassTime{}
	case 5:
		if wake, ok := NextWake(w.state); ok && wake.After(w.now) {
			w.now = wake
		}
		return "", PassTime{}
	case 6:
		return who, AddPackageCase{CaseID: id}
	case 7:
		return who, RemovePackageCase{CaseID: id, Reason: "r"}
	case 8:
		return who, SetPackagePlan{Milestones: []PlannedMilestone{{Title: "t", DueOn: day(w.now.AddDate(0, 0, w.IntN(20)))}}}
	case 9:
		if w.IntN(8) == 0 {
			return who, HandOverWork{FromID: "bureau-manager", ToID: []string{"", "bureau-clerk", "county-leader"}[w.IntN(3)], Reason: "r"}
		}
		return who, HandOverPackage{LeaderID: []string{"county-leader", "county-vice", "city-leader"}[w.IntN(3)], Reason: "r"}
	case 10:
		return who, ConcludePackage{Outcome: []Outcome{OutcomeResolved, OutcomeStabilised}[w.IntN(2)], Summary: "s"}
	case 11:
		return who, DeclinePackage{Reason: "r"}
	case 12, 13:
		return who, ApprovePackage{}
	}
	return who, w.review()
}

// onOrder has somebody of either unit answer or judge an order.
func (w *walker) onOrder(order Order) (string, Act) {
	unit := []string{order.AddresseeUnitID, order.IssuedByUnitID}[w.IntN(2)]
	who := unit + []string{"-manager", "-leader"}[w.IntN(2)]
	if _, there := w.dir.people[who]; !there {
		who = "town-manager"
	}
	status := []casefile.SupervisionStatus{casefile.SupervisionSatisfied, casefile.SupervisionReturned, casefile.SupervisionTakenOver}[w.IntN(3)]
	return who, []Act{
		AcknowledgePackageSupervision{OrderID: order.ID},
		ReplyPackageSupervision{OrderID: order.ID, Reply: "r"},
		ClosePackageSupervision{OrderID: order.ID, Status: status, Reason: "r"},
	}[w.IntN(3)]
}

// news lets a case be concluded, closed or reopened.
func (w *walker) news(id string) NoteStanding {
	facts := w.cases[id]
	facts.Standing.Version++
	switch w.IntN(3) {
	case 0:
		concluded(&facts.Standing)
	case 1:
		facts.Standing.Open, facts.Standing.Concluded = false, true
	case 2:
		reopened(&facts.Standing)
	}
	facts.HeldBy = ""
	if w.state.Status == Resolved && w.IntN(8) == 0 {
		facts.HeldBy = "pk-2"
	}
	w.cases[id] = facts
	return NoteStanding{Standing: facts.Standing}
}

// review records whatever may be recorded.
func (w *walker) review() RecordPackageReview {
	review := RecordPackageReview{Progress: "p", Help: "h"}
	for _, m := range w.state.Milestones {
		if m.DoneAt.IsZero() && !m.Dropped && w.IntN(2) == 0 {
			review.MilestonesDone = append(review.MilestonesDone, m.ID)
		}
	}
	for _, m := range w.state.Members {
		if newest, _ := w.state.Member(m.CaseID); newest.Intent != m.Intent || m.Status != Joined || !m.Standing.Concluded {
			continue
		}
		member := MemberReview{CaseID: m.CaseID, Asked: asked()}
		if m.Legacy {
			member.Outcome = casefile.OutcomeExplained
		}
		review.Members = append(review.Members, member)
	}
	return review
}

// resolve shows that wherever the package is, it can still be ended.
func (w *walker) resolve() {
	if w.state.Status == Proposed {
		for id, facts := range w.cases {
			facts.HeldBy = ""
			w.cases[id] = facts
		}
		w.does(w.state.LeaderUnitID+"-leader", DeclinePackage{Reason: "r"})
		if w.state.Status == Proposed {
			w.does("city-leader", DeclinePackage{Reason: "r"})
		}
	}
	if w.state.Status.Ended() {
		return
	}
	w.answered()
	leader := w.state.LeaderID
	if len(w.state.Current()) == 0 {
		w.cases["third"] = CaseFacts{Number: "n", Division: "530402001", Standing: casefile.Standing{CaseID: "third", Version: 999, Open: true}}
		w.does(leader, AddPackageCase{CaseID: "third"})
		w.answered()
	}
	for _, m := range w.state.Current() {
		facts := w.cases[m.CaseID]
		facts.HeldBy = ""
		facts.Standing.Version += 1000
		concluded(&facts.Standing)
		w.cases[m.CaseID] = facts
		w.does("", NoteStanding{Standing: facts.Standing})
	}
	w.does(leader, w.review())
	if w.state.Pending == nil || w.state.Pending.Outcome != OutcomeResolved {
		if w.state.Pending != nil {
			w.does(w.signer(), DeclinePackage{Reason: "r"})
		}
		w.does(leader, ConcludePackage{Outcome: OutcomeResolved, Summary: "s"})
	}
	w.does(w.signer(), ApprovePackage{})
	require.Equal(w.t, Resolved, w.state.Status)
}

// signer is somebody of the package's body or over it who didn't ask for the end.
func (w *walker) signer() string {
	people := []string{w.state.LeaderUnitID + "-leader", w.state.LeaderUnitID + "-vice", "city-center-leader"}
	return people[slices.IndexFunc(people, func(id string) bool {
		_, there := w.dir.people[id]
		return there && id != w.state.Pending.By
	})]
}
