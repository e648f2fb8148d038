package casefile

import (
	"encoding/json"
	"slices"
)

// actKind is all that is known of one act besides its fields: how it is read back, and when
// a case takes it and from whom.
type actKind struct {
	name   string
	decode func(json.RawMessage) (Act, error)
	// is tells a value of the act, as it is decoded, from anything else of its name.
	is   func(Act) bool
	rule actRule
	// first marks an act that makes the case; every other one needs it to be there. system
	// marks what nobody but the system asks for.
	first, system bool
}

// actOf is a person's act on an existing case.
func actOf[A Act](rule actRule) actKind {
	var act A
	is := func(a Act) bool { _, ok := a.(A); return ok }
	return actKind{name: act.actName(), decode: decodeAs[A, Act], is: is, rule: rule}
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
var actKinds = byName(func(k actKind) string { return k.name }, slices.Concat(
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
))

// ruled returns the rule of a person's act on an existing case.
func ruled(actName string) (actRule, bool) {
	kind, known := actKinds[actName]
	return kind.rule, known && !kind.first && !kind.system
}

// ActNames lists every act in alphabetical order.
func ActNames() []string { return sortedKeys(actKinds) }

// eventKind is how one type of event is read back.
type eventKind struct {
	name   string
	decode func(json.RawMessage) (Body, error)
}

func eventOf[B Body]() eventKind {
	var body B
	return eventKind{body.eventType(), decodeAs[B, Body]}
}

// eventKinds are all events by their type.
var eventKinds = byName(func(k eventKind) string { return k.name }, slices.Concat(
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
))

func byName[K any](name func(K) string, kinds []K) map[string]K {
	named := make(map[string]K, len(kinds))
	for _, kind := range kinds {
		if _, twice := named[name(kind)]; twice {
			panic("two of the name " + name(kind))
		}
		named[name(kind)] = kind
	}
	return named
}

func decodeAs[T any, I any](raw json.RawMessage) (I, error) {
	var value T
	var none I
	if err := json.Unmarshal(raw, &value); err != nil {
		return none, err
	}
	return any(value).(I), nil
}
