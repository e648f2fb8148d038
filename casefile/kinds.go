package casefile

import "github.com/tiaochu/tiaochu/casefile/record"

// actKind is all that is known of one act besides its fields: how it is read back, and when
// a case takes it and from whom.
type actKind struct {
	record.Kind[Act]
	rule actRule
	// first marks an act that makes the case; every other one needs it to be there. system
	// marks what nobody but the system asks for.
	first, system bool
}

// actOf is a person's act on an existing case.
func actOf[A Act](rule actRule) actKind {
	var act A
	return actKind{Kind: record.KindOf[A, Act](act.actName()), rule: rule}
}

func firstActOf[A Act]() actKind {
	kind := actOf[A](actRule{})
	kind.first = true
	return kind
}

func systemActOf[A Act]() actKind {
	kind := actOf[A](actRule{})
	kind.system = true
	return kind
}

// actKinds are all acts by their name.
var actKinds = record.ByName(
	intakeActs,
	acceptanceActs,
	forwardingActs,
	handlingActs,
	mediationActs,
	performanceActs,
	confirmationActs,
	recusalActs,
	courtActs,
	recommendationActs,
	decisionActs,
	reviewActs,
	endingActs,
	clockActs,
	dispatchActs,
	referralActs,
	supervisionActs,
	proposalActs,
	timeActs,
	errandActs,
	linkActs,
	finalityActs,
	mergeActs,
	splitActs,
	sampleActs,
	deferralActs,
	urgentActs,
	policeReportActs,
	retaliationActs,
	membershipActs,
	documentActs,
	handOverActs,
	revealActs,
)

// ruled returns the rule of a person's act on an existing case.
func ruled(actName string) (actRule, bool) {
	kind, known := actKinds[actName]
	return kind.rule, known && !kind.first && !kind.system
}

// ActNames lists every act in alphabetical order.
func ActNames() []string { return sortedKeys(actKinds) }

// eventKind is how one type of event is read back.
type eventKind = record.Kind[Body]

func eventOf[B Body]() eventKind {
	var body B
	return record.KindOf[B, Body](body.eventType())
}

// eventKinds are all events by their type.
var eventKinds = record.ByName(
	intakeEvents,
	acceptanceEvents,
	acceptanceNoticeEvents,
	forwardingNoticeEvents,
	forwardingEvents,
	handlingEvents,
	mediationEvents,
	performanceEvents,
	confirmationEvents,
	recusalEvents,
	courtEvents,
	recommendationEvents,
	decisionEvents,
	reviewEvents,
	endingEvents,
	clockEvents,
	dispatchEvents,
	referralEvents,
	supervisionEvents,
	proposalEvents,
	withdrawalEvents,
	linkEvents,
	finalityEvents,
	mergeEvents,
	splitEvents,
	sampleEvents,
	deferralEvents,
	urgentEvents,
	policeReportEvents,
	retaliationEvents,
	membershipEvents,
	documentEvents,
	handOverEvents,
	revealEvents,
)
