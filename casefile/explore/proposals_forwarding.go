package explore

import "github.com/tiaochu/tiaochu/casefile"

// The inputs of a disputed transfer.

func objectionAnswers(moment) []proposal {
	return []proposal{
		{casefile.AnswerObjection{Agreed: true, Reason: "text"}, "agreed"},
		{casefile.AnswerObjection{Reason: "text"}, "refused"},
	}
}

func competences(m moment) []proposal {
	if m.state.Forwarding == nil {
		return nil
	}
	var list []proposal
	for _, unit := range []string{m.state.Forwarding.FromUnitID, m.state.Forwarding.ToUnitID} {
		list = append(list, proposal{casefile.DecideCompetence{UnitID: unit, Reason: "text"}, unit})
	}
	return list
}
