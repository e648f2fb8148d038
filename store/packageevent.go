package store

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// packageEventRow is a row of package_events as it is written.
type packageEventRow struct {
	PackageID        string          `json:"package_id"`
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

func newPackageEventRow(packageID string, e leadership.Event, hash string) (packageEventRow, error) {
	body, err := json.Marshal(e.Body)
	if err != nil {
		return packageEventRow{}, fmt.Errorf("encode event %s: %w", e.Type(), err)
	}
	return packageEventRow{
		PackageID: packageID, Seq: e.Seq, Type: e.Type(), At: casefile.Instant(e.At), EffectiveAt: casefile.Instant(e.EffectiveAt),
		ActorPersonID: e.Actor.PersonID, ActorRole: string(e.Actor.Role), ActorUnitID: e.Actor.UnitID,
		ActorDivision: string(e.Actor.Division), ActorUnitKind: string(e.Actor.UnitKind),
		RequestKey: e.RequestKey, InputDigest: e.InputDigest, RequestID: e.RequestID,
		BackdatingReason: string(e.BackdatingReason), Body: body, Hash: hash,
	}, nil
}

// StoredPackageEvent is an event of a package with its place in the chain and in the feed.
type StoredPackageEvent struct {
	leadership.Event
	PackageID string
	Hash      string
	Feed      FeedCursor
}

// Cursor is the event's place in its package's timeline.
func (e StoredPackageEvent) Cursor() Cursor {
	return Cursor{Key: strconv.Itoa(e.Seq), ID: e.PackageID}
}

const packageEventColumns = `package_id::text, seq, type, at, effective_at, actor_person_id, actor_role, actor_unit_id,
	actor_division, actor_unit_kind, request_key, input_digest, request_id, backdating_reason, body, hash, xid, position`

func (r rawEvent) ofPackage() (s StoredPackageEvent, err error) {
	s = StoredPackageEvent{PackageID: r.owner, Hash: r.hash, Feed: r.feed, Event: leadership.Event{
		Seq: r.Seq, At: r.At, EffectiveAt: r.EffectiveAt, Actor: r.Actor, RequestKey: r.RequestKey,
		InputDigest: r.InputDigest, RequestID: r.RequestID, BackdatingReason: r.BackdatingReason,
	}}
	s.Body, err = leadership.DecodeBody(r.eventType, r.body)
	return s, err
}

func scanPackageEvent(row pgx.CollectableRow) (StoredPackageEvent, error) {
	raw, err := scanRawEvent(row)
	if err != nil {
		return StoredPackageEvent{}, err
	}
	return raw.ofPackage()
}

func barePackage(stored []StoredPackageEvent) []leadership.Event {
	events := make([]leadership.Event, len(stored))
	for i, s := range stored {
		events[i] = s.Event
	}
	return events
}

// packageTexts lists every text that events name, each once.
func packageTexts(events []leadership.Event) []casefile.TextID {
	var found []casefile.TextID
	for _, e := range events {
		if e.BackdatingReason != "" {
			found = append(found, e.BackdatingReason)
		}
		found = appendTexts(found, reflect.ValueOf(e.Body))
	}
	return distinct(found)
}

// PackageEventPage is a page of a package's events, oldest first.
type PackageEventPage struct {
	Rows                 []StoredPackageEvent
	HasNext, HasPrevious bool
}

// PackageTimeline returns a page of the events of a package. It checks no permission: the
// package has been read for the viewer before.
func (s *Store) PackageTimeline(ctx context.Context, packageID string, page Page) (PackageEventPage, error) {
	if err := page.check(); err != nil {
		return PackageEventPage{}, err
	}
	if !validUUID(packageID) {
		return PackageEventPage{}, nil
	}
	args := &arguments{values: []any{packageID}}
	bounds, err := bySeq.bounds(page, args)
	if err != nil {
		return PackageEventPage{}, err
	}
	rows, err := s.pool.Query(ctx, fmt.Sprintf("select %s from package_events where package_id = $1 and %s order by %s limit %d",
		packageEventColumns, bounds, bySeq.by(page), page.limit()), args.values...)
	if err != nil {
		return PackageEventPage{}, fmt.Errorf("read the timeline of package %s: %w", packageID, err)
	}
	events, err := pgx.CollectRows(rows, scanPackageEvent)
	if err != nil {
		return PackageEventPage{}, fmt.Errorf("read the timeline of package %s: %w", packageID, err)
	}
	var p PackageEventPage
	p.Rows, p.HasNext, p.HasPrevious = cut(events, page)
	return p, nil
}
