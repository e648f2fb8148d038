package store

import (
	"context"
	"fmt"
	"reflect"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// packageEventRow is a row of package_events as it is written.
type packageEventRow struct {
	PackageID string `json:"package_id"`
	eventRow
}

func newPackageEventRow(packageID string, e leadership.Event, hash string) (packageEventRow, error) {
	row, err := newEventRow(e.EventHeader, e.Type(), e.Body, hash)
	return packageEventRow{packageID, row}, err
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

func (r rawEvent) ofPackage() (StoredPackageEvent, error) {
	body, err := leadership.DecodeBody(r.eventType, r.body)
	return StoredPackageEvent{
		Event: leadership.Event{EventHeader: r.EventHeader, Body: body}, PackageID: r.owner, Hash: r.hash, Feed: r.feed,
	}, err
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
