package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// feedEpoch is a stretch of the feed whose transactions one cluster counted.
type feedEpoch struct {
	number        int
	countedBy     string
	afterPosition int64
}

// countedBy names who counts this database's transactions. A restore into another cluster
// has another system identifier, one to an earlier instant another timeline, one beside the
// old database another oid. It is null on a standby, which counts none of its own.
const countedBy = `case when not pg_is_in_recovery() then
	(select system_identifier::text from pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' ||
	(select oid::text from pg_database where datname = current_database()) end`

const selectEpochs = "select number, counted_by, after_position from feed_epochs order by number"

// enterEpoch reads the epochs of the feed, and begins a new one where the record has come
// to be counted by somebody else. It must come before the first event that this process
// writes.
func (s *Store) enterEpoch(ctx context.Context) error {
	epochs, by, err := readEpochs(ctx, s.pool)
	if err == nil && by != "" && (len(epochs) == 0 || epochs[len(epochs)-1].countedBy != by) {
		epochs, err = s.beginEpoch(ctx)
	}
	if err == nil && len(epochs) == 0 {
		err = errors.New("the record was never opened where it can be written")
	}
	if err != nil {
		return fmt.Errorf("enter the epoch of the feed: %w", err)
	}
	s.epochs.Store(&epochs)
	return nil
}

func readEpochs(ctx context.Context, db batcher) (epochs []feedEpoch, by string, err error) {
	batch := &pgx.Batch{}
	batch.Queue("select coalesce(" + countedBy + ", '')").QueryRow(func(row pgx.Row) error { return row.Scan(&by) })
	batch.Queue(selectEpochs).Query(func(rows pgx.Rows) error {
		epochs, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (feedEpoch, error) {
			var e feedEpoch
			return e, row.Scan(&e.number, &e.countedBy, &e.afterPosition)
		})
		return err
	})
	err = db.SendBatch(ctx, batch).Close()
	return epochs, by, err
}

// beginEpoch begins a new epoch unless another process has just done so.
func (s *Store) beginEpoch(ctx context.Context) (epochs []feedEpoch, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "lock table feed_epochs in share row exclusive mode"); err != nil {
			return err
		}
		// The first epoch holds everything; a later one, the positions that come after those
		// the record brought along. The sequence was restored with it.
		if _, err := tx.Exec(ctx, `
			insert into feed_epochs (number, counted_by, after_position)
			select coalesce(max(number), 0) + 1, `+countedBy+`, case when max(number) is null then 0
				else (select case when is_called then last_value else 0 end from events_position_seq) end
			from feed_epochs
			having coalesce((select counted_by from feed_epochs order by number desc limit 1), '') <> `+countedBy); err != nil {
			return err
		}
		epochs, _, err = readEpochs(ctx, tx)
		return err
	})
	return epochs, err
}

func (s *Store) feedEpochs() []feedEpoch { return *s.epochs.Load() }

func (s *Store) newestEpoch() feedEpoch {
	epochs := s.feedEpochs()
	return epochs[len(epochs)-1]
}

// FeedEpoch numbers the epoch that the feed is in. It moves when the record is restored:
// places given out before then are of no use.
func (s *Store) FeedEpoch() int { return s.newestEpoch().number }

// ErrFeedExpired says that a mark was given out by another feed, or names an event that the
// record no longer holds: it was restored from a backup.
var ErrFeedExpired = errors.New("the place in the feed is not one of this record")

// FeedMark is an event of the feed as its reader keeps it to go on after it.
type FeedMark struct {
	// Epoch is the feed's when the mark was given out.
	Epoch       int
	Transaction uint64
	Position    int64
	// Hash is the beginning of the event's hash: places may be used again after a restore.
	Hash string
}

// ResumeFeed gives the place after a mark, or ErrFeedExpired. The mark of an event that is
// not final yet, which no feed has given out, resumes before all that isn't: its reader may
// get events twice, but misses none.
func (s *Store) ResumeFeed(ctx context.Context, mark FeedMark) (FeedCursor, error) {
	now := s.newestEpoch()
	if mark.Epoch != now.number {
		return FeedCursor{}, ErrFeedExpired
	}
	place := FeedCursor{Transaction: mark.Transaction, Position: mark.Position}
	for _, epoch := range s.feedEpochs() {
		if epoch.afterPosition < mark.Position {
			place.Epoch = epoch.number
		}
	}
	var hash string
	var oldestRunning uint64
	err := s.pool.QueryRow(ctx, `
		select coalesce((select hash from events where xid = $1::xid8 and position = $2),
			(select hash from package_events where xid = $1::xid8 and position = $2), ''),
			pg_snapshot_xmin(pg_current_snapshot())`, mark.Transaction, mark.Position).Scan(&hash, &oldestRunning)
	if err != nil {
		return FeedCursor{}, fmt.Errorf("look up a place in the feed: %w", err)
	}
	if hash == "" || mark.Hash == "" || !strings.HasPrefix(hash, mark.Hash) {
		return FeedCursor{}, ErrFeedExpired
	}
	if place.Epoch == now.number && place.Transaction >= oldestRunning {
		return FeedCursor{Epoch: now.number, Transaction: oldestRunning}, nil
	}
	return place, nil
}
