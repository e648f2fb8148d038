package explore

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// passTime goes to the ringing of the next clock, and to the day before it.
func (s *search) passTime() {
	wake, runs := casefile.NextWake(s.current.state)
	if !runs {
		return
	}
	if s.missesEnough() {
		return
	}
	now := s.current.now
	if eve := wake.Add(-oneDay); s.options.Bounds.Eves && eve.After(now) {
		s.arrive(s.current.state, eve, nil, theDayBefore)
	}
	if wake.After(now) {
		s.current.now = wake
	}
	command := casefile.Command{Actor: casefile.System, Act: casefile.PassTime{}}
	events, taken := s.send(command, timePasses)
	switch {
	case !taken:
		s.fault("time passes", s.refusal(command))
	case len(events) == 0:
		s.fault("a clock that rings is decided", "nothing happened at the hour that NextWake names")
	}
	s.current.now = now
}

// missesEnough tells whether as many clocks have run out as the bound allows.
func (s *search) missesEnough() bool {
	missed := 0
	for _, d := range s.current.state.Deadlines {
		if !d.MissedAt.IsZero() {
			missed++
		}
	}
	return missed >= s.options.Bounds.Misses
}

// by stands in a label between a command and who sent it.
const by = " by "

// timePasses is the label of what time alone brings about.
const timePasses = "time passes"

// theDayBefore is the label of waiting, which is no step of the case.
const theDayBefore = "wait until the day before"

func (s *search) rules() casefile.Rules {
	return casefile.Rules{Now: s.current.now, Directory: s.scope.cast, Number: "530402-D-2026-000001"}
}

// send decides a command on the current state, and goes where it leads.
func (s *search) send(command casefile.Command, label string) ([]casefile.Event, bool) {
	command.CaseID = "case"
	events, err := casefile.Decide(s.current.state, command, s.rules())
	if err != nil {
		s.checkRefusal(events, err, label)
		return nil, false
	}
	after := s.current.state
	for _, event := range events {
		after = casefile.Apply(after, event)
	}
	s.checkEvents(command, events, after, label)
	s.arrive(after, s.current.now.Add(time.Minute), events, label)
	return events, true
}

func (s *search) refusal(command casefile.Command) string {
	command.CaseID = "case"
	_, err := casefile.Decide(s.current.state, command, s.rules())
	if err == nil {
		return ""
	}
	return err.Error()
}
