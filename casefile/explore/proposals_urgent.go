package explore

import "github.com/tiaochu/tiaochu/casefile"

// alarmsGiven flag the case once by itself, and once more with harm that the police must know of.
func alarmsGiven(m moment) []proposal {
	var list []proposal
	if m.state.Urgency == nil {
		list = append(list, proposal{casefile.FlagUrgent{Reason: "text"}, "cannot wait"})
	}
	if len(m.state.SuspectedHarms) == 0 {
		list = append(list, proposal{casefile.FlagUrgent{
			Reason: "text", Suspicion: []casefile.Suspicion{casefile.SuspectedDomesticViolence},
		}, "domestic violence"})
	}
	return list
}

// urgentReports are the first report, and one that follows it.
func urgentReports(m moment) []proposal {
	if m.state.Urgency == nil || len(m.state.Urgency.Reports) > 1 {
		return nil
	}
	return []proposal{{act: casefile.ReportUrgent{Measures: "text"}}}
}

func policeReports(moment) []proposal {
	return []proposal{
		{casefile.RecordPoliceReport{Organ: "text"}, "told"},
		{casefile.RecordPoliceReport{NotDue: "text"}, "not due"},
	}
}
