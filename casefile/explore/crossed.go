package explore

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// Where rules of two topics cross: each two of them on the straight way of one case.

// topic is a part of the rules that a case may go through or not.
type topic struct {
	name     string
	commands []string
	// widen opens the bounds that the topic needs.
	widen func(*Bounds)
	// appeal and medical tell what the case must be; a dispute does where neither is.
	appeal, medical bool
}

var topics = []topic{
	{name: "mediate", commands: []string{"concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "concludeMediation(written)", "concludeMediation(FAILED)"}},
	{name: "promise", commands: []string{
		"concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "concludeMediation(promise)", "concludeMediation(FAILED)", "recordPerformance", "recordConfirmation(*ED)",
	}},
	{name: "recuse", commands: []string{"concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "concludeMediation(oral)", "concludeMediation(FAILED)", "recuseMediator", "withdrawCase(P1)"}},
	{name: "recommend", commands: []string{
		"concludeInvestigation(MEDIATION)", "openMediation(PEOPLES *)", "concludeMediation(oral)", "concludeMediation(FAILED)", "issueRecommendation", "replyRecommendation",
	}},
	{name: "dispatch", commands: []string{"dispatchCase(one)", "replyDispatch", "returnDispatch(" + countyBureau + ")"}},
	{name: "raise", commands: []string{"raiseCase", "returnDispatch(raised)", "assignCase"}},
	{name: "refer", commands: []string{
		"referCase(platform)", "referCase(beside)", "acknowledgeReferral", "returnReferral", "recordReferralResult", "concludeInvestigation(REFERRAL)",
	}},
	{name: "withdraw", commands: []string{"withdrawCase(P1)", "rejectClosure"}},
	{name: "decline", commands: []string{"declineCase", "rejectClosure"}},
	{name: "reject", commands: []string{"rejectClosure"}},
	{name: "rework", commands: []string{"recordFollowUp(P1 dissatisfied)"}},
	{name: "reopen", commands: []string{"reopenCase"}},
	{name: "merge", widen: func(b *Bounds) { b.Handlers = 2 }, commands: []string{"mergeCase", "answerErrand", "takeOver", "callOffMerger"}},
	{name: "join", commands: []string{"joinCase", "answerErrand", "rejectClosure"}},
	{name: "split", commands: []string{"splitCase", "answerErrand"}},
	{name: "sample", commands: []string{"drawForSample", "recordSampleFinding", "recordFollowUp"}},
	{name: "package", commands: []string{"joinPackage", "leavePackage"}},
	{name: "link", commands: []string{"noteLink", "linkCases", "answerErrand"}},
	{name: "review", appeal: true, commands: []string{
		"requestReview", "issueReviewOpinion(UPHELD)", "issueReviewOpinion(REDO)", "requestReReview", "issueReReviewOpinion(UPHELD)",
	}},
	{name: "supervise", widen: func(b *Bounds) { b.Misses = 1 }, commands: []string{
		"assignCase(" + cityCenter + "-manager1)", "assignCase(" + cityPetition + "-manager*)", "acknowledgeSupervision", "replySupervision", "closeSupervision",
	}},
	{name: "defer", widen: func(b *Bounds) { b.Misses = 1 }, commands: []string{"deferCase", "decideDeferral(granted)", "takeUpCase"}},
	{name: "extend", appeal: true, widen: func(b *Bounds) { b.Misses = 1 }, commands: []string{"requestExtension", "decideExtension(* granted)"}},
	{name: "pause", medical: true, widen: func(b *Bounds) { b.Misses, b.Pauses = 1, 1 }, commands: []string{"suspendClock(handling APPRAISAL)", "resumeClock"}},
}

// Crossed are the searches of each two topics together.
func Crossed() []Scope {
	var list []Scope
	for i, one := range topics {
		for _, other := range topics[i+1:] {
			if scope, ok := cross(one, other); ok {
				list = append(list, scope)
			}
		}
	}
	return list
}

func cross(one, other topic) (Scope, bool) {
	scope := Scope{
		Name: one.name + "+" + other.name, What: "where the rules of two topics cross", cast: theCast(),
		Commands: with(straight, one.commands, other.commands),
		Widen: func(b *Bounds) {
			b.Alone, b.Unwarned = true, true
			for _, topic := range []topic{one, other} {
				if topic.widen != nil {
					topic.widen(b)
				}
			}
		},
	}
	if one.name == "review" && other.name == "supervise" {
		scope.cast = fullerCity()
	}
	appeal, medical := one.appeal || other.appeal, one.medical || other.medical
	switch {
	case appeal && medical:
		return Scope{}, false // an appeal's clocks are not stopped
	case appeal:
		scope.Commands = slices.Concat(scope.Commands, deciding)
		scope.begin = begins(countyPetition+"-clerk1", petition(casefile.Appeal))
	case medical:
		scope.begin = begins(countyCenter+"-clerk1", oneSided(dispute("D-MEDICAL")))
	default:
		scope.begin = begins(countyCenter+"-clerk1", oneSided(dispute("D-NEIGHBOUR")))
	}
	return scope, true
}
