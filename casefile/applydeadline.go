package casefile

import (
	"slices"
	"time"
)

func (b DeadlineStarted) apply(s *State, _ Event) { s.Deadlines = appended(s.Deadlines, b.Deadline) }

func (b DeadlineWarned) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) { d.Warned = true })
}

func (b DeadlineMet) apply(s *State, event Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		d.MetAt, d.MetBy = event.EffectiveAt, b.By
		if b.Lifts {
			d.MissedAt = time.Time{}
		}
		if d.Status != ClockMissed || b.Lifts {
			d.Status = ClockMet
		}
	})
	if s.Pending != nil && (b.By == (EndProposed{}).eventType() || b.By == (RetaliationAnswered{}).eventType()) {
		pending := *s.Pending
		pending.MetDeadlines = appended(pending.MetDeadlines, b.DeadlineID)
		s.Pending = &pending
	}
}

func (b DeadlineMissed) apply(s *State, event Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		d.Status, d.MissedAt = ClockMissed, event.EffectiveAt
	})
	if clock := s.deadline(b.DeadlineID); clock != nil && clock.Step == StepDispatchReply {
		s.changeDispatch(clock.Of, func(x *Dispatch) {
			if x.Status == DispatchSent {
				x.Status = DispatchOverdue
			}
		})
	}
}

func (b DeadlineCancelled) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) { d.Status = ClockCancelled })
}

func (b DeadlineResumed) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		d.MetAt, d.MetBy = time.Time{}, ""
		if d.Status == ClockMet {
			d.Status = ClockRunning
		}
	})
}

func (b DeadlineSuspended) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		d.Status, d.Pauses = ClockPaused, appended(d.Pauses, b.Pause)
		d.Take(b.Counted)
	})
}

func (b DeadlineContinued) apply(s *State, event Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		d.Status, d.Pauses = ClockRunning, slices.Clone(d.Pauses)
		d.openPause().To = event.EffectiveAt
		d.Take(b.Counted)
	})
}

func (b PauseOutlasted) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		d.Pauses = slices.Clone(d.Pauses)
		d.openPause().Outlasted = true
	})
}

func (b ExtensionRequested) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) { d.Extensions = appended(d.Extensions, b.Extension) })
}

func (b ExtensionDecided) apply(s *State, event Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		d.Extensions = slices.Clone(d.Extensions)
		extension := d.undecided()
		approved := b.Approved
		extension.Approved, extension.DecidedBy, extension.DecidedAt = &approved, event.Actor.PersonID, event.EffectiveAt
		if b.Counted != nil {
			d.Take(*b.Counted)
		}
	})
	if b.NoticeID != "" {
		s.addNotice(b.NoticeID, NoticeExtension, b.NoticeParties, event.EffectiveAt)
		last := &s.Notices[len(s.Notices)-1]
		last.Remedy, last.Reason = b.Says, b.NoticeReason
	}
}

func (b DeadlineRecounted) apply(s *State, _ Event) {
	s.changeDeadline(b.DeadlineID, func(d *Deadline) {
		if b.Revived {
			d.Status, d.MissedAt = ClockRunning, time.Time{}
		}
		d.Take(b.Counted)
	})
}

// Take puts a new count in the place of the old one. A warning that comes later by it is
// given again.
func (d *Deadline) Take(c Counted) {
	if c.WarnAt.After(d.WarnAt) {
		d.Warned = false
	}
	d.WarnAt, d.DueAt, d.Provisional, d.Explanation = c.WarnAt, c.DueAt, c.Provisional, c.Explanation
}

func (s *State) changeDeadline(id string, change func(*Deadline)) {
	s.Deadlines = slices.Clone(s.Deadlines)
	for i := range s.Deadlines {
		if s.Deadlines[i].ID == id {
			change(&s.Deadlines[i])
		}
	}
}
