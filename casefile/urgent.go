package casefile

import (
	"fmt"
	"slices"
	"time"
)

// flagUrgent (列为重大紧急) says that a case cannot wait: everybody concerned is told at once, and
// the hours until the first report run.
func (d *deciding) flagUrgent(act FlagUrgent) *Refusal {
	if refusal := first(requireValue(act.Reason, "reason"), checkSuspicions(act.Suspicion)); refusal != nil {
		return refusal
	}
	if d.state.Urgency.owed() {
		if !slices.ContainsFunc(act.Suspicion, func(s Suspicion) bool { return !d.state.owesPolice(s) }) {
			return urgentAlready()
		}
	} else {
		d.raiseAlarm(UrgencyFlagged{Ground: UrgentFlagged, Reason: act.Reason}, d.effectiveAt)
	}
	d.suspect(act.Suspicion, d.command.Actor.PersonID, d.effectiveAt)
	return nil
}

func checkSuspicions(list []Suspicion) *Refusal {
	for i, suspicion := range list {
		if refusal := checkTerm("Suspicion", suspicion, true, at("suspicion", i)); refusal != nil {
			return refusal
		}
		if slices.Contains(list[:i], suspicion) {
			return refuse(RefusedConflict, at("suspicion", i),
				fmt.Sprintf("%s is given twice", suspicion), fmt.Sprintf("“%s”重复填写", Label("Suspicion", string(suspicion), Chinese)))
		}
	}
	return nil
}

func urgentAlready() *Refusal {
	return refuse(RefusedAlreadyDone, nil,
		"the case is urgent already, and waits for the report of what was done", "本案已列为重大紧急，等待报送紧急信息")
}

// raiseAlarm tells everybody concerned and starts the clock of the first report.
func (d *deciding) raiseAlarm(flagged UrgencyFlagged, since time.Time) {
	flagged.UrgencyID = fmt.Sprintf("G%d", d.state.Version+1)
	flagged.Told = d.toTell()
	if !d.state.held() {
		flagged.ToldFor = d.state.ResponsibleUnitID
	}
	d.emitAt(since, flagged)
	if rule, ok := d.rule(urgentProcedure, StepUrgentReport, since); ok && !flagged.ReportedBefore {
		d.startClock(rule.belongingTo(flagged.UrgencyID), since)
	}
}

// mayBeFlagged is ready where nothing urgent waits for its report; while it does, for a further
// suspicion.
func mayBeFlagged(state State, _ Directory) *Refusal {
	switch {
	case state.Urgency.owed() && !slices.ContainsFunc(suspicions, func(s Suspicion) bool { return !state.owesPolice(s) }):
		return urgentAlready()
	case state.mayBeTakenOver():
		return refuse(RefusedConflict, nil,
			"the case is being taken over by the one that it is merged into: flag that one", "本案正在并入另一案件，请将后者列为重大紧急")
	}
	return nil
}

// acknowledgeUrgent (签收紧急信息) is a unit's word that it knows.
func (d *deciding) acknowledgeUrgent() *Refusal {
	d.emit(UrgencyAcknowledged{UrgencyID: d.state.Urgency.ID, UnitID: d.command.Actor.UnitID})
	return nil
}

// maxUrgencyReports keeps a case small.
const maxUrgencyReports = 20

func mayBeReported(state State, _ Directory) *Refusal {
	switch {
	case !state.Urgency.inForce():
		return notUrgent()
	case len(state.Urgency.Reports) >= maxUrgencyReports:
		return refuse(RefusedTooLong, nil,
			fmt.Sprintf("an urgent case takes at most %d reports", maxUrgencyReports), fmt.Sprintf("紧急信息最多报送%d次", maxUrgencyReports))
	}
	return nil
}

func notUrgent() *Refusal {
	return refuse(RefusedIncomplete, nil, "the case is not urgent: flagUrgent first", "本案未列为重大紧急")
}

// reportUrgent (紧急信息报送) says what was done. The first report meets the clock, and lets an end
// that waited for it come.
func (d *deciding) reportUrgent(act ReportUrgent) *Refusal {
	if refusal := requireValue(act.Measures, "measures"); refusal != nil {
		return refusal
	}
	report := UrgencyReported{UrgencyID: d.state.Urgency.ID, Measures: act.Measures}
	clock := d.state.urgentClock()
	d.emit(report)
	d.meetIfOwed(clock, d.effectiveAt, report)
	d.endHeldBack()
	return nil
}

// apartFromFlagging refuses to lift an urgency that one brought about oneself, or from work of
// one's own.
func apartFromFlagging(state State, personID string) *Refusal {
	switch u := state.Urgency; {
	case u == nil:
	case u.FlaggedBy == personID:
		return samePerson("you flagged this case as urgent, so another person must lift that", "重大紧急由您提出，应由他人解除")
	case state.hasHandled(personID):
		return samePerson("you handled this case, so another person must lift its urgency", "您办理过本案，应由他人解除重大紧急")
	}
	return nil
}

func urgentStill(state State, _ Directory) *Refusal {
	if state.Urgency.inForce() {
		return nil
	}
	return notUrgent()
}

// liftUrgent (解除重大紧急) takes an alarm back by a second person's word. Its clock stops, one that
// was missed stays missed, and the orders over it end.
func (d *deciding) liftUrgent(act LiftUrgent) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	lifted := UrgencyLifted{UrgencyID: d.state.Urgency.ID, Reason: act.Reason}
	clock := d.state.urgentClock()
	d.emit(lifted)
	switch {
	case clock == nil || !clock.Unmet():
	case clock.Running() && clock.OnTime(d.effectiveAt):
		d.cancelClock(*clock, d.effectiveAt)
	default:
		d.meet(*clock, d.effectiveAt, lifted)
		d.withdrawOrders(clock.ID, d.now)
	}
	d.endHeldBack()
	return nil
}

// takeOverUrgency keeps the alarm of a case that was merged into this one. What nobody reported
// there is reported here, by the hour at which it was due there.
func (d *deciding) takeOverUrgency(content CaseContent, wasUrgent bool) {
	since := content.UrgentSince
	switch {
	case since.IsZero() || wasUrgent && !content.UrgentOwed:
	case d.state.Urgency.owed():
		d.hasten(d.state.urgentClock(), since, content.Number)
	default:
		d.raiseAlarm(UrgencyFlagged{Ground: UrgentMerged, By: content.UrgentBy, ReportedBefore: !content.UrgentOwed}, since)
	}
}

// hasten counts a clock from an earlier moment: that of a merged case.
func (d *deciding) hasten(ours *Deadline, since time.Time, number string) {
	if ours == nil || !ours.Running() || !since.Before(ours.StartedAt) {
		return
	}
	clock := *ours
	clock.StartedAt, clock.Warned = since, false
	d.count(&clock)
	d.emit(DeadlineReconciled{Before: ours.DueAt, Deadline: clock, Number: number})
}
