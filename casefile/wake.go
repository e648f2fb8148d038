package casefile

import (
	"cmp"
	"hash/fnv"
	"slices"
	"time"
)

// alarm is one thing that a deadline asks of the clock: to warn, to be missed, or to tell
// that a pause has outlasted what was expected of it.
type alarm struct {
	deadlineID, step string
	miss             bool
	outlasts         bool
	takeUp           bool // no deadline's: a deferral ends
	// due is the instant that counts, rings the one at which it is decided: later by the
	// case's spread.
	due, rings time.Time
}

// alarms lists what the running deadlines still ask for, by due instant.
func (s State) alarms() []alarm {
	var list []alarm
	for _, deadline := range s.Deadlines {
		wait := spread(s.ID, deadline.Unit)
		if pause := deadline.openPause(); pause != nil && pause.Until != "" && !pause.Outlasted && deadline.Status == ClockPaused {
			due := pause.expectedEnd()
			list = append(list, alarm{deadlineID: deadline.ID, step: deadline.Step, outlasts: true, due: due, rings: due.Add(wait)})
		}
		if !deadline.Running() {
			continue
		}
		if !deadline.Warned && deadline.OfOffice() && deadline.WarnAt.Before(deadline.End()) {
			list = append(list, alarm{deadlineID: deadline.ID, step: deadline.Step, due: deadline.WarnAt, rings: deadline.WarnAt.Add(wait)})
		}
		list = append(list, alarm{deadlineID: deadline.ID, step: deadline.Step, miss: true, due: deadline.End(), rings: deadline.End().Add(wait)})
	}
	if s.Deferral.InForce() && !s.Deferral.Elapsed {
		due := s.Deferral.takeUpAt()
		list = append(list, alarm{takeUp: true, due: due, rings: due.Add(spread(s.ID, CalendarDays))})
	}
	slices.SortStableFunc(list, func(a, b alarm) int { return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.deadlineID, b.deadlineID)) })
	return list
}

// NextWake returns when PassTime next has something to do, or false where no clock runs.
// It may lie in the past.
func NextWake(state State) (time.Time, bool) {
	var next time.Time
	for _, a := range state.alarms() {
		if next.IsZero() || a.rings.Before(next) {
			next = a.rings
		}
	}
	return next, !next.IsZero()
}

// Finished reports whether a case needs no workflow any more: it has ended, no window of a
// citizen or date of performance outlives that yet, and it waits for no other case's answer.
func Finished(state State) bool {
	return state.Exists() && !state.Stage.Open() && len(state.alarms()) == 0 && len(state.errands()) == 0
}

// maxSpread keeps the cases of a province, whose days all end at the same midnight, from
// being decided in the same second.
const maxSpread = 10 * 60

// spread is how long after a clock of a case runs out that is decided. Clocks in hours are exact
// and have none.
func spread(caseID string, unit DayUnit) time.Duration {
	if unit == Hours {
		return 0
	}
	return Spread(caseID)
}

// Spread is how long after the end of a day a case, or a leadership package, decides on its clocks
// in days: up to ten minutes, and the same for ever.
func Spread(id string) time.Duration {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(id))
	return time.Duration(hash.Sum32()%(maxSpread+1)) * time.Second
}
