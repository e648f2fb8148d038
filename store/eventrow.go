package store

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// eventRow is a row of events as it is written.
type eventRow struct {
	CaseID           string          `json:"case_id"`
	Seq              int             `json:"seq"`
	Type             string          `json:"type"`
	At               time.Time       `json:"at"`
	EffectiveAt      time.Time       `json:"effective_at"`
	ActorPersonID    string          `json:"actor_person_id"`
	ActorRole        string          `json:"actor_role"`
	ActorUnitID      string          `json:"actor_unit_id"`
	ActorDivision    string          `json:"actor_division"`
	ActorUnitKind    string          `json:"actor_unit_kind"`
	RequestKey       string          `json:"request_key"`
	InputDigest      string          `json:"input_digest"`
	RequestID        string          `json:"request_id"`
	BackdatingReason string          `json:"backdating_reason"`
	Body             json.RawMessage `json:"body"`
	Hash             string          `json:"hash"`
	// Touched is whom the event touches; nil is everybody.
	Touched []int32 `json:"touched"`
}

func newEventRow(caseID string, e casefile.Event, hash string) (eventRow, error) {
	body, err := json.Marshal(e.Body)
	if err != nil {
		return eventRow{}, fmt.Errorf("encode event %s: %w", e.Type(), err)
	}
	return eventRow{
		CaseID: caseID, Seq: e.Seq, Type: e.Type(), At: casefile.Instant(e.At), EffectiveAt: casefile.Instant(e.EffectiveAt),
		ActorPersonID: e.Actor.PersonID, ActorRole: string(e.Actor.Role), ActorUnitID: e.Actor.UnitID,
		ActorDivision: string(e.Actor.Division), ActorUnitKind: string(e.Actor.UnitKind),
		RequestKey: e.RequestKey, InputDigest: e.InputDigest, RequestID: e.RequestID,
		BackdatingReason: string(e.BackdatingReason), Body: body, Hash: hash,
	}, nil
}

// StoredEvent is an event of the record with its place in the chain and in the feed.
type StoredEvent struct {
	casefile.Event
	CaseID string
	// Hash chains this event to the one before.
	Hash string
	// Feed is where a reader of the feed goes on after this event.
	Feed FeedCursor
}

// eventColumns are what scanEvent reads.
const eventColumns = `case_id::text, seq, type, at, effective_at, actor_person_id, actor_role, actor_unit_id,
	actor_division, actor_unit_kind, request_key, input_digest, request_id, backdating_reason, body, hash, xid, position`

// rawEvent is an event of a case or of a package before its body is decoded.
type rawEvent struct {
	casefile.Event // without body
	owner          string
	eventType      string
	body           []byte
	hash           string
	feed           FeedCursor
}

// scanRawEvent reads a row; first are the columns before those of the event.
func scanRawEvent(row pgx.CollectableRow, first ...any) (rawEvent, error) {
	var r rawEvent
	e := &r.Event
	err := row.Scan(append(first, &r.owner, &e.Seq, &r.eventType, &e.At, &e.EffectiveAt, &e.Actor.PersonID, &e.Actor.Role,
		&e.Actor.UnitID, &e.Actor.Division, &e.Actor.UnitKind, &e.RequestKey, &e.InputDigest, &e.RequestID, &e.BackdatingReason,
		&r.body, &r.hash, &r.feed.Transaction, &r.feed.Position)...)
	e.At, e.EffectiveAt = casefile.Instant(e.At), casefile.Instant(e.EffectiveAt)
	return r, err
}

func (r rawEvent) ofCase() (s StoredEvent, err error) {
	s = StoredEvent{Event: r.Event, CaseID: r.owner, Hash: r.hash, Feed: r.feed}
	s.Body, err = casefile.DecodeBody(r.eventType, r.body)
	return s, err
}

func scanEvent(row pgx.CollectableRow) (StoredEvent, error) {
	raw, err := scanRawEvent(row)
	if err != nil {
		return StoredEvent{}, err
	}
	return raw.ofCase()
}

func bare(stored []StoredEvent) []casefile.Event {
	events := make([]casefile.Event, len(stored))
	for i, s := range stored {
		events[i] = s.Event
	}
	return events
}
