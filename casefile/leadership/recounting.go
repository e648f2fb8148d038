package leadership

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// recount counts the open clocks by the calendar in force, as a case does its own, and records
// what moved or became final. A clock that was missed by the old calendar, and runs by the new
// one, is revived with its orders withdrawn. A day that somebody set stays.
func (d *deciding) recount() {
	for _, clock := range d.state.Deadlines {
		if !clock.Unmet() || clock.Procedure == "" {
			continue
		}
		next, ok := d.count(clock)
		if !ok || next.DueAt.Equal(clock.DueAt) && next.Provisional == clock.Provisional {
			continue
		}
		moved := clock
		moved.DueAt = next.DueAt
		revived := clock.Status == casefile.ClockMissed && moved.OnTime(d.now)
		if clock.Status == casefile.ClockMissed && !revived {
			continue // missed by either calendar: what followed from it stands
		}
		d.emitAs(casefile.System, d.now, DeadlineRecounted{
			DeadlineID: clock.ID, Step: clock.Step, Before: clock.DueAt, Counted: next,
			LawVersion: d.rules.law().Version(), Revived: revived,
		})
		if revived {
			d.satisfy(clock.ID)
		}
	}
}

// DeadlineRecounted tells that a calendar moved a clock, or made it final; its fields are those
// of a case's.
type DeadlineRecounted casefile.DeadlineRecounted

func (DeadlineRecounted) eventType() string { return "DeadlineRecounted" }

func (b DeadlineRecounted) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *casefile.Deadline) {
		if b.Revived {
			d.Status, d.MissedAt = casefile.ClockRunning, time.Time{}
		}
		d.Take(b.Counted)
	})
}

func (b DeadlineRecounted) sentence(t telling) string {
	en, zh := clockName(b.Step)
	due := day(b.Counted.DueAt)
	switch {
	case b.Revived:
		return t.say(fmt.Sprintf("%s had not run out after all: by the calendar now in force it ends on %s", en, due),
			fmt.Sprintf("按现行日历，%s并未届满，至%s届满", zh, due))
	case due == day(b.Before):
		return t.say(en+": "+due+" stands, and is no longer provisional", zh+"仍为"+due+"，不再是暂定")
	}
	return t.say(fmt.Sprintf("%s ends on %s by the calendar now in force, no longer on %s", en, due, day(b.Before)),
		fmt.Sprintf("按现行日历，%s由%s调整为%s", zh, day(b.Before), due))
}

var recountingEvents = []eventKind{eventOf[DeadlineRecounted]()}
