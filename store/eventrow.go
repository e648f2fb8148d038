package store

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// eventRow is what a row of events and one of package_events have in common.
type eventRow struct {
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
}

// eventRowColumns are those of eventRow.
const eventRowColumns = `
	seq integer, type text, at timestamptz, effective_at timestamptz, actor_person_id text, actor_role text,
	actor_unit_id text, actor_division text, actor_unit_kind text, request_key text, input_digest text,
	request_id text, backdating_reason text, body jsonb, hash text`

func newEventRow(h casefile.EventHeader, eventType string, body any, hash string) (eventRow, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return eventRow{}, fmt.Errorf("encode event %s: %w", eventType, err)
	}
	return eventRow{
		Seq: h.Seq, Type: eventType, At: casefile.Instant(h.At), EffectiveAt: casefile.Instant(h.EffectiveAt),
		ActorPersonID: h.Actor.PersonID, ActorRole: string(h.Actor.Role), ActorUnitID: h.Actor.UnitID,
		ActorDivision: string(h.Actor.Division), ActorUnitKind: string(h.Actor.UnitKind),
		RequestKey: h.RequestKey, InputDigest: h.InputDigest, RequestID: h.RequestID,
		BackdatingReason: string(h.BackdatingReason), Body: raw, Hash: hash,
	}, nil
}

// caseEventRow is a row of events as it is written.
type caseEventRow struct {
	CaseID string `json:"case_id"`
	eventRow
	// Touched is whom the event touches; nil is everybody.
	Touched []int32 `json:"touched"`
}

func newCaseEventRow(caseID string, e casefile.Event, hash string) (caseEventRow, error) {
	row, err := newEventRow(e.EventHeader, e.Type(), e.Body, hash)
	return caseEventRow{CaseID: caseID, eventRow: row}, err
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

// What scanRawEvent reads of the events of cases and of packages.
const (
	eventColumns        = `case_id::text, ` + readEventColumns
	packageEventColumns = `package_id::text, ` + readEventColumns
	readEventColumns    = `seq, type, at, effective_at, actor_person_id, actor_role, actor_unit_id,
	actor_division, actor_unit_kind, request_key, input_digest, request_id, backdating_reason, body, hash, xid, position`
)

// rawEvent is an event of a case or of a package before its body is decoded.
type rawEvent struct {
	casefile.EventHeader
	owner     string
	eventType string
	body      []byte
	hash      string
	feed      FeedCursor
}

// scanRawEvent reads a row; first are the columns before those of the event.
func scanRawEvent(row pgx.CollectableRow, first ...any) (rawEvent, error) {
	var r rawEvent
	h := &r.EventHeader
	err := row.Scan(append(first, &r.owner, &h.Seq, &r.eventType, &h.At, &h.EffectiveAt, &h.Actor.PersonID, &h.Actor.Role,
		&h.Actor.UnitID, &h.Actor.Division, &h.Actor.UnitKind, &h.RequestKey, &h.InputDigest, &h.RequestID, &h.BackdatingReason,
		&r.body, &r.hash, &r.feed.Transaction, &r.feed.Position)...)
	h.At, h.EffectiveAt = casefile.Instant(h.At), casefile.Instant(h.EffectiveAt)
	return r, err
}

func (r rawEvent) ofCase() (StoredEvent, error) {
	body, err := casefile.DecodeBody(r.eventType, r.body)
	return StoredEvent{Event: casefile.Event{EventHeader: r.EventHeader, Body: body}, CaseID: r.owner, Hash: r.hash, Feed: r.feed}, err
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
