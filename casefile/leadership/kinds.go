package leadership

import (
	"encoding/json"
	"maps"
	"slices"
)

// actKind is all that is known of one act besides its fields.
type actKind struct {
	name   string
	decode func(json.RawMessage) (Act, error)
	// first makes the package, system is nobody's but the system's. What is both may be asked
	// again of the package that is there.
	first, system bool
	rule          actRule
}

func actOf[A Act](rule actRule) actKind {
	var act A
	return actKind{name: act.actName(), decode: decodeAs[A, Act], rule: rule}
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

var actKinds = byName(func(k actKind) string { return k.name }, slices.Concat(
	proposingActs, escalatingActs, memberActs, planActs, reviewActs, handOverActs, teamPlaceActs, concludingActs, supervisionActs, timeActs,
))

// ActNames lists every act in alphabetical order.
func ActNames() []string { return slices.Sorted(maps.Keys(actKinds)) }

type eventKind struct {
	name   string
	decode func(json.RawMessage) (Body, error)
}

func eventOf[B Body]() eventKind {
	var body B
	return eventKind{body.eventType(), decodeAs[B, Body]}
}

var eventKinds = byName(func(k eventKind) string { return k.name }, slices.Concat(
	proposingEvents, escalatingEvents, memberEvents, planEvents, reviewEvents, handOverEvents, teamPlaceEvents, concludingEvents, clockEvents, recountingEvents, orderEvents, answerEvents,
))

// EventTypes lists every type of event in alphabetical order.
func EventTypes() []string { return slices.Sorted(maps.Keys(eventKinds)) }

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
