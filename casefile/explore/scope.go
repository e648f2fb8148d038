package explore

import (
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// Bounds keep the number of states finite where the rules know no bound of their own. None
// of them takes a way out of a state that has no other.
type Bounds struct {
	// Rounds is how often a case is opened, the registration counted.
	Rounds int
	// Handlers is how many people may come to have handled the case.
	Handlers int
	// Reviews is how often a written opinion is brought before a superior organ.
	Reviews int
	// Sessions is how many sessions a mediation has.
	Sessions int
	// Senders is how many people send the same command from one state: so many of those who
	// work on the case, and so many of the others; 0 is everybody who may.
	Senders int
	// Inputs is how many inputs of an act are sent in one state; 0 is all. After a rework and
	// in later rounds one is enough: what they lead to has been seen.
	Inputs int
	// Misses is how many clocks may run out on a way; with 0 no time passes at all.
	Misses int
	// Eves lets time stop on the day before a clock rings, too, so that clocks that begin
	// later ring in another order.
	Eves bool
}

// DefaultBounds are those of the tests.
func DefaultBounds() Bounds {
	return Bounds{Rounds: 2, Handlers: 1, Reviews: 2, Sessions: 1, Senders: 1}
}

// Scope is where a search begins: who is there, what is registered, and which commands are
// left out, so that each search stays small and all of them together leave nothing out.
type Scope struct {
	Name string
	// What says what the scope is for.
	What string
	// Without are the mutations left out, or single inputs of one: "transferCase(petition)".
	Without []string
	// Widen changes the bounds for this scope.
	Widen func(*Bounds)
	cast  *roster.Roster
	begin func(now time.Time) []opening
}

// opening is a registration with its sender.
type opening struct {
	who     string
	act     casefile.Act
	variant string
}

// Scopes are the searches, each with its own graph.
func Scopes() []Scope {
	cast := theCast()
	registered := func(who string, act casefile.RegisterCase) func(time.Time) []opening {
		return func(time.Time) []opening { return []opening{{who: who, act: act}} }
	}
	// Brought in when the acceptance clock has run out.
	late := func(who string, act casefile.RegisterCase) func(time.Time) []opening {
		return func(now time.Time) []opening {
			act.ReceivedAt = now.Add(-20 * oneDay)
			return []opening{{who: who, act: act, variant: "received 20 days ago"}}
		}
	}
	const centre, office = countyCenter + "-clerk1", countyPetition + "-clerk1"
	return []Scope{
		{
			Name: "dispute", What: "a dispute between neighbours", Without: slices.Concat(side, transfers),
			cast: cast, begin: registered(centre, dispute("D-NEIGHBOUR")),
		},
		{
			Name: "restricted-dispute", What: "a dispute that only the handler and the head may see",
			Without: slices.Concat(side, transfers), cast: cast, begin: registered(centre, dispute("D-FAMILY-CUSTODY")),
		},
		{
			Name: "short-handed", What: "a dispute at a centre of three people, each of whom sends all they may",
			Without: slices.Concat(side, transfers),
			Widen:   func(b *Bounds) { b.Senders, b.Handlers, b.Rounds = 0, 3, 1 },
			cast:    castOf(casefile.RoleClerk, casefile.RoleMediator, casefile.RoleManager), begin: registered(centre, dispute("D-NEIGHBOUR")),
		},
		{
			Name: "anonymous-dispute", What: "a dispute whose applicant is not known",
			Without: slices.Concat(side, transfers), cast: cast, begin: registered(centre, anonymous(dispute("D-NEIGHBOUR"))),
		},
		{
			Name: "suggestion", What: "a suggestion, which may be handed on", Without: side,
			cast: cast, begin: registered(office, petition(casefile.Suggestion)),
		},
		{
			Name: "appeal", What: "an appeal with two claims", Without: slices.Concat(side, transfers),
			cast: cast, begin: registered(office, petition(casefile.Appeal)),
		},
		{
			Name: "anonymous-appeal", What: "an appeal that nobody can be told the answer to",
			Without: slices.Concat(side, transfers), cast: cast, begin: registered(office, anonymous(petition(casefile.Appeal))),
		},
		{
			Name: "accusation", What: "an accusation of an official", Without: side,
			cast: cast, begin: registered(office, accusation(countyBureau+"-clerk1")),
		},
		{
			Name: "accusation-by-name", What: "an accusation of somebody known by name alone", Without: side,
			cast: cast, begin: registered(office, accusation("")),
		},
		{
			Name: "imported", What: "an answered petition from an older system", Without: slices.Concat(side, transfers),
			cast: cast, begin: imported,
		},
		{
			Name: "late", What: "a dispute, an appeal and an accusation over which time passes",
			Without: slices.Concat(side, transfers, asides, oneHandler),
			Widen:   func(b *Bounds) { b.Misses, b.Inputs, b.Rounds = 2, 1, 1 },
			cast:    cast, begin: all(
				registered(centre, dispute("D-NEIGHBOUR")), registered(office, petition(casefile.Appeal)),
				registered(office, accusation(countyBureau+"-clerk1")), late(office, petition(casefile.Appeal))),
		},
		{
			Name: "stopped", What: "a medical dispute whose clocks are stopped and continued",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but("suspendClock", "resumeClock")),
			Widen:   func(b *Bounds) { b.Misses, b.Inputs, b.Rounds = 1, 1, 1 },
			cast:    cast, begin: registered(centre, dispute("D-MEDICAL")),
		},
		{
			Name: "lengthened", What: "an appeal whose time is lengthened",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but("requestExtension", "decideExtension")),
			Widen:   func(b *Bounds) { b.Misses, b.Inputs, b.Rounds = 1, 1, 1 },
			cast:    cast, begin: registered(office, petition(casefile.Appeal)),
		},
		{
			Name: "put-off", What: "a dispute that is put off and tied to another case",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but(deferring...), []string{"concludeInvestigation(MEDIATION)"}),
			Widen:   func(b *Bounds) { b.Misses, b.Rounds = 1, 1 },
			cast:    cast, begin: registered(centre, dispute("D-NEIGHBOUR")),
		},
		{
			Name: "objected", What: "a suggestion that is forwarded and objected to",
			Without: slices.Concat(asides, oneHandler, but(objecting...), []string{"declineCase", "withdrawCase", "transferCase(outside)"}),
			Widen:   func(b *Bounds) { b.Rounds = 1 },
			cast:    cast, begin: registered(office, petition(casefile.Suggestion)),
		},
		{
			Name: "dispatched", What: "a dispute that other units are asked about, and the office above",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but(dispatching...), []string{"concludeInvestigation(MEDIATION)", "raiseCase"}),
			Widen:   func(b *Bounds) { b.Rounds = 1 },
			cast:    cast, begin: registered(centre, dispute("D-NEIGHBOUR")),
		},
		{
			Name: "raised", What: "a dispute that is handed to the office above, and back",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but(dispatching...), []string{"concludeInvestigation(MEDIATION)", "dispatchCase", "replyDispatch"}),
			Widen:   func(b *Bounds) { b.Rounds = 1 },
			cast:    cast, begin: registered(centre, dispute("D-NEIGHBOUR")),
		},
		{
			Name: "entrusted", What: "a dispute that a court entrusted, whose mediator may leave",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but(mediating...), []string{
				"concludeInvestigation(CLOSE)", "concludeMediation(oral)", "concludeMediation(REFUSED)", "concludeMediation(WITHDRAWN)",
				"recordFollowUp(P1 dissatisfied)", "recordFollowUp(P1 unreachable)", "recordFollowUp(P2 dissatisfied)",
				"recordFollowUp(P2 unreachable)", "openMediation(ADMINISTRATIVE " + countyCenter + "-mediator1)", "openMediation(ADMINISTRATIVE " + countyCenter + "-mediator2)",
			}),
			Widen: func(b *Bounds) { b.Rounds = 1 },
			cast: castOf(casefile.RoleClerk, casefile.RoleInvestigator, casefile.RoleMediator, casefile.RoleMediator,
				casefile.RoleManager, casefile.RoleLeader),
			begin: registered(centre, entrusted()),
		},
		{
			Name: "promised", What: "a dispute settled by a promise, which is kept or brought to court",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but(keeping...), []string{
				"concludeInvestigation(CLOSE)", "concludeMediation(oral)", "concludeMediation(FAILED)", "concludeMediation(REFUSED)",
				"concludeMediation(WITHDRAWN)", "openMediation(ADMINISTRATIVE " + countyCenter + "-mediator1)",
			}),
			Widen: func(b *Bounds) { b.Rounds = 1 },
			cast:  cast, begin: registered(centre, dispute("D-NEIGHBOUR")),
		},
		{
			Name: "reviewed", What: "an appeal that is reviewed and reviewed again",
			Without: slices.Concat(transfers, ends, asides, oneHandler, but(reviews...), []string{
				"concludeInvestigation(MEDIATION)", "issueDecision(NOT_SUPPORTED)", "issueDecision(EXPLAINED)",
				"recordFollowUp(P1 dissatisfied)", "recordFollowUp(P1 unreachable)",
			}),
			Widen: func(b *Bounds) { b.Rounds = 1 },
			cast:  cast, begin: registered(office, petition(casefile.Appeal)),
		},
	}
}

// Groups of commands that a scope leaves out.
var (
	// side are those that have scopes of their own.
	side        = slices.Concat(clocks, reviews, deferring, objecting, dispatching, keeping, mediating)
	objecting   = []string{"objectTransfer", "answerObjection", "decideCompetence"}
	dispatching = []string{"dispatchCase", "replyDispatch", "returnDispatch", "raiseCase"}
	keeping     = []string{"recordPerformance", "recordConfirmation", "concludeMediation(promise)"}
	mediating   = []string{"recuseMediator", "issueRecommendation", "replyRecommendation", "returnToCourt"}
	// but leaves out all of side except some.
	but = func(some ...string) []string {
		return slices.DeleteFunc(slices.Clone(side), func(name string) bool { return slices.Contains(some, name) })
	}
	deferring = []string{"deferCase", "decideDeferral", "takeUpCase", "linkCases"}
	reviews   = []string{"requestReview", "issueReviewOpinion", "requestReReview", "issueReReviewOpinion"}
	clocks    = []string{"suspendClock", "resumeClock", "requestExtension", "decideExtension"}
	transfers = []string{"transferCase(" + countyCenter + ")", "transferCase(" + countyPetition + ")", "transferCase(" + countyDiscipl + ")"}
	asides    = []string{"recordConsent", "scheduleSession", "recordSession", "addNote", "amendCase", "rejectClosure", "recordInvestigation"}
	// oneHandler leaves the investigator as the only one who is given the case.
	oneHandler = []string{
		"assignCase(" + countyCenter + "-manager1)", "assignCase(" + countyPetition + "-manager1)", "assignCase(" + countyDiscipl + "-manager1)",
	}
	ends = []string{"declineCase", "transferCase", "withdrawCase"}
)

func all(begins ...func(time.Time) []opening) func(time.Time) []opening {
	return func(now time.Time) []opening {
		var list []opening
		for _, begin := range begins {
			list = append(list, begin(now)...)
		}
		return list
	}
}

func party(id string, role casefile.PartyRole) casefile.Party {
	return casefile.Party{ID: id, Role: role, Kind: casefile.NaturalPerson, Content: "text", Named: true}
}

func dispute(category string) casefile.RegisterCase {
	return casefile.RegisterCase{
		Kind: casefile.Dispute, Source: casefile.SourceWalkIn, Division: township, Category: category,
		Title: "text", Narrative: "text", Claims: []casefile.TextID{"text"},
		Parties: []casefile.Party{party("P1", casefile.PartyApplicant), party("P2", casefile.PartyRespondent)},
	}
}

func entrusted() casefile.RegisterCase {
	register := dispute("D-NEIGHBOUR")
	register.Source, register.CourtStage = casefile.SourceCourtEntrusted, casefile.CourtPreFiling
	return register
}

func petition(kind casefile.PetitionType) casefile.RegisterCase {
	register := dispute("P-URBAN-PROPERTY")
	register.Kind, register.PetitionType = casefile.Petition, kind
	register.Parties = []casefile.Party{party("P1", casefile.PartyPetitioner)}
	if kind == casefile.Appeal {
		register.Claims = append(register.Claims, "text")
		// The notice of an acceptance changes nothing in the life of a petition. That of a
		// suggestion is explored; here it would double the states.
		register.Parties[0].OutOfReach = true
	}
	return register
}

func accusation(personID string) casefile.RegisterCase {
	register := petition(casefile.Accusation)
	accused := party("P2", casefile.PartyAccused)
	accused.PersonID = personID
	register.Parties = append(register.Parties, accused)
	return register
}

func anonymous(register casefile.RegisterCase) casefile.RegisterCase {
	who := register.Parties[0]
	register.Parties[0] = casefile.Party{ID: who.ID, Role: who.Role, Kind: who.Kind, Anonymous: true}
	return register
}

func imported(now time.Time) []opening {
	ended := casefile.ImportEnded{
		Register: petition(casefile.Appeal), Reply: "text",
		AcceptedAt: now.Add(-100 * oneDay), ConcludedAt: now.Add(-70 * oneDay),
	}
	ended.Register.ReceivedAt = ended.AcceptedAt
	return []opening{{who: cityCenter + "-manager1", act: ended}}
}
