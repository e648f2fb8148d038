package casefile

import (
	"fmt"
	"slices"
)

// recuseMediator takes the mediator away for good: whoever left a mediation of the case
// neither mediates nor handles it again.
func (d *deciding) recuseMediator(act RecuseMediator) *Refusal {
	m := *d.state.openMediation()
	if act.MediatorID != "" && act.MediatorID != m.MediatorID {
		return refuse(RefusedInvalid, at("mediatorId"),
			fmt.Sprintf("%s doesn't mediate %s", shown(act.MediatorID), m.ID), fmt.Sprintf("%s 不是调解 %s 的调解员", shown(act.MediatorID), m.ID))
	}
	if refusal := d.checkChosenBy(act.ChosenBy, act.NewMediatorID); refusal != nil {
		return refusal
	}
	if m.MediatorID == "" {
		if refusal := d.checkMediator(act.NewMediatorID, m.UnitID, "newMediatorId"); refusal != nil {
			return refusal
		}
		d.emit(MediatorNamed{MediationID: m.ID, MediatorID: act.NewMediatorID, ChosenBy: act.ChosenBy})
		return nil
	}
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	if act.PartyID != "" {
		if _, refusal := d.knownParty(act.PartyID); refusal != nil {
			return refusal
		}
	}
	if act.NewMediatorID == m.MediatorID {
		return refuse(RefusedInterest, at("newMediatorId"),
			"whoever leaves a mediation can't be the one who goes on with it", "回避的调解员不能继续主持本案调解")
	}
	if act.NewMediatorID != "" {
		if refusal := d.checkMediator(act.NewMediatorID, m.UnitID, "newMediatorId"); refusal != nil {
			return refusal
		}
	}
	d.emit(MediatorRecused{
		MediationID: m.ID, MediatorID: m.MediatorID, NewMediatorID: act.NewMediatorID, PartyID: act.PartyID,
		Reason: act.Reason, ChosenBy: act.ChosenBy,
	})
	return nil
}

// checkChosenBy wants parties of the case, each once, where somebody was chosen.
func (d *deciding) checkChosenBy(parties []string, mediatorID string) *Refusal {
	for i, id := range parties {
		field := at("chosenByPartyIds", i)
		switch {
		case d.state.party(id) == nil:
			return refuse(RefusedUnknownParty, field,
				fmt.Sprintf("the case has no party %s", shown(id)), fmt.Sprintf("本案没有当事人 %s", shown(id)))
		case slices.Contains(parties[:i], id):
			return refuse(RefusedInvalid, field, fmt.Sprintf("party %s is named twice", id), fmt.Sprintf("当事人 %s 重复", id))
		case mediatorID == "":
			return refuse(RefusedInvalid, field, "no mediator is named who could be chosen", "未指定所选择的调解员")
		}
	}
	return nil
}

// hasRecused reports whether somebody left a mediation of the case by recusal.
func (s State) hasRecused(personID string) bool {
	return slices.ContainsFunc(s.Mediations, func(m Mediation) bool { return slices.Contains(m.Recused, personID) })
}

func recusedPerson(field []string) *Refusal {
	return refuse(RefusedInterest, field,
		"this person left a mediation of the case by recusal and has no further part in its mediation",
		"此人已回避本案调解，不得再参与本案调解")
}

// notRecused keeps whoever left a mediation from acting on it.
func notRecused(state State, actor Actor) *Refusal {
	if state.hasRecused(actor.PersonID) {
		return recusedPerson(nil)
	}
	return nil
}

// mediatorNamed wants somebody who mediates.
func mediatorNamed(m Mediation) *Refusal {
	if m.MediatorID != "" {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		fmt.Sprintf("mediation %s has no mediator since the last one was recused: name one first", m.ID),
		fmt.Sprintf("调解 %s 的调解员已回避，请先另行指定", m.ID))
}
