package leadership

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Event is one fact of a package's record, kept as a case's are: append-only, numbered from
// 1 without gaps, chained by hash, free of personal text.
type Event struct {
	Seq              int
	At               time.Time
	EffectiveAt      time.Time // its legal date
	Actor            casefile.Actor
	RequestKey       string
	InputDigest      string
	RequestID        string
	BackdatingReason casefile.TextID // set where EffectiveAt was more than three days back
	Body             Body
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

type eventJSON struct {
	Seq              int             `json:"seq"`
	Type             string          `json:"type"`
	At               time.Time       `json:"at"`
	EffectiveAt      time.Time       `json:"effectiveAt"`
	Actor            casefile.Actor  `json:"actor"`
	RequestKey       string          `json:"requestKey,omitempty"`
	InputDigest      string          `json:"inputDigest,omitempty"`
	RequestID        string          `json:"requestId,omitempty"`
	BackdatingReason casefile.TextID `json:"backdatingReason,omitempty"`
	Body             json.RawMessage `json:"body"`
}

// MarshalJSON writes the event with its type beside the body; instants are UTC, to the
// microsecond, as the database keeps them.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("event %d has no body", e.Seq)
	}
	body, err := json.Marshal(e.Body)
	if err != nil {
		return nil, fmt.Errorf("encode event %s: %w", e.Type(), err)
	}
	return json.Marshal(eventJSON{
		e.Seq, e.Type(), casefile.Instant(e.At), casefile.Instant(e.EffectiveAt), e.Actor, e.RequestKey,
		e.InputDigest, e.RequestID, e.BackdatingReason, body,
	})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (e *Event) UnmarshalJSON(raw []byte) error {
	var j eventJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return err
	}
	body, err := DecodeBody(j.Type, j.Body)
	if err != nil {
		return err
	}
	*e = Event{
		j.Seq, j.At, j.EffectiveAt, j.Actor, j.RequestKey, j.InputDigest, j.RequestID, j.BackdatingReason, body,
	}
	return nil
}

// ChainHash returns the hash of an event in its chain: SHA-256 over the hash before it
// (empty for the first) and the event's JSON.
func ChainHash(previous string, e Event) (string, error) {
	raw, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	sum.Write([]byte(previous))
	sum.Write([]byte{'\n'})
	sum.Write(raw)
	return hex.EncodeToString(sum.Sum(nil)), nil
}
