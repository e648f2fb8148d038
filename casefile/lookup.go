package casefile

import "slices"

// What the rules ask of a state. Each pointer is into the state's own slices and is read,
// never written through.

func (s State) notice(id string) *Notice {
	for i := range s.Notices {
		if s.Notices[i].ID == id {
			return &s.Notices[i]
		}
	}
	return nil
}

func (s State) party(id string) *Party {
	for i := range s.Parties {
		if s.Parties[i].ID == id {
			return &s.Parties[i]
		}
	}
	return nil
}

// openMediation returns the mediation that goes on, or nil; there is one at most.
func (s State) openMediation() *Mediation {
	if n := len(s.Mediations); n > 0 && s.Mediations[n-1].ConcludedAt.IsZero() {
		return &s.Mediations[n-1]
	}
	return nil
}

// pendingDecision returns the decision whose opinion still waits for service, or nil.
func (s State) pendingDecision() *Decision {
	if len(s.Decisions) == 0 {
		return nil
	}
	last := &s.Decisions[len(s.Decisions)-1]
	if notice := s.notice(last.NoticeID); notice == nil || !notice.Owed() {
		return nil
	}
	return last
}

// clock returns the case's own deadline of a step in this round, or nil. A later one of the
// same step hides an earlier one.
func (s State) clock(step string) *Deadline { return s.clockOf(step, "") }

// clockOf returns the deadline of a step that belongs to something of the case's.
func (s State) clockOf(step, of string) *Deadline {
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		if s.Deadlines[i].Round == s.Round && s.Deadlines[i].Step == step && s.Deadlines[i].Of == of {
			return &s.Deadlines[i]
		}
	}
	return nil
}

// clockOfAnyRound returns the latest deadline of a step that belongs to something of the
// case's, whatever round it began in: a citizen's window outlives the round.
func (s State) clockOfAnyRound(step, of string) *Deadline {
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		if s.Deadlines[i].Step == step && s.Deadlines[i].Of == of {
			return &s.Deadlines[i]
		}
	}
	return nil
}

// mediation returns the mediation of that id, or nil.
func (s State) mediation(id string) *Mediation {
	for i := range s.Mediations {
		if s.Mediations[i].ID == id {
			return &s.Mediations[i]
		}
	}
	return nil
}

// deadline returns the deadline of that id, or nil.
func (s State) deadline(id string) *Deadline {
	for i := range s.Deadlines {
		if s.Deadlines[i].ID == id {
			return &s.Deadlines[i]
		}
	}
	return nil
}

// deadlineStep returns the step of a deadline; "" for an unknown one.
func (s State) deadlineStep(id string) string {
	for _, deadline := range s.Deadlines {
		if deadline.ID == id {
			return deadline.Step
		}
	}
	return ""
}

// partiesOf lists the ids of parties in any of the roles that can be reached: an anonymous
// one can be neither served nor asked.
func (s State) partiesOf(roles ...PartyRole) []string {
	var ids []string
	for _, party := range s.Parties {
		if !party.Anonymous && slices.Contains(roles, party.Role) {
			ids = append(ids, party.ID)
		}
	}
	return ids
}

// initiators lists those who brought the matter, as far as they can be reached.
func (s State) initiators() []string { return s.partiesOf(PartyApplicant, PartyPetitioner) }

// asked lists those who are asked in the evaluation: both sides of a dispute, the
// petitioners of a petition.
func (s State) asked() []string {
	return s.partiesOf(PartyApplicant, PartyRespondent, PartyPetitioner)
}

// toAsk lists those whom this cycle of the evaluation has not asked yet.
func (s State) toAsk() []string {
	var left []string
	for _, id := range s.asked() {
		if !s.wasAsked(id) {
			left = append(left, id)
		}
	}
	return left
}

func (s State) wasAsked(party string) bool {
	for _, f := range s.FollowUps {
		if f.PartyID == party && f.Round == s.Round && f.Cycle == s.cycle() {
			return true
		}
	}
	return false
}

func (n Notice) unserved() []string {
	var left []string
	for _, party := range n.Parties {
		if !n.ServedOn(party) {
			left = append(left, party)
		}
	}
	return left
}

// cycle numbers the evaluations of this round.
func (s State) cycle() int { return s.Reworks + s.Redos }
