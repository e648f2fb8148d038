package casefile

import "time"

// conclude (办结) says what came of the case on the date that the law counts, and meets the
// handling clock. After a rework the first conclusion's date stands: the law's act was done
// then, and only its result is replaced.
func (d *deciding) conclude(outcome Outcome, date time.Time) {
	concluded := CaseConcluded{Outcome: outcome}
	if d.state.ConcludedAt.IsZero() {
		if clock := d.state.clock(StepHandling); clock != nil {
			onTime := clock.OnTime(date)
			concluded.OnTime = &onTime
		}
	}
	d.emitAt(date, concluded)
	d.meetClock(StepHandling, date, concluded)
}
