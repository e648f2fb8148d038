package casefile

import "github.com/tiaochu/tiaochu/casefile/procedure"

// endMediation ends the open mediation on the clock's last day: deemed failed (医疗纠纷预防和
// 处理条例 arts 38, 40: 视为调解不成), or over, with what the court entrusted going back to it
// (特邀调解规定 art 27). A dispute is concluded with it. A guideline is no limit and ends nothing.
func (d *deciding) endMediation(clock Deadline, outcome MediationOutcome) {
	m := d.state.openMediation()
	if m == nil || clock.Guideline || clock.Step != StepHandling || clock.Of != "" && clock.Of != m.ID || d.state.Kind == Petition && d.state.Stage != StageMediation {
		return
	}
	date := later(clock.DueAt, later(d.state.StageSince, m.OpenedAt))
	for _, session := range m.Sessions {
		date = later(date, session.HeldAt)
	}
	ended := MediationConcluded{
		MediationID: m.ID, ConcludeMediation: ConcludeMediation{Outcome: outcome},
		NoticeID: d.nextNotice(), NoticeParties: d.state.asked(), Remedy: d.remedy(),
	}
	d.emitAs(System, date, ended)
	switch {
	case d.state.Kind == Petition:
		d.emitAs(System, date, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: ended.eventType()})
	case d.state.Outcome == "":
		late := false
		d.emitAs(System, date, CaseConcluded{Outcome: OutcomeMediationFailed, OnTime: &late})
		d.emitAs(System, date, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: CaseConcluded{}.eventType()})
	}
	d.openTrafficApplication(*d.state.mediation(ended.MediationID))
}

// offerRemedy tells the parties that they may take another way now. They may as well go on:
// nothing is ended for them (劳动争议调解仲裁法 art 14).
func (d *deciding) offerRemedy(clock Deadline) {
	if !clock.OfOffice() || clock.Step != StepHandling || d.state.Outcome != "" {
		return
	}
	d.emitAs(System, later(clock.DueAt, d.state.ReceivedAt), RemedyOffered{
		DeadlineID: clock.ID, Step: clock.Step, NoticeID: d.nextNotice(), NoticeParties: d.state.asked(),
		Remedy: d.remedyOf(clock.Procedure, clock.ProcedureFrom),
	})
}

// remedy is what parties whose mediation brought no agreement are told: what the procedure
// says, or the ways of 人民调解法 art 26. An appeal goes on to its written opinion.
func (d *deciding) remedy() procedure.Text {
	if d.state.Kind == Petition {
		return procedure.Text{ZH: "信访事项继续办理，将出具书面处理意见", EN: "the petition is handled on and will be answered in writing"}
	}
	if text := d.remedyOf(d.state.Procedure, d.state.ProcedureFrom); text != (procedure.Text{}) {
		return text
	}
	return d.remedyOf("peoples-mediation", day(d.effectiveAt))
}

// remedyOf is what a procedure leaves to the parties when its time is up; empty where it only
// holds the office to account.
func (d *deciding) remedyOf(code, from string) procedure.Text {
	p, _ := d.rules.law().procedureOn(code, procedure.Date(from))
	step, _ := p.Step(StepHandling)
	switch step.OnExpiry.Effect {
	case procedure.EffectMediationEnds, procedure.EffectReturnForFiling, procedure.EffectReturnToTrial,
		procedure.EffectMayArbitrate, procedure.EffectPenalty:
		return step.OnExpiry.Describe()
	}
	return procedure.Text{}
}

// trafficMediation is the procedure to which the parties of a traffic dispute may turn when
// people's mediation has ended.
const trafficMediation = "traffic-police-mediation"

// openTrafficApplication starts the days in which the parties may jointly ask the traffic
// police to mediate, after people's mediation ended without an agreement (道路交通事故处理程序
// 规定 art 85).
func (d *deciding) openTrafficApplication(m Mediation) {
	if m.Type != MediationPeoples || procedure.MatterOf(d.state.Category) != procedure.MatterTraffic {
		return
	}
	if rule, ok := d.rule(trafficMediation, "application-after-peoples-mediation", m.ConcludedAt); ok {
		d.startClock(rule.belongingTo(m.ID), m.ConcludedAt)
	}
}
