package explore

import "github.com/tiaochu/tiaochu/casefile"

// The inputs of the legal way: one matter at a time with each receiver.

// referrals go to a unit of the cast and to an organ outside the platform, instead of the
// work on the case or beside it; and an appraiser may be asked.
func referrals(m moment) []proposal {
	return []proposal{
		{casefile.ReferCase{Channel: casefile.ChannelDiscipline, UnitID: countyDiscipl, Reason: "text", Blocking: true}, "platform"},
		{casefile.ReferCase{Channel: casefile.ChannelCourt, Organ: "text", Reason: "text", Blocking: true}, "outside"},
		{casefile.ReferCase{Channel: casefile.ChannelCourt, UnitID: countyCourt, Reason: "text"}, "beside"},
		{casefile.ReferCase{Channel: casefile.ChannelAppraisal, Organ: "text", Reason: "text"}, "appraisal"},
	}
}

func acknowledgements(m moment) []proposal {
	return eachReferral(m, func(id string) []proposal {
		return []proposal{{act: casefile.AcknowledgeReferral{ReferralID: id, Reference: "1"}}}
	})
}

func referralReturns(m moment) []proposal {
	return eachReferral(m, func(id string) []proposal {
		return []proposal{{act: casefile.ReturnReferral{ReferralID: id, Reason: "text"}}}
	})
}

func referralResults(m moment) []proposal {
	return eachReferral(m, func(id string) []proposal {
		return []proposal{
			{casefile.RecordReferralResult{ReferralID: id, Result: "text", Conclude: true}, "concludes"},
			{casefile.RecordReferralResult{ReferralID: id, Result: "text"}, "goes on"},
		}
	})
}

// eachReferral proposes something of every referral that is out, named by where it went.
func eachReferral(m moment, of func(id string) []proposal) []proposal {
	var list []proposal
	for _, r := range m.state.Referrals {
		if !r.Open() {
			continue
		}
		for _, p := range of(r.ID) {
			p.variant = joined(string(r.Channel), p.variant)
			list = append(list, p)
		}
	}
	return list
}

func joined(what, variant string) string {
	if variant == "" {
		return what
	}
	return what + " " + variant
}
