package explore

import (
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Groups of commands.
var (
	// whole is the main path with all that belongs to it.
	whole = []string{
		"acceptCase", "declineCase", "transferCase(outside)", "withdrawCase", "amendCase", "assignCase", "recordInvestigation",
		"concludeInvestigation(MEDIATION)", "concludeInvestigation(DECISION)", "concludeInvestigation(CLOSE)",
		"openMediation", "recordConsent", "scheduleSession", "recordSession", "concludeMediation(written)", "concludeMediation(oral)",
		"concludeMediation(FAILED)", "concludeMediation(REFUSED)", "concludeMediation(WITHDRAWN)",
		"issueDecision", "recordService", "requestClosure", "verifyClosure", "rejectClosure", "recordFollowUp", "reopenCase",
		"addNote", "attachDocument", "revealPersonalData",
	}
	// straight leads from the registration to an end and no further.
	straight = []string{
		"acceptCase", "assignCase(*-investigator1)", "concludeInvestigation(CLOSE)", "requestClosure([^S]*)", "requestClosure(SUPPORTED)", "recordService",
		"verifyClosure", "recordFollowUp(* satisfied)",
	}
	deciding = []string{"concludeInvestigation(DECISION)", "issueDecision(SUPPORTED)", "issueDecision(ADOPTED)"}
	ends     = []string{"declineCase", "transferCase(outside)", "withdrawCase"}
)

func alone(b *Bounds) { b.Alone = true }

func twoHands(b *Bounds) { b.Handlers = 2 }

func with(groups ...[]string) []string { return slices.Concat(groups...) }

// Scopes are the searches, each with its own graph.
func Scopes() []Scope {
	cast := theCast()
	// Brought in when the acceptance clock has run out.
	late := func(who string, act casefile.RegisterCase) func(time.Time) []opening {
		return func(now time.Time) []opening {
			act.ReceivedAt = now.Add(-20 * oneDay)
			return []opening{{who: who, act: act, variant: "received 20 days ago"}}
		}
	}
	const centre, office = countyCenter + "-clerk1", countyPetition + "-clerk1"
	neighbours := begins(centre, dispute("D-NEIGHBOUR"))
	short := begins(centre, oneSided(dispute("D-NEIGHBOUR")))
	appeal := begins(office, petition(casefile.Appeal))
	return []Scope{
		{Name: "dispute", What: "a dispute between neighbours", Commands: whole, cast: cast, begin: neighbours},
		{
			Name: "restricted-dispute", What: "a dispute that only the handler and the head may see",
			Commands: whole, cast: cast, begin: begins(centre, dispute("D-FAMILY-CUSTODY")),
		},
		{
			Name: "short-handed", What: "a dispute at a centre of three people, each of whom sends all they may",
			Commands: whole, Widen: func(b *Bounds) { b.Senders, b.Handlers = 0, 3 },
			cast: castOf(casefile.RoleClerk, casefile.RoleMediator, casefile.RoleManager), begin: neighbours,
		},
		{
			Name: "anonymous-dispute", What: "a dispute whose applicant is not known",
			Commands: whole, cast: cast, begin: begins(centre, anonymous(dispute("D-NEIGHBOUR"))),
		},
		{
			Name: "suggestion", What: "a suggestion, which may be handed on",
			Commands: with(whole, []string{"transferCase"}), cast: cast, begin: begins(office, petition(casefile.Suggestion)),
		},
		{Name: "appeal", What: "an appeal with two claims", Commands: whole, cast: cast, begin: appeal},
		{
			Name: "anonymous-appeal", What: "an appeal that nobody can be told the answer to",
			Commands: whole, cast: cast, begin: begins(office, anonymous(petition(casefile.Appeal))),
		},
		{
			Name: "accusation", What: "an accusation of an official",
			Commands: with(whole, []string{"transferCase"}), cast: cast, begin: begins(office, accusation(countyBureau+"-clerk1")),
		},
		{
			Name: "accusation-by-name", What: "an accusation of somebody known by name alone",
			Commands: with(whole, []string{"transferCase"}), cast: cast, begin: begins(office, accusation("")),
		},
		{Name: "imported", What: "an answered petition from an older system", Commands: whole, cast: cast, begin: imported},
		{
			Name: "late", What: "a dispute, an appeal and an accusation over which time passes",
			Commands: with(straight, ends, deciding, []string{
				"concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "concludeMediation(FAILED)", "recordFollowUp(* dissatisfied)",
			}),
			Widen: func(b *Bounds) { b.Misses, b.Alone, b.Unwarned = 2, true, true },
			cast:  cast, begin: all(
				short, appeal, begins(office, accusation(countyBureau+"-clerk1")), late(office, petition(casefile.Appeal)),
			),
		},
		{
			Name: "stopped", What: "a medical dispute whose clocks are stopped and continued",
			Commands: with(straight, []string{
				"suspendClock(handling APPRAISAL*)", "resumeClock", "concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "concludeMediation(written)",
			}),
			Widen: func(b *Bounds) { b.Misses, b.Alone = 1, true }, cast: cast, begin: begins(centre, oneSided(dispute("D-MEDICAL"))),
		},
		{
			Name: "lengthened", What: "an appeal whose time is lengthened",
			Commands: with(straight, deciding, []string{"requestExtension", "decideExtension"}),
			Widen:    func(b *Bounds) { b.Misses, b.Alone = 1, true }, cast: cast, begin: appeal,
		},
		{
			Name: "put-off", What: "a dispute that is put off",
			Commands: with(straight, []string{"deferCase", "decideDeferral", "takeUpCase"}),
			Widen:    func(b *Bounds) { b.Misses, b.Alone = 1, true }, cast: cast, begin: short,
		},
		{
			Name: "objected", What: "a suggestion that is forwarded and objected to",
			Commands: with(straight, deciding, []string{"transferCase(" + countyCenter + ")", "transferCase(" + countyPetition + ")", "objectTransfer", "answerObjection", "decideCompetence"}),
			cast:     cast, begin: begins(office, petition(casefile.Suggestion)),
		},
		{
			Name: "dispatched", What: "a dispute that other units are asked about",
			Commands: with(straight, []string{"dispatchCase", "replyDispatch", "returnDispatch"}), cast: cast, begin: short,
		},
		{
			Name: "raised", What: "a dispute that is handed to the office above, and back",
			Commands: with(straight, []string{"assignCase", "raiseCase", "returnDispatch"}), cast: cast, begin: short,
		},
		{
			Name: "referred", What: "a dispute that is shown to organs of the law",
			Commands: with(straight, []string{"referCase", "acknowledgeReferral", "returnReferral", "recordReferralResult", "concludeInvestigation(REFERRAL)"}),
			cast:     cast, begin: short,
		},
		{
			Name: "entrusted", What: "a dispute that a court entrusted, whose mediator may leave",
			Commands: with(straight, []string{
				"concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "recordConsent", "concludeMediation(written)", "concludeMediation(FAILED)",
				"recuseMediator", "issueRecommendation", "replyRecommendation", "returnToCourt", "withdrawCase",
			}),
			cast:  twoMediators(),
			begin: begins(centre, entrusted()),
		},
		{
			Name: "handed-over", What: "a dispute that changes hands at work and in its mediation",
			Commands: with(straight, []string{
				"assignCase(*-manager1)", "handOverWork", "recuseMediator(center-*)", "recordInvestigation", "concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)",
				"concludeMediation(oral)", "rejectClosure", "recordFollowUp(* dissatisfied)",
			}),
			Widen: twoHands, cast: cast, begin: short,
		},
		{
			Name: "handed-over-late", What: "an appeal that changes hands while more time is asked for",
			Commands: with(straight, deciding, []string{
				"handOverWork", "requestExtension", "decideExtension(* granted)",
			}),
			Widen: twoHands, cast: cast, begin: appeal,
		},
		{
			Name: "promised", What: "a dispute settled by a promise, which is kept or brought to court",
			Commands: with(straight, []string{
				"concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "concludeMediation(written)", "concludeMediation(promise)",
				"recordPerformance", "recordConfirmation", "recordFollowUp(* dissatisfied)", "reopenCase",
			}),
			cast: cast, begin: neighbours,
		},
		{
			Name: "reviewed", What: "an appeal that is reviewed and reviewed again",
			Commands: with(straight, deciding, []string{
				"requestReview", "issueReviewOpinion(UPHELD)", "issueReviewOpinion(CHANGED)", "issueReviewOpinion(NOT_ADMITTED)",
				"requestReReview", "issueReReviewOpinion(UPHELD)", "issueReReviewOpinion(CHANGED)", "issueReReviewOpinion(NOT_ADMITTED)",
			}),
			Widen: alone, cast: cast, begin: appeal,
		},
		{
			Name: "sent-back", What: "an appeal that reviews send back to be handled anew",
			Commands: with(straight, deciding, []string{
				"requestReview", "issueReviewOpinion(UPHELD)", "issueReviewOpinion(REDO)",
				"requestReReview", "issueReReviewOpinion(UPHELD)", "issueReReviewOpinion(REDO)",
			}),
			Widen: alone, cast: cast, begin: appeal,
		},
		{
			Name: "merging", What: "a dispute that takes in a younger one", Commands: with(straight, []string{"mergeCase", "answerErrand", "takeOver", "callOffMerger"}),
			// One of them handled the other case.
			Widen: func(b *Bounds) { b.Handlers = 2 },
			cast:  cast, begin: short,
		},
		{
			Name: "merged", What: "a dispute that ends in an older one", Commands: with(straight, []string{"joinCase", "answerErrand", "rejectClosure", "withdrawCase"}),
			cast: cast, begin: short,
		},
		{
			Name: "split", What: "an appeal that a part goes off from", Commands: with(straight, deciding, []string{"splitCase", "answerErrand"}),
			cast: cast, begin: appeal,
		},
		{
			Name: "joined", What: "a dispute that a package takes in, and an older case",
			Commands: with(straight, []string{"joinPackage", "leavePackage", "joinCase", "answerErrand"}),
			Widen:    alone, cast: cast, begin: short,
		},
		{
			Name: "linked", What: "a dispute that is tied to another case, and repeats it",
			Commands: with(straight, []string{"noteLink", "linkCases", "noteFinality", "answerErrand", "declineCase"}),
			Widen:    alone, cast: cast, begin: short,
		},
		{
			Name: "sampled", What: "a closed dispute that is looked at again",
			Commands: with(straight, ends, []string{"drawForSample", "recordSampleFinding", "reopenCase", "recordFollowUp"}),
			cast:     cast, begin: short,
		},
		{
			Name: "supervised", What: "a dispute whose clocks run out and whose unit is chased for it",
			Commands: with(straight, []string{"assignCase(" + cityCenter + "-manager1)", "acknowledgeSupervision", "replySupervision", "closeSupervision"}),
			Widen:    func(b *Bounds) { b.Misses, b.Alone, b.Unwarned = 2, true, true }, cast: cast, begin: short,
		},
		{
			Name: "escalated", What: "a dispute over which nobody answers the orders",
			Commands: with(straight, []string{"answerErrand", "notePackage", "joinPackage", "replySupervision"}),
			Widen:    func(b *Bounds) { b.Misses, b.Alone, b.Unwarned = 3, true, true }, cast: cast, begin: short,
		},
		{
			Name: "urgent", What: "a dispute that cannot wait, whose hours run out",
			Commands: with(straight, ends, []string{"flagUrgent(cannot wait)", "acknowledgeUrgent", "reportUrgent", "liftUrgent", "transferCase(" + countyPetition + ")"}),
			Widen:    func(b *Bounds) { b.Misses, b.Alone, b.Unwarned = 1, true, true }, cast: cast, begin: short,
		},
		{
			Name: "harm", What: "a dispute in which violence is suspected, of which the police must know",
			Commands: with(straight, ends, []string{"flagUrgent", "reportUrgent", "recordPoliceReport"}),
			cast:     cast, begin: all(short, begins(centre, oneSided(dispute("D-FAMILY-VIOLENCE")))),
		},
		{
			Name: "retaliation", What: "a report of retaliation, which is answered and verified",
			Commands: []string{"answerRetaliation", "verifyClosure", "rejectClosure", "recordService", "answerErrand", "amendCase", "addNote"},
			cast:     cast, begin: begins(centre, retaliation()),
		},
		{
			Name: "held-back", What: "a dispute and an appeal whose end a report of retaliation holds back",
			Commands: with(straight, deciding, []string{
				"declineCase", "reportRetaliation", "resumeEnd", "rejectClosure", "requestReview", "issueReviewOpinion(UPHELD)",
			}),
			Widen: func(b *Bounds) { b.Misses, b.Alone, b.Unwarned = 1, true, true }, cast: cast, begin: all(short, appeal),
		},
		{
			Name: "held-back-twice", What: "a dispute whose end a report holds back, and what is urgent, or another case",
			Commands: with(straight, []string{
				"withdrawCase", "reportRetaliation", "resumeEnd", "flagUrgent(cannot wait)", "reportUrgent", "joinCase", "answerErrand",
			}),
			Widen: alone, cast: cast, begin: short,
		},
	}
}
