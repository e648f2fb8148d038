package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// The procedures of a case that has not been accepted yet.
const intakeOfDispute = "dispute-intake"

// intakeProcedure is whose acceptance step an unaccepted case follows: that of its kind of
// petition, or the one chosen for disputes, for which no law sets any.
func intakeProcedure(s State) string {
	switch s.PetitionType {
	case Suggestion:
		return "petition-suggestion"
	case Accusation:
		return "petition-accusation"
	case Appeal:
		return "petition"
	}
	return intakeOfDispute
}

// acceptanceRule is the clock of acceptance, from the day of receipt; of a petition office it
// is that of registering a petition and passing it on (信访工作条例 art 22).
func (d *deciding) acceptanceRule() (clockRule, bool) {
	step := StepAcceptance
	if unit, ok := d.rules.Directory.Unit(d.state.ResponsibleUnitID); ok && d.state.Kind == Petition && unit.Kind == UnitPetitionOffice {
		step = StepRegistration
	}
	return d.rule(intakeProcedure(d.state), step, d.state.ReceivedAt)
}

// startAcceptance starts the clock of acceptance, from receipt.
func (d *deciding) startAcceptance(received time.Time) {
	if rule, ok := d.acceptanceRule(); ok {
		d.startClock(rule, received)
	}
}

// chooseProcedure finds the procedure that a case follows from the day of acceptance on: the
// one that the clerk names, or the one that fits what is known of the case.
func (d *deciding) chooseProcedure(named string, on time.Time) (procedure.Procedure, *Refusal) {
	if named != "" {
		return d.namedProcedure(named, on, at("procedure"))
	}
	if d.state.Kind == Petition {
		p, _ := d.rules.law().procedureOn(intakeProcedure(d.state), procedure.Date(day(on)))
		return p, nil
	}
	unit, _ := d.rules.Directory.Unit(d.state.ResponsibleUnitID)
	criteria := d.criteria(unit, likelyMediation(unit.Kind, d.state.CourtStage), d.state.CourtStage)
	if p, ok := d.fitting(criteria, on); ok {
		return p, nil
	}
	p, _ := d.rules.law().procedureOn("peoples-mediation", procedure.Date(day(on)))
	return p, nil
}

// namedProcedure finds the procedure of a code and refuses one that cases of this kind can't
// follow.
func (d *deciding) namedProcedure(code string, on time.Time, field []string) (procedure.Procedure, *Refusal) {
	p, ok := d.rules.law().procedureOn(code, procedure.Date(day(on)))
	name := field[len(field)-1]
	if !ok {
		return p, refuse(RefusedNotFound, field,
			fmt.Sprintf("%s %s is no procedure in force on %s; the query procedures lists them", name, shown(code), day(on)),
			fmt.Sprintf("%s %s 在 %s 没有这一程序，可查询 procedures", name, shown(code), day(on)))
	}
	if _, ok := clockRuleOf(p, StepHandling); !ok || !d.takesKind(p) {
		return p, refuse(RefusedInvalid, field,
			fmt.Sprintf("%s %s (%s) is no procedure for a %s", name, shown(code), p.Name.EN, Label("CaseKind", string(d.state.Kind), English)),
			fmt.Sprintf("%s “%s”不适用于%s", name, p.Name.ZH, Label("CaseKind", string(d.state.Kind), Chinese)))
	}
	return p, nil
}

// takesKind reports whether a procedure is for cases of this kind. One without a rule of its
// own, reached by its code alone, is for disputes.
func (d *deciding) takesKind(p procedure.Procedure) bool {
	kind := procedure.CaseKind(d.state.Kind)
	if len(p.Applies) == 0 {
		return d.state.Kind == Dispute
	}
	petition := procedure.PetitionType(d.state.PetitionType)
	return slices.ContainsFunc(p.Applies, func(a procedure.Applies) bool {
		return slices.Contains(a.Kinds, kind) && (len(a.PetitionTypes) == 0 || slices.Contains(a.PetitionTypes, petition))
	})
}

// criteria say what is known of a dispute for the choice of its procedure.
func (d *deciding) criteria(body Unit, mediation MediationType, stage CourtStage) procedure.Criteria {
	return procedure.Criteria{
		Kind: procedure.KindDispute, MediationType: procedure.MediationType(mediation), Body: procedure.UnitKind(body.Kind),
		CourtStage: procedure.CourtStage(stage), Matter: procedure.MatterOf(d.state.Category),
		Division: string(body.Division),
	}
}

// fitting finds the procedure of some criteria that has a handling step; a case received
// before the catalogue begins is counted by the first version of what fits today.
func (d *deciding) fitting(criteria procedure.Criteria, on time.Time) (procedure.Procedure, bool) {
	for _, day := range []string{day(on), day(d.now)} {
		choice, err := d.rules.law().Catalogue().For(criteria, procedure.Date(day))
		if err != nil {
			continue
		}
		if _, ok := clockRuleOf(choice.Procedure, StepHandling); ok {
			return choice.Procedure, true
		}
	}
	return procedure.Procedure{}, false
}

// likelyMediation is the branch of mediation that a unit does, until one is opened.
func likelyMediation(unit UnitKind, stage CourtStage) MediationType {
	switch {
	case stage != "", unit == UnitCourt:
		return MediationJudicial
	case unit == UnitPublicSecurity, unit == UnitBureau, unit == UnitTownshipGovernment:
		return MediationAdministrative
	case unit == UnitLawFirm:
		return MediationLawyer
	}
	return MediationPeoples
}

// startHandling starts the clock of the case's procedure from the act that it is counted
// from. Where that has not happened yet (a mediation that must be opened first), it starts
// with it.
func (d *deciding) startHandling(p procedure.Procedure) {
	rule, ok := clockRuleOf(p, StepHandling)
	if !ok {
		return
	}
	if from := d.countedFrom(rule.step.CountedFrom); !from.IsZero() {
		d.startClock(rule, from)
	}
}

// countedFrom is the date of an act that handling may be counted from, as far as it has
// happened.
func (d *deciding) countedFrom(act procedure.Event) time.Time {
	m := d.state.openMediation()
	switch act {
	case procedure.EventReceived, procedure.EventApplicationReceived, procedure.EventComplaintReceived:
		return d.state.ReceivedAt
	case procedure.EventMediationStarted, procedure.EventFirstMediationEnded, procedure.EventTreatmentEnded,
		procedure.EventFuneralEnded, procedure.EventLossFixed, procedure.EventDisabilityAssessed:
		if m == nil {
			return time.Time{}
		}
		return m.OpenedAt
	}
	// What another body takes in is accepted by it when its mediation is opened.
	if m != nil && m.UnitID != d.state.ResponsibleUnitID {
		return m.OpenedAt
	}
	return d.state.AcceptedAt
}

// changeProcedure puts the case on another procedure: its handling is counted anew by that,
// from the act that the new one counts from, not from today.
func (d *deciding) changeProcedure(p procedure.Procedure, byClerk bool, reason TextID) {
	if p.Code == "" || p.Code == d.state.Procedure {
		return
	}
	d.emit(ProcedureChanged{
		Before: d.state.Procedure, Procedure: p.Code, ProcedureFrom: string(p.EffectiveFrom), ByClerk: byClerk, Reason: reason,
	})
	clock := d.state.clock(StepHandling)
	if clock != nil && !clock.Unmet() {
		return
	}
	if clock != nil {
		old := *clock
		if old.Running() && !old.OnTime(d.effectiveAt) {
			d.miss(old)
		} else if old.Status != ClockMissed {
			d.cancelClock(old, d.effectiveAt)
		}
	}
	d.startHandling(p)
}
