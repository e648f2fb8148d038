package casefile

import (
	"fmt"
)

// toReturn lists the court-entrusted mediations that have ended and whose papers the court
// still waits for (最高人民法院关于人民法院特邀调解的规定 arts 20, 21, 27).
func (s State) toReturn() []Mediation {
	var list []Mediation
	for _, m := range s.Mediations {
		if m.Entrusted && !m.ConcludedAt.IsZero() && m.ReturnedAt.IsZero() {
			list = append(list, m)
		}
	}
	return list
}

// returning finds the mediation that an act names, or the only one that is owed.
func (s State) returning(id string) (Mediation, bool) {
	owed := s.toReturn()
	if id == "" && len(owed) == 1 {
		return owed[0], true
	}
	for _, m := range owed {
		if m.ID == id {
			return m, true
		}
	}
	return Mediation{}, false
}

func courtReturnOwed(state State, _ Directory) *Refusal {
	if len(state.toReturn()) > 0 {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		"no court waits for the papers of a mediation of this case", "本案没有应当退回人民法院的调解材料")
}

// returnedBeforeClosure wants the papers back at the court before the case closes.
func returnedBeforeClosure(state State) *Refusal {
	owed := state.toReturn()
	if len(owed) == 0 {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		fmt.Sprintf("report and papers of mediation %s must go back to the court first (Provisions on Specially Invited Mediation, arts. 20, 21)", owed[0].ID),
		fmt.Sprintf("应先将调解 %s 的情况报告和材料退回人民法院（《最高人民法院关于人民法院特邀调解的规定》第二十条、第二十一条）", owed[0].ID))
}

func (d *deciding) returnToCourt(act ReturnToCourt) *Refusal {
	if refusal := requireValue(act.Report, "report"); refusal != nil {
		return refusal
	}
	m, ok := d.state.returning(act.MediationID)
	if !ok {
		return refuse(RefusedNotFound, at("mediationId"),
			fmt.Sprintf("no court waits for the papers of mediation %s", shown(act.MediationID)),
			fmt.Sprintf("没有应当退回人民法院的调解 %s", shown(act.MediationID)))
	}
	court := act.CourtUnitID
	if unit, known := d.rules.Directory.Unit(d.state.SourceUnitID); court == "" && known && unit.Kind == UnitCourt {
		court = unit.ID
	}
	if court == "" {
		return required(at("courtUnitId"))
	}
	if refusal := first(d.checkCourt(court), checkCount(len(act.DocumentIDs), maxReturned, at("documentIds"))); refusal != nil {
		return refusal
	}
	for i, id := range act.DocumentIDs {
		if d.state.notice(id) == nil && d.state.document(id) == nil {
			return refuse(RefusedUnknownDocument, at("documentIds", i),
				fmt.Sprintf("the case has no document %s", shown(id)), fmt.Sprintf("本案没有文书 %s", shown(id)))
		}
	}
	d.emit(ReturnedToCourt{MediationID: m.ID, CourtUnitID: court, Report: act.Report, DocumentIDs: act.DocumentIDs})
	return nil
}

// maxReturned is how many documents go back with one report.
const maxReturned = 20
