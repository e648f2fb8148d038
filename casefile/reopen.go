package casefile

// reopen begins another round of an ended case on the same number: what was reached is
// taken back, what happened is kept. A case that had been accepted goes on with its
// investigation, another is accepted anew; either way a new clock runs from the reopening.
func (d *deciding) reopen(act ReopenCase) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	undo := d.state.undoing()
	return d.newRound(act.Reason, undo != nil && undo.Unmet() && undo.OnTime(d.effectiveAt))
}

// newRound begins another round, which may be the party's undoing of a withdrawal.
func (d *deciding) newRound(reason TextID, undoesWithdrawal bool) *Refusal {
	undo := d.state.undoing()
	reopened := CaseReopened{Round: d.state.Round + 1, Reason: reason, UndoesWithdrawal: undoesWithdrawal}
	if refusal := d.checkReopening(reopened.UndoesWithdrawal); refusal != nil {
		return refusal
	}
	wasFinal := d.state.Final()
	d.emit(reopened)
	if wasFinal {
		d.announce(true)
	}
	if reopened.UndoesWithdrawal {
		d.meet(*undo, d.effectiveAt, reopened)
	}
	rule, ok := d.rule(d.state.Procedure, StepHandling, d.state.AcceptedAt)
	if d.state.Stage == StageAcceptance {
		rule, ok = d.acceptanceRule()
	}
	if ok {
		d.startClock(fromReopening(rule), d.effectiveAt)
	}
	return nil
}

// notMerged refuses to reopen a case that goes on in another one.
func notMerged(state State, _ Directory) *Refusal {
	if state.Stage != StageMerged {
		return nil
	}
	return refuse(RefusedClosed, nil,
		"the case has been merged into another one; that one can be reopened", "案件已并入另一案件，请重启后者")
}
