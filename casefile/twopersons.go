package casefile

import "slices"

// Whoever handled a case (investigated, mediated, drafted or decided; assigning is not
// handling) neither verifies it nor makes its follow-up, and who verified it does not
// handle it. What somebody handled is kept over all rounds of a case, what they verified over
// one: a new round is verified anew.

// samePerson refuses by the rule of two persons, which is this system's own.
func samePerson(en, zh string) *Refusal {
	return refuse(RefusedSamePerson, nil, en+" (two-person rule: "+unwritten(English)+")", zh+"（双人规则："+unwritten(Chinese)+"）")
}

// apartFromVerifying refuses work on the case by somebody who verified it.
func apartFromVerifying(state State, personID string) *Refusal {
	if slices.Contains(state.VerifiedBy, personID) {
		return samePerson("you verified this case, so another person must handle it",
			"您核查过本案，应由他人办理")
	}
	return nil
}

// apartFromHandling refuses verification by a handler, and by whoever asked for it.
func apartFromHandling(state State, personID string) *Refusal {
	if state.Pending != nil && state.Pending.AskedBy == personID {
		return samePerson("you asked for this yourself, so a second person must verify it",
			"该申请由您提出，应由第二人核查")
	}
	if state.hasHandled(personID) {
		return samePerson("you handled this case, so another person must verify it",
			"您办理过本案，应由他人核查")
	}
	return nil
}

// apartFromWork refuses a follow-up by anybody who handled or verified the case.
func apartFromWork(state State, personID string) *Refusal {
	if state.hasHandled(personID) {
		return samePerson("you handled this case, so another person must make the follow-up",
			"您办理过本案，应由他人回访")
	}
	if slices.Contains(state.VerifiedBy, personID) {
		return samePerson("you verified this case, so another person must make the follow-up",
			"您核查过本案，应由他人回访")
	}
	return nil
}

// hasHandled reports whether somebody handled the case in any round, or holds it now. Who
// answered a review of it has decided, too, and who answered for a unit that it was
// dispatched to had a part.
func (s State) hasHandled(personID string) bool {
	return personID == s.HandlerID || slices.Contains(s.HandledBy, personID) || s.answered(personID) ||
		slices.ContainsFunc(s.Reviews, func(r Review) bool { return r.DecidedBy != "" && r.DecidedBy == personID })
}
