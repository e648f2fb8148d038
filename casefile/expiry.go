package casefile

import "github.com/tiaochu/tiaochu/casefile/procedure"

// expire does what the law says follows when a clock has run out, beyond the urging. Most
// texts want nothing more than that somebody is held to account.
func (d *deciding) expire(clock Deadline) {
	switch clock.Effect {
	case procedure.EffectDeemedFailed:
		d.endMediation(clock, MediationDeemedFailed)
	case procedure.EffectMediationEnds, procedure.EffectReturnForFiling, procedure.EffectReturnToTrial:
		d.endMediation(clock, MediationFailed)
	case procedure.EffectMayArbitrate, procedure.EffectPenalty:
		d.offerRemedy(clock)
	case procedure.EffectClosesUnanswered:
		d.closeUnanswered(clock)
	case procedure.EffectConvertToOrdinary:
		d.convertToOrdinary(clock)
	case procedure.EffectMaySue:
		if clock.Step == stepPerformance {
			d.tellOverdue(clock)
		}
	}
}

// convertToOrdinary lets a petition whose summary handling took too long go on under the
// ordinary procedure, counted from its acceptance all along.
func (d *deciding) convertToOrdinary(clock Deadline) {
	ordinary, ok := d.rules.law().procedureOn(intakeProcedure(d.state), procedure.Date(day(d.state.AcceptedAt)))
	if !ok || d.state.Outcome != "" || d.state.Procedure != clock.Procedure {
		return
	}
	changed := ProcedureChanged{
		Before: d.state.Procedure, Procedure: ordinary.Code, ProcedureFrom: string(ordinary.EffectiveFrom),
	}
	date := later(clock.DueAt, d.state.StageSince)
	d.emitAs(System, date, changed)
	d.emitAs(System, date, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: changed.eventType()})
	d.startHandling(ordinary)
}
