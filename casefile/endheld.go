package casefile

// While a report of retaliation is open, the case that it is about does not end, whatever the
// end (domain: reportRetaliation blocks closure). That a report is open is no part of the
// case's own record, where whoever is named might read it: it comes to a decision from
// outside, as Rules.EndHeld. Everything up to the end goes on, so that nobody learns of it
// who only works on the case. The second person's yes is refused, in words that say nothing
// of what is open; an end that had its yes before, and an evaluation, wait.

// checkEndHeld refuses the second person's yes to an end that is held back.
func checkEndHeld(act string, rules Rules) *Refusal {
	if !rules.EndHeld || act != "VerifyClosure" {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		"the case cannot end yet: another matter has to be settled first", "尚有其他事项未办结，本案暂不能终结")
}

// endWaits reports whether an end has all that it needs and was held back.
func (s State) endWaits() bool {
	if s.Stage != StageVerification || s.Pending == nil || !s.Pending.Verified || s.Pending.End == StageMerged {
		return false
	}
	notice := s.notice(s.Pending.NoticeID)
	return notice == nil || notice.Served()
}

// endHeld reports whether the case must not end now, whatever the end: it is held back from
// outside, or something urgent has still to be reported.
func (d *deciding) endHeld() bool { return d.rules.EndHeld || reported(d.state) != nil }

// closingWaits reports whether an evaluation that is over must not close the case. A rework is
// no end.
func (d *deciding) closingWaits() bool { return d.rules.EndHeld && !d.state.wantsRework() }

// askAgainLater lets an evaluation go on for another time where its end is held back.
func (d *deciding) askAgainLater(clock Deadline) {
	d.emitAs(System, clock.DueAt, DeadlineMet{DeadlineID: clock.ID, Step: clock.Step, By: DeadlineStarted{}.eventType()})
	d.startEvaluation(d.now)
}
