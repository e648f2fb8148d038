package casefile

import (
	"encoding/json"
	"fmt"
	"time"
)

// EventHeader is what a record keeps of every event, whatever happened: who acted when, and
// by which request.
type EventHeader struct {
	Seq int
	// At is when the office's system took it; EffectiveAt is its legal date.
	At          time.Time
	EffectiveAt time.Time
	Actor       Actor
	RequestKey  string
	InputDigest string
	RequestID   string
	// BackdatingReason is set where EffectiveAt was more than three days back.
	BackdatingReason TextID
}

// Number is the event's place in its record, from 1.
func (h EventHeader) Number() int { return h.Seq }

type eventJSON struct {
	Seq              int             `json:"seq"`
	Type             string          `json:"type"`
	At               time.Time       `json:"at"`
	EffectiveAt      time.Time       `json:"effectiveAt"`
	Actor            Actor           `json:"actor"`
	RequestKey       string          `json:"requestKey,omitempty"`
	InputDigest      string          `json:"inputDigest,omitempty"`
	RequestID        string          `json:"requestId,omitempty"`
	BackdatingReason TextID          `json:"backdatingReason,omitempty"`
	Body             json.RawMessage `json:"body"`
}

// EncodeEvent writes an event, of a case or of a package, with its type beside the body;
// instants are UTC, to the microsecond, as the database keeps them.
func EncodeEvent(header EventHeader, eventType string, body any) ([]byte, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encode event %s: %w", eventType, err)
	}
	return json.Marshal(eventJSON{
		header.Seq, eventType, Instant(header.At), Instant(header.EffectiveAt), header.Actor, header.RequestKey,
		header.InputDigest, header.RequestID, header.BackdatingReason, raw,
	})
}

// DecodeEvent reads what EncodeEvent wrote, but for the body: what a type means, its own
// aggregate knows.
func DecodeEvent(raw []byte) (header EventHeader, eventType string, body []byte, err error) {
	var j eventJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return EventHeader{}, "", nil, err
	}
	return EventHeader{
		j.Seq, j.At, j.EffectiveAt, j.Actor, j.RequestKey, j.InputDigest, j.RequestID, j.BackdatingReason,
	}, j.Type, j.Body, nil
}

// Instant brings a time to the precision and zone that the record keeps.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
