package casefile

import (
	"slices"
	"time"
)

// applyDeadline starts a clock, or changes the one that an event names.
func (s *State) applyDeadline(event Event) {
	switch body := event.Body.(type) {
	case DeadlineStarted:
		s.Deadlines = appended(s.Deadlines, body.Deadline)
	case DeadlineWarned:
		s.changeDeadline(body.DeadlineID, func(d *Deadline) { d.Warned = true })
	case DeadlineMet:
		s.changeDeadline(body.DeadlineID, func(d *Deadline) {
			d.MetAt, d.MetBy = event.EffectiveAt, body.By
			if d.Status != ClockMissed {
				d.Status = ClockMet
			}
		})
		if s.Pending != nil && body.By == (EndProposed{}).eventType() {
			pending := *s.Pending
			pending.MetDeadlines = appended(pending.MetDeadlines, body.DeadlineID)
			s.Pending = &pending
		}
	case DeadlineMissed:
		s.changeDeadline(body.DeadlineID, func(d *Deadline) {
			d.Status, d.MissedAt = ClockMissed, event.EffectiveAt
		})
	case DeadlineCancelled:
		s.changeDeadline(body.DeadlineID, func(d *Deadline) { d.Status = ClockCancelled })
	case DeadlineResumed:
		s.changeDeadline(body.DeadlineID, func(d *Deadline) {
			d.MetAt, d.MetBy = time.Time{}, ""
			if d.Status == ClockMet {
				d.Status = ClockRunning
			}
		})
	}
}

func (s *State) changeDeadline(id string, change func(*Deadline)) {
	s.Deadlines = slices.Clone(s.Deadlines)
	for i := range s.Deadlines {
		if s.Deadlines[i].ID == id {
			change(&s.Deadlines[i])
		}
	}
}
