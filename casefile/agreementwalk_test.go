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
	return nil, false
}

// promises are up to three, some of them due on the very day.
func (w *walker) promises() []PerformanceDue {
	var list []PerformanceDue
	for range w.IntN(4) {
		due := PerformanceDue{DueOn: day(w.now.AddDate(0, 0, w.IntN(60))), What: "what"}
		if w.chance(70) {
			due.Amount = pointer(1 + w.Int64N(1_000_000))
		}
		list = append(list, due)
	}
	return slices.Clip(list)
}
