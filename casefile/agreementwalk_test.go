package casefile

import "slices"

// goodAgreement makes an act on what an agreement brings with it; false for any other.
func (w *walker) goodAgreement(name string) (Act, bool) {
	switch name {
	case "recordPerformance":
		owed := w.state.owed()
		one := pick(w, owed...)
		act := RecordPerformance{PerformanceID: one.id, Source: pick(w, "", PerformedByParty, PerformedByInsurance, PerformedByFund)}
		if one.due.Amount != nil && w.chance(50) {
			left := *one.due.Amount - one.mediation.Paid(one.id)
			act.Amount = pointer(1 + w.Int64N(left))
		}
		return act, true
	case "recordConfirmation":
		m, _ := w.state.confirmableAgreement("")
		if m.Confirmation == nil {
			return RecordConfirmation{Result: ConfirmationApplied, CourtUnitID: pick(w, "", "court")}, true
		}
		return RecordConfirmation{MediationID: m.ID, Result: pick(w, ConfirmationConfirmed, ConfirmationRejected)}, true
	}
	return w.goodMediationMore(name)
}

func (w *walker) goodMediationMore(name string) (Act, bool) {
	switch name {
	case "recuseMediator":
		return w.recusal(), true
	case "returnToCourt":
		return ReturnToCourt{MediationID: pick(w, w.state.toReturn()...).ID, Report: "report", CourtUnitID: "court"}, true
	case "issueRecommendation":
		act := IssueRecommendation{UnitID: pick(w, "desk", "court"), Text: "text", ReplyBy: pick(w, "", day(w.now.AddDate(0, 0, 10)))}
		if ExcludesUnit(w.state.Exclusions, act.UnitID, w.dir) {
			return nil, true
		}
		return act, true
	case "replyRecommendation":
		return ReplyRecommendation{RecommendationID: pick(w, w.state.unreplied()...).ID, Reply: "reply"}, true
	}
	return nil, false
}

// recusal takes the mediator away, or names one where nobody mediates.
func (w *walker) recusal() Act {
	m := w.state.openMediation()
	d := &deciding{state: w.state, rules: w.rules()}
	next := ""
	for _, id := range w.dir.at[m.UnitID] {
		if id != m.MediatorID && d.checkMediator(id, m.UnitID, "newMediatorId") == nil {
			next = id
		}
	}
	switch {
	case m.MediatorID == "" && next == "":
		return nil
	case m.MediatorID == "":
		return RecuseMediator{NewMediatorID: next}
	case w.chance(50):
		return RecuseMediator{Reason: "reason", PartyID: w.state.Parties[0].ID}
	}
	return RecuseMediator{Reason: "reason", NewMediatorID: next}
}

// promises are up to three, due soon and some of them on the very day, so that some are missed.
func (w *walker) promises() []PerformanceDue {
	var list []PerformanceDue
	for range w.IntN(4) {
		due := PerformanceDue{DueOn: day(w.now.AddDate(0, 0, w.IntN(12))), What: "what"}
		if w.chance(70) {
			due.Amount = pointer(1 + w.Int64N(1_000_000))
		}
		list = append(list, due)
	}
	return slices.Clip(list)
}
