package casefile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// checkStep checks one decision against everything that must hold after each (domain:
// invariants). It is asked at each step of every test.
func checkStep(before State, past []Event, command Command, events []Event, after State, dir Directory) error {
	for i, event := range events {
		if event.Seq != before.Version+i+1 {
			return fmt.Errorf("event %d of %s has number %d after version %d", i, ActName(command.Act), event.Seq, before.Version)
		}
		if err := checkEvent(event, command); err != nil {
			return err
		}
	}
	if after.Version != before.Version+len(events) {
		return fmt.Errorf("version %d after %d events on version %d", after.Version, len(events), before.Version)
	}
	if err := checkTwoPersons(before, command, events); err != nil {
		return err
	}
	if err := checkClocks(after, slices.Concat(past, events)); err != nil {
		return err
	}
	if err := checkCounted(after, Course{}); err != nil {
		return err
	}
	return checkState(after, dir)
}

// checkCounted checks that a case is part of no more than it is counted among.
func checkCounted(state State, course Course) error {
	for code, share := range MeasuresOf(state, course).Shares {
		if share.Numerator < 0 || share.Numerator > share.Denominator {
			return fmt.Errorf("%s is %d of %d", code, share.Numerator, share.Denominator)
		}
	}
	for stage, days := range course.Days {
		if !stage.Open() || days < 0 {
			return fmt.Errorf("%d days in %s", days, stage)
		}
	}
	return nil
}

func checkEvent(event Event, command Command) error {
	if event.EffectiveAt.After(event.At) {
		return fmt.Errorf("%s is dated in the future: %s after %s", event.Type(), event.EffectiveAt, event.At)
	}
	if event.At != Instant(event.At) || event.EffectiveAt != Instant(event.EffectiveAt) {
		return fmt.Errorf("%s is dated more finely than the record keeps", event.Type())
	}
	if event.RequestKey != command.RequestKey || event.InputDigest != command.InputDigest {
		return fmt.Errorf("%s lost its request", event.Type())
	}
	return nil
}

func checkTwoPersons(before State, command Command, events []Event) error {
	who := command.Actor.PersonID
	for _, event := range events {
		switch event.Body.(type) {
		case ClosureVerified, EndVerified, ClosureRejected, EndRejected:
			if before.Pending.AskedBy == who || slices.Contains(before.HandledBy, who) {
				return fmt.Errorf("%s verified their own work", who)
			}
		case ReviewOpinionIssued:
			if slices.Contains(before.HandledBy, who) || before.HandlerID == who {
				return fmt.Errorf("%s reviewed their own work", who)
			}
			for _, r := range before.Reviews {
				if r.Stage != before.Stage && r.DecidedBy == who {
					return fmt.Errorf("%s reviewed their own review", who)
				}
			}
		case FollowedUp:
			if _, imported := command.Act.(ImportEnded); imported {
				continue
			}
			if slices.Contains(before.HandledBy, who) || slices.Contains(before.VerifiedBy, who) {
				return fmt.Errorf("%s followed up their own work", who)
			}
		}
	}
	return nil
}

// checkClocks counts misses and orders over the whole record: each miss of the office's own
// clocks brings exactly one order, and at most one a level where that goes unanswered.
func checkClocks(after State, events []Event) error {
	missed, undone := map[string]int{}, map[string]int{}
	type chase struct {
		deadline string
		miss     int
	}
	levels := map[chase][]DivisionLevel{}
	first := map[string]int{}
	for _, event := range events {
		switch body := event.Body.(type) {
		case DeadlineMissed:
			missed[body.DeadlineID]++
		case SupervisionOrdered:
			key := chase{body.DeadlineID, body.Miss}
			if body.Escalates == "" {
				first[body.DeadlineID]++
			} else if before := levels[key]; len(before) == 0 || !wider(body.Level, before[len(before)-1]) {
				return fmt.Errorf("order %s of level %s escalates %v", body.OrderID, body.Level, before)
			}
			levels[key] = append(levels[key], body.Level)
		case DeadlineMet:
			if body.Lifts {
				undone[body.DeadlineID]++
			}
		case DeadlineRecounted:
			if body.Revived {
				undone[body.DeadlineID]++
			}
		}
	}
	for _, deadline := range after.Deadlines {
		net := missed[deadline.ID] - undone[deadline.ID]
		if net > 1 || net < 0 {
			return fmt.Errorf("deadline %s was missed %d times and put right %d times", deadline.ID, missed[deadline.ID], undone[deadline.ID])
		}
		want := missed[deadline.ID]
		if after.Imported && deadline.Round == 1 || !deadline.urged() || deadline.ofOrder() {
			want = 0
		}
		if first[deadline.ID] != want {
			return fmt.Errorf("deadline %s was missed %d times and chased %d times", deadline.ID, missed[deadline.ID], first[deadline.ID])
		}
		if (deadline.Status == ClockMissed) != (net == 1) {
			return fmt.Errorf("deadline %s is %s after %d misses", deadline.ID, deadline.Status, missed[deadline.ID])
		}
	}
	return checkOrders(after)
}

// checkOrders wants something under way for every open order, and nothing for any other.
func checkOrders(s State) error {
	chained := map[string]bool{}
	for _, order := range s.Orders {
		clock := s.owedClockOf(order.ID)
		key := fmt.Sprint(order.DeadlineID, " ", order.Miss)
		switch {
		case !order.Status.Open() && clock != nil:
			return fmt.Errorf("order %s is %s and clock %s of it is %s", order.ID, order.Status, clock.ID, clock.Status)
		case order.wantsReply() && clock == nil:
			return fmt.Errorf("order %s is %s and has no clock", order.ID, order.Status)
		case order.Status.Open() && !s.Stage.Open():
			return fmt.Errorf("order %s is %s in a case in %s", order.ID, order.Status, s.Stage)
		case order.Status.Open() && order.IssuedByUnitID == s.answering(order):
			return fmt.Errorf("order %s chases the unit that issued it", order.ID)
		case order.Status.Open() && chained[key]:
			return fmt.Errorf("order %s is open beside another one over the same miss", order.ID)
		}
		chained[key] = chained[key] || order.Status.Open()
	}
	return nil
}

func checkState(s State, dir Directory) error {
	open := s.Stage.Open()
	tasks := Tasks(s, dir)
	running := 0
	for _, deadline := range s.Deadlines {
		if (deadline.Running() || deadline.Status == ClockPaused) && deadline.OfOffice() {
			running++
		}
	}
	switch {
	case open && len(tasks) == 0 && len(Errands(s)) == 0:
		return fmt.Errorf("open case in %s has nothing to do", s.Stage)
	case !open && running > 0:
		return fmt.Errorf("case in %s has %d running deadlines", s.Stage, running)
	case !open && slices.ContainsFunc(tasks, func(task Task) bool { return !outlivingTasks[task.Kind] }) && len(s.openSamples()) == 0:
		return fmt.Errorf("case in %s still has the task %s", s.Stage, tasks[0].ID)
	case !open && s.Pending != nil:
		return fmt.Errorf("case in %s still waits for a second person", s.Stage)
	case (s.Stage == StageReview || s.Stage == StageReReview) != (s.openReview() != nil):
		return fmt.Errorf("case in %s with an open review: %t", s.Stage, s.openReview() != nil)
	case (s.Stage == StageVerification) != (s.Pending != nil):
		return fmt.Errorf("case in %s with pending %v", s.Stage, s.Pending)
	case open != s.ClosedAt.IsZero():
		return fmt.Errorf("case in %s closed at %s", s.Stage, s.ClosedAt)
	case Finished(s) != (!open && !slices.ContainsFunc(s.Deadlines, wantsWaking) && len(Errands(s)) == 0):
		return fmt.Errorf("case in %s is finished: %t", s.Stage, Finished(s))
	case closedTo(s.Exclusions, s.ResponsibleUnitID, dir) && !ExcludesUnit(s.Exclusions, s.ResponsibleUnitID, dir):
		return fmt.Errorf("case lies with unit %s, whose head is kept from it", s.ResponsibleUnitID)
	case ExcludesUnit(s.Exclusions, s.ResponsibleUnitID, dir):
		return fmt.Errorf("case lies with the accused unit %s", s.ResponsibleUnitID)
	}
	putOff := s.Deferral.InForce() && !s.Deferral.Elapsed
	if _, wakes := NextWake(s); wakes != (putOff || slices.ContainsFunc(s.Deadlines, wantsWaking)) {
		return fmt.Errorf("clocks want to be woken for: %t, and the case wakes: %t", !wakes, wakes)
	}
	for _, order := range s.Orders {
		ofOrder := func(t Task) bool { return strings.HasSuffix(t.ID, "-supervision:"+order.ID) }
		if slices.ContainsFunc(tasks, ofOrder) != order.Status.Open() {
			return fmt.Errorf("order %s is %s and has a task: %t", order.ID, order.Status, !order.Status.Open())
		}
	}
	if err := checkUrgency(s, tasks, dir); err != nil {
		return err
	}
	return checkTasks(s, tasks)
}

// outlivingTasks are left when a case has ended.
var outlivingTasks = map[string]bool{TaskUrge: true, TaskReturnToCourt: true, TaskUrgeReply: true}

func checkTasks(s State, tasks []Task) error {
	seen := map[string]bool{}
	for _, task := range tasks {
		if seen[task.ID] {
			return fmt.Errorf("task %s stands twice", task.ID)
		}
		seen[task.ID] = true
		if (task.AssigneeID == "") != (task.InboxRole != "" && task.InboxUnit != "") {
			return fmt.Errorf("task %s is nobody's: %+v", task.ID, task)
		}
		if TaskLabel(task.Kind, Chinese) == task.Kind {
			return fmt.Errorf("task %s has no label", task.Kind)
		}
		if task.Kind == TaskVerify && task.AssigneeID != "" && s.hasHandled(task.AssigneeID) {
			return fmt.Errorf("task %s asks %s to verify their own work", task.ID, task.AssigneeID)
		}
	}
	return nil
}

// checkRecord checks what is too dear to check at each step: the fold, the round trips
// through JSON, and that applying events wrote into nothing older.
func checkRecord(id string, events []Event) error {
	if err := checkCounted(Fold(id, events), FoldCourse(id, events)); err != nil {
		return err
	}
	state := State{ID: id}
	snapshots := make([][]byte, 0, len(events)+1)
	states := make([]State, 0, len(events)+1)
	take := func(s State) error {
		raw, err := json.Marshal(s)
		snapshots, states = append(snapshots, raw), append(states, s)
		return err
	}
	if err := take(state); err != nil {
		return err
	}
	read := make([]Event, 0, len(events))
	for _, event := range events {
		raw, err := json.Marshal(event)
		if err != nil {
			return err
		}
		var back Event
		if err := json.Unmarshal(raw, &back); err != nil {
			return err
		}
		again, err := json.Marshal(back)
		if err != nil || !bytes.Equal(raw, again) {
			return fmt.Errorf("event %d changes in JSON (%w): %s", event.Seq, err, raw)
		}
		read = append(read, back)
		state = Apply(state, event)
		if err := take(state); err != nil {
			return err
		}
	}
	for i, s := range states {
		raw, err := json.Marshal(s)
		if err != nil || !bytes.Equal(raw, snapshots[i]) {
			return fmt.Errorf("the state at version %d was written to later (%w)", s.Version, err)
		}
	}
	if StateDigest(Fold(id, read)) != StateDigest(state) {
		return fmt.Errorf("the fold of the stored events is another state")
	}
	var back State
	if err := json.Unmarshal(snapshots[len(snapshots)-1], &back); err != nil {
		return err
	}
	if StateDigest(back) != StateDigest(state) {
		return fmt.Errorf("the state changes in JSON")
	}
	if len(snapshots[len(snapshots)-1]) > 64<<10 {
		return fmt.Errorf("the state has %d bytes", len(snapshots[len(snapshots)-1]))
	}
	return nil
}

// wantsWaking is a clock that time itself will do something to.
func wantsWaking(d Deadline) bool {
	if d.Status == ClockPaused {
		return d.openPause().Until != "" && !d.openPause().Outlasted
	}
	return d.Running()
}
