package casefile

import (
	"fmt"
	"time"
)

// The steps of a petition's way to the organ that takes it (信访工作条例 arts 22, 23).
const (
	StepRegistration = "registration"
	StepForwarded    = "acceptance-forwarded"
	StepObjection    = "objection"
)

// Forwarding (转送、交办) is the transfer by which a petition came to the unit that answers for
// it now.
type Forwarding struct {
	FromUnitID   string    `json:"fromUnitId"`
	FromDivision Division  `json:"fromDivision"`
	ToUnitID     string    `json:"toUnitId"`
	ForwardedAt  time.Time `json:"forwardedAt"`
	// Objection is the receiver's, if there is one.
	Objection *Objection `json:"objection,omitempty"`
	// Settled says that the unit above has named the receiver for good.
	Settled bool `json:"settled,omitempty"`
}

// Objection says why the receiver is not competent.
type Objection struct {
	Reason   TextID    `json:"reason"`
	RaisedBy string    `json:"raisedBy"`
	RaisedAt time.Time `json:"raisedAt"`
	// Refused says that the sender has not agreed.
	Refused bool `json:"refused,omitempty"`
}

// openObjection reports whether an objection waits for the sender's word.
func (f *Forwarding) openObjection() bool {
	return f != nil && f.Objection != nil && !f.Objection.Refused && !f.Settled
}

// disputed reports whether it is still open who is competent.
func (f *Forwarding) disputed() bool { return f != nil && f.Objection != nil && !f.Settled }

// acceptanceClock is the clock by which an unaccepted case is to be accepted or passed on: of
// a petition office its registration, of a receiver the one from the forwarding, of anybody
// else that of acceptance. It is nil where none ran in this round.
func (s State) acceptanceClock() *Deadline {
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		clock := &s.Deadlines[i]
		if clock.Round != s.Round || clock.Of != "" {
			continue
		}
		switch clock.Step {
		case StepAcceptance, StepRegistration, StepForwarded:
			return clock
		}
	}
	return nil
}

// meetAcceptance stops that clock.
func (d *deciding) meetAcceptance(date time.Time, by Body) {
	if clock := d.state.acceptanceClock(); clock != nil && clock.Unmet() {
		d.meet(*clock, date, by)
	}
}

// dropObjection ends the receiver's time to object, which nobody waits for any more.
func (d *deciding) dropObjection() {
	if clock := d.state.clock(StepObjection); clock != nil && clock.Running() {
		d.cancelClock(*clock, d.effectiveAt)
	}
}

// forward meets the sender's clock, starts the receiver's (the days to accept, and the few to
// object) and tells the petitioner where the petition went. A dispute keeps the clock that it
// had; no law knows its transfer, or has it told.
func (d *deciding) forward(transferred CaseTransferred) {
	if d.state.Kind != Petition {
		d.emit(transferred)
		return
	}
	transferred.Forwarded = true
	d.emit(transferred)
	d.meetAcceptance(d.effectiveAt, transferred)
	d.dropObjection()
	for _, step := range []string{StepForwarded, StepObjection} {
		if rule, ok := d.rule(intakeProcedure(d.state), step, d.effectiveAt); ok {
			d.startClock(rule, d.effectiveAt)
		}
	}
	d.tellForwarding(transferred.FromUnitID, transferred.ToUnitID)
}

// objectable is ready where a petition was forwarded to this unit and nobody has objected.
func objectable(s State, _ Directory) *Refusal {
	f, clock := s.Forwarding, s.clock(StepObjection)
	switch {
	case f == nil || f.ToUnitID != s.ResponsibleUnitID || clock == nil || clock.Status == ClockCancelled:
		return refuse(RefusedIncomplete, nil,
			"the case was not forwarded here as a petition, so there is nothing to object to (Regulations on Petition Work, art. 23(3))",
			"本案不是转送、交办来的信访事项，不能提出异议（《信访工作条例》第二十三条第三款）")
	case f.Objection != nil, f.Settled:
		return refuse(RefusedAlreadyDone, nil, "an objection has been raised", "已经提出过异议")
	}
	return nil
}

func objectionUnanswered(s State, _ Directory) *Refusal {
	if s.Forwarding.openObjection() {
		return nil
	}
	return refuse(RefusedIncomplete, nil, "no objection waits for an answer", "没有待答复的转送异议")
}

func competenceDisputed(s State, _ Directory) *Refusal {
	if s.Forwarding.disputed() {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		"nobody disputes who is competent (Regulations on Petition Work, art. 24)",
		"没有受理争议（《信访工作条例》第二十四条）")
}

// objectTransfer (转送异议) is taken within its working days; after them the matter counts as
// taken.
func (d *deciding) objectTransfer(act ObjectTransfer) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	clock := *d.state.clock(StepObjection)
	if !clock.OnTime(d.effectiveAt) {
		return refuse(RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("an objection could be raised until %s: the matter counts as taken (%s)", day(clock.DueAt), cited(clock, English)),
			fmt.Sprintf("异议应在 %s 前提出，逾期视为已接收（%s）", day(clock.DueAt), cited(clock, Chinese)))
	}
	objected := TransferObjected(act)
	d.emit(objected)
	d.meet(clock, d.effectiveAt, objected)
	return nil
}

// answerObjection is the sender's: the petition goes back only with their agreement.
func (d *deciding) answerObjection(act AnswerObjection) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	answered := ObjectionAnswered{Agreed: act.Agreed, Reason: act.Reason}
	if !act.Agreed {
		d.emit(answered)
		return nil
	}
	f := *d.state.Forwarding
	if refusal := d.checkMayHold(f.FromUnitID, at("agreed")); refusal != nil {
		return refusal
	}
	answered.UnitID, answered.Division = f.FromUnitID, f.FromDivision
	d.emit(answered)
	d.takeBack(answered)
	return nil
}

// decideCompetence (信访工作条例 art 24) is the word of the unit above.
func (d *deciding) decideCompetence(act DecideCompetence) *Refusal {
	if refusal := first(requireValue(act.UnitID, "unitId"), requireValue(act.Reason, "reason")); refusal != nil {
		return refusal
	}
	f := *d.state.Forwarding
	decided := CompetenceDecided{UnitID: act.UnitID, Division: d.state.Division, Reason: act.Reason}
	switch act.UnitID {
	case f.ToUnitID:
		d.emit(decided)
		return nil
	case f.FromUnitID:
		if refusal := d.checkMayHold(f.FromUnitID, at("unitId")); refusal != nil {
			return refusal
		}
		decided.Division = f.FromDivision
		d.emit(decided)
		d.takeBack(decided)
		return nil
	}
	from, to := unitName(d.rules.Directory, f.FromUnitID), unitName(d.rules.Directory, f.ToUnitID)
	return refuse(RefusedInvalid, at("unitId"),
		fmt.Sprintf("the dispute is between %s and %s: name one of them (Regulations on Petition Work, art. 24)", from, to),
		fmt.Sprintf("受理争议双方为%s、%s，应指定其中之一（《信访工作条例》第二十四条）", from, to))
}

// takeBack ends the receiver's clock and gives the sender the days of its step anew: its own
// was met by the forwarding, and no text says how long it has after a return.
func (d *deciding) takeBack(by Body) {
	d.meetAcceptance(d.effectiveAt, by)
	d.dropObjection()
	if rule, ok := d.acceptanceRule(); ok {
		d.startClock(fromReopening(rule), d.effectiveAt)
	}
}
