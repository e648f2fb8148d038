package casefile

// standingAgreements lists the mediations whose agreements still count.
func (s State) standingAgreements() []string {
	var ids []string
	for _, m := range s.Mediations {
		agreed := m.Outcome == MediationAgreementWritten || m.Outcome == MediationAgreementOral
		if agreed && m.ReplacedBy == "" {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// startAgreement starts what an agreement brings with it: a clock for each promise, and the
// window for its confirmation where it is written. A later agreement takes the place of an
// earlier one: what that one still promised, its window, and a court's time to confirm it run no more.
func (d *deciding) startAgreement(concluded MediationConcluded) {
	for _, id := range concluded.Replaces {
		replaced := d.state.mediation(id)
		for i := range replaced.Performance {
			d.dropClock(d.state.promiseClock(replaced.PerformanceID(i)))
		}
		d.dropClock(d.state.clockOfAnyRound(stepApplication, id))
		if replaced.Confirmation != nil {
			// No ruling on it can be recorded any more.
			d.dropClock(d.state.clockOfAnyRound(StepHandling, replaced.Confirmation.ID))
		}
	}
	m := *d.state.mediation(concluded.MediationID)
	d.startPerformance(m)
	if m.Outcome == MediationAgreementWritten {
		d.openConfirmation(m)
	}
}

// dropClock stops a clock that still runs; one that ran out before stays missed.
func (d *deciding) dropClock(clock *Deadline) {
	if clock != nil && clock.Running() {
		d.cancelClock(*clock, d.effectiveAt)
	}
}
