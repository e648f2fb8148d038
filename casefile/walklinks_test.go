package casefile

import "fmt"

// goodLink makes an act that ties the case to others, or puts it off.
func (w *walker) goodLink(name string) Act {
	switch name {
	case "linkCases":
		act := LinkCases{Kind: pick(w, peoplesLinks...), CaseID: fmt.Sprintf("other-%d", w.IntN(100)), Reason: "reason"}
		if w.state.linked(act.Kind, act.CaseID) {
			return nil
		}
		return act
	case "deferCase":
		act := DeferCase{Until: day(w.now.AddDate(0, 0, 1+w.IntN(10))), Reason: "reason"}
		if !w.mayPutOff(act.Until) {
			return nil // a statutory clock runs out before
		}
		return act
	case "decideDeferral":
		return DecideDeferral{Approved: w.chance(70) && w.mayPutOff(w.state.Deferral.Until), Reason: "reason"}
	case "takeUpCase":
		return TakeUpCase{}
	}
	return nil
}

func (w *walker) mayPutOff(until string) bool {
	d := &deciding{state: w.state, rules: w.rules(), now: Instant(w.now)}
	return d.checkPutOff(until) == nil
}

// others lets another case answer, or ask something of this one.
func (w *walker) others() error {
	var act Act
	switch errands := Errands(w.state); {
	case len(errands) > 0:
		answer := AnswerErrand{ErrandID: errands[0].ID, Number: "530402-D-2026-000009"}
		if w.chance(30) {
			answer.Refusal = refuse(RefusedClosed, nil, "no", "不")
		}
		act = answer
	case w.chance(20):
		act = NoteLink{
			LinkID: "L1", Kind: pick(w, peoplesLinks...), CaseID: fmt.Sprintf("other-%d", w.IntN(100)),
			By: w.dir.as(pick(w, w.dir.ids...)),
		}
	default:
		return nil
	}
	_, err := w.send(Command{CaseID: w.state.ID, Actor: System, Act: act, RequestKey: "key", InputDigest: "digest"})
	return err
}
