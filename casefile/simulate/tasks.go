package simulate

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// follow sets in train what a case wants next: its tasks and its clock.
func (y *year) follow(l *life) {
	if l.state == nil {
		return
	}
	if !l.state.Stage.Open() {
		// An ended case is let go; what is left of it are windows that citizens have.
		l.state, l.tasks = nil, nil
		return
	}
	if wake, runs := casefile.NextWake(*l.state); runs && (l.wake.IsZero() || wake.Before(l.wake)) {
		l.wake = wake
		y.events.push(event{at: max(wake.Unix(), y.now.Unix()) + 1, kind: rings, life: l, serial: y.next()})
	}
	for _, task := range casefile.Tasks(*l.state, y.offices.roster) {
		work, done := y.work[task.Kind]
		if !done || slices.Contains(l.tasks, task.ID) {
			continue
		}
		l.tasks = append(l.tasks, task.ID)
		wait := work.Least + work.Wait*y.random.ExpFloat64()
		at := y.now.Add(time.Duration(wait * 24 * float64(time.Hour)))
		y.events.push(event{at: at.Unix(), kind: ready, life: l, task: task.ID, serial: y.next()})
	}
}

// take gives a task that has become workable to somebody, if it is still there.
func (y *year) take(l *life, id string) {
	task, there := y.task(l, id)
	if !there {
		y.drop(l, id)
		y.follow(l)
		return
	}
	w := y.offices.byID[task.AssigneeID]
	if w == nil {
		w = y.offices.least(casefile.RoleAt{Role: task.InboxRole, UnitID: task.InboxUnit}, func(who string) bool {
			return !secondPerson(task.Kind) || apart(*l.state, who)
		})
	}
	if w == nil {
		// A vacant post: the task waits in its inbox for a week, and is looked at again.
		y.result.Vacant++
		y.events.push(event{at: y.now.AddDate(0, 0, 7).Unix(), kind: ready, life: l, task: id, serial: y.next()})
		return
	}
	minutes := y.work[task.Kind].Minutes * (0.5 + y.random.Float64())
	done := y.time.do(w, y.now, minutes)
	y.events.push(event{at: done.Unix(), kind: finished, life: l, task: id, worker: w, serial: y.next()})
}

// finishTask sends the command that does a task.
func (y *year) finishTask(l *life, id string, w *worker) error {
	y.drop(l, id)
	task, there := y.task(l, id)
	if there {
		acts := y.acts(l, task, w)
		if len(acts) == 0 {
			// It would be taken again and again, and keep people from what there is to do.
			return fmt.Errorf("case %s: nothing is done in this year about a task of the kind %s, though the profile has work for it", l.state.ID, task.Kind)
		}
		for _, act := range acts {
			if !y.send(l, w.actor, act) {
				l.tries++
				if l.tries > 20 {
					return fmt.Errorf("case %s: %s by %s is refused again and again: %s",
						l.state.ID, task.Kind, w.actor.PersonID, y.result.lastRefusal)
				}
				break
			}
			l.tries = 0
		}
	}
	y.follow(l)
	return nil
}

func (y *year) task(l *life, id string) (casefile.Task, bool) {
	if l.state == nil {
		return casefile.Task{}, false // it ended meanwhile
	}
	for _, task := range casefile.Tasks(*l.state, y.offices.roster) {
		if task.ID == id {
			return task, true
		}
	}
	return casefile.Task{}, false
}

func (y *year) drop(l *life, id string) {
	if i := slices.Index(l.tasks, id); i >= 0 {
		l.tasks = slices.Delete(l.tasks, i, i+1)
	}
}

// secondPerson are the tasks that those who worked on the case don't do.
func secondPerson(kind string) bool {
	return kind == casefile.TaskVerify || kind == casefile.TaskFollowUp || kind == casefile.TaskDecideExtension
}

// apart tells whether somebody has had no part in the case yet.
func apart(s casefile.State, who string) bool {
	return who != s.HandlerID && !slices.Contains(s.HandledBy, who) && !slices.Contains(s.VerifiedBy, who) &&
		(s.Pending == nil || s.Pending.AskedBy != who)
}
