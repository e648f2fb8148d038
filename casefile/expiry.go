package casefile

import "github.com/tiaochu/tiaochu/casefile/procedure"

// expire does what the law says follows when a clock has run out, beyond the urging. Most
// texts want nothing more than that somebody is held to account.
func (d *deciding) expire(clock Deadline) {
	switch clock.Effect {
	case procedure.EffectDeemedFailed:
		d.deemMediationFailed(clock)
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

// deemMediationFailed ends the open mediation as failed on the clock's last day (医疗纠纷预防和
// 处理条例 arts 38, 40: 视为调解不成). A dispute is concluded with it.
func (d *deciding) deemMediationFailed(clock Deadline) {
	m := d.state.openMediation()
	if m == nil || clock.Of != "" && clock.Of != m.ID {
		return
	}
	date := later(clock.DueAt, later(d.state.StageSince, m.OpenedAt))
	for _, session := range m.Sessions {
		date = later(date, session.HeldAt)
	}
	d.emitAs(System, date, MediationConcluded{
		MediationID: m.ID, ConcludeMediation: ConcludeMediation{Outcome: MediationDeemedFailed},
		NoticeID: d.nextNotice(), NoticeParties: d.state.asked(),
	})
	if d.state.Kind == Dispute && d.state.Outcome == "" {
		late := false
		d.emitAs(System, date, CaseConcluded{Outcome: OutcomeMediationFailed, OnTime: &late})
		d.emitAs(System, date, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: CaseConcluded{}.eventType()})
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
