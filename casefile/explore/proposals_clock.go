package explore

import "github.com/tiaochu/tiaochu/casefile"

// The inputs that stop, continue and lengthen clocks.

func suspensions(m moment) []proposal {
	var list []proposal
	for _, d := range m.state.Deadlines {
		for _, reason := range d.MayPause {
			if !d.Running() || len(d.Pauses) >= m.bounds.Pauses {
				continue
			}
			until := m.now.Add(5 * oneDay).In(casefile.Shanghai).Format("2006-01-02")
			list = append(list,
				proposal{casefile.SuspendClock{DeadlineID: d.ID, Reason: reason}, d.Step + " " + string(reason)},
				proposal{casefile.SuspendClock{DeadlineID: d.ID, Reason: reason, Until: until}, d.Step + " " + string(reason) + " for five days"},
			)
		}
	}
	return list
}

func resumptions(m moment) []proposal {
	var list []proposal
	for _, d := range m.state.Deadlines {
		if d.Status == casefile.ClockPaused {
			list = append(list, proposal{casefile.ResumeClock{DeadlineID: d.ID}, d.Step})
		}
	}
	return list
}

func extensionRequests(m moment) []proposal {
	var list []proposal
	for _, d := range m.state.Deadlines {
		if granted := d.Granted(); d.Running() && granted < len(d.MayExtend) {
			unit := casefile.DayUnit(d.MayExtend[granted].Unit)
			if unit == "" {
				unit = d.Unit
			}
			list = append(list, proposal{casefile.RequestExtension{DeadlineID: d.ID, Length: 1, Unit: unit, Reason: "text"}, d.Step})
		}
	}
	return list
}

func extensionDecisions(m moment) []proposal {
	var list []proposal
	for _, d := range m.state.Deadlines {
		if n := len(d.Extensions); n > 0 && d.Extensions[n-1].Approved == nil {
			list = append(list,
				proposal{casefile.DecideExtension{DeadlineID: d.ID, Approved: true}, d.Step + " granted"},
				proposal{casefile.DecideExtension{DeadlineID: d.ID, Reason: "text"}, d.Step + " refused"},
			)
		}
	}
	return list
}

// deferrals put a case off until the day after tomorrow.
func deferrals(m moment) []proposal {
	if m.state.Deferrals >= m.bounds.Deferrals {
		return nil
	}
	until := m.now.Add(2 * oneDay).In(casefile.Shanghai).Format("2006-01-02")
	return []proposal{{act: casefile.DeferCase{Until: until, Reason: "text"}}}
}

func deferralDecisions(moment) []proposal {
	return []proposal{
		{casefile.DecideDeferral{Approved: true}, "granted"},
		{casefile.DecideDeferral{Reason: "text"}, "refused"},
	}
}
