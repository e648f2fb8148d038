package casefile

import (
	"fmt"
	"slices"
	"time"
)

// importers take over the records of another system.
var importers = []Role{RoleAdmin, RoleClerk, RoleManager}

// importEnded records a petition that another system had answered: its whole life in one
// command, with the dates that it really had. A clock that had run out is missed and met,
// but history is not chased by a supervision order; and being history, its dates need no
// reason.
func (d *deciding) importEnded(act ImportEnded) *Refusal {
	if refusal := d.checkNew(); refusal != nil {
		return refusal
	}
	if refusal := d.checkRole(importers); refusal != nil {
		return refusal
	}
	if refusal := checkImportable(act); refusal != nil {
		return refusal
	}
	registered, refusal := d.intake(act.Register)
	if refusal != nil {
		refusal.Field = append([]string{"register"}, refusal.Field...)
		return refusal
	}
	registered.Imported = true
	received := registered.ReceivedAt
	accepted, concluded := instant(act.AcceptedAt), instant(act.ConcludedAt)
	if accepted.IsZero() {
		accepted = received
	}
	if refusal := first(
		d.checkBetween(accepted, received, Term{EN: "receipt", ZH: "收到日期"}, "acceptedAt"),
		d.checkBetween(concluded, accepted, Term{EN: "acceptance", ZH: "受理日期"}, "concludedAt"),
	); refusal != nil {
		return refusal
	}
	accepted = later(accepted, received)
	d.recordHistory(*registered, act, accepted, later(concluded, accepted))
	return nil
}

func checkImportable(act ImportEnded) *Refusal {
	switch {
	case act.Register.Kind != Petition:
		return refuse(RefusedInvalid, at("register", "kind"),
			"only an answered PETITION is imported as ended", "只有已答复的信访事项可以作为办结件导入")
	case act.Register.PetitionType == Accusation:
		return refuse(RefusedNotCompetent, at("register", "petitionType"),
			"an accusation is not accepted here, so none was answered here (Regulations on Petition Work, art. 30)",
			"检举控告类事项不由本单位受理（《信访工作条例》第三十条）")
	case act.ConcludedAt.IsZero():
		return required(at("concludedAt"))
	case act.Reply == "":
		return required(at("reply"))
	}
	if act.Satisfaction != nil {
		if refusal := checkScore(*act.Satisfaction); refusal != nil {
			return refusal
		}
	}
	if act.Outcome == "" {
		return nil
	}
	if refusal := checkTerm("CaseOutcome", act.Outcome, true, at("outcome")); refusal != nil {
		return refusal
	}
	if outcomes := petitionOutcomes(act.Register.PetitionType); !slices.Contains(outcomes, act.Outcome) {
		return refuse(RefusedInvalid, at("outcome"),
			fmt.Sprintf("outcome %s doesn't fit a petition of this type; it takes %s", act.Outcome, terms("CaseOutcome", outcomes, English)),
			fmt.Sprintf("“%s”不适用于此类信访事项，可选%s",
				Label("CaseOutcome", string(act.Outcome), Chinese), terms("CaseOutcome", outcomes, Chinese)))
	}
	return nil
}

func petitionOutcomes(petition PetitionType) []Outcome {
	if petition == Suggestion {
		return []Outcome{OutcomeAdopted, OutcomePartlyAdopted, OutcomeNotAdopted}
	}
	return []Outcome{
		OutcomeSupported, OutcomePartlySupported, OutcomeNotSupported, OutcomeExplained,
		OutcomeMediated, OutcomeReferred, OutcomeWithdrawn,
	}
}

func (d *deciding) recordHistory(registered CaseRegistered, act ImportEnded, accepted, concluded time.Time) {
	d.emitAt(registered.ReceivedAt, registered)
	d.startAcceptance(registered.ReceivedAt)

	chosen, _ := d.chooseProcedure("", accepted)
	acceptance := CaseAccepted{Procedure: chosen.Code, ProcedureFrom: string(chosen.EffectiveFrom)}
	if registered.PetitionType == Appeal {
		acceptance.Route = RoutePetitionProcedure
	}
	d.emitAt(accepted, acceptance)
	d.meetInHistory(d.state.acceptanceClock(), accepted, acceptance)
	d.startHandling(chosen)

	onTime := d.state.clock(StepHandling).OnTime(concluded)
	conclusion := CaseConcluded{Outcome: act.Outcome, OnTime: &onTime, Reply: act.Reply}
	d.emitAt(concluded, conclusion)
	d.meetInHistory(d.state.clock(StepHandling), concluded, conclusion)

	if act.Satisfaction != nil {
		d.recordScore(*act.Satisfaction, concluded)
	}
	d.emitAt(concluded, CaseClosed{Imported: true})
}

// meetInHistory meets a clock, after missing it where the date was too late. No unit is
// chased for it.
func (d *deciding) meetInHistory(met *Deadline, date time.Time, by Body) {
	clock := *met
	if !clock.OnTime(date) {
		d.emitAs(System, clock.DueAt, DeadlineMissed{DeadlineID: clock.ID, Step: clock.Step})
	}
	d.emitAt(date, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: by.eventType()})
}

// recordScore keeps the score that the petitioner gave in the old system. Such scores were
// given on the portal where the answer was read.
func (d *deciding) recordScore(score int, date time.Time) {
	asked := d.state.asked()
	if len(asked) == 0 {
		return
	}
	d.emitAt(date, FollowedUp{FollowUpID: "F1", RecordFollowUp: RecordFollowUp{
		PartyID: asked[0], Result: FollowUpAnswered, Satisfaction: &score, Method: FollowUpOnline,
	}})
}
