package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// FeedCursor is a place in the feed: after the event with this writing transaction and
// position. The zero cursor is before the first event. Cursors are compared as pairs.
type FeedCursor struct {
	Transaction uint64
	Position    int64
}

// Feed returns the next events after a cursor, at most limit, in the order in which they
// became final. It holds back the events of transactions that are younger than one still
// running: those could be overtaken, and a reader that had passed them would never know.
func (s *Store) Feed(ctx context.Context, after FeedCursor, limit int) ([]StoredEvent, error) {
	rows, err := s.pool.Query(ctx, "select "+eventColumns+` from events
		where (xid, position) > ($1::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
		order by xid, position limit $3`, after.Transaction, after.Position, limit)
	if err != nil {
		return nil, fmt.Errorf("read the feed: %w", err)
	}
	events, err := pgx.CollectRows(rows, scanEvent)
	if err != nil {
		return nil, fmt.Errorf("read the feed: %w", err)
	}
	return events, nil
}
