package casefile

// due reports whether the case should have been concluded by now (应结案): it is, or the clock
// by which it was to be has run out.
func (s State) due() bool {
	if !s.ConcludedAt.IsZero() {
		return true
	}
	clock := s.clock(StepHandling)
	return s.Stage.Open() && clock != nil && clock.Unmet() && clock.Status == ClockMissed
}

// resolves reports whether a dispute that was concluded so is out of the world (化解).
func (o Outcome) resolves() bool {
	return o == OutcomeAgreementWritten || o == OutcomeAgreementOral || o == OutcomeSettledByParties
}

// ofHandling reports whether it is the clock by which the case itself is to be concluded.
func (d Deadline) ofHandling() bool { return d.Step == StepHandling && d.Of == "" }

func acceptedOnTime(s State, _ Course) Share {
	met, missed := false, false
	for _, d := range s.Deadlines {
		if d.Of != "" || d.Step != StepAcceptance && d.Step != StepRegistration && d.Step != StepForwarded {
			continue
		}
		met, missed = met || d.Status == ClockMet, missed || d.Status == ClockMissed
	}
	return shareOf(met || missed, !missed)
}

func mediationSucceeded(s State, _ Course) Share {
	ended, agreed := false, false
	for _, m := range s.Mediations {
		ended = ended || m.Outcome != "" && m.Outcome != MediationWithdrawn
		agreed = agreed || m.agreed()
	}
	return shareOf(ended, agreed)
}

func (m Mediation) agreed() bool {
	return m.Outcome == MediationAgreementWritten || m.Outcome == MediationAgreementOral
}

func satisfiedAnswers(s State, _ Course) Share {
	latest := map[string]int{}
	for _, f := range s.FollowUps {
		if f.Result == FollowUpAnswered && f.Satisfaction != nil {
			latest[f.PartyID] = *f.Satisfaction
		}
	}
	share := Share{Denominator: int64(len(latest))}
	for _, score := range latest {
		share.Numerator += one(score > dissatisfied)
	}
	return share
}

func responded(s State, _ Course) Share {
	var share Share
	for _, x := range s.Dispatches {
		at := later(x.RepliedAt, x.ReturnedAt)
		if x.TakenBack || x.Status == DispatchSent {
			continue
		}
		share.Denominator++
		share.Numerator += one(!at.IsZero() && day(at) <= x.ReplyBy)
	}
	return share
}

func confirmed(s State, _ Course) Share {
	var share Share
	for _, m := range s.Mediations {
		if m.Outcome == MediationAgreementWritten && m.ReplacedBy == "" {
			share.Denominator++
			share.Numerator += one(!m.ConfirmedAt().IsZero())
		}
	}
	return share
}

func performed(s State, _ Course) Share {
	var share Share
	last := len(s.Mediations) - 1
	for i, m := range s.Mediations {
		if !m.agreed() || m.ReplacedBy != "" {
			continue
		}
		judged, kept := s.promisesKept(m)
		if len(m.Performance) == 0 && i == last {
			judged, kept = s.saidPerformed()
		}
		share.Denominator += one(judged)
		share.Numerator += one(judged && kept)
	}
	return share
}

// promisesKept tells whether an agreement is to be judged by now: all of it was performed, or
// something is overdue.
func (s State) promisesKept(m Mediation) (judged, kept bool) {
	left, overdue := false, false
	for i := range m.Performance {
		id := m.PerformanceID(i)
		if !m.PerformedAt(id).IsZero() {
			continue
		}
		left = true
		clock := s.promiseClock(id)
		overdue = overdue || clock != nil && clock.Status == ClockMissed
	}
	return len(m.Performance) > 0 && (!left || overdue), !left
}

// saidPerformed is what the parties last said of the performance.
func (s State) saidPerformed() (judged, kept bool) {
	latest := map[string]bool{}
	for _, f := range s.FollowUps {
		if f.Performed != nil {
			latest[f.PartyID] = *f.Performed
		}
	}
	kept = true
	for _, said := range latest {
		kept = kept && said
	}
	return len(latest) > 0, kept
}
