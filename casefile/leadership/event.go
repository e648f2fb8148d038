package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/record"
)

// Event is one fact of a package's record, kept as a case's are: append-only, numbered from
// 1 without gaps, chained by hash, free of personal text.
type Event struct {
	casefile.EventHeader
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

// Type returns the event's type ("PackageOpened").
func (e Event) Type() string { return e.Body.eventType() }

// DecodeBody turns stored JSON back into the body of an event type; an unknown type is an
// error.
func DecodeBody(eventType string, raw []byte) (Body, error) {
	kind, ok := eventKinds[eventType]
	if !ok {
		return nil, fmt.Errorf("unknown event type of a package %q", eventType)
	}
	return kind.Decode(raw)
}

// MarshalJSON writes the event as casefile.EncodeEvent does.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("event %d has no body", e.Seq)
	}
	return casefile.EncodeEvent(e.EventHeader, e.Type(), e.Body)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (e *Event) UnmarshalJSON(raw []byte) error {
	header, eventType, stored, err := casefile.DecodeEvent(raw)
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
