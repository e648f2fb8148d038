package casefile

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile/record"
)

// Event is one fact of a case's record: append-only, numbered from 1 without gaps, chained
// by hash, free of personal text.
type Event struct {
	EventHeader
	Body Body
}

// Body is what happened; each concrete type is one event type, in the past tense.
type Body interface {
	eventType() string
	// apply changes a copy of the state; it never writes into what the copy shares with it.
	apply(s *State, event Event)
	// sentence tells the event to people, in one language.
	sentence(t telling) string
}

// Type returns the event's type ("CaseAccepted").
func (e Event) Type() string { return e.Body.eventType() }

// Exclusion keeps a person, or people by their tie to a unit, from ever seeing the case:
// the accused, their subordinates and their line leaders.
type Exclusion struct {
	PersonID string `json:"personId,omitempty"`
	// MembersOf excludes everybody at this unit and at the units below it.
	MembersOf string `json:"membersOf,omitempty"`
	// LeadersOver excludes leaders and managers of this unit and of the units above it.
	LeadersOver string `json:"leadersOver,omitempty"`
}

// DecodeBody turns stored JSON back into the body of an event type; an unknown type is an
// error.
func DecodeBody(eventType string, raw []byte) (Body, error) {
	kind, ok := eventKinds[eventType]
	if !ok {
		return nil, fmt.Errorf("unknown event type %q", eventType)
	}
	return kind.Decode(raw)
}

// MarshalJSON writes the event as EncodeEvent does.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("event %d has no body", e.Seq)
	}
	return EncodeEvent(e.EventHeader, e.Type(), e.Body)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (e *Event) UnmarshalJSON(raw []byte) error {
	header, eventType, stored, err := DecodeEvent(raw)
	if err != nil {
		return err
	}
	body, err := DecodeBody(eventType, stored)
	if err != nil {
		return err
	}
	*e = Event{header, body}
	return nil
}

// ChainHash returns the hash of an event in its chain, as record.ChainHash does.
func ChainHash(previous string, e Event) (string, error) { return record.ChainHash(previous, e) }
