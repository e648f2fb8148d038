package explore

import "github.com/tiaochu/tiaochu/casefile"

// The inputs of a report of retaliation: on the case that it is about, on its own record, and
// the word that it has been answered.

// retaliationReports is one report at a time, against somebody whom nothing in the case tells of.
func retaliationReports(m moment) []proposal {
	if m.held {
		return nil
	}
	return []proposal{{act: casefile.ReportRetaliation{
		ReportID: "report", PartyID: m.state.Parties[0].ID, Title: "text", Narrative: "text", Method: casefile.FollowUpOnSite,
		Named: casefile.Party{Kind: casefile.NaturalPerson, Content: "text", Named: true},
	}}}
}

func retaliationAnswers(moment) []proposal {
	return []proposal{{act: casefile.AnswerRetaliation{Finding: casefile.RetaliationNotConfirmed, Measures: "text"}}}
}

// answeredReports tell the case that the report which held back its end has been answered.
func answeredReports(m moment) []proposal {
	if !m.held {
		return nil
	}
	return []proposal{{act: casefile.ResumeEnd{}}}
}
