package explore

import (
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// move is a command that was taken, or time that passed, with what came of it.
type move struct {
	// by is the sender's post and parts in the case; empty where nobody sent it.
	by, act, label string
	command        casefile.Command
	events         []casefile.Event
	after          casefile.State
	now            time.Time
	// held says that the end of the case is held back from now on.
	held bool
}

// then is where the move leads.
func (m move) then() live { return live{state: m.after, now: m.now, held: m.held} }

// watch hears what becomes of proposals.
type watch interface {
	taken(act string, events []casefile.Event, label string)
	refused(m move, err error)
	// none hears that an allowed command was taken with no input.
	none(name string, actor casefile.Actor, why error)
	timeStandsStill(why string)
}

// by stands in a label between a command and who sent it.
const by = " by "

// timePasses is the label of what time alone brings about.
const timePasses = "time passes"

// theDayBefore is the label of waiting, which is no step of the case.
const theDayBefore = "wait until the day before"

// moves are all that may happen in a state.
func (s *search) moves(at live, w watch) iter.Seq[move] {
	return func(yield func(move) bool) {
		sending := &sending{search: s, at: at, watch: w, sent: map[string]int{}}
		for m := range s.passTime(at, w) {
			if !yield(m) {
				return
			}
		}
		for _, right := range at.rights {
			for _, name := range right.commands {
				if !s.scope.sends(name) {
					continue
				}
				for m := range sending.all(right.actor, name) {
					if !yield(m) {
						return
					}
				}
			}
		}
		for m := range s.hearOthers(at, w) {
			if !yield(m) {
				return
			}
		}
	}
}

// passTime goes to the ringing of the next clock, and to the day before it.
func (s *search) passTime(at live, w watch) iter.Seq[move] {
	return func(yield func(move) bool) {
		wake, runs := casefile.NextWake(at.state)
		if !runs || s.missesEnough(at.state) {
			return
		}
		if eve := wake.Add(-oneDay); s.options.Bounds.Eves && eve.After(at.now) {
			if !yield(move{act: theDayBefore, label: theDayBefore, after: at.state, now: eve, held: at.held}) {
				return
			}
		}
		now := at.now
		if wake.After(now) {
			now = wake
		}
		m, err := s.decide(at, casefile.Command{Actor: casefile.System, Act: casefile.PassTime{}}, now, timePasses)
		for s.options.Bounds.Unwarned && err == nil && onlyWarns(m.events) {
			m, err = s.passFurther(m)
		}
		switch {
		case err != nil:
			w.timeStandsStill(err.Error())
		case len(m.events) == 0:
			w.timeStandsStill("nothing happened at the hour that NextWake names")
		default:
			yield(m)
		}
	}
}

func onlyWarns(events []casefile.Event) bool {
	return len(events) > 0 && !slices.ContainsFunc(events, func(e casefile.Event) bool {
		_, warns := e.Body.(casefile.DeadlineWarned)
		return !warns
	})
}

// passFurther adds to a warning what the next clock brings: at least its own, which runs.
func (s *search) passFurther(m move) (move, error) {
	wake, _ := casefile.NextWake(m.after)
	next, err := s.decide(m.then(), m.command, wake, timePasses)
	if err != nil || len(next.events) == 0 {
		return next, err
	}
	next.events = slices.Concat(m.events, next.events)
	return next, nil
}

// missesEnough tells whether as many clocks have run out as the bound allows.
func (s *search) missesEnough(state casefile.State) bool {
	missed := 0
	for _, d := range state.Deadlines {
		if ranOut(d) {
			missed++
		}
	}
	return missed >= s.options.Bounds.Misses
}

// hearOthers lets other aggregates bring what the scope names.
func (s *search) hearOthers(at live, w watch) iter.Seq[move] {
	return func(yield func(move) bool) {
		for _, act := range slices.Sorted(maps.Keys(others)) {
			name := casefile.MutationName(act)
			if !s.scope.sends(name) {
				continue
			}
			for _, proposal := range others[act](moment{at.state, casefile.System, s.scope.cast, at.now, s.options.Bounds, at.held}) {
				label := proposal.label()
				if !s.scope.sendsInput(name, label) {
					continue
				}
				command := casefile.Command{Actor: casefile.System, Act: proposal.act}
				m, err := s.decide(at, command, at.now, label)
				if err != nil {
					w.refused(m, err)
					continue
				}
				if len(m.events) == 0 && m.held == at.held {
					continue // brought before
				}
				w.taken(act, m.events, label)
				if !yield(m) {
					return
				}
			}
		}
	}
}

// rules are what a command is decided by.
func (s *search) rules(at live, now time.Time) casefile.Rules {
	return casefile.Rules{Now: now, Directory: s.scope.cast, Number: "530402-D-2026-000001", EndHeld: at.held}
}

// decide decides a command on a state; a refused one has no state after it. A report of
// retaliation holds back the end from then on, though it leaves nothing in the case; the word
// that it has been answered comes when nothing holds it back any more.
func (s *search) decide(at live, command casefile.Command, now time.Time, label string) (move, error) {
	command.CaseID = "case"
	if _, answered := command.Act.(casefile.ResumeEnd); answered {
		at.held = false
	}
	events, err := casefile.Decide(at.state, command, s.rules(at, now))
	m := move{act: casefile.ActName(command.Act), label: label, command: command, events: events, now: now.Add(time.Minute), held: at.held}
	if err != nil {
		return m, err
	}
	if _, reported := command.Act.(casefile.ReportRetaliation); reported {
		m.held = true
	}
	m.after = at.state
	for _, event := range events {
		m.after = casefile.Apply(m.after, event)
	}
	return m, nil
}
