package casefile

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// petitionMediation is what holds for a mediation within an appeal (访调对接).
const petitionMediation = "petition-mediation"

// consentMode is what a mediation needs from its parties: what its procedure says, or what
// its type does. People's mediation goes on unless refused (人民调解法 art 17), the others
// take place when all agree.
func (d *deciding) consentMode(p procedure.Procedure, t MediationType) ConsentMode {
	if d.state.Kind == Petition {
		p, _ = d.rules.law().procedureOn(petitionMediation, procedure.Date(day(d.effectiveAt)))
	}
	switch {
	case p.Consent != nil:
		return ConsentMode(p.Consent.Mode)
	case t == MediationPeoples:
		return ConsentNotRefused
	}
	return ConsentBothAgree
}

// mediationProcedure is the procedure of a mediation: the one that a clerk named for the
// dispute, or the one that fits the body that mediates.
func (d *deciding) mediationProcedure(unit Unit, t MediationType, stage CourtStage) (procedure.Procedure, bool) {
	if d.state.Kind == Dispute && d.state.ProcedureByClerk {
		return d.rules.law().procedureOn(d.state.Procedure, procedure.Date(d.state.ProcedureFrom))
	}
	return d.fitting(d.criteria(unit, t, stage), d.effectiveAt)
}

// checkJointRequest wants the parties' joint request where the procedure begins with one
// (traffic police: 道路交通事故处理程序规定 art 86).
func checkJointRequest(mode ConsentMode, p procedure.Procedure, request TextID) *Refusal {
	if mode != ConsentJointWritten || request != "" {
		return nil
	}
	var cited procedure.Text
	if p.Consent != nil {
		cited = p.Consent.Citation.Describe()
	}
	return refuse(RefusedRequired, at("jointRequest"),
		fmt.Sprintf("this mediation begins with a joint written request of all parties: jointRequest is required (%s)", cited.EN),
		fmt.Sprintf("此类调解应由各方当事人一致书面申请，jointRequest 必填（%s）", cited.ZH))
}

// checkMediable refuses to mediate an appeal that belongs to another procedure: what a special
// organ decides, what is before a court, an administrative dispute.
func (d *deciding) checkMediable() *Refusal {
	if d.state.Kind != Petition {
		return nil
	}
	p, ok := d.rules.law().procedureOn(petitionMediation, procedure.Date(day(d.effectiveAt)))
	if !ok || !p.Excludes.Route(procedure.LegalRoute(d.state.Route)) {
		return nil
	}
	cited := p.Excludes.Citation.Describe()
	return refuse(RefusedInvalid, at("path"),
		fmt.Sprintf("an appeal by the route %s is not mediated: it belongs to another procedure (%s)", d.state.Route, cited.EN),
		fmt.Sprintf("“%s”的事项不适用人民调解（%s）", Label("LegalRoute", string(d.state.Route), Chinese), cited.ZH))
}
