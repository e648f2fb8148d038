package casefile

import (
	"fmt"
	"slices"
	"time"
)

// requestClosure asks for the verification of a case with a result. Where the
// investigation chose to close, the request itself is the conclusion.
func (d *deciding) requestClosure(act RequestClosure) *Refusal {
	if refusal := first(
		checkTerm("CaseOutcome", act.Outcome, true, at("outcome")),
		requireValue(act.Summary, "summary"),
	); refusal != nil {
		return refusal
	}
	outcomes := []Outcome{OutcomeUnfounded, OutcomeSettledByParties}
	if d.state.Outcome != "" {
		outcomes = []Outcome{d.state.Outcome}
	}
	if !slices.Contains(outcomes, act.Outcome) {
		return refuse(RefusedInvalid, at("outcome"),
			fmt.Sprintf("outcome %s is not how the case was concluded; it takes %s", act.Outcome, terms("CaseOutcome", outcomes, English)),
			fmt.Sprintf("“%s”与办结结果不符，应为%s",
				Label("CaseOutcome", string(act.Outcome), Chinese), terms("CaseOutcome", outcomes, Chinese)))
	}
	if d.state.Outcome == "" {
		d.conclude(act.Outcome, d.effectiveAt)
	}
	d.emit(ClosureRequested(act))
	return nil
}

// verifyClosure (核查结案) is the second person's yes. A closure goes on to the evaluation;
// an end that skips the merits is complete once its notice is served too.
func (d *deciding) verifyClosure(act VerifyClosure) *Refusal {
	if d.state.endWaits() {
		d.end(d.effectiveAt)
		return nil
	}
	if d.state.endsOnYes() {
		d.emit(EndVerified(act))
		if notice := d.state.notice(d.state.Pending.NoticeID); notice == nil || notice.Served() {
			d.end(d.effectiveAt)
		}
		return nil
	}
	d.emit(ClosureVerified(act))
	if len(d.state.asked()) == 0 {
		d.closeAs(d.command.Actor, d.effectiveAt)
		return nil
	}
	d.startEvaluation(d.effectiveAt)
	return nil
}

// rejectClosure is the second person's no. What the proposal, or the conclusion that it
// was about, had met is owed again, with its old due day.
func (d *deciding) rejectClosure(act RejectClosure) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	if d.state.endsOnYes() {
		met := slices.Clone(d.state.Pending.MetDeadlines)
		d.emit(EndRejected(act))
		d.resumeClocks(met)
		return nil
	}
	var met []string
	if clock := d.state.clock(StepHandling); clock != nil && !clock.MetAt.IsZero() && d.state.Reworks == 0 {
		met = append(met, clock.ID)
	}
	d.emit(ClosureRejected(act))
	d.resumeClocks(met)
	return nil
}

// endsOnYes reports whether a second person's yes ends the case without asking anybody
// afterwards: an end that skips the merits, or the answer to a report of retaliation.
func (s State) endsOnYes() bool { return s.Pending.End != StageClosed || s.Retaliation != nil }

// end completes an end that skips the merits, unless it is held back. A merged case waits
// until the one that goes on has taken everything over.
func (d *deciding) end(date time.Time) {
	if d.state.Pending.End == StageMerged || d.endHeld() {
		return
	}
	d.cancelClocks(date)
	party := d.state.Pending.Party
	d.emitAt(date, CaseEnded{End: d.state.Pending.End})
	if d.state.Stage == StageWithdrawn {
		d.startUndoing(party, date)
	}
}

// closeAs (归档) closes the file, unless that is held back: then it closes with what holds it.
func (d *deciding) closeAs(actor Actor, date time.Time) {
	if d.endHeld() {
		return
	}
	d.cancelClocks(date)
	d.emitAs(actor, date, CaseClosed{})
}
