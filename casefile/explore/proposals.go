package explore

import (
	"slices"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// proposal is one input that somebody might send.
type proposal struct {
	act casefile.Act
	// variant tells this input from the others of its act, for a reader.
	variant string
}

func (p proposal) label() string {
	name := casefile.MutationName(casefile.ActName(p.act))
	if p.variant == "" {
		return name
	}
	return name + "(" + p.variant + ")"
}

// moment is what a proposal is made of.
type moment struct {
	state  casefile.State
	actor  casefile.Actor
	cast   *roster.Roster
	now    time.Time
	bounds Bounds
	// held says that a report of retaliation holds back the end.
	held bool
}

// plain is an act of one input.
func plain(act casefile.Act) func(moment) []proposal {
	return func(moment) []proposal { return []proposal{{act: act}} }
}

// proposals has an entry for every act that people send to an existing case. It need not
// know the rules: an input that doesn't fit is refused, and that is counted. Where somebody
// may do an act and none of its inputs is taken, that is a fault, unless mayHaveNone names it.
var proposals = map[string]func(moment) []proposal{
	"AmendCase":             amendments,
	"AcceptCase":            acceptances,
	"DeclineCase":           plain(casefile.DeclineCase{Reason: casefile.DeclineNotCompetent, Explanation: "text", GoTo: "text"}),
	"TransferCase":          transferring,
	"AssignCase":            assignments,
	"RecordInvestigation":   plain(casefile.RecordInvestigation{Finding: "text"}),
	"ConcludeInvestigation": paths,
	"OpenMediation":         mediations,
	"RecordConsent":         consents,
	"ScheduleSession":       schedules,
	"RecordSession":         sessions,
	"ConcludeMediation":     conclusions,
	"IssueDecision":         decisions,
	"RecordService":         services,
	"RequestClosure":        closures,
	"VerifyClosure":         plain(casefile.VerifyClosure{}),
	"RejectClosure":         plain(casefile.RejectClosure{Reason: "text"}),
	"RecordFollowUp":        followUps,
	"ReopenCase":            reopenings,
	"WithdrawCase":          withdrawals,
	"SuspendClock":          suspensions,
	"ResumeClock":           resumptions,
	"RequestExtension":      extensionRequests,
	"DecideExtension":       extensionDecisions,
	"RecuseMediator":        recusals,
	"IssueRecommendation":   recommendations,
	"ReplyRecommendation":   plain(casefile.ReplyRecommendation{Reply: "text"}),
	"ReturnToCourt":         plain(casefile.ReturnToCourt{Report: "text", CourtUnitID: countyCourt}),
	"LinkCases":             links,
	"ObjectTransfer":        plain(casefile.ObjectTransfer{Reason: "text"}),
	"AnswerObjection":       objectionAnswers,
	"DecideCompetence":      competences,
	"DispatchCase":          dispatches,
	"ReplyDispatch":         dispatchReplies,
	"ReturnDispatch":        dispatchReturns,
	"RaiseCase":             raises,
	"RecordPerformance":     plain(casefile.RecordPerformance{}),
	"RecordConfirmation":    confirmations,
	"DeferCase":             deferrals,
	"DecideDeferral":        deferralDecisions,
	"TakeUpCase":            plain(casefile.TakeUpCase{}),
	"RequestReview":         reviewRequests(false),
	"IssueReviewOpinion":    reviewOpinions(false),
	"RequestReReview":       reviewRequests(true),
	"IssueReReviewOpinion":  reviewOpinions(true),
	"HandOverWork":          handOvers,
	"AddNote":               plain(casefile.AddNote{Text: "text"}),
	"AttachDocument":        attachments,
	"RevealPersonalData":    plain(casefile.RevealPersonalData{Purpose: "text"}),

	"ReferCase":              referrals,
	"AcknowledgeReferral":    acknowledgements,
	"ReturnReferral":         referralReturns,
	"RecordReferralResult":   referralResults,
	"AcknowledgeSupervision": orderAcknowledgements,
	"ReplySupervision":       orderReplies,
	"CloseSupervision":       orderJudgements,
	"MergeCase":              mergers,
	"SplitCase":              splits,
	"RecordSampleFinding":    findings,

	"FlagUrgent":         alarmsGiven,
	"AcknowledgeUrgent":  plain(casefile.AcknowledgeUrgent{}),
	"ReportUrgent":       urgentReports,
	"LiftUrgent":         plain(casefile.LiftUrgent{Reason: "text"}),
	"RecordPoliceReport": policeReports,
	"ReportRetaliation":  retaliationReports,
	"AnswerRetaliation":  retaliationAnswers,
}

// beyondProposals are the acts that nobody sends to an existing case, with who does it.
var beyondProposals = map[string]string{
	"RegisterCase": "begins a scope",
	"ImportEnded":  "begins a scope",
	"PassTime":     "time itself",
}

// mayHaveNone are acts that a bound, or the smallness of the cast, may leave without an input.
var mayHaveNone = map[string]string{
	"SuspendClock":        "stopped as often as the bound allows",
	"MergeCase":           "one other case is asked",
	"RecuseMediator":      "no mediator is left in a small office",
	"IssueRecommendation": "recommended once",
	"DispatchCase":        "dispatched once",
	"ReplyDispatch":       "nothing is left to reply to",
	"ReturnDispatch":      "nothing is left to return",
	"RaiseCase":           "nobody above may have it",
	"DecideCompetence":    "only between sender and receiver",
	"LinkCases":           "tied to one other case",
	"DeferCase":           "a clock runs out before tomorrow",
	"DecideDeferral":      "a clock runs out before that day",
	"RequestReview":       "no more reviews than the bound allows",
	"RequestReReview":     "no more reviews than the bound allows",
	"RequestExtension":    "what may be granted has been",
	"AmendCase":           "amended once",
	"TransferCase":        "no other unit may take it",
	"AssignCase":          "nobody is left in a small office, or as many handled as the bound allows",
	"OpenMediation":       "no mediator is left in a small office",
	"RecordConsent":       "every party has said everything",
	"FlagUrgent":          "flagged as often as the bound allows",
	"ReportUrgent":        "reported twice",
	"WithdrawCase":        "from a mediation only at its beginning",
	"ScheduleSession":     "one session at a time",
	"RecordSession":       "no more sessions than the bound allows",
	"ReopenCase":          "no more rounds than the bound allows",
	"ReportRetaliation":   "one report at a time",
}

// acceptances put a medical dispute on its own procedure, whose clock knows pauses.
func acceptances(m moment) []proposal {
	if m.state.Category == "D-MEDICAL" {
		return []proposal{{casefile.AcceptCase{Procedure: "medical-mediation"}, "medical-mediation"}, {act: casefile.AcceptCase{}}}
	}
	return []proposal{{act: casefile.AcceptCase{}}}
}

func amendments(m moment) []proposal {
	var list []proposal
	for _, party := range m.state.Parties {
		if party.Role != casefile.PartyAccused || party.PersonID != "" || party.UnitID != "" || party.Outsider {
			continue
		}
		outsider, unit, colleague := party, party, party
		outsider.Outsider, unit.UnitID, colleague.PersonID = true, countyBureau, countyPetition+"-clerk1"
		for variant, named := range map[string]casefile.Party{"outsider": outsider, "bureau": unit, "colleague": colleague} {
			list = append(list, proposal{casefile.AmendCase{Parties: []casefile.Party{named}, Reason: "text"}, variant})
		}
		slices.SortFunc(list, func(a, b proposal) int { return strings.Compare(a.variant, b.variant) })
		return list
	}
	return []proposal{{casefile.AmendCase{Narrative: "text", Reason: "text"}, "narrative"}}
}

func transferring(m moment) []proposal {
	var list []proposal
	for _, unit := range []string{countyCenter, countyPetition, countyDiscipl} {
		fits := (m.state.PetitionType == casefile.Accusation) == (unit == countyDiscipl)
		if unit != m.state.ResponsibleUnitID && fits {
			list = append(list, proposal{casefile.TransferCase{ToUnitID: unit, Reason: "text"}, unit})
		}
	}
	return append(list, proposal{casefile.TransferCase{ToOutside: "text", Reason: "text"}, "outside"})
}

// handlers are the roles given cases. Mediators come in where a mediation is opened.
var handlers = []casefile.Role{casefile.RoleInvestigator, casefile.RoleManager}

// assignments name everybody who may handle a case at its unit.
// assignments are to people of the responsible unit: beyond the bound to whoever has handled the
// case, but for a unit where nobody has.
func assignments(m moment) []proposal {
	var list []proposal
	workers := len(m.state.HandledBy)
	here := slices.ContainsFunc(m.cast.Actors(), func(actor casefile.Actor) bool {
		return actor.UnitID == m.state.ResponsibleUnitID && slices.Contains(handlers, actor.Role) &&
			(actor.PersonID == m.state.HandlerID || slices.Contains(m.state.HandledBy, actor.PersonID))
	})
	for _, actor := range m.cast.Actors() {
		if actor.UnitID != m.state.ResponsibleUnitID || !slices.Contains(handlers, actor.Role) || actor.PersonID == m.state.HandlerID {
			continue
		}
		known := slices.Contains(m.state.HandledBy, actor.PersonID)
		if !known && here && workers >= m.bounds.Handlers {
			continue
		}
		list = append(list, proposal{casefile.AssignCase{PersonID: actor.PersonID}, actor.PersonID})
	}
	return list
}

func paths(m moment) []proposal {
	var list []proposal
	for _, path := range []casefile.InvestigationPath{casefile.PathMediation, casefile.PathDecision, casefile.PathClose} {
		list = append(list, proposal{casefile.ConcludeInvestigation{Facts: "text", Path: path}, string(path)})
	}
	return list
}

func withdrawals(m moment) []proposal {
	var list []proposal
	if open := m.open(); len(open.Sessions)+len(open.Consents) > 0 {
		return nil
	}
	for _, party := range m.state.Parties {
		list = append(list, proposal{casefile.WithdrawCase{
			PartyID: party.ID, How: casefile.FollowUpOnSite, Request: "text", Reason: "text",
		}, party.ID})
	}
	return list
}

func reopenings(moment) []proposal {
	return []proposal{{act: casefile.ReopenCase{Reason: "text"}}}
}
