package explore

import "github.com/tiaochu/tiaochu/casefile"

// The inputs of passing a case on within the system, and of what became of an agreement.

// dispatches ask the bureau to lead, alone or with the petition office beside it.
func dispatches(m moment) []proposal {
	if len(m.state.Dispatches) > 0 {
		return nil
	}
	by := m.now.Add(5 * oneDay).In(casefile.Shanghai).Format("2006-01-02")
	lead := casefile.DispatchTarget{UnitID: countyBureau, Lead: true, ReplyBy: by}
	assists := casefile.DispatchTarget{UnitID: countyPetition, ReplyBy: by}
	return []proposal{
		{casefile.DispatchCase{Units: []casefile.DispatchTarget{lead}, Instruction: "text"}, "one"},
		{casefile.DispatchCase{Units: []casefile.DispatchTarget{lead, assists}, Instruction: "text"}, "two"},
	}
}

func dispatchReplies(m moment) []proposal {
	var list []proposal
	for _, dispatch := range m.state.Dispatches {
		list = append(list, proposal{casefile.ReplyDispatch{DispatchID: dispatch.ID, Reply: "text"}, dispatch.UnitID})
	}
	return list
}

func dispatchReturns(m moment) []proposal {
	list := []proposal{{casefile.ReturnDispatch{Reason: "text"}, "raised"}}
	for _, dispatch := range m.state.Dispatches {
		list = append(list, proposal{casefile.ReturnDispatch{DispatchID: dispatch.ID, Reason: "text"}, dispatch.UnitID})
	}
	return list
}

func confirmations(moment) []proposal {
	var list []proposal
	for _, result := range []casefile.ConfirmationResult{
		casefile.ConfirmationApplied, casefile.ConfirmationConfirmed, casefile.ConfirmationRejected,
	} {
		list = append(list, proposal{casefile.RecordConfirmation{Result: result}, string(result)})
	}
	return list
}

// raises hand the case up, unless it is up already: what came back may go up again.
func raises(m moment) []proposal {
	if len(raisesNow(m.state)) > 0 {
		return nil
	}
	return []proposal{{act: casefile.RaiseCase{Reason: "text"}}}
}

// recusals let the mediator go, with another one named at once or later.
func recusals(m moment) []proposal {
	list := []proposal{{casefile.RecuseMediator{Reason: "text"}, "leaves"}}
	for _, actor := range m.cast.Actors() {
		if actor.Role != casefile.RoleMediator || actor.PersonID == m.open().MediatorID {
			continue
		}
		if m.open().MediatorID == "" {
			list = append(list, proposal{casefile.RecuseMediator{NewMediatorID: actor.PersonID}, actor.PersonID})
		}
		list = append(list, proposal{casefile.RecuseMediator{NewMediatorID: actor.PersonID, Reason: "text"}, "for " + actor.PersonID})
	}
	return list
}

func recommendations(m moment) []proposal {
	if len(m.state.Recommendations) > 0 {
		return nil
	}
	return []proposal{{act: casefile.IssueRecommendation{UnitID: countyBureau, Text: "text"}}}
}
