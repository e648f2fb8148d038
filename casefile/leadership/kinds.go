package leadership

import (
	"maps"
	"slices"

	"github.com/tiaochu/tiaochu/casefile/record"
)

// actKind is all that is known of one act besides its fields.
type actKind struct {
	record.Kind[Act]
	// first makes the package, system is nobody's but the system's. What is both may be asked
	// again of the package that is there.
	first, system bool
	rule          actRule
}

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

var actKinds = record.ByName(
	proposingActs, escalatingActs, memberActs, planActs, reviewActs, handOverActs, teamPlaceActs, concludingActs, supervisionActs, timeActs,
)

// ActNames lists every act in alphabetical order.
func ActNames() []string { return slices.Sorted(maps.Keys(actKinds)) }

type eventKind = record.Kind[Body]

func eventOf[B Body]() eventKind {
	var body B
	return record.KindOf[B, Body](body.eventType())
}

var eventKinds = record.ByName(
	proposingEvents, escalatingEvents, memberEvents, planEvents, reviewEvents, handOverEvents, teamPlaceEvents, concludingEvents, clockEvents, recountingEvents, orderEvents, answerEvents,
)

// EventTypes lists every type of event in alphabetical order.
func EventTypes() []string { return slices.Sorted(maps.Keys(eventKinds)) }
