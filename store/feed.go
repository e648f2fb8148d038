package store

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
)

// FeedCursor is a place in the feed: after the event with this writing transaction and
// position, in an epoch of the feed. The zero cursor is before the first event.
type FeedCursor struct {
	// Epoch is the one that the event is of. An event that was not read from the feed has
	// none: ResumeFeed finds it.
	Epoch       int
	Transaction uint64
	Position    int64
}

// Compare orders two places of the feed that have their epoch: below 0 where c comes first.
func (c FeedCursor) Compare(other FeedCursor) int {
	return cmp.Or(cmp.Compare(c.Epoch, other.Epoch), cmp.Compare(c.Transaction, other.Transaction),
		cmp.Compare(c.Position, other.Position))
}

// FeedEvent is an event of a case or of a leadership package: one of the two is set.
type FeedEvent struct {
	Case    *StoredEvent
	Package *StoredPackageEvent
}

// Place is where a reader of the feed goes on after the event.
func (e FeedEvent) Place() FeedCursor {
	if e.Package != nil {
		return e.Package.Feed
	}
	return e.Case.Feed
}

// Feed returns the next events after a place, at most limit, in the order in which they
// became final: those of cases and of packages are one feed. It holds back the events of
// transactions that are younger than one still running: those could be overtaken, and a
// reader that had passed them would never know.
func (s *Store) Feed(ctx context.Context, after FeedCursor, limit int) ([]FeedEvent, error) {
	epochs := s.feedEpochs()
	var events []FeedEvent
	for i, epoch := range epochs {
		if epoch.number < after.Epoch {
			continue
		}
		from := FeedCursor{Epoch: epoch.number}
		if epoch.number == after.Epoch {
			from = after
		}
		final, upTo := belowTheOldestRunning, int64(math.MaxInt64)
		if i+1 < len(epochs) {
			final, upTo = restored, epochs[i+1].afterPosition
		}
		found, err := s.readFeed(ctx, feedQuery(final), from, epoch.afterPosition, upTo, limit-len(events))
		if err != nil {
			return nil, fmt.Errorf("read the feed: %w", err)
		}
		if events = append(events, found...); len(events) == limit {
			break
		}
	}
	return events, nil
}

// Which events are final: what a restore brought along, and what no running transaction can
// come before.
const (
	restored              = ""
	belowTheOldestRunning = " and xid < pg_snapshot_xmin(pg_current_snapshot())"
)

// feedQuery reads both kinds of events in one statement, so in one snapshot: were packages
// read later than cases, a place among them could lie beyond cases that were not final yet.
func feedQuery(final string) string {
	part := func(ofPackage, columns, table string) string {
		return "(select " + ofPackage + " as of_package, " + columns + " from " + table + `
			where (xid, position) > ($1::xid8, $2) and position > $3 and position <= $4` + final + `
			order by xid, position limit $5)`
	}
	return part("false", eventColumns, "events") + " union all " + part("true", packageEventColumns, "package_events") +
		" order by xid, position limit $5"
}

func (s *Store) readFeed(ctx context.Context, query string, from FeedCursor, afterPosition, upTo int64, limit int) ([]FeedEvent, error) {
	rows, err := s.pool.Query(ctx, query, from.Transaction, from.Position, afterPosition, upTo, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (FeedEvent, error) {
		var ofPackage bool
		raw, err := scanRawEvent(row, &ofPackage)
		if err != nil {
			return FeedEvent{}, err
		}
		raw.feed.Epoch = from.Epoch
		if ofPackage {
			e, err := raw.ofPackage()
			return FeedEvent{Package: &e}, err
		}
		e, err := raw.ofCase()
		return FeedEvent{Case: &e}, err
	})
}

// FeedEnd is the place after the last final event: whoever reads on from there gets
// everything that becomes final from now on.
func (s *Store) FeedEnd(ctx context.Context) (FeedCursor, error) {
	now := s.newestEpoch()
	end := FeedCursor{Epoch: now.number}
	part := func(table string) string {
		return "(select xid, position from " + table + " where position > $1" + belowTheOldestRunning +
			" order by xid desc, position desc limit 1)"
	}
	err := s.pool.QueryRow(ctx, part("events")+" union all "+part("package_events")+" order by xid desc, position desc limit 1",
		now.afterPosition).Scan(&end.Transaction, &end.Position)
	if err := ignoreNoRows(err); err != nil {
		return FeedCursor{}, fmt.Errorf("find the end of the feed: %w", err)
	}
	return end, nil
}

// ListenFeed calls heard whenever the feed may have grown, once when it listens, until ctx
// ends or the connection is lost; it always returns an error. It keeps one connection of the
// pool. On the way it looks whether the feed is still of the epoch that this process knows.
func (s *Store) ListenFeed(ctx context.Context, heard func()) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("listen to the feed: %w", err)
	}
	defer func() {
		_ = conn.Conn().Close(context.WithoutCancel(ctx)) // it must not go on listening for somebody else
		conn.Release()
	}()
	if _, err := conn.Exec(ctx, "listen "+FeedChannel); err != nil {
		return fmt.Errorf("listen to the feed: %w", err)
	}
	if err := s.enterEpoch(ctx); err != nil {
		return err
	}
	for {
		heard()
		if _, err := conn.Conn().WaitForNotification(ctx); err != nil {
			return fmt.Errorf("listen to the feed: %w", err)
		}
	}
}
