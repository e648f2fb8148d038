package casefile

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// StepEvaluation is the stage clock of the evaluation, caseClosing whose step it is.
const (
	StepEvaluation = "evaluation"
	caseClosing    = "case-closing"
)

// startEvaluation starts the clock by which everybody is to have been asked. It is the
// stage's own: a later evaluation has another one.
func (d *deciding) startEvaluation(from time.Time) {
	if d.state.Stage != StageEvaluation {
		return
	}
	if rule, ok := d.rule(caseClosing, StepEvaluation, from); ok {
		d.startClock(rule, from)
	}
}

// leaveEvaluation stops that clock when the case leaves the stage for a review.
func (d *deciding) leaveEvaluation() {
	if clock := d.state.clock(StepEvaluation); clock != nil && clock.Running() {
		d.cancelClock(*clock, d.effectiveAt)
	}
}

// closeUnanswered ends an evaluation whose time is up: whoever was not asked yet counts as not
// reached, and what the others said counts as ever.
func (d *deciding) closeUnanswered(clock Deadline) {
	left := d.state.toAsk()
	if d.state.Stage != StageEvaluation {
		return
	}
	if d.closingWaits() {
		d.askAgainLater(clock)
		return
	}
	date := later(clock.DueAt, d.state.StageSince)
	for _, party := range left {
		d.emitAs(System, date, FollowedUp{
			FollowUpID: fmt.Sprintf("F%d", len(d.state.FollowUps)+1),
			// Nobody asked in any way: the window on the portal stood open and was not used.
			RecordFollowUp: RecordFollowUp{PartyID: party, Result: FollowUpDefaulted, Method: FollowUpOnline},
		})
	}
	d.emitAs(System, date, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: FollowedUp{}.eventType()})
	d.evaluated(System, date)
}

// wantsRework reports whether what the parties said sends the case back to work.
func (s State) wantsRework() bool { return s.unhappy() != "" && s.Reworks < maxReworks }

// evaluated goes on when everybody has been asked: the case closes, or goes back to work.
func (d *deciding) evaluated(actor Actor, date time.Time) {
	if d.state.wantsRework() {
		d.emitAs(actor, date, ReworkOrdered{FollowUpID: d.state.unhappy()})
		return
	}
	d.closeAs(actor, date)
}

// urged reports whether missing a clock brings a supervision order: an office's own does,
// unless the running out has a consequence that does all there is to do.
func (d Deadline) urged() bool {
	switch d.Effect {
	case procedure.EffectClosesUnanswered, procedure.EffectConvertToOrdinary, procedure.EffectTreatedAsAccepted:
		return false
	}
	return d.OfOffice()
}
