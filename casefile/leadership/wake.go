package leadership

import (
	"cmp"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// PassTime lets the clock act: the open clocks are counted by the calendar in force, then every
// warning and deadline that is due is decided, oldest first. Only the system asks for it.
type PassTime struct{}

func (PassTime) actName() string { return "PassTime" }

var timeActs = []actKind{systemActOf[PassTime]()}

func (PassTime) decide(d *deciding) *casefile.Refusal {
	d.recount()
	// What is decided may start a clock that is over by now too, after a long standstill. Every
	// round stops a clock or warns of one, and orders end at the top of the units.
	for {
		due := slices.DeleteFunc(d.state.alarms(), func(a alarm) bool { return a.rings.After(d.now) })
		if len(due) == 0 {
			return nil
		}
		next := due[0]
		over := slices.ContainsFunc(due, func(a alarm) bool { return a.miss && a.deadline.ID == next.deadline.ID })
		if over {
			d.miss(next.deadline)
			continue
		}
		d.emitAs(casefile.System, d.now, DeadlineWarned{DeadlineID: next.deadline.ID, Step: next.deadline.Step})
	}
}

// alarm is one thing that a deadline asks of the clock: to warn, or to be missed.
type alarm struct {
	deadline   casefile.Deadline
	miss       bool
	due, rings time.Time // what counts, and when it is decided
}

func (s State) alarms() []alarm {
	var list []alarm
	wait := casefile.Spread(s.ID)
	for _, deadline := range s.Deadlines {
		if !deadline.Running() {
			continue
		}
		if !deadline.Warned {
			list = append(list, alarm{deadline, false, deadline.WarnAt, deadline.WarnAt.Add(wait)})
		}
		list = append(list, alarm{deadline, true, deadline.End(), deadline.End().Add(wait)})
	}
	slices.SortStableFunc(list, func(a, b alarm) int {
		return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.deadline.ID, b.deadline.ID))
	})
	return list
}

// NextWake returns when PassTime next has something to do, or false where no clock runs. It
// may lie in the past.
func NextWake(state State) (time.Time, bool) {
	var next time.Time
	for _, a := range state.alarms() {
		if next.IsZero() || a.rings.Before(next) {
			next = a.rings
		}
	}
	return next, !next.IsZero()
}

// Finished reports whether a package needs no workflow any more: it has ended, and every
// case knows what became of its membership, or of the proposal.
func Finished(state State) bool {
	return state.Exists() && state.Status.Ended() && len(state.Intents()) == 0 && state.Untold == 0
}
