package casefile

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// stepExclusion is the step of a procedure by which its mediation gives way to a court that has
// accepted the dispute (医疗纠纷预防和处理条例 arts 31 para 4, 40 para 2). That committee and
// health department don't both have it follows from a case having one mediation at a time.
const stepExclusion = "exclusion"

// takenByCourt returns the referral by which a court has the dispute now, or nil.
func (s State) takenByCourt() *Referral {
	for i := range s.Referrals {
		if r := &s.Referrals[i]; r.Channel == ChannelCourt && r.Status == ReferralAcknowledged {
			return r
		}
	}
	return nil
}

// checkNotTaken refuses a mediation whose procedure gives way to the court that has the dispute.
func (d *deciding) checkNotTaken(p procedure.Procedure) *Refusal {
	return d.state.notTakenFor(p)
}

func (s State) notTakenFor(p procedure.Procedure) *Refusal {
	r := s.takenByCourt()
	step, gives := p.Step(stepExclusion)
	if r == nil || !gives {
		return nil
	}
	cite := step.Citation.Describe()
	return refuse(RefusedNotCompetent, at("type"),
		fmt.Sprintf("a court has accepted the dispute (referral %s, %s): it is not mediated by the procedure “%s” meanwhile (%s)", r.ID, r.Reference, p.Name.EN, cite.EN),
		fmt.Sprintf("人民法院已受理本纠纷（导入事项 %s，%s），“%s”不予受理（%s）", r.ID, r.Reference, p.Name.ZH, cite.ZH))
}

// notTakenByClerksChoice refuses every mediation where the clerk has chosen such a procedure: no
// body and no type of mediation would lead to another one.
func notTakenByClerksChoice(state State) *Refusal {
	if state.Kind != Dispute || !state.ProcedureByClerk {
		return nil
	}
	p, _ := ShippedLaw().procedureOn(state.Procedure, procedure.Date(state.ProcedureFrom))
	return state.notTakenFor(p)
}

// giveWay ends the open mediation where its procedure wants that once a court has accepted the
// dispute. The mediation has failed by that, and the parties are told why.
func (d *deciding) giveWay(channel ReferralChannel) {
	m := d.state.openMediation()
	if channel != ChannelCourt || m == nil || d.state.Kind != Dispute {
		return
	}
	p, _ := d.rules.law().procedureOn(d.state.Procedure, procedure.Date(d.state.ProcedureFrom))
	step, gives := p.Step(stepExclusion)
	if !gives {
		return
	}
	ways, cite := step.OnExpiry.Describe(), step.Citation.Describe()
	ended := MediationConcluded{
		MediationID: m.ID, ConcludeMediation: ConcludeMediation{Outcome: MediationFailed},
		NoticeID: d.nextNotice(), NoticeParties: d.state.asked(),
		Remedy: procedure.Text{
			EN: fmt.Sprintf("A court has accepted the dispute, so the mediation ends: %s (%s). The court decides it.", ways.EN, cite.EN),
			ZH: fmt.Sprintf("人民法院已受理本纠纷，调解终止：%s（%s）。本纠纷由人民法院依法处理。", ways.ZH, cite.ZH),
		},
	}
	d.emitAs(System, d.effectiveAt, ended)
	d.meetClockOf(StepHandling, ended.MediationID, d.effectiveAt, ended)
	d.conclude(OutcomeMediationFailed, d.effectiveAt)
}
