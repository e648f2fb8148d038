package explore

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// eventless are the acts that may leave nothing in the case: a report of retaliation is a record
// of its own, and the word that it was answered moves only what waited for it.
var eventless = names("ReportRetaliation", "ResumeEnd")

func (s *search) taken(act string, events []casefile.Event, label string) {
	s.result.Taken[act]++
	if len(events) == 0 && !eventless[act] {
		s.faultAfter("what is acknowledged has an event", "none", label)
	}
}

func (s *search) none(name string, actor casefile.Actor, why error) {
	act := actNamed[name]
	if _, allowed := mayHaveNone[act]; allowed {
		return
	}
	s.fault("what is allowed is taken", fmt.Sprintf("%s may %s, and every input is refused: %v", actor.PersonID, name, why))
}

func (s *search) timeStandsStill(why string) { s.fault("a clock that rings is decided", why) }

func (s *search) refused(m move, err error) {
	s.result.Refused[m.act]++
	s.checkRefusal(m, err)
}

// checkEvents looks at what a command brought about.
func (s *search) checkEvents(m move) {
	before, command, events, after, label := s.current.state, m.command, m.events, m.after, m.label
	for i, event := range events {
		if event.Seq != before.Version+i+1 {
			s.faultAfter("events are numbered without gaps", fmt.Sprintf("%s has number %d after version %d", event.Type(), event.Seq, before.Version+i), label)
		}
		if event.EffectiveAt.After(event.At) {
			s.faultAfter("nothing is dated in the future", event.Type(), label)
		}
	}
	if after.Version != before.Version+len(events) {
		s.faultAfter("events are numbered without gaps", fmt.Sprintf("version %d after %d events on %d", after.Version, len(events), before.Version), label)
	}
	if rule := ownWork(before, command, events); rule != "" {
		s.faultAfter("nobody verifies, approves or follows up their own work", rule, label)
	}
	if rule := account(before, events, after); rule != "" {
		s.faultAfter("the case knows who worked on it and who verified it", rule, label)
	}
	s.checkHeldBack(m)
	if label != timePasses {
		return
	}
	if wake, runs := casefile.NextWake(after); runs && !wake.After(m.now.Add(-time.Minute)) {
		s.faultAfter("after time has passed nothing is due", wake.String(), label)
	}
}

// checkRecord wants that the stored events make the same state: by induction over the way
// there, that the state is the fold of its record.
func (s *search) checkRecord(m move) {
	events, state, label := m.events, m.after, m.label
	folded := s.current.state
	for _, event := range events {
		raw, err := json.Marshal(event)
		var back casefile.Event
		if err == nil {
			err = json.Unmarshal(raw, &back)
		}
		if err != nil {
			s.faultAfter("a state is the fold of its record", err.Error(), label)
			return
		}
		folded = casefile.Apply(folded, back)
	}
	if casefile.StateDigest(folded) != casefile.StateDigest(state) {
		s.faultAfter("a state is the fold of its record", "the stored events make another state", label)
	}
}

// checkState wants somebody or something to move every open case on, and rest in an ended one.
func (s *search) checkState(at live, label string) {
	state := at.state
	tasks := casefile.Tasks(state, s.scope.cast)
	_, runs := casefile.NextWake(state)
	// What another case or a package was asked is sent until it has its answer.
	runs = runs || len(casefile.Errands(state)) > 0
	if !state.Stage.Open() {
		for _, d := range state.Deadlines {
			if d.OfOffice() && (d.Running() || d.Status == casefile.ClockPaused) {
				s.faultAfter("no office clock runs in an ended case", d.Step, label)
			}
		}
		return
	}
	if len(tasks) == 0 && !runs {
		s.faultAfter("an open case has a task or a clock", "neither", label)
	}
	if !at.held && endIsDue(state, tasks) {
		s.faultAfter("an end that nothing holds back and that has all it needs comes", string(state.Stage), label)
	}
	somebody := at.held // the answer to the report moves it
	for _, task := range tasks {
		if slices.Contains(answers[task.Kind], elsewhere) || at.held && task.Kind == casefile.TaskVerify {
			continue
		}
		holders, able := s.ableTo(at, task)
		somebody = somebody || able
		if holders > 0 && !able {
			s.faultAfter("a task is given to somebody who may do it",
				fmt.Sprintf("%s lies with %s%s@%s, and none of %d may do it", task.ID, task.AssigneeID, task.InboxRole, task.InboxUnit, holders), label)
		}
	}
	if !somebody && !runs {
		s.faultAfter("an open case has somebody or a clock to move it", fmt.Sprintf("tasks %v, others may %v", tasks, at.rights), label)
	}
	if !somebody {
		s.result.ByClockAlone++
	}
}

// ableTo counts those with whom a task lies, and tells whether one of them may do it.
func (s *search) ableTo(at live, task casefile.Task) (holders int, able bool) {
	ids := []string{task.AssigneeID}
	if task.AssigneeID == "" {
		ids = ids[:0]
		for _, person := range s.scope.cast.Holders(task.InboxRole, task.InboxUnit) {
			ids = append(ids, person.ID)
		}
	}
	for _, id := range ids {
		if _, known := s.scope.cast.Person(id); !known {
			continue
		}
		holders++
		for _, command := range s.rightsOf(at, id) {
			if does(task.Kind, command) {
				return holders, true
			}
		}
	}
	return holders, false
}
