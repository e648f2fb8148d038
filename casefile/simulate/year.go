package simulate

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Random is where the year's chance comes from; *rand.Rand of math/rand/v2 is one.
type Random interface {
	Float64() float64
	ExpFloat64() float64
	IntN(n int) int
}

// year is a year under way.
type year struct {
	profile Profile
	random  Random
	offices *offices
	time    worktime
	law     *casefile.Law
	// arrivals are when the cases come that are still to come, as time.Unix; events all else
	// that will happen.
	arrivals []int64
	events   queue
	now      time.Time
	work     map[string]Work
	result   *Result
	serial   int
	// tell is told of every event; nil where nobody wants to know.
	tell func(caseID string, event casefile.Event)
}

// life is an open case with what is under way in it. It is all that is held of a case.
type life struct {
	// state is nil once the case has ended: nothing asks for it any more.
	state *casefile.State
	// tasks are those that somebody has taken on, by id.
	tasks []string
	// wake is when its clock has been set to ring; zero where it has not.
	wake time.Time
	// tries counts commands that were refused in a row.
	tries  int
	county int
}

// Year lives the profile's year. It fails where the profile makes no year, and where the
// rules refuse what the simulation takes for right, which would be a fault of one of both.
func Year(profile Profile, random Random) (*Result, error) { return live(profile, random, nil) }

func live(profile Profile, random Random, tell func(string, casefile.Event)) (*Result, error) {
	if err := profile.check(); err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	law := casefile.ShippedLaw()
	y := &year{
		profile: profile, random: random, offices: newOffices(profile), time: newWorktime(profile, law), law: law, tell: tell,
		work: map[string]Work{}, result: newResult(profile),
	}
	for _, work := range profile.Staff.Work {
		y.work[work.Task] = work
	}
	y.plan()
	end := y.time.end().Unix()
	for {
		var err error
		switch at, comes := y.nextArrival(); {
		case comes && at < end:
			y.now = time.Unix(at, 0).In(casefile.Shanghai)
			y.arrivals = y.arrivals[1:]
			err = y.arrive()
		case len(y.events) > 0 && y.events[0].at < end:
			next := y.events.pop()
			y.now = time.Unix(next.at, 0).In(casefile.Shanghai)
			err = y.happen(next)
		default:
			y.result.finish(y)
			return y.result, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// nextArrival is when a case comes before anything else happens; of the same second it is first.
func (y *year) nextArrival() (at int64, comes bool) {
	if len(y.arrivals) == 0 || len(y.events) > 0 && y.events[0].at < y.arrivals[0] {
		return 0, false
	}
	return y.arrivals[0], true
}

func (y *year) happen(e event) error {
	switch e.kind {
	case rings:
		return y.ring(e.life)
	case ready:
		y.take(e.life, e.task)
		return nil
	default:
		return y.finishTask(e.life, e.task, e.worker)
	}
}

func (y *year) rules() casefile.Rules {
	return casefile.Rules{Now: y.now, Directory: y.offices.roster, Law: y.law, Number: "990101-D-2025-000001"}
}

// send decides a command and applies what it brings about.
func (y *year) send(l *life, actor casefile.Actor, act casefile.Act) bool {
	command := casefile.Command{CaseID: l.state.ID, RequestKey: "simulated", Actor: actor, Act: act}
	events, err := casefile.Decide(*l.state, command, y.rules())
	if err != nil {
		y.result.refused(act, err)
		return false
	}
	for _, event := range events {
		// How a clock was counted out is for readers of a case; nobody reads these.
		if started, ok := event.Body.(casefile.DeadlineStarted); ok {
			started.Deadline.Explanation = nil
			event.Body = started
		}
		*l.state = casefile.Apply(*l.state, event)
		y.result.count(event, l.state.Stage)
		if y.tell != nil {
			y.tell(l.state.ID, event)
		}
	}
	trim(l.state)
	y.result.Commands++
	return true
}

// ring lets time pass in a case, where its clock still wants it.
func (y *year) ring(l *life) error {
	if l.state == nil {
		return nil // it ended before its clock rang
	}
	wake, runs := casefile.NextWake(*l.state)
	l.wake = time.Time{}
	if !runs || wake.After(y.now) {
		y.follow(l)
		return nil
	}
	warned := y.result.Warned
	if !y.send(l, casefile.System, casefile.PassTime{}) {
		return fmt.Errorf("time could not pass in case %s: %s", l.state.ID, y.result.lastRefusal)
	}
	if y.result.Warned > warned {
		y.askForTime(l)
	}
	y.follow(l)
	return nil
}

// askForTime has the handler ask for an extension when they are warned, now and then.
func (y *year) askForTime(l *life) {
	if l.state.HandlerID == "" || !y.chance(y.profile.Staff.Chances.Extension) {
		return
	}
	for _, d := range l.state.Deadlines {
		granted := d.Granted()
		if !d.Running() || !d.Warned || granted >= len(d.MayExtend) || len(d.Extensions) > granted {
			continue
		}
		length, unit := d.MayExtend[granted].MaxLength, casefile.DayUnit(d.MayExtend[granted].Unit)
		if unit == "" {
			unit = d.Unit
		}
		if handler := y.offices.byID[l.state.HandlerID]; length > 0 && handler != nil {
			y.send(l, handler.actor, casefile.RequestExtension{DeadlineID: d.ID, Length: length, Unit: unit, Reason: "text"})
			return
		}
	}
}

func (y *year) next() int {
	y.serial++
	return y.serial
}

func (y *year) chance(part float64) bool { return y.random.Float64() < part }
